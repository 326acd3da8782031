"""What a page of the site is, before anything draws the frame around it; and who gives the pages. Plain values."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple, Protocol

from kam.language import Code

ADDRESS = re.compile(r"([a-z0-9][a-z0-9-]*/)*")
"""An address counts from the top of its language's tree and ends with a slash; the home page is the empty text."""

STAMPED = frozenset({"account", "person", "rule"})
"""Kinds that exist many times: MkDocs renders their frame once, the pages are stamped from it."""


class Heading(NamedTuple):
    """One line of the table of contents; `title` is plain text, `id` stands in the body."""

    id: str
    title: str
    level: int = 2


class SearchEntry(NamedTuple):
    """One thing that the search finds; `title` and `text` are plain text, the anchor `""` is the page itself."""

    anchor: str
    title: str
    text: str = ""


class Page(NamedTuple):
    """One page; texts are plain and become markup only in the frame, `body` is HTML that is safe already."""

    address: str
    kind: str
    title: str
    body: str
    description: str = ""
    headings: tuple[Heading, ...] = ()
    search: tuple[SearchEntry, ...] = ()
    source: str | None = None
    """The file that the page shows, from the root of the repository, with forward slashes."""
    updated: date | None = None
    hide_toc: bool = False


class About(NamedTuple):
    """What every page of a site says or needs, whatever its kind."""

    company: str
    languages: tuple[Code, ...]
    as_of: date
    commit: str | None = None
    timestamp: int | None = None
    """When the commit was made, in seconds since 1970; the only time that gets into the site's files."""
    edit_url: str | None = None
    """`https://…/{path}`: where the file of a page can be edited."""


Lot = Callable[[], Iterable[Page]]
"""Draws some pages, one at a time: 20,000 bodies need not lie in memory together."""


def of_lots(lots: Iterable[Lot]) -> Iterator[Page]:
    """The pages of all lots, one after the other."""
    return (page for lot in lots for page in lot())


class Changed(NamedTuple):
    """What a change of some accounts may have changed; each page is drawn when it is asked for."""

    own: Iterable[Page]
    """The accounts' own pages."""
    others: Iterable[Page]
    """Those that look at all accounts, which take longer."""


class Producer(Protocol):
    """Everything that one state of a playbook repository has to show: analysed once, said in each language."""

    @property
    def about(self) -> About:
        """What all its pages share."""

    def single_titles(self, language: Code) -> Mapping[str, str]:
        """Addresses and titles of the pages that exist once, in the order of the navigation; before any is drawn."""

    def single_pages(self, language: Code) -> Iterable[Page]:
        """These pages in the same order; their kinds are not in STAMPED."""

    def stamped_pages(self, language: Code) -> Sequence[Lot]:
        """All pages of the kinds in STAMPED, in lots: several processes may each draw some of them."""

    def changed(self, names: Collection[str], now: datetime) -> Mapping[Code, Changed] | None:
        """Read these files again: the pages, single ones too, that may differ now; None when all of them may.

        Names count from the root, with forward slashes; a file may be new or gone, and a new day may have begun. After
        None the caller asks for a new producer, after a mapping this one stands for the new state.
        """


def link(here: str, there: str, anchor: str = "") -> str:
    """The relative URL from the page at one address to another, the same on a server, in a sub-folder, in any tree."""
    tail = f"#{anchor}" if anchor else ""
    if here == there and anchor:
        return tail
    return ("../" * here.count("/") + there or "./") + tail
