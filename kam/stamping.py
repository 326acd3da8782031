"""Pages that exist many times: MkDocs draws their frame once, each of them is stamped from it and written."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import escape

from kam import frame, slim, website
from kam.listing import Written
from kam.page import ADDRESS, STAMPED, Heading, Lot, Page
from kam.website import Tree

_TOC = '{% import "partials/language.html" as lang with context %}{% include "partials/toc.html" %}'


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
        "edit": website.edit_url(tree.about, page.source) or "",
        "updated": page.updated.isoformat() if page.updated else "",
    }
    return frame.stamp(tree.frames[form], values)


def _frame(tree: Tree, form: frame.Shape) -> frame.Frame:
    made = frame.model(form)
    html = website.draw(tree, website.fresh(tree, made.page, made.updated))
    toc = _toc(tree, form, made.page.headings)
    tree.tocs.pop((form, made.page.headings), None)
    return frame.cut(html, made, toc, website.edit_url(tree.about, made.page.source))


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
        tree.tocs[form, headings] = slim.part(website.part(tree, page, _TOC)).strip()
    return tree.tocs[form, headings]


def write(tree: Tree, page: Page) -> None:
    """Write a page, stamped or drawn by MkDocs, to its place."""
    if page.kind in STAMPED:
        html = stamped(tree, page)
    else:
        drawn = website.known(tree, page.address) or website.fresh(tree, page)
        website.dress(tree.about, drawn, page)
        html = website.draw(tree, drawn)
    if not ADDRESS.fullmatch(page.address):
        raise ValueError(f"no address: {page.address!r}")
    folder = tree.folder / page.address
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_bytes(html.encode(errors="xmlcharrefreplace"))


def write_lot(tree: Tree, follow: bool, lot: Lot) -> Written:
    """Stamp the pages of a lot and put them into their places."""

    def placed() -> Iterator[Page]:
        for page in lot():
            if page.kind not in STAMPED:
                raise ValueError(f"not to be stamped: {page.kind} {page.address!r}")
            write(tree, page)
            yield page

    return Written.of(placed(), follow)
