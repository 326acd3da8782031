"""Our own pages' links: each must lead to a file of the site and, with an anchor, to an id in it.

MkDocs checks the links of Markdown pages only; it never sees the body of a page of ours.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

_TAG = re.compile(r"<[a-zA-Z][^<>]*>")
_ATTRIBUTE = re.compile(r"""\s(href|src|id)=(?:"([^"]*)"|'([^']*)')""")


class Link(NamedTuple):
    """A link within the site: the page that holds it, the file it wants, from the top of the tree, and the anchor."""

    page: str
    url: str
    file: str
    anchor: str


def links(address: str, html: str) -> Iterator[Link]:
    """The links of a page at an address to places within the site."""
    for name, value in _attributes(html):
        if name == "id":
            continue
        parts = urlsplit(value)
        if parts.scheme or parts.netloc:
            continue
        file = posixpath.normpath(posixpath.join("/", address, unquote(parts.path))).lstrip("/") if parts.path else ""
        folder = not parts.path or parts.path.endswith(("/", ".", ".."))
        where = address if not parts.path else f"{file}/" if file else ""
        yield Link(address, value, f"{where}index.html" if folder else file, unquote(parts.fragment))


def broken(found: Iterable[Link], folder: Path) -> Iterator[Link]:
    """The links, each target once, that lead nowhere in the site under a folder; reads each target's file once."""
    wanted: dict[str, dict[str, Link]] = {}
    for link in found:
        wanted.setdefault(link.file, {}).setdefault(link.anchor, link)
    for file, anchors in sorted(wanted.items()):
        path = folder / file
        if not path.is_file():
            yield from anchors.values()
            continue
        if set(anchors) - {""}:
            ids = {value for name, value in _attributes(path.read_text("utf-8", "replace")) if name == "id"}
            yield from (link for anchor, link in sorted(anchors.items()) if anchor and anchor not in ids)


def _attributes(html: str) -> Iterator[tuple[str, str]]:
    for tag in _TAG.findall(html):
        for name, double, single in _ATTRIBUTE.findall(tag):
            yield name, unescape(double or single)
