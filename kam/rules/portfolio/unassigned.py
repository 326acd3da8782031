"""Nobody looks after a customer.

## What

Every account has an account manager in `team.manager` who still works for us. Where the whole section `team` is missing
although the class asks for it, `section.missing` says so instead.

## Why it matters

A customer who belongs to everybody is looked after by nobody. Questions stay unanswered, contacts break off, and we
learn of it by an order that went elsewhere.

## How to fix

Decide who takes the customer over and write that person as `team.manager`. If somebody left, plan the handover first.

## Bad

```yaml
team:
  manager: am-ma                # <- here
```

## Good

```yaml
team:
  manager: am-lin
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Account
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Account, tier=1, severity="error", rows="S2-42")
def check(account: Account, plan: Plan) -> Iterator[Hit]:
    manager, path = account.team.manager if account.team else None, ("team", "manager")
    if manager and plan.person(manager).left:
        text = N_("{account}: the account manager {name} has left the company.")
        yield hit("team", path, text, account=account.name, name=plan.who(manager))
    elif not manager and ("team" in account.sections or not plan.asked_for("team")):
        yield hit("team", path, N_("{account}: nobody is account manager."), account=account.name)
