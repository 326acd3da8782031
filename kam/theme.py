"""How MkDocs and its Material theme are set up; a company's mkdocs.yml needs only a name and `plugins: [kam]`."""

from __future__ import annotations

import base64
import hashlib
import logging
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from kam import resources
from kam.finding import KamError, Message
from kam.language import N_, Language
from kam.page import About
from kam.search import SEPARATOR

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig

log = logging.getLogger("mkdocs.plugins.kam")

FEATURES = ("content.action.edit", "navigation.prune", "navigation.top", "search.highlight", "toc.follow")
_UNSAFE = "content.tooltips"
"""Material's script then puts the text of every title attribute into the page as markup, escaped or not."""

EXTENSIONS = ("admonition", "attr_list")

# The inline scripts of Material that our pages carry. Their hashes come from the theme's own files, never from a page
# that is done: a script that slipped into a page would be blessed that way.
_SCRIPTS = ("base", "palette", "content")
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def settle(config: MkDocsConfig, language: Language, about: About, root: Path) -> None:
    """Set what a playbook's site needs; what mkdocs.yml says stays, as far as no request leaves the site. KamError."""
    _theme(config, language, root)
    _search(config)
    for extension in EXTENSIONS:
        if extension not in config.markdown_extensions:
            config.markdown_extensions.append(extension)
    _ids_in_chinese(config)
    config.extra_css.insert(0, "assets/kam.css")
    config.extra_javascript.insert(0, "assets/kam.js")
    config.extra["generator"] = False
    # True, not a list: Material then shows the switch, which is ours, and leaves out the links in the head, whose
    # sitemaps its script would ask for on every page.
    config.extra["alternate"] = len(about.languages) > 1
    config.repo_url = config.edit_uri = config.edit_uri_template = None
    # MkDocs prints these without escaping, and its theme escapes them again here and there: Markup is right in both.
    config.site_name = escape(config.site_name)
    if config.site_description:
        config.site_description = escape(config.site_description)


def demand_addresses(config: MkDocsConfig) -> None:
    """Refuse pages named `x.html` once all plugins have had their say: ours link to each other as `x/`. KamError."""
    if not config.use_directory_urls:
        text = N_("kam's pages have addresses that end with a slash: remove use_directory_urls and the plugin offline")
        raise KamError(Message(text))


def _theme(config: MkDocsConfig, language: Language, root: Path) -> None:
    from mkdocs.theme import Theme

    if config.theme.name != "material":
        if config.theme.name != "mkdocs":  # MkDocs' own is what it takes when mkdocs.yml names none
            raise KamError(Message(N_("kam's pages are made for the theme Material: theme: material")))
        config.theme = Theme(name="material")
    theme = config.theme
    theme["language"] = language.code
    theme["font"] = False
    asked = [name for name in theme["features"] if name != _UNSAFE]
    if asked != theme["features"]:
        log.warning(language.text(N_("{feature} is left out: it shows the texts of pages as markup."), feature=_UNSAFE))
    theme["features"] = [*dict.fromkeys((*asked, *FEATURES))]
    if "palette" not in theme:
        theme["palette"] = _palette(language)
    ours = dict.fromkeys((str(root / "templates" / "theme"), str(resources.path("templates") / "theme")))
    at = 1 if theme.custom_dir else 0
    theme.dirs[at:at] = [place for place in ours if Path(place).is_dir()]


def _palette(language: Language) -> list[dict[str, Any]]:
    """Light and dark as the reader's system has it, and a button between them."""
    return [
        {
            "media": f"(prefers-color-scheme: {media})",
            "scheme": scheme,
            "primary": "custom",
            "accent": "custom",
            "toggle": {"icon": f"material/{icon}", "name": language.text(name)},
        }
        for media, scheme, icon, name in (
            ("light", "default", "weather-night", N_("Switch to dark")),
            ("dark", "slate", "weather-sunny", N_("Switch to light")),
        )
    ]


def _search(config: MkDocsConfig) -> None:
    """Material's search, with our idea of a word; its Chinese one cuts English words to pieces."""
    from material.plugins.search.plugin import SearchPlugin  # type: ignore[import-untyped]

    if "material/search" not in config.plugins:
        plugin = SearchPlugin()
        plugin.load_config({})
        config.plugins["material/search"] = plugin
    settings = config.plugins["material/search"].config
    settings["lang"], settings["separator"], settings["pipeline"] = ["en"], SEPARATOR, []


def _ids_in_chinese(config: MkDocsConfig) -> None:
    """Chinese headings of hand-written pages get their own text as id, instead of _1, _2 …."""
    from markdown.extensions.toc import slugify_unicode  # type: ignore[import-untyped]

    config.mdx_configs.setdefault("toc", {}).setdefault("slugify", slugify_unicode)


def title(text: str) -> Markup:
    """A title of a hand-written page or section, whatever markup it came with, as text that is safe in HTML."""
    return escape(Markup(text).striptags())  # noqa: S704 - read as markup to strip it, then escaped


def policy(env: Environment, config: MkDocsConfig, base_url: str) -> str:
    """The content security policy of the pages that see the top of the site at `base_url`."""
    shown = {"config": config, "base_url": base_url, "features": config.theme["features"]}
    scripts = (env.get_template(f"partials/javascripts/{name}.html").render(shown) for name in _SCRIPTS)
    hashes = " ".join(f"'sha256-{_hash(script)}'" for html in scripts for script in _SCRIPT.findall(html))
    return (
        f"default-src 'none'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action 'none'"
    )


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
