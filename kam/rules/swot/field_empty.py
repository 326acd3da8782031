"""A field of the SWOT is empty.

## What

Each of the four fields holds at least one factor.

## Why it matters

An empty field is a question that the team did not ask, most often the unpleasant one.

## How to fix

Fill the field together with the team.

## Bad

```yaml
swot:                           # <- here
  strengths:
    S1: {area: product, text: technically ahead}
  weaknesses:
    W1: {area: product, text: higher price}
  opportunities:
    O1: {area: relationship, text: the top leader supports us}
```

## Good

```yaml
swot:
  strengths:
    S1: {area: product, text: technically ahead}
  weaknesses:
    W1: {area: product, text: higher price}
  opportunities:
    O1: {area: relationship, text: the top leader supports us}
  threats:
    T1: {area: relationship, text: the chief engineer is against us}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.finding import Message
from kam.language import N_
from kam.model import FIELDS, Account
from kam.plan import Plan
from kam.rules import Hit, hit, rule
from kam.rules.swot import NAMES


@rule(on=Account, tier=1, severity="warning", rows="S0-36")
def check(account: Account, plan: Plan) -> Iterator[Hit]:
    for field in FIELDS if account.swot else ():
        if account.swot and not account.swot.field(field) and field not in account.swot.faulty:
            yield hit(field, ("swot", field), N_("The SWOT has no {field}."), field=Message(NAMES[field]))
