"""A learning item is overdue.

## What

An item of the learning plan is not done and its `due` date has passed.

## Why it matters

A learning plan that nobody keeps tells the team that the plan is not meant seriously.

## How to fix

Do it and set `done`, or agree on a new date.

## Bad

```yaml
learning:
  subjects:
    road-maintenance:
      name: Road maintenance planning
  plan:
    - person: td-sun
      subject: road-maintenance
      text: two days with the control room
      due: 2025-12-01           # <- here
```

## Good

```yaml
learning:
  subjects:
    road-maintenance:
      name: Road maintenance planning
  plan:
    - person: td-sun
      subject: road-maintenance
      text: two days with the control room
      due: 2025-12-01
      done: 2025-11-28
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Lesson, blank
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Lesson, tier=1, severity="warning", rows="S0-62")
def check(lesson: Lesson, plan: Plan) -> Iterator[Hit]:
    if lesson.due and plan.overdue(lesson.due) and blank(lesson, "done"):
        text = N_("{name}: “{text}” was due on {due}, {days} days ago.")
        values = {"name": plan.who(lesson.person), "text": lesson.text, "due": lesson.due, "days": plan.age(lesson.due)}
        yield hit(f"{lesson.person}/{lesson.subject}", (*lesson.path, "due"), text, **values)
