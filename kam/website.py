"""One language's tree of the site: our pages as MkDocs' own, and how MkDocs draws them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from markupsafe import escape
from mkdocs.commands.build import get_context
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.pages import Page as MkPage
from mkdocs.structure.toc import get_toc

from kam import frame, theme
from kam.language import Code, Language
from kam.page import About, Heading, Page

if TYPE_CHECKING:
    import jinja2
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation

OURS = "kam"
"""What MkDocs' files of our pages name as their maker."""

NAMES: Mapping[Code, str] = {"zh": "中文", "en": "English"}


class Tree(NamedTuple):
    """What MkDocs knows once it has read everything; enough to draw any page again."""

    language: Language
    about: About
    root: Path
    serving: bool
    config: MkDocsConfig
    env: jinja2.Environment
    files: Files
    nav: Navigation
    folders: frozenset[str]
    """Those that hold pages which MkDocs draws: `accounts/` for the list of accounts."""
    frames: dict[frame.Shape, frame.Frame]
    tocs: dict[tuple[frame.Shape, tuple[Heading, ...]], str]
    policies: dict[str, str]

    @property
    def folder(self) -> Path:
        """Where this language's files are written."""
        return Path(self.config.site_dir)


def folder_of(code: Code, about: About) -> str:
    """Where a language's tree begins: the first at the top, another in a folder of its own."""
    return "" if code == about.languages[0] else f"{code}/"


def edit_url(about: About, source: str | None) -> str | None:
    """Where the file of a page can be edited, as HTML; None when the company names no such place."""
    if source is None or not about.edit_url:
        return None
    return escape(about.edit_url.replace("{path}", quote(source)))


def view(tree: Tree, address: str, base_url: str, exists: Mapping[Code, bool]) -> dict[str, Any]:
    """What our theme parts need beside what MkDocs gives them."""
    if base_url not in tree.policies:
        tree.policies[base_url] = theme.policy(tree.env, tree.config, base_url)
    top = base_url.rstrip("/") + "/" + ("../" if folder_of(tree.language.code, tree.about) else "")
    links = [
        {
            "code": code,
            "name": NAMES[code],
            "url": top + folder_of(code, tree.about) + (address if exists.get(code, True) else ""),
        }
        for code in tree.about.languages
    ]
    # MkDocs writes its own script into each page that it serves, with a number that changes.
    policy = "" if tree.serving else tree.policies[base_url]
    return {"policy": policy, "languages": links, "about": tree.about, "code": tree.language.code}


def folders_of(files: Files) -> frozenset[str]:
    """All folders that the addresses of MkDocs' pages go through."""
    urls = [file.url for file in files.documentation_pages()]
    return frozenset(url[: mark.end()] for url in urls for mark in re.finditer("/", url))


def file(config: MkDocsConfig, address: str, inclusion: InclusionLevel = InclusionLevel.INCLUDED) -> File:
    """A file for MkDocs at the address of one of our pages; its content comes later, past Markdown."""
    made = File.generated(config, f"{address}index.md", content="", inclusion=inclusion)
    made.generated_by = OURS  # MkDocs knows whose event runs, but a frame is drawn between events too
    return made


def known(tree: Tree, address: str) -> MkPage | None:
    """MkDocs' page at the address of one of ours; None for a page that exists many times."""
    found = tree.files.get_file_from_path(f"{address}index.md")
    return found.page if found else None


def navigation(titles: Mapping[str, str]) -> list[str | dict[str, list[str]]]:
    """Our pages as `nav` of mkdocs.yml names them, from their titles by address.

    Those below another one stand in a section of its title.
    """
    found: list[str | dict[str, list[str]]] = []
    tops: dict[str, tuple[int, str]] = {}
    for address, own in titles.items():
        name = f"{address}index.md"
        top, _, rest = address.partition("/")
        at, title = tops.get(top, (0, "")) if rest else (0, "")
        if title:
            section = found[at]
            found[at] = {title: [section, name]} if isinstance(section, str) else {title: [*section[title], name]}
        else:
            tops[top] = len(found), own
            found.append(name)
    return found


def dress(about: About, drawn: MkPage, page: Page, updated: str = "") -> None:
    """Give MkDocs' page what ours holds; every text as HTML, for MkDocs escapes nothing."""
    drawn.title = escape(page.title)
    drawn.content = page.body
    drawn.toc = get_toc(_nested(page.headings))
    drawn.present_anchor_ids = {heading.id for heading in page.headings}
    drawn.edit_url = edit_url(about, page.source)
    drawn.meta = {
        "kind": page.kind,
        "description": escape(page.description),
        "hide": ["toc"] if page.hide_toc else [],
        "source": escape(page.source or ""),
        "updated": updated or (page.updated.isoformat() if page.updated else ""),
        "search": {"exclude": True},  # Material would read the body; our entries are better and come later
    }


def _nested(headings: Iterable[Heading]) -> list[Any]:
    """Headings as the Markdown extension toc gives them: deeper ones within."""
    top: list[Any] = []
    open_: list[Any] = []
    for heading in headings:
        token = {"level": heading.level, "id": escape(heading.id), "name": escape(heading.title), "children": []}
        while open_ and open_[-1]["level"] >= heading.level:
            open_.pop()
        (open_[-1]["children"] if open_ else top).append(token)
        open_.append(token)
    return top


def fresh(tree: Tree, page: Page, updated: str = "") -> MkPage:
    """A page of MkDocs' own kind that stands in no navigation."""
    drawn = MkPage(None, file(tree.config, page.address, InclusionLevel.NOT_IN_NAV), tree.config)
    drawn.markdown = ""
    dress(tree.about, drawn, page, updated)
    return drawn


def draw(tree: Tree, drawn: MkPage) -> str:
    """The HTML of a page as MkDocs writes it."""
    drawn.active = True
    try:
        plugins, config = tree.config.plugins, tree.config
        context = get_context(tree.nav, tree.files, config, drawn)
        context = plugins.on_page_context(context, page=drawn, config=config, nav=tree.nav)
        html = tree.env.get_template("main.html").render(context)
        return plugins.on_post_page(html, page=drawn, config=config)
    finally:
        drawn.active = False


def part(tree: Tree, page: Page, template: str) -> str:
    """A template in the theme's language as it comes out on a page of ours."""
    context = get_context(tree.nav, tree.files, tree.config, fresh(tree, page))
    context["features"] = tree.config.theme["features"]  # type: ignore[typeddict-unknown-key]  # as Material sets it
    return tree.env.from_string(template).render(context)


def warm(tree: Tree) -> None:
    """Have the theme's templates compiled, by drawing a page that is written nowhere."""
    draw(tree, fresh(tree, Page("warm/", "warm", "", "")))
