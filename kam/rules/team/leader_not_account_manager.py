"""The head of the team is no account manager.

## What

The person in `team.manager` has the function `account-manager` in `company/people.yaml`.

## Why it matters

Somebody whose main job is another one looks after the customer when there is time left. A key account needs a person
who is measured by it.

## How to fix

Name an account manager as head of the team, or correct the person's function.

## Bad

```yaml
team:
  manager: sd-zhou              # <- here
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
from kam.rules import KEY_OR_SPECIAL, Hit, hit, rule


@rule(on=Account, tier=1, severity="error", rows="S0-01 S0-09")
def check(account: Account, plan: Plan, *, classes: tuple[str, ...] = KEY_OR_SPECIAL) -> Iterator[Hit]:
    function = plan.person(plan.manager).function if plan.manager else None
    if plan.manager and function and function != "account-manager":
        text = N_("{name} leads the team but is no account manager.")
        yield hit(plan.manager, ("team", "manager"), text, name=plan.who(plan.manager))
