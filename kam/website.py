"""One language's tree of the site: pages dressed for MkDocs, frames, stamping, sitemap and search entries."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from markupsafe import escape
from mkdocs.commands.build import get_context
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.pages import Page as MkPage
from mkdocs.structure.toc import get_toc

from kam import frame, links, search, slim, theme
from kam.language import Code, Language
from kam.page import ADDRESS, STAMPED, About, Heading, Lot, Page

if TYPE_CHECKING:
    import jinja2
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation

OURS = "kam"
"""What MkDocs' files of our pages name as their maker."""

NAMES: Mapping[Code, str] = {"zh": "中文", "en": "English"}
_TOC = '{% import "partials/language.html" as lang with context %}{% include "partials/toc.html" %}'


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


# ── pages that MkDocs draws ──────────────────────────────────────────────────────────────────────────────────────────


def file(config: MkDocsConfig, page: Page, inclusion: InclusionLevel = InclusionLevel.INCLUDED) -> File:
    """A file for MkDocs at the address of one of our pages; its content comes later, past Markdown."""
    made = File.generated(config, f"{page.address}index.md", content="", inclusion=inclusion)
    made.generated_by = OURS  # MkDocs knows whose event runs, but a frame is drawn between events too
    return made


def navigation(pages: Iterable[Page]) -> list[str | dict[str, list[str]]]:
    """Our pages as `nav` of mkdocs.yml names them; those below another one stand in a section of its title."""
    found: list[str | dict[str, list[str]]] = []
    tops: dict[str, tuple[int, str]] = {}
    for page in pages:
        name = f"{page.address}index.md"
        top, _, rest = page.address.partition("/")
        at, title = tops.get(top, (0, "")) if rest else (0, "")
        if title:
            section = found[at]
            found[at] = {title: [section, name]} if isinstance(section, str) else {title: [*section[title], name]}
        else:
            tops[top] = len(found), page.title
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


def warm(tree: Tree) -> None:
    """Have the theme's templates compiled, by drawing one of our pages."""
    ours = (file.page for file in tree.files.documentation_pages() if file.generated_by == OURS and file.page)
    if page := next(ours, None):
        draw(tree, page)


# ── pages that are stamped ───────────────────────────────────────────────────────────────────────────────────────────


def stamped(tree: Tree, page: Page) -> str:
    """The HTML of a page, byte for byte what MkDocs would have made of it."""
    form = frame.shape(page, tree.folders)
    if form not in tree.frames:
        tree.frames[form] = _frame(tree, form)
    values = {
        "address": page.address,
        "title": str(escape(page.title)),
        "description": str(escape(page.description)),
        "toc": _toc(tree, form, page.headings),
        "first": str(escape(page.headings[0].id)) if page.headings else "",
        "body": page.body,
        "source": str(escape(page.source or "")),
        "edit": edit_url(tree.about, page.source) or "",
        "updated": page.updated.isoformat() if page.updated else "",
    }
    return frame.stamp(tree.frames[form], values)


def _frame(tree: Tree, form: frame.Shape) -> frame.Frame:
    made = frame.model(form)
    html = draw(tree, _drawn(tree, made.page, made.updated))
    toc = _toc(tree, form, made.page.headings)
    tree.tocs.pop((form, made.page.headings), None)
    return frame.cut(html, made, toc, edit_url(tree.about, made.page.source))


def _drawn(tree: Tree, page: Page, updated: str = "") -> MkPage:
    drawn = MkPage(None, file(tree.config, page, InclusionLevel.NOT_IN_NAV), tree.config)
    drawn.markdown = ""
    dress(tree.about, drawn, page, updated)
    return drawn


def _toc(tree: Tree, form: frame.Shape, headings: tuple[Heading, ...]) -> str:
    """The table of contents by the theme's own part; few differ, so few are rendered."""
    if not headings:
        return ""
    if (form, headings) not in tree.tocs:
        page = Page(
            address=form.parent + "x/" * (form.depth - form.parent.count("/")),
            kind=form.kind,
            title="",
            body="",
            headings=headings,
        )
        drawn = _drawn(tree, page)
        context = get_context(tree.nav, tree.files, tree.config, drawn)
        context["features"] = tree.config.theme["features"]  # type: ignore[typeddict-unknown-key]  # as Material sets it
        tree.tocs[form, headings] = slim.part(tree.env.from_string(_TOC).render(context)).strip()
    return tree.tocs[form, headings]


def write(tree: Tree, page: Page) -> None:
    """Write a page, stamped or drawn by MkDocs, to its place."""
    if page.kind in STAMPED:
        html = stamped(tree, page)
    else:
        known = tree.files.get_file_from_path(f"{page.address}index.md")
        drawn = known.page if known and known.page else _drawn(tree, page)
        dress(tree.about, drawn, page)
        html = draw(tree, drawn)
    if not ADDRESS.fullmatch(page.address):
        raise ValueError(f"no address: {page.address!r}")
    folder = tree.folder / page.address
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_bytes(html.encode(errors="xmlcharrefreplace"))


# ── what lists all pages ─────────────────────────────────────────────────────────────────────────────────────────────


class Written(NamedTuple):
    """What remains to be said of pages that lie in their places: small, so that it travels between processes."""

    addresses: list[str]
    entries: list[dict[str, str]]
    """Of the search."""
    links: list[links.Link]
    """Those to follow, where that was asked for."""

    @classmethod
    def of(cls, pages: Iterable[Page], follow: bool) -> Written:
        """The same of any pages; each is drawn, used and forgotten."""
        written = cls([], [], [])
        for page in pages:
            written.addresses.append(page.address)
            written.entries.extend(search.entries(page))
            if follow:
                written.links.extend(links.links(page.address, page.body))
        return written


def write_lot(tree: Tree, follow: bool, lot: Lot) -> Written:
    """Stamp the pages of a lot and put them into their places."""

    def placed() -> Iterator[Page]:
        for page in lot():
            if page.kind not in STAMPED:
                raise ValueError(f"not to be stamped: {page.kind} {page.address!r}")
            write(tree, page)
            yield page

    return Written.of(placed(), follow)


def add_to_search(tree: Tree, entries: Iterable[dict[str, str]]) -> None:
    """Put entries into the index that Material's plugin writes at the end."""
    index = tree.config.plugins["material/search"].search_index  # type: ignore[attr-defined]  # the plugin's own
    index.entries.extend(entries)


def add_to_sitemap(tree: Tree, addresses: Iterable[str]) -> None:
    """Add stamped pages to the sitemap that MkDocs wrote, and pack it again."""
    if not tree.config.site_url:
        return
    path = tree.folder / "sitemap.xml"
    base = tree.config.site_url.rstrip("/") + "/"
    day = tree.about.as_of.isoformat()
    rows = "".join(_row(base + address, day) for address in addresses)
    text = path.read_text("utf-8").replace("\n</urlset>", f"{rows}\n</urlset>")
    path.write_bytes(text.encode())
    with Path(f"{path}.gz").open("wb") as packed, gzip.GzipFile("sitemap.xml", "wb", 9, packed, 0) as file_:
        file_.write(text.encode())


def _row(address: str, day: str) -> str:
    return f"\n    <url>\n         <loc>{escape(address)}</loc>\n         <lastmod>{day}</lastmod>\n    </url>"
