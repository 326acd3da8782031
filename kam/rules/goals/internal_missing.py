"""Nothing says what we gain.

## What

The section `goals` must hold at least one internal goal: what we gain with this customer.

## Why it matters

A key account takes the time of many people. If nobody can say what for, the next budget round will ask.

## How to fix

Write under `internal` what we gain, with its tie to strategy and money.

## Bad

```yaml
goals:
  external:
    tested-before-order:
      promise: a tested solution before any order
  internal: {}                  # <- here
```

## Good

```yaml
goals:
  external:
    tested-before-order:
      promise: a tested solution before any order
  internal:
    win-the-pilot:
      text: win the pilot
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Account, blank
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Account, tier=1, severity="warning", rows="S3-07")
def check(account: Account, plan: Plan) -> Iterator[Hit]:
    if account.goals and blank(account.goals, "internal"):
        yield hit("goals", ("goals", "internal"), N_("The goals do not say what we gain."))
