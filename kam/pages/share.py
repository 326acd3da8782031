"""Every account's row taken apart by person: what each of ours has to do with all of them. One pass over the rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from kam.agenda import Level, Task, Touch
from kam.portfolio import Row


class Share(NamedTuple):
    """What one of ours has to do with the accounts; each thing with the account that it belongs to."""

    managed: list[Row]
    sponsored: list[Row]
    member: list[Row]
    tasks: list[tuple[Task, Row]]
    later: list[tuple[Task, Row]]
    touches: list[tuple[Touch, Row]]
    levels: list[tuple[Level, Row]]

    @property
    def accounts(self) -> int:
        return len(self.managed) + len(self.sponsored) + len(self.member)

    def late(self, today: date) -> int:
        """How many things to do are past their day."""
        return sum(one.due is not None and one.due < today for one, _ in self.tasks)


def nothing() -> Share:
    """The share of somebody who has to do with no account."""
    return Share([], [], [], [], [], [], [])


def shares(rows: Iterable[Row], people: Iterable[str]) -> Mapping[str, Share]:
    """The share of every person that is asked for, in their order; things without an owner belong to nobody."""
    found = {id: nothing() for id in people}
    for row in rows:
        _part(row, found)
    return found


def _part(row: Row, found: Mapping[str, Share]) -> None:
    of = found.get
    if one := of(row.manager or ""):
        one.managed.append(row)
    if row.sponsor != row.manager and (one := of(row.sponsor or "")):
        one.sponsored.append(row)
    for id in row.members:
        if id not in (row.manager, row.sponsor) and (one := of(id)):
            one.member.append(row)
    for task in row.tasks:
        if one := of(task.owner or ""):
            one.tasks.append((task, row))
    for task in row.later:
        if one := of(task.owner or ""):
            one.later.append((task, row))
    for touch in row.touches:
        if one := of(touch.member):
            one.touches.append((touch, row))
    for level in row.levels:
        if one := of(level.member):
            one.levels.append((level, row))
