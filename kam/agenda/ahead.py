"""What comes next for each of ours: contacts by their day, work beyond the next weeks, levels of learning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from kam.agenda import work
from kam.agenda.task import LOOK_AHEAD, Task
from kam.days import days_later
from kam.plan import Plan

NEAR = 14
"""Days ahead within which a contact that will be due is looked at."""
NEXT = 3
"""Pieces of later work that are kept for each person of an account."""


class Touch(NamedTuple):
    """A contact that somebody of ours owes somebody of the customer; `due` is None where there never was one."""

    member: str
    stakeholder: str
    title: str
    level: str | None
    last: date | None
    due: date | None


class Level(NamedTuple):
    """How well a member knows a subject of the account, and the level that is asked for."""

    member: str
    subject: str
    level: str | None
    standard: str


def touches(plan: Plan) -> tuple[Touch, ...]:
    """The cells that are past their time or will be within NEAR days, by the day."""
    found = [
        Touch(one.cell.member, one.cell.stakeholder, plan.title(one.cell.stakeholder), one.cell.level, last, due)
        for one in plan.freshness.values()
        if one.cadence and not one.pending and (one.left is None or one.left <= NEAR)
        for last in (one.last.date if one.last else None,)
        for due in (days_later(last, one.cadence) if last else None,)
    ]
    return tuple(sorted(found, key=lambda one: one.due or date.min))


def later(plan: Plan) -> tuple[Task, ...]:
    """What has a day beyond the next weeks, the first NEXT of each person."""
    return tuple(_first_of_each(sorted(_later(plan), key=lambda one: (one.due or date.max, one.kind, one.object))))


def _later(plan: Plan) -> Iterator[Task]:
    horizon = days_later(plan.today, LOOK_AHEAD)
    return (one for one in work.planned(plan, date.max) if one.due and one.due > horizon)


def _first_of_each(tasks: list[Task]) -> Iterator[Task]:
    taken: Counter[str | None] = Counter()
    for one in tasks:
        taken[one.owner] += 1
        if taken[one.owner] <= NEXT:
            yield one


def levels(plan: Plan) -> tuple[Level, ...]:
    """Every member with every subject that the member should know."""
    return tuple(Level(one.member, one.subject.name, one.level, one.standard) for one in plan.pairs)
