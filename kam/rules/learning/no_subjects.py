"""The learning section names no subject.

## What

A learning section must list at least one subject of the customer's trade.

## Why it matters

A team that wants to advise a customer has to know the customer's trade. Without a list of subjects nobody can say who
knows what, and learning stays a good intention.

## How to fix

List the subjects of the customer's trade under `subjects`.

## Bad

```yaml
learning:
  subjects: {}                  # <- here
```

## Good

```yaml
learning:
  subjects:
    road-maintenance:
      name: Road maintenance planning
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Account, blank
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Account, tier=1, severity="warning", rows="S0-57")
def check(account: Account, plan: Plan) -> Iterator[Hit]:
    if account.learning and blank(account.learning, "subjects"):
        yield hit("learning", ("learning", "subjects"), N_("No subject of the customer's trade is listed."))
