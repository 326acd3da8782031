"""A standing team without the revenue for it.

## What

A standing team whose customer was won before last year has a revenue for last year, not below `min_yearly_revenue`.

## Why it matters

A standing team costs a fixed amount every year. Whether it is still justified should be a decision, not a habit.

## How to fix

Check whether the standing team is still justified, or enter the revenue.

## Bad

```yaml
profile:
  since: 2023-05-01
team:
  manager: am-lin
  form: standing
  min_yearly_revenue: 200000
value:
  years:
    2025:
      revenue: 150000           # <- here
```

## Good

```yaml
profile:
  since: 2023-05-01
team:
  manager: am-lin
  form: standing
  min_yearly_revenue: 200000
value:
  years:
    2025:
      revenue: 250000
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kam.language import N_
from kam.model import Account, day
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Account, tier=1, severity="warning", rows="S0-08", needs=("value",))
def check(account: Account, plan: Plan) -> Iterator[Hit]:
    team, last_year = account.team, plan.today.year - 1
    since = day(account.profile.get("since"))
    if not team or team.form != "standing" or not since or since >= date(last_year, 1, 1):
        return
    path = ("value", "years", str(last_year), "revenue")
    revenue = ((account.data["value"].get("years") or {}).get(str(last_year)) or {}).get("revenue")
    if revenue is None:
        yield hit(
            str(last_year),
            path,
            N_("The team is standing, and no revenue is on record for {year}."),
            year=str(last_year),
        )
    elif team.min_yearly_revenue is not None and revenue < team.min_yearly_revenue:
        text = N_("The revenue of {year} was {revenue}; a standing team needs {least}.")
        yield hit(
            str(last_year),
            path,
            text,
            year=str(last_year),
            revenue=f"{revenue:,}",
            least=f"{team.min_yearly_revenue:,}",
        )
