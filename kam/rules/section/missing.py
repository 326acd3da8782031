"""A section that the customer's class asks for is empty.

## What

`kam.yaml` says under `classes` which sections a customer of each class needs. Each of them is there and holds
something.

## Why it matters

The company agreed on what it wants to know about such a customer. A plan without these parts looks finished on the
shelf and has no answer when the question comes.

## How to fix

Begin the section with what is known today; two lines are better than none. If the section is not needed, change what
the class asks for, or the class of the customer.

## Bad

```yaml
class: ordinary
team:
  manager: am-lin
stakeholders:                   # <- here
```

## Good

```yaml
class: ordinary
team:
  manager: am-lin
stakeholders:
  owner:
    title: Owner
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.finding import Message, Word
from kam.language import N_
from kam.model import Account
from kam.plan import Plan
from kam.rules import Hit, hit, rule

_CUSTOMERS = {
    "key": N_("key customers"),
    "special": N_("special customers"),
    "good": N_("good customers"),
    "ordinary": N_("ordinary customers"),
}


@rule(on=Account, tier=1, severity="warning", rows="S1-31 S4-30")
def check(account: Account, plan: Plan) -> Iterator[Hit]:
    class_ = account.class_ or "ordinary"
    for section in plan.company.config.classes[class_].sections:
        if section not in account.sections and section not in account.faulty:
            text = N_("{account}: {title} ({section}) is empty, and {customers} need it.")
            customers = Message(_CUSTOMERS[class_])
            values = {"title": Word("section", section), "section": section, "customers": customers}
            yield hit(section, (section,), text, account=account.name, **values)
