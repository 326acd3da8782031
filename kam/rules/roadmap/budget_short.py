"""The roadmap costs more than was approved.

## What

The costs of the entries, live or done, that start in a year are not above the budget approved for it.

## Why it matters

It is better to see the gap in January than to explain it in November.

## How to fix

Raise the budget, or cut or move entries.

## Bad

```yaml
roadmap:
  entries:
    leaders-visit:
      kind: communication
      text: leaders visit the company
      starts: 2026-04-20
      cost: 30000
  budgets:
    2026:
      approved: 20000           # <- here
```

## Good

```yaml
roadmap:
  entries:
    leaders-visit:
      kind: communication
      text: leaders visit the company
      starts: 2026-04-20
      cost: 30000
  budgets:
    2026:
      approved: 30000
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Account
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Account, tier=1, severity="warning", rows="S3-31")
def check(account: Account, plan: Plan) -> Iterator[Hit]:
    roadmap = account.roadmap
    for year, budget in roadmap.budgets.items() if roadmap else ():
        if roadmap and year >= plan.today.year and budget.approved is not None:
            cost = roadmap.cost(year)
            if cost > budget.approved:
                text = N_("{year}: the roadmap costs {cost} {currency}, {approved} are approved.")
                values = {
                    "year": str(year),
                    "cost": f"{cost:,}",
                    "approved": f"{budget.approved:,}",
                    "currency": account.currency,
                }
                yield hit(str(year), ("roadmap", "budgets", str(year), "approved"), text, **values)
