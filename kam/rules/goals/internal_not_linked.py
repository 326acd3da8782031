"""An internal goal hangs in the air.

## What

An internal goal needs both its tie to strategy (`strategy`) and its measure in money (`financial`).

## Why it matters

A goal that serves no strategy and no figure is the first to be forgotten when people get busy.

## How to fix

Add `strategy` and `financial` to the goal.

## Bad

```yaml
goals:
  internal:
    win-the-pilot:              # <- here
      text: win the pilot
      strategy: core
```

## Good

```yaml
goals:
  internal:
    win-the-pilot:
      text: win the pilot
      strategy: core
      financial: {measure: revenue, target: 400000, due: 2026-12-31}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Goal, blank
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Goal, tier=1, severity="warning", rows="S1-02 S3-07")
def check(goal: Goal, plan: Plan) -> Iterator[Hit]:
    if goal.side == "internal":
        if blank(goal, "strategy"):
            yield hit(goal.id, goal.path, N_("“{text}” is not tied to the strategy."), text=goal.text)
        elif not goal.financial and "financial" not in goal.faulty:
            yield hit(goal.id, goal.path, N_("“{text}” has no measure in money."), text=goal.text)
