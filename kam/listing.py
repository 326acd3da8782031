"""What lists all pages of a tree, those too that MkDocs does not know: the search and the sitemap."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from markupsafe import escape

from kam import links, search
from kam.page import Page
from kam.website import Tree


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


def add_to_search(tree: Tree, entries: Iterable[dict[str, str]]) -> None:
    """Put entries into the index that Material's plugin writes at the end."""
    index = tree.config.plugins["material/search"].search_index  # type: ignore[attr-defined]  # the plugin's own
    index.entries.extend(entries)


def renew_search(tree: Tree, written: Written) -> None:
    """Put pages that were made anew into the index that lies in its place, instead of what it had of them."""
    path = tree.folder / "search/search_index.json"
    if not path.is_file():  # mkdocs.yml may leave the search out
        return
    index, anew = json.loads(path.read_text("utf-8")), set(written.addresses)
    stays = [entry for entry in index["docs"] if entry["location"].partition("#")[0] not in anew]
    path.write_text(json.dumps({**index, "docs": [*stays, *written.entries]}, separators=(",", ":")), "utf-8")


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
