"""Too few people of the customer are known.

## What

A customer that matters needs at least two active stakeholders in the plan (option `minimum`). People who left and
positions whose holder we do not know do not count.

## Why it matters

An organisation buys as a group: one person uses, another pays, a third can say no. Whoever knows only one of them hears
one opinion and loses the customer on the day when that person moves on.

## How to fix

Ask your contact who else is concerned, and add these people under `stakeholders`; a title is enough to begin with.

## Bad

```yaml
stakeholders:                   # <- here
  park-manager:
    title: Park manager
```

## Good

```yaml
stakeholders:
  park-manager:
    title: Park manager
  dispatcher:
    title: Dispatcher
```
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kam.language import N_
from kam.model import Account
from kam.plan import Plan
from kam.rules import NOT_ORDINARY, Hit, hit, rule


@rule(on=Account, tier=1, severity="warning", rows="S0-17 S1-08")
def check(account: Account, plan: Plan, *, minimum: int = 2, classes: Sequence[str] = NOT_ORDINARY) -> Iterator[Hit]:
    known = len(plan.active)
    if known < minimum:
        text = N_("{account}: active stakeholders known: {known}, needed: at least {minimum}.")
        yield hit("stakeholders", ("stakeholders",), text, account=account.name, known=known, minimum=minimum)
