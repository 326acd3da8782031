"""A planned introduction did not take place.

## What

An introduction whose `planned` day is over has a `done` day.

## Why it matters

As long as the introduction waits, the contact in the matrix exists on paper only, and the colleague cannot begin.

## How to fix

Make the introduction and write `done`, or agree on a new day and change `planned`.

## Bad

```yaml
team:
  manager: am-lin
  members:
    pse-tang:
      role: Presales engineer
stakeholders:
  engineer:
    title: Engineer
matrix:
  cells:
    pse-tang:
      engineer: close
  introductions:
    pse-tang:
      planned: 2025-12-10       # <- here
```

## Good

```yaml
team:
  manager: am-lin
  members:
    pse-tang:
      role: Presales engineer
stakeholders:
  engineer:
    title: Engineer
matrix:
  cells:
    pse-tang:
      engineer: close
  introductions:
    pse-tang:
      planned: 2025-12-10
      done: 2025-12-18
      by: am-lin
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Introduction, blank
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Introduction, tier=1, severity="warning", rows="S0-28")
def check(introduction: Introduction, plan: Plan) -> Iterator[Hit]:
    planned = introduction.planned
    if planned is None or planned >= plan.today or not blank(introduction, "done"):
        return
    name, path, late = plan.who(introduction.member), (*introduction.path, "planned"), plan.age(planned)
    if introduction.stakeholder is None:
        text = N_("{name}: the introduction was planned for {day}, {late} days ago, and is not done.")
        yield hit(introduction.object, path, text, name=name, day=planned, late=late)
    else:
        text = N_("{name} and {title}: the introduction was planned for {day}, {late} days ago, and is not done.")
        title = plan.title(introduction.stakeholder)
        yield hit(introduction.object, path, text, name=name, title=title, day=planned, late=late)
