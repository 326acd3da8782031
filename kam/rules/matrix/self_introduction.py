"""Somebody of ours went to the customer alone to introduce themselves.

## What

Nobody stands as `by` in the introduction of the own row, except the one who was account manager on that day.

## Why it matters

A colleague who turns up alone and says "I am the one from technology" leaves the customer wondering who speaks for us.
It costs respect on both sides, and the first impression cannot be repeated.

## How to fix

Let the account manager make the introduction, afterwards if need be, and write the account manager as `by`.

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
      engineer:
        level: close
        introduced:
          done: 2025-12-10
          by: pse-tang          # <- here
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
      engineer:
        level: close
        introduced:
          done: 2025-12-10
          by: am-lin
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Introduction
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Introduction, tier=1, severity="error", rows="S0-29")
def check(introduction: Introduction, plan: Plan) -> Iterator[Hit]:
    by = introduction.by
    if plan.manager and by == introduction.member and by != plan.manager_on(introduction.done):
        text = N_("{name} went to the customer without the account manager's introduction.")
        yield hit(introduction.object, (*introduction.path, "by"), text, name=plan.who(by))
