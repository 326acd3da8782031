"""The SWOT is old.

## What

The SWOT was reviewed within the last `days` days.

## Why it matters

Rivals cut prices, supporters change posts, a test succeeds. After half a year a SWOT describes a customer who no
longer exists.

## How to fix

Review the SWOT with the team and set `reviewed`.

## Bad

```yaml
swot:
  reviewed: 2025-05-01          # <- here
```

## Good

```yaml
swot:
  reviewed: 2025-12-23
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Account
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Account, tier=2, severity="warning", rows="S0-41")
def check(account: Account, plan: Plan, *, days: int = 180) -> Iterator[Hit]:
    swot = account.swot
    if swot and plan.older(swot.reviewed, days) and "reviewed" not in swot.faulty:
        path = ("swot", "reviewed")
        if swot.reviewed:
            text = N_("The SWOT was reviewed on {date}, {days} days ago; at most {of} are allowed.")
            yield hit("swot", path, text, date=swot.reviewed, days=plan.age(swot.reviewed), of=days)
        else:
            yield hit("swot", path, N_("The SWOT has no date of review."))
