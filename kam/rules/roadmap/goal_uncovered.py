"""A goal has nothing on the roadmap.

## What

Each goal, external or internal, is the `goal` of at least one roadmap entry that is live or done.

## Why it matters

A goal that nothing works towards is a wish.

## How to fix

Plan something for the goal, or drop the goal.

## Bad

```yaml
goals:
  external:
    tested-before-order:        # <- here
      promise: a tested solution before any order
roadmap:
  entries:
    leaders-visit:
      kind: communication
      text: leaders visit the company
      starts: 2026-04-20
```

## Good

```yaml
goals:
  external:
    tested-before-order:
      promise: a tested solution before any order
roadmap:
  entries:
    leaders-visit:
      kind: communication
      text: leaders visit the company
      goal: tested-before-order
      starts: 2026-04-20
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Goal
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Goal, tier=2, severity="warning", rows="S3-28", needs=("goals",))
def check(goal: Goal, plan: Plan) -> Iterator[Hit]:
    entries = plan.account.roadmap.entries.values() if plan.account.roadmap else ()
    if not any(one.goal == goal.id for one in entries if one.live or one.status == "done"):
        yield hit(goal.id, goal.path, N_("Nothing on the roadmap works towards “{text}”."), text=goal.text)
