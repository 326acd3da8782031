"""It is not decided how important a customer is.

## What

An account has a `class`: key, special, good or ordinary. As soon as there is a profile, it also says what we want with
this customer: `portfolio_decision` grow, keep, watch or drop.

## Why it matters

Time for customers is short. Without a decision it goes to whoever calls most often, and the customer who could grow
waits.

## How to fix

Decide with the sales manager: which class, and whether to grow, keep, watch or drop.

## Bad

```yaml
class:                          # <- here
profile:                        # <- here
  domain: hospitals
```

## Good

```yaml
class: good
profile:
  domain: hospitals
  portfolio_decision: keep
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Account
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Account, tier=1, severity="warning", rows="S2-08")
def check(account: Account, plan: Plan) -> Iterator[Hit]:
    # Where the class asks for a section `value` that is absent, section.missing speaks instead.
    if plan.asked_for("value") and "value" not in account.sections:
        return
    if account.class_ is None and "class" not in account.faulty:
        text = N_("{account}: the class of this customer is not decided.")
        yield hit("class", ("class",), text, account=account.name)
    if "profile" in account.sections and not account.profile.get("portfolio_decision"):
        text = N_("{account}: whether to grow, keep, watch or drop this customer is not decided.")
        yield hit("portfolio_decision", ("profile", "portfolio_decision"), text, account=account.name)
