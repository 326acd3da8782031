"""All goals end within the year.

## What

At least one goal must reach further than `months` months from today.

## Why it matters

A key account is kept for years. A plan that ends with the next order is a sales forecast, not an account plan.

## How to fix

Add a goal that reaches further.

## Bad

```yaml
goals:                          # <- here
  external:
    tested-before-order:
      promise: a tested solution before any order
      due: 2026-06-30
```

## Good

```yaml
goals:
  external:
    tested-before-order:
      promise: a tested solution before any order
      due: 2026-06-30
    answer-in-a-day:
      promise: answer to every question within one working day
      due: 2027-12-31
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.days import months_later
from kam.language import N_
from kam.model import Account
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Account, tier=2, severity="warning", rows="S1-18")
def check(account: Account, plan: Plan, *, months: int = 12) -> Iterator[Hit]:
    goals = account.goals
    dues = [one.due for side in (goals.external, goals.internal) for one in side.values() if one.due] if goals else []
    if dues and max(dues) <= months_later(plan.today, months):
        text = N_("The latest goal ends on {due}, within {months} months.")
        yield hit("goals", ("goals",), text, due=max(dues), months=months)
