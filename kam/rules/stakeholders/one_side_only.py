"""Only the buying or only the using side is known.

## What

Where the profile says that the customer buys in one place and uses in another (`purchase_use_separated: true`), the
plan needs active stakeholders on both sides. `side: both` counts for each.

## Why it matters

Buyers compare prices, users live with the product. Knowing only the buyers, we learn too late that the users are
unhappy; knowing only the users, we are wanted and never ordered.

## How to fix

Find at least one person on the missing side and set `side` to `buying`, `using` or `both`.

## Bad

```yaml
profile:
  purchase_use_separated: true
stakeholders:                   # <- here
  head-of-purchasing:
    title: Head of purchasing
    side: buying
  controller:
    title: Controller
    side: buying
```

## Good

```yaml
profile:
  purchase_use_separated: true
stakeholders:
  head-of-purchasing:
    title: Head of purchasing
    side: buying
  shift-leader:
    title: Shift leader
    side: using
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Account
from kam.plan import Plan
from kam.rules import Hit, hit, rule

_TEXTS = {
    "buying": N_("{account}: buying and using are separate, but nobody on the buying side is known."),
    "using": N_("{account}: buying and using are separate, but nobody on the using side is known."),
}


@rule(on=Account, tier=1, severity="warning", rows="S1-61")
def check(account: Account, plan: Plan) -> Iterator[Hit]:
    if account.profile.get("purchase_use_separated") is not True:
        return
    there = {one.side for one in plan.active.values()}
    for side, text in _TEXTS.items():
        if side not in there and "both" not in there:
            yield hit(side, ("stakeholders",), text, account=account.name)
