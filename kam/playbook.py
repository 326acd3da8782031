"""All pages of a playbook repository: every account is read and drawn once, in as many processes as there are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import NamedTuple

from kam import pages, portfolio, project, spool, spread
from kam.check import Analysis, account_id
from kam.config import Selection
from kam.finding import Finding
from kam.git import History
from kam.language import Code, Language
from kam.page import About, Changed, Lot, Page
from kam.pages import Overview, Setting
from kam.pages.overview import overview
from kam.pages.reference_commands import Command
from kam.portfolio import Portfolio
from kam.project import Checked, Project
from kam.spool import Kept, Spool

_ALL = Selection()
LOT = 40
"""So many pages are drawn and written at a time."""


class Drawn(NamedTuple):
    """An account after analysis: what the others need of it, and its page in each language."""

    checked: Checked
    pages: tuple[tuple[Page, Kept | None] | None, ...]
    """The page, and where its body waits if it does not hold it itself; None: not shown."""


class Playbook:
    """One state of a repository with everything drawn that has to be drawn; a `kam.page.Producer`."""

    def __init__(
        self,
        project: Project,
        about: About,
        settings: Mapping[Code, Setting],
        drawing: Iterable[Drawn],
        days: Mapping[str, date],
        commands: tuple[Command, ...] = (),
        bodies: Spool | None = None,
        demanded: date | None = None,
    ) -> None:
        self.project, self.about, self.settings, self.days = project, about, settings, days
        self.commands, self._bodies, self._demanded = commands, bodies, demanded
        self._drawing = drawing
        self._seen: Overview | None = None

    @cached_property
    def drawn(self) -> dict[str, Drawn]:
        """Every account by the name of its file. Whoever asks first waits until the last one is drawn."""
        return dict(zip(self.project.accounts, self._drawing, strict=True))

    def findings(self) -> tuple[Finding, ...]:
        """Everything that was found in what is shown."""
        rules = self._overview()
        shown = {row.file for row in rules.portfolio.rows}
        return (
            *(one for drawn in self.drawn.values() for one in drawn.checked.findings if one.file in shown),
            *rules.findings,
        )

    def single_titles(self, language: Code) -> Mapping[str, str]:
        """Addresses and titles of the pages that exist once, in the order of the navigation."""
        return pages.single_titles(self.settings[language])

    def single_pages(self, language: Code) -> Iterable[Page]:
        """The pages that exist once."""
        return map(self._dated, pages.single_pages(self._overview(), self.settings[language]))

    def stamped_pages(self, language: Code) -> list[Lot]:
        """The accounts' pages, then the others that exist many times."""
        pages.warm(self.settings[language])  # else every process that draws them would load the same again
        overview, others = self._overview(), pages.stamped_addresses(self.settings[language])
        return [
            *(partial(self._accounts, names, language) for names in _parts(self.project.accounts)),
            *(partial(self._others, overview._replace(only=frozenset(asked)), language) for asked in _parts(others)),
        ]

    def changed(self, names: Collection[str], now: datetime) -> Mapping[Code, Changed] | None:
        """Analyse these accounts again; what depends on all accounts is drawn again too."""
        if project.today(self.project.company.company.config, self._demanded, now) != self.about.as_of:
            return None
        known = set(self.project.accounts) - set(self.project.faults)
        if not all(name in known and (self.project.root / name).is_file() for name in names):
            return None
        before = self._concerned(names)
        asked = sorted(names)
        again = dict(zip(asked, _drawing(self.project, self.settings, asked, None, 1), strict=True))
        if any(_has_pages(self.drawn[name]) != _has_pages(again[name]) for name in asked):
            return None  # one that is restricted now leaves nothing behind
        self.drawn.update(again)
        self._seen = None
        return {
            code: Changed(self._accounts(names, code), self._depending(names, before, code)) for code in self.settings
        }

    def _concerned(self, names: Iterable[str]) -> set[str]:
        """The addresses of the people and rules that have to do with these accounts, or with the company as a whole."""
        checked = [self.drawn[name].checked for name in names]
        people = {id for one in checked for id in portfolio.people_of(one.row)}
        found = (*self._overview().findings, *(one for each in checked for one in each.findings))
        return {pages.person_address(id) for id in people} | {pages.rule_address(one.rule) for one in found}

    def _depending(self, names: Collection[str], before: set[str], language: Code) -> Iterator[Page]:
        """The pages that look at all accounts, of those that many exist of only what these have to do with."""
        asked = self._overview()._replace(only=frozenset(before | self._concerned(names)))
        yield from map(self._dated, pages.single_pages(asked, self.settings[language]))
        yield from self._others(asked, language)

    def _accounts(self, names: Iterable[str], language: Code) -> Iterator[Page]:
        at = list(self.settings).index(language)
        for name in names:
            if (drawn := self.drawn[name].pages[at]) and name in self._with_page:
                page, body = drawn
                yield self._dated(page._replace(body=spool.take(body)) if body else page)

    @cached_property
    def _with_page(self) -> frozenset[str]:
        """The files that have a page: of two accounts of one id, which is a fault, the first that has none."""
        first: dict[str, str] = {}
        for name in sorted(self.project.accounts, key=self.project.faults.__contains__):
            first.setdefault(pages.account_address(account_id(name)), name)
        return frozenset(first.values())

    def _others(self, asked: Overview, language: Code) -> Iterator[Page]:
        """The pages asked for among those that exist many times and look at all accounts."""
        yield from map(self._dated, pages.stamped_pages(asked, self.settings[language]))

    def _dated(self, page: Page) -> Page:
        """The page with the day of its file's last change, where git knows one."""
        return page._replace(updated=page.updated or self.days.get(page.source or ""))

    def _overview(self) -> Overview:
        if self._seen is None:
            setting = next(iter(self.settings.values()))
            shown = [one.checked for one in self.drawn.values() if setting.shows(one.checked.row)]
            rows = tuple(checked.row for checked in shown)
            company = project.over_all(self.project, setting.today, _ALL, rows)
            whole = Portfolio(setting.company, setting.today, rows)
            found = (one for checked in shown for one in checked.findings)
            self._seen = overview(whole, found, company, self.commands)
        return self._seen


def _has_pages(drawn: Drawn) -> bool:
    return any(drawn.pages)


def _parts(names: Sequence[str]) -> Iterator[Sequence[str]]:
    return (names[at : at + LOT] for at in range(0, len(names), LOT))


def produce(
    root: Path,
    as_of: date | None,
    now: datetime,
    *,
    jobs: int | None = None,
    restricted: bool = False,
    history: History | None = None,
    commands: Callable[[], tuple[Command, ...]] = tuple,
) -> Playbook:
    """Read the repository at a root and begin to draw its accounts, as of a day asked for, of kam.yaml, or of `now`.

    Other processes go on drawing behind the result, until somebody asks for a page.
    `jobs`: so many processes; `restricted`: accounts with that visibility are shown too; `history`: what git knows;
    `commands`: those of the command line, for the page about them.
    """
    loaded = project.load(root)
    company = loaded.company.company
    day = project.today(company.config, as_of, now)
    templates = root / "templates"
    commit, timestamp = (history.head.name, history.head.timestamp) if history else (None, None)
    setting = Setting(company, Language("en"), day, commit, templates if templates.is_dir() else None, restricted)
    settings = {code: setting._replace(language=Language(code)) for code in company.config.languages}
    about = About(company.config.company, company.config.languages, day, commit, timestamp, company.config.edit_url)
    bodies = Spool() if len(loaded.accounts) > spread.MANY else None
    drawing = _drawing(loaded, settings, loaded.accounts, bodies, jobs)
    return Playbook(loaded, about, settings, drawing, history.changed if history else {}, commands(), bodies, as_of)


def _drawing(
    loaded: Project, settings: Mapping[Code, Setting], names: Sequence[str], bodies: Spool | None, jobs: int | None
) -> Iterator[Drawn]:
    day = next(iter(settings.values())).today
    take = partial(_drawn, tuple(settings.values()), bodies.folder if bodies else None)
    return project.analysed(loaded, day, _ALL, take, names, jobs, whole=True)


def _drawn(settings: tuple[Setting, ...], folder: Path | None, analysis: Analysis) -> Drawn:
    drawn = (pages.account_page(analysis, setting) for setting in settings)
    return Drawn(project.checked(analysis), tuple(page and _apart(page, folder) for page in drawn))


def _apart(page: Page, folder: Path | None) -> tuple[Page, Kept | None]:
    return (page._replace(body=""), spool.put(folder, page.body)) if folder else (page, None)
