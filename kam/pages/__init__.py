"""The pages of the site, one kind a file: `kam/pages/<kind>.py`. Bodies are made by `templates/pages/`.

A kind of page is a module (or package) here with one of two functions, which this file finds and calls:

- `pages(overview, setting)` yields the pages that are drawn from rows: `home`, `accounts`, `rules`, `rule` …;
  its `ORDER` is the place in the navigation, `titles(setting)` tells the pages that exist once before they are drawn,
  `addresses(setting)` those that exist many times;
- `page(analysis, setting)` draws the page of one analysed account, in any process: `account`.

A kind in `kam.page.STAMPED` exists many times; all others exist once.
"""

from __future__ import annotations

import os
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeGuard
from zlib import crc32

from kam.check import Analysis
from kam.company import Company
from kam.finding import Finding, Severity
from kam.language import Language
from kam.page import ADDRESS, STAMPED, Page, link
from kam.pages.share import concerned
from kam.portfolio import Portfolio, Row

if TYPE_CHECKING:
    from kam.pages.reference_commands import Command


class Setting(NamedTuple):
    """What every page of one language is drawn with; plain values that travel between processes."""

    company: Company
    language: Language
    today: date
    commit: str | None = None
    templates: Path | None = None
    """The company's own `templates/` folder, which goes before the shipped one."""
    restricted: bool = False
    """Whether accounts with `visibility: restricted` are shown."""

    def shows(self, row: Row) -> bool:
        """Whether an account has a page, a row and a part in sums."""
        return self.restricted or not row.restricted

    def person(self, here: str, id: str | None) -> str | None:
        """The link from an address to the page of one of ours; None for somebody without a page."""
        return link(here, person_address(id)) if id in self.company.people and has_page(id) else None

    def source(self, file: str) -> str | None:
        """Where a file can be edited; None when the company did not say."""
        template = self.company.config.edit_url
        return template.replace("{path}", file) if template else None


def person_address(id: str) -> str:
    """The address of the page of one of ours."""
    return f"people/{id}/"


def rule_address(id: str) -> str:
    """The address of the page of a rule."""
    return f"rules/{id.replace('.', '/')}/"


def account_address(id: str) -> str:
    """The address of an account's page; an id that fits none, which is a fault, gets one made from it."""
    address = f"accounts/{id}/"
    if ADDRESS.fullmatch(address):
        return address
    fitting = "-".join(re.findall("[a-z0-9]+", id.lower())) or "account"
    return f"accounts/{fitting}-{crc32(os.fsencode(id)):08x}/"


def has_page(id: str | None) -> TypeGuard[str]:
    """Whether somebody with this id has a page; an id with a fault may fit no address."""
    return id is not None and _fits(id)


@lru_cache(maxsize=4096)
def _fits(id: str) -> bool:
    return "/" not in id and ADDRESS.fullmatch(person_address(id)) is not None


class Fired(NamedTuple):
    """What one rule has to say about everything that is shown, accepted findings apart."""

    rule: str
    severity: Severity
    number: int
    accounts: int
    first: tuple[Finding, ...]
    """The first findings, at most `MOST`."""


MOST = 50
"""Findings of a rule that are carried to the pages about many accounts; the others stand on the accounts' pages."""


class Overview(NamedTuple):
    """Everything that the pages about many accounts show."""

    portfolio: Portfolio
    findings: tuple[Finding, ...] = ()
    """What is wrong in the company's own files and in the portfolio as a whole."""
    by_rule: Mapping[str, int] = {}
    """How many findings each rule has over all accounts and the company's files."""
    fired: tuple[Fired, ...] = ()
    """The rules that have something to say, and faults of form: errors first, then by number."""
    by_account: Mapping[str, Mapping[Severity, int]] = {}
    """How many findings each account has of each severity; accounts without any are left out."""
    waived: tuple[Finding, ...] = ()
    """The accepted findings that run out first, at most `MOST`."""
    waivings: int = 0
    """How many accepted findings there are."""
    commands: tuple[Command, ...] = ()
    concerned: Mapping[str, Sequence[Row]] = {}
    """The accounts that each of ours has to do with."""
    only: frozenset[str] | None = None
    """The addresses asked for among pages that exist many times; what no account changes is left out. None: all."""

    def asks(self, address: str) -> bool:
        """Whether a page has to be drawn."""
        return self.only is None or address in self.only


class Kind(NamedTuple):
    """A kind of page: its name and who draws it."""

    name: str
    order: int
    titles: Callable[[Setting], Mapping[str, str]] | None
    """Of kinds that exist once: addresses and titles of the pages."""
    pages: Callable[[Overview, Setting], Iterator[Page]] | None
    addresses: Callable[[Setting], Iterator[str]] | None
    """Of kinds that exist many times: the addresses of all pages."""
    page: Callable[[Analysis, Setting], Page] | None


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind of page by name, in the order of the navigation."""
    modules = {one.name: import_module(f"{__name__}.{one.name}") for one in pkgutil.iter_modules(__path__)}
    found = [
        Kind(
            name,
            getattr(module, "ORDER", 99),
            *(getattr(module, what, None) for what in ("titles", "pages", "addresses", "page")),
        )
        for name, module in modules.items()
        if hasattr(module, "pages") or hasattr(module, "page")
    ]
    return {one.name: one for one in sorted(found, key=lambda one: (one.order, one.name))}


def single_titles(setting: Setting) -> dict[str, str]:
    """Addresses and titles of the pages that exist once, in the order of the navigation: known before any is drawn."""
    return {
        address: title for kind in kinds().values() if kind.titles for address, title in kind.titles(setting).items()
    }


def single_pages(overview: Overview, setting: Setting) -> Iterator[Page]:
    """The pages that exist once, in the order of the navigation."""
    yield from _drawn(overview, setting, stamped=False)


def stamped_pages(overview: Overview, setting: Setting) -> Iterator[Page]:
    """The pages of kinds that exist many times, but for those of the accounts."""
    yield from _drawn(overview, setting, stamped=True)


def stamped_addresses(setting: Setting) -> tuple[str, ...]:
    """The addresses of these pages, in their order."""
    return tuple(address for kind in kinds().values() if kind.addresses for address in kind.addresses(setting))


def warm(setting: Setting) -> None:
    """Load all that these pages need, by drawing the first of each kind of a company without accounts."""
    first = (next(kind.addresses(setting), "") for kind in kinds().values() if kind.addresses)
    for _ in stamped_pages(Overview(Portfolio(setting.company, setting.today), only=frozenset(first)), setting):
        pass


def account_page(analysis: Analysis, setting: Setting) -> Page | None:
    """The page of an account, also of one that cannot be read; None for a restricted one that is not asked for."""
    draw = kinds()["account"].page
    return draw(analysis, setting) if draw and setting.shows(analysis.row) else None


def _visible(overview: Overview, setting: Setting) -> Overview:
    """Without the accounts that are not shown; nothing to do for an overview of what is shown."""
    rows = tuple(row for row in overview.portfolio.rows if setting.shows(row))
    if overview.concerned and len(rows) == len(overview.portfolio.rows):
        return overview
    return overview._replace(
        portfolio=overview.portfolio._replace(rows=rows), concerned=concerned(rows, setting.company.people)
    )


def _drawn(overview: Overview, setting: Setting, *, stamped: bool) -> Iterator[Page]:
    visible = _visible(overview, setting)
    for kind in kinds().values():
        if kind.pages and (kind.name in STAMPED) is stamped:
            yield from kind.pages(visible, setting)
