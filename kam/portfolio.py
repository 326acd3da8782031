"""What remains of an analysed account when many are looked at together: one small row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from kam.company import Company, Person
from kam.model import Run

if TYPE_CHECKING:
    from kam.agenda import Level, Task, Touch
    from kam.health import Area


class Row(NamedTuple):
    """One account among many; `figures` as in `kam.figures`, None where the file cannot be read."""

    account: str
    file: str
    name: str
    class_: str | None = None
    status: str = "active"
    manager: str | None = None
    sponsor: str | None = None
    region: str = ""
    restricted: bool = False
    figures: Mapping[str, Any] | None = None
    tasks: tuple[Task, ...] = ()
    members: tuple[str, ...] = ()
    shares: Mapping[str, float] = {}
    """The share of working time that each member gives, where the file says one."""
    touches: tuple[Touch, ...] = ()
    """The contacts that are past their time or will be soon."""
    later: tuple[Task, ...] = ()
    """What each person has to do after the tasks."""
    levels: tuple[Level, ...] = ()
    areas: tuple[Area, ...] = ()
    """Its health; nothing for an account that cannot be read."""
    plays: tuple[Run, ...] = ()
    """The plays that were begun."""

    @property
    def managed(self) -> bool:
        """Whether somebody has to look after this account."""
        return self.figures is not None and self.status in ("prospect", "active")


def people_of(row: Row) -> set[str]:
    """The ids of all of ours who have to do with an account."""
    named = {row.manager, row.sponsor, *row.members, *(one.owner for one in (*row.tasks, *row.later))}
    named.update(one.member for one in row.touches)
    named.update(one.member for one in row.levels)
    return {id for id in named if id}


class Portfolio(NamedTuple):
    """All accounts on one day, as rows; what rules over the company ask."""

    company: Company
    today: date
    rows: tuple[Row, ...] = ()

    @property
    def managers(self) -> Iterator[Managed]:
        """All of ours who manage accounts that have to be looked after."""
        by_person: dict[str, list[Row]] = {}
        for row in self.rows:
            if row.managed and row.manager and row.manager in self.company.people:
                by_person.setdefault(row.manager, []).append(row)
        return (Managed(self.company.people[person], tuple(rows)) for person, rows in by_person.items())


class Managed(NamedTuple):
    """One of ours with the accounts that this person manages."""

    person: Person
    rows: tuple[Row, ...]
