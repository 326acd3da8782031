"""Stamping: the HTML that MkDocs made once around invented values, cut at these values, is filled for each page."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection, Mapping
from typing import NamedTuple

from kam.finding import KamError, Message
from kam.language import N_
from kam.page import Heading, Page


class Shape(NamedTuple):
    """All that makes the frame of one page differ from another's but for the texts in it."""

    kind: str
    parent: str
    """The folders of the address that other pages share: relative links in the frame are shorter through them."""
    depth: int
    headings: bool
    hide_toc: bool
    description: bool
    own_title: bool
    source: bool
    updated: bool


class Frame(NamedTuple):
    """HTML in pieces: at even places as it stands, at odd places the name of the value that belongs there."""

    pieces: tuple[str, ...]


def shape(page: Page, folders: Collection[str]) -> Shape:
    """The shape of a page in a site whose frames lead to pages in these folders; pages of one shape share a frame."""
    parents = (page.address[: mark.end()] for mark in re.finditer("/", page.address[:-1]))
    return Shape(
        page.kind,
        max((parent for parent in parents if parent in folders), key=len, default=""),
        page.address.count("/"),
        bool(page.headings),
        page.hide_toc,
        bool(page.description),
        "<h1" in page.body,
        page.source is not None,
        page.updated is not None,
    )


class Model(NamedTuple):
    """A page of a shape whose every text is a word that no theme contains: what is found again is where texts go."""

    page: Page
    updated: str
    word: str


def model(form: Shape) -> Model:
    """An invented page of this shape."""
    # Content is never searched for these words: a frame is cut before anything is filled in. The word is random only
    # so that no setting of a company can hold it by chance.
    word = "kam" + secrets.token_hex(8)
    page = Page(
        address=f"{form.parent}{word}a/" + "x/" * (form.depth - form.parent.count("/") - 1),
        kind=form.kind,
        title=f"{word}t",
        body=f"<h1>{word}b" if form.own_title else f"{word}b",
        description=f"{word}d" if form.description else "",
        headings=(Heading(f"{word}i", f"{word}h"),) if form.headings else (),
        source=f"{word}s" if form.source else None,
        hide_toc=form.hide_toc,
    )
    return Model(page, f"{word}u" if form.updated else "", word)


def cut(html: str, made: Model, toc: str, edit_url: str | None) -> Frame:
    """The frame in the HTML that MkDocs made of a model; `toc` is the table of contents as it stands in there."""
    page = made.page
    slots = {
        toc if page.headings else "": "toc",
        edit_url or "": "edit",
        page.body: "body",
        page.address: "address",
        page.title: "title",
        page.description: "description",
        page.headings[0].id if page.headings else "": "first",
        page.source or "": "source",
        made.updated: "updated",
    }
    slots.pop("", None)
    found = re.split("(" + "|".join(map(re.escape, slots)) + ")", html)
    pieces = tuple(slots[piece] if at % 2 else piece for at, piece in enumerate(found))
    _demand_all(pieces, made.word)
    return Frame(pieces)


def _demand_all(pieces: tuple[str, ...], word: str) -> None:
    changed = any(word in piece.lower() for piece in pieces[::2])
    if changed or pieces[1::2].count("body") != 1:
        raise KamError(
            Message(N_("A theme part changes a page's title, address or body before it prints it.")),
            Message(N_("Print them as they are in the theme parts under templates/theme/, the body exactly once.")),
        )


def stamp(frame: Frame, values: Mapping[str, str]) -> str:
    """A page: the frame with a page's own values, all of them HTML, in their places."""
    pieces = list(frame.pieces)
    pieces[1::2] = [values[name] for name in pieces[1::2]]
    return "".join(pieces)
