"""Nothing is promised to the customer.

## What

The section `goals` must hold at least one external goal: a promise to the customer.

## Why it matters

Goals that only speak of our revenue give the customer no reason to take part.

## How to fix

Write under `external` what we promise the customer, and how the customer can measure it.

## Bad

```yaml
goals:
  external: {}                  # <- here
  internal:
    win-the-pilot:
      text: win the pilot
      strategy: core
      financial: {measure: revenue, target: 400000}
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
      strategy: core
      financial: {measure: revenue, target: 400000}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Account, blank
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Account, tier=1, severity="warning", rows="S3-06")
def check(account: Account, plan: Plan) -> Iterator[Hit]:
    if account.goals and blank(account.goals, "external"):
        yield hit("goals", ("goals", "external"), N_("The goals promise the customer nothing."))
