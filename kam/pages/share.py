"""The accounts' rows by person: what each of ours has to do with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from kam.agenda import Level, Task, Touch
from kam.portfolio import Row, people_of


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


def share(id: str, rows: Iterable[Row]) -> Share:
    """What somebody has to do with some accounts; things without an owner belong to nobody."""
    one = Share([], [], [], [], [], [], [])
    for row in rows:
        if row.manager == id:
            one.managed.append(row)
        elif row.sponsor == id:
            one.sponsored.append(row)
        elif id in row.members:
            one.member.append(row)
        one.tasks.extend((task, row) for task in row.tasks if task.owner == id)
        one.later.extend((task, row) for task in row.later if task.owner == id)
        one.touches.extend((touch, row) for touch in row.touches if touch.member == id)
        one.levels.extend((level, row) for level in row.levels if level.member == id)
    return one


def concerned(rows: Iterable[Row], people: Iterable[str]) -> Mapping[str, list[Row]]:
    """The accounts that each of some people has to do with, in the order of the rows."""
    found: dict[str, list[Row]] = {id: [] for id in people}
    for row in rows:
        for id in people_of(row) & found.keys():
            found[id].append(row)
    return found
