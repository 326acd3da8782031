"""A seat in the team has no name.

## What

No member is called `tbd` or `tbd-…`.

## Why it matters

A department that has promised "somebody" has promised nobody.

## How to fix

Have the department name a person.

## Bad

```yaml
team:
  manager: am-lin
  members:
    tbd-after-sales:            # <- here
      role: after-sales engineer
```

## Good

```yaml
team:
  manager: am-lin
  members:
    td-sun:
      role: technical director
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Account
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Account, tier=1, severity="warning", rows="S0-06")
def check(account: Account, plan: Plan) -> Iterator[Hit]:
    for member in account.team.members.values() if account.team else ():
        if member.unnamed:
            yield hit(member.id, member.path, N_("Nobody is named yet for “{role}”."), role=member.role or member.id)
