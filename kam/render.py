"""Templates and Markdown: the only place where text becomes markup. Everything is escaped but what is made here."""

from __future__ import annotations

import re
import traceback
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from kam import resources
from kam.finding import KamError, Message
from kam.language import N_, Code, Language

if TYPE_CHECKING:
    from jinja2 import Environment

_TAGS = frozenset(
    ("p", "br", "strong", "em", "del", "code", "pre", "blockquote", "ul", "ol", "li", "a", "h4", "hr")
) | {*("table", "thead", "tbody", "tr", "th", "td")}
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_PLAIN = re.compile(r"(?![-+#>=]|\d+[.)]| {2})[^\\`*_\[\]<>&~|\r\n]*")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_SHAPES = (
    *("close", "keep", "helper", "supporter", "neutral", "opponent", "unknown"),
    *("inf1", "inf2", "inf3", "inf4", "tick"),
)

ICONS = {name: Markup(f'<i class="k-{name}"></i>') for name in _SHAPES}  # noqa: S704 - our own text
"""A mark by its name; its shape is in the style sheet `kam.css`, for figures in `templates/pages/marks.html`."""


def body(template: str, language: Language, company: Path | None = None, **values: object) -> str:
    """The HTML that a template under `pages/` makes of values.

    `company`: a folder whose templates come first; KamError where there is a mistake in one of those.
    """
    try:
        return environment(language.code, company).get_template(f"pages/{template}").render(values)
    except Exception as error:
        if wrong := company and _mistake(error, company):
            raise wrong from error
        raise


def _mistake(error: Exception, company: Path) -> KamError | None:
    """The error as somebody can use it who wrote a template; None where it is not in one of the company's."""
    from jinja2 import TemplateSyntaxError

    places = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, TemplateSyntaxError):
        places.append((error.filename or "", error.lineno))
    inside = [(Path(file), line) for file, line in places if Path(file).is_relative_to(company)]
    if not inside:
        return None
    file, line = inside[-1]
    why = error.message if isinstance(error, TemplateSyntaxError) else error  # as a text it names the place again
    values = {"file": f"templates/{file.relative_to(company).as_posix()}", "line": line or 1, "why": why}
    return KamError(
        Message(N_("{file}:{line}: this template cannot be used: {why}"), values),
        Message(N_("Correct it, or remove the file: then the page of kam is used again.")),
    )


@cache
def environment(code: Code, company: Path | None = None) -> Environment:
    """The templates of a language: the company's, then the shipped ones; everything escaped, nothing undefined."""
    from jinja2 import FileSystemLoader, StrictUndefined

    from kam.compiling import Pages

    folders = dict.fromkeys(
        map(str, (company, resources.path("templates")) if company else (resources.path("templates"),))
    )
    made = Pages(
        code,
        undefined=StrictUndefined,
        loader=FileSystemLoader(list(folders)),
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(_=_said(Language(code)), icon=ICONS, lang=code)
    made.filters["md"] = markdown
    return made


def _said(language: Language) -> Any:
    """`_` of the templates: a text in the language; a value that is markup already stays markup."""

    def said(text: str, **values: object) -> str:
        if Markup in map(type, values.values()):
            marked = {name: str(escape(value)) for name, value in values.items()}
            return Markup(str(escape(language.text(text))).format(**marked))  # noqa: S704 - all of it is escaped
        return language.text(text, **values)

    return said


@lru_cache(maxsize=4096)
def markdown(text: str) -> Markup:
    """Markdown as HTML: no raw HTML, no images, links to http, https, mailto and tel only; one paragraph stays bare."""
    if _PLAIN.fullmatch(text):
        return escape(text)
    html = _cleaned(text)
    single = html.startswith("<p>") and html.count("<p>") == 1 and html.endswith("</p>")
    return Markup(html[3:-4] if single else html)  # noqa: S704 - nh3 let only its list through


def plain(text: str) -> str:
    """A text in Markdown without its marks."""
    return text if _PLAIN.fullmatch(text) else markdown(text).striptags()


def _cleaned(text: str) -> str:
    import nh3

    made: str = _reader().render(text)
    return nh3.clean(
        made,
        tags=set(_TAGS),
        attributes={"a": {"href"}, "table": {"class"}},
        url_schemes=set(_SCHEMES),
        link_rel="noopener noreferrer nofollow",
        url_relative="deny",
    ).strip()


@cache
def _reader() -> Any:
    from markdown_it import MarkdownIt

    reader = (
        MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"]).disable("image")
    )
    reader.core.ruler.push("quiet", _quiet)
    return reader


def _quiet(state: Any) -> None:
    """Headings in a field stand below those of the page; tables have a class, which keeps the theme off them."""
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "h4"
        if token.type == "table_open":
            token.attrSet("class", "t")


def url(text: str | None) -> str | None:
    """A URL that a page may link to, None for every other scheme, for relative ones and for control characters."""
    if not text or any(ord(sign) < 33 or ord(sign) == 127 for sign in text):
        return None
    scheme = _SCHEME.match(text)
    return text if scheme and scheme[1].lower() in _SCHEMES else None


def number(value: float) -> str:
    """A number with thousands apart, two decimals at most: 172000 is `172,000`, 0.5 is `0.5`."""
    if isinstance(value, int) or value == int(value):
        return f"{int(value):,}"
    return f"{value:,.2f}".rstrip("0")


@lru_cache(maxsize=4096)
def short(day: date, today: date) -> str:
    """A day, `MM-DD` where the year is plain, else in full."""
    plain = day.year == today.year or abs((day - today).days) <= 183
    return f"{day:%m-%d}" if plain else day.isoformat()


def money(value: float, currency: str, language: Language) -> str:
    """An amount with its currency: `12,000 元` in Chinese for CNY, else `USD 12,000`."""
    if currency == "CNY" and language.code == "zh":
        return f"{number(value)} 元"
    return f"{currency} {number(value)}"
