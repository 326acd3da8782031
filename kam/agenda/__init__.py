"""What is to be done for an account, the most pressing first, each with the person who should act."""

from __future__ import annotations

from kam.agenda import relations, work
from kam.agenda.ahead import Level, Touch, later, levels, touches
from kam.agenda.task import LOOK_AHEAD, Horizon, Kind, Task, asked, standing
from kam.plan import Plan

__all__ = ["LOOK_AHEAD", "Kind", "Level", "Task", "Touch", "later", "levels", "tasks", "touches", "within"]


def tasks(plan: Plan) -> tuple[Task, ...]:
    """Everything to do by its day; what has no day comes after what is due within the next weeks.

    Without commands: rows of many accounts are small.
    """
    return tuple(one._replace(ours=(), record=(), field="") for one in _found(plan, standing(plan.today)))


def within(plan: Plan, days: int) -> tuple[Task, ...]:
    """What is late, due within so many days (today is the first of them), or open without a day, which comes last."""
    horizon = asked(plan.today, days)
    return tuple(one for one in _found(plan, horizon) if one.due is None or one.due <= max(horizon.work, plan.today))


def _found(plan: Plan, horizon: Horizon) -> list[Task]:
    found = (*relations.tasks(plan, horizon), *work.tasks(plan, horizon))
    return sorted(found, key=lambda one: (one.due or horizon.work, one.due is None, one.kind, one.object))
