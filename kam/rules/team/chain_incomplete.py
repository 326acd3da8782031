"""The manager's bosses are not in the team.

## What

The boss of the account manager, and the boss of that boss, are current members. Where `reports_to` is empty the chain
ends.

## Why it matters

The sales manager and the sales director open doors that stay shut to an account manager, and they decide when it
matters. They can do so only if they know the customer.

## How to fix

Add the missing boss to the team, with a task.

## Bad

```yaml
team:
  manager: am-lin
  members:                      # <- here
    sm-wu: {assignment: division heads}
```

## Good

```yaml
team:
  manager: am-lin
  members:
    sm-wu: {assignment: division heads}
    sd-zhou: {assignment: deputy heads}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Account
from kam.plan import Plan
from kam.rules import KEY_OR_SPECIAL, Hit, hit, rule


@rule(on=Account, tier=1, severity="warning", rows="S0-11")
def check(account: Account, plan: Plan, *, classes: tuple[str, ...] = KEY_OR_SPECIAL) -> Iterator[Hit]:
    person = plan.person(plan.manager).reports_to if plan.manager else None
    for _ in range(2):
        if person and plan.known(person):
            if person not in plan.members:
                text = N_("{name}, above the account manager, is not in the team.")
                yield hit(person, ("team", "members"), text, name=plan.who(person))
            person = plan.person(person).reports_to
