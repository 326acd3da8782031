"""The matrix has not been reviewed for a long time.

## What

`matrix.reviewed` is at most 90 days ago (option `days`).

## Why it matters

People change posts on both sides. A matrix that nobody looks through shows the customer of last year, and everything
that is computed from it is wrong without looking wrong.

## How to fix

Go through the matrix with the team, row by row, and write the day as `reviewed`.

## Bad

```yaml
team:
  manager: am-lin
stakeholders:
  engineer:
    title: Engineer
matrix:
  reviewed: 2025-09-01          # <- here
  cells:
    am-lin:
      engineer: keep
```

## Good

```yaml
team:
  manager: am-lin
stakeholders:
  engineer:
    title: Engineer
matrix:
  reviewed: 2025-12-01
  cells:
    am-lin:
      engineer: keep
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Account
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Account, tier=2, severity="warning", rows="S0-25 S0-32")
def check(account: Account, plan: Plan, *, days: int = 90) -> Iterator[Hit]:
    reviewed, path = account.matrix.reviewed if account.matrix else None, ("matrix", "reviewed")
    if reviewed is None:
        text = N_("{account}: nobody wrote when the matrix was last reviewed.")
        yield hit("matrix", path, text, account=account.name)
    elif plan.older(reviewed, days):
        text = N_("{account}: the matrix was last reviewed {age} days ago, {days} allowed.")
        yield hit("matrix", path, text, account=account.name, age=plan.age(reviewed), days=days)
