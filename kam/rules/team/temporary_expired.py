"""A temporary team has outlived its end.

## What

A temporary team has not passed its `until` date.

## Why it matters

After the project people go back to their own work, and the customer still counts on them.

## How to fix

Dissolve the team, or make it a standing one.

## Bad

```yaml
team:
  manager: am-lin
  form: temporary
  project: sensing pilot
  until: 2025-12-31             # <- here
```

## Good

```yaml
team:
  manager: am-lin
  form: temporary
  project: sensing pilot
  until: 2026-12-31
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Account
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Account, tier=1, severity="warning", rows="S0-07")
def check(account: Account, plan: Plan) -> Iterator[Hit]:
    team = account.team
    if team and team.form == "temporary" and team.until and team.until < plan.today:
        text = N_("The temporary team ended on {until}, {days} days ago.")
        yield hit("team", ("team", "until"), text, until=team.until, days=plan.age(team.until))
