"""A year of the roadmap has no approved budget.

## What

Each year from this one to the year `months` months ahead, in which an entry that costs money runs, has an approved
budget. An entry without a cost counts as one that costs money; only `cost: 0` is free.

## Why it matters

A promise without money behind it is broken at the worst moment: when the customer is looking forward to it.

## How to fix

Ask for approval and note it under `budgets`.

## Bad

```yaml
roadmap:
  entries:
    leaders-visit:
      kind: communication
      text: leaders visit the company
      starts: 2026-04-20
      cost: 30000
  budgets:                      # <- here
    2025: {approved: 10000}
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
    2026: {approved: 40000}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.days import months_later
from kam.language import N_
from kam.model import Account, blank
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Account, tier=1, severity="warning", rows="S3-31")
def check(account: Account, plan: Plan, *, months: int = 6) -> Iterator[Hit]:
    budgets = account.roadmap.budgets if account.roadmap else {}
    paid = [one for one in plan.live_entries if one.cost != 0 and one.starts]
    for year in range(plan.today.year, months_later(plan.today, months).year + 1):
        running = [one for one in paid if one.starts and one.starts.year <= year <= (one.ends or one.starts).year]
        if running and (year not in budgets or blank(budgets[year], "approved")):
            text = N_("No budget is approved for {year}; {n} roadmap entries run in it.")
            yield hit(str(year), ("roadmap", "budgets"), text, year=str(year), n=len(running))
