"""Goals were not talked over.

## What

The present version of the goals must have been told to the staff, naming every current member, and to the customer,
before the first planned roadmap entry starts.

## Why it matters

People cannot pull in one direction that nobody told them. And a promise that the customer never heard of earns
nothing.

## How to fix

Talk the goals over and note audience, names and date under `communicated`.

## Bad

```yaml
team:
  manager: am-lin
goals:
  external:
    tested-before-order:
      promise: a tested solution before any order
  communicated:                 # <- here
    - audience: staff
      who: [am-lin]
      date: 2026-01-05
```

## Good

```yaml
team:
  manager: am-lin
stakeholders:
  bureau-head:
    title: Bureau head
goals:
  external:
    tested-before-order:
      promise: a tested solution before any order
  communicated:
    - audience: staff
      who: [am-lin]
      date: 2026-01-05
    - audience: customer
      who: [bureau-head]
      date: 2026-01-06
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Account
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Account, tier=1, severity="warning", rows="S3-05 S3-08")
def check(account: Account, plan: Plan) -> Iterator[Hit]:
    told = plan.announcements
    staff = [one for one in told if one.audience == "staff"]
    path = ("goals", "communicated")
    if not staff:
        yield hit("staff", path, N_("The goals were not told to our own people."))
    else:
        reached = {person for one in staff for person in one.who}
        for member in plan.members:
            if member not in reached:
                yield hit(member, path, N_("{name} was not told the goals."), name=plan.who(member))
    if not any(one.audience == "customer" for one in told):
        yield hit("customer", path, N_("The goals were not told to the customer."))
