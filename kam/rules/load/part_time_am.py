"""An account manager's time does not add up.

## What

The shares of working time that an account manager gives to the managed accounts add up to at most 1, and none of them
is 0. Silent as long as no share is written.

## Why it matters

A manager who is promised to the customers at 140 percent will disappoint some of them, and nobody decided which.

## How to fix

Correct the shares, or free the manager of other work.

## Bad

```yaml
# company/people.yaml
version: 1
people:
  am-lin:                       # <- here
    name: Lin
    function: account-manager
# accounts/one.yaml
team:
  manager: am-lin
  members:
    am-lin: {share_of_time: 0.8}
# accounts/two.yaml
team:
  manager: am-lin
  members:
    am-lin: {share_of_time: 0.6}
```

## Good

```yaml
# company/people.yaml
version: 1
people:
  am-lin:
    name: Lin
    function: account-manager
# accounts/one.yaml
team:
  manager: am-lin
  members:
    am-lin: {share_of_time: 0.4}
# accounts/two.yaml
team:
  manager: am-lin
  members:
    am-lin: {share_of_time: 0.6}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import added
from kam.portfolio import Managed, Portfolio
from kam.rules import Hit, hit, rule


@rule(on=Managed, tier=2, severity="info", rows="S2-16")
def check(managed: Managed, portfolio: Portfolio) -> Iterator[Hit]:
    person = managed.person
    shares = [row.shares[person.id] for row in managed.rows if person.id in row.shares]
    total = added(shares)
    if total > 1:
        text = N_("{name} is promised to accounts at {percent} percent of the working time.")
        yield hit(person.id, person.path, text, name=person.name, percent=round(total * 100))
    elif shares and min(shares) == 0:
        yield hit(
            person.id, person.path, N_("{name} manages an account with no working time for it."), name=person.name
        )
