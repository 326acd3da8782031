"""The account manager is alone.

## What

The team has at least one current member besides the account manager.

## Why it matters

One person cannot match a customer with engineers, buyers and directors. When that person is ill, the customer has
nobody.

## How to fix

Name people of other departments as members.

## Bad

```yaml
team:
  manager: am-lin
  members:                      # <- here
    am-lin: {role: account manager}
```

## Good

```yaml
team:
  manager: am-lin
  members:
    am-lin: {role: account manager}
    td-sun: {role: technical director, assignment: deputy heads}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Account
from kam.plan import Plan
from kam.rules import KEY_OR_SPECIAL, Hit, hit, rule


@rule(on=Account, tier=1, severity="warning", rows="S0-03")
def check(account: Account, plan: Plan, *, classes: tuple[str, ...] = KEY_OR_SPECIAL) -> Iterator[Hit]:
    if account.team and plan.manager and not plan.others and "members" not in account.team.faulty:
        yield hit("team", ("team", "members"), N_("The account manager has no team."))
