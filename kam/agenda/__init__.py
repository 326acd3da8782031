"""What is to be done for an account, the most pressing first, each with the person who should act."""

from __future__ import annotations

from datetime import timedelta

from kam.agenda import relations, work
from kam.agenda.ahead import Level, Touch, later, levels, touches
from kam.agenda.task import LOOK_AHEAD, Kind, Task
from kam.plan import Plan

__all__ = ["LOOK_AHEAD", "Kind", "Level", "Task", "Touch", "later", "levels", "tasks", "touches"]


def tasks(plan: Plan) -> tuple[Task, ...]:
    """Everything to do by its day; what has no day comes after what is due within the next weeks."""
    horizon = plan.today + timedelta(days=LOOK_AHEAD)
    found = (*relations.tasks(plan), *work.tasks(plan, horizon))
    return tuple(sorted(found, key=lambda one: (one.due or horizon, one.kind, one.object)))
