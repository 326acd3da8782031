"""Nobody at the customer is on our side.

## What

At least one active stakeholder has the stance `helper` or `supporter`.

## Why it matters

Decisions are made when we are not in the room. Without somebody in there who speaks for us, the best offer has no
voice.

## How to fix

Plan actions that win one person over. Those who use the product every day are often the first to be won.

## Bad

```yaml
stakeholders:                   # <- here
  director:
    title: Director
    stance: neutral
  engineer:
    title: Engineer
    stance: unknown
```

## Good

```yaml
stakeholders:
  director:
    title: Director
    stance: neutral
  engineer:
    title: Engineer
    stance: supporter
```
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kam.language import N_
from kam.model import Account
from kam.plan import Plan
from kam.rules import NOT_ORDINARY, Hit, hit, rule


@rule(on=Account, tier=1, severity="warning", rows="S0-18 S0-51")
def check(account: Account, plan: Plan, *, classes: Sequence[str] = NOT_ORDINARY) -> Iterator[Hit]:
    if not any(one.stance in ("helper", "supporter") for one in plan.active.values()):
        text = N_("{account}: none of {known} active stakeholders helps or supports us.")
        yield hit("stakeholders", ("stakeholders",), text, account=account.name, known=len(plan.active))
