"""Nobody is named who decides.

## What

At least one active stakeholder has `decision-maker` among the `buying_roles`. A position whose holder we do not
know does not count.

## Why it matters

Months of good talks come to nothing when the one who signs has never heard of us. As long as nobody is named, we cannot
even plan the way there.

## How to fix

Ask who signs for a purchase of this size, and who has to be asked before. Then give that person the role
`decision-maker`.

## Bad

```yaml
stakeholders:                   # <- here
  buyer:
    title: Buyer
    buying_roles: [buyer]
  works-manager:
    title: Works manager
    buying_roles: [user]
```

## Good

```yaml
stakeholders:
  buyer:
    title: Buyer
    buying_roles: [buyer]
  works-manager:
    title: Works manager
    buying_roles: [user, decision-maker]
```
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kam.language import N_
from kam.model import Account
from kam.plan import Plan
from kam.rules import NOT_ORDINARY, Hit, hit, rule


@rule(on=Account, tier=1, severity="warning", rows="S1-08 S1-40")
def check(account: Account, plan: Plan, *, classes: Sequence[str] = NOT_ORDINARY) -> Iterator[Hit]:
    if not any("decision-maker" in one.buying_roles for one in plan.active.values()):
        text = N_("{account}: none of {known} active stakeholders is known as the one who decides.")
        yield hit("stakeholders", ("stakeholders",), text, account=account.name, known=len(plan.active))
