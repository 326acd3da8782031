"""The account manager does not know of a contact.

## What

A contact without the account manager has a `reported` day at the latest after 14 days (option `days`). Who was account
manager on the day of the contact counts. Contacts with people of level 1 or 2 are left to a stricter rule.

## Why it matters

The account manager answers for the whole picture. Whoever hears of a talk from the customer instead of from a
colleague looks badly informed, and is.

## How to fix

The colleague tells the account manager what was said and what came of it; then write the day as `reported`.

## Bad

```yaml
team:
  manager: am-lin
stakeholders:
  engineer: {title: Engineer, level: 5}
contacts:
  - date: 2025-12-18            # <- here
    kind: call
    ours: [pse-tang]
    theirs: [engineer]
    result: Needs another cable
```

## Good

```yaml
team:
  manager: am-lin
stakeholders:
  engineer: {title: Engineer, level: 5}
contacts:
  - date: 2025-12-18
    kind: call
    ours: [pse-tang]
    theirs: [engineer]
    result: Needs another cable
    reported: 2025-12-19
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Contact
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Contact, tier=1, severity="warning", rows="S0-31")
def check(contact: Contact, plan: Plan, *, days: int = 14) -> Iterator[Hit]:
    if contact.date and plan.unreported(contact, days) and not plan.executive(contact):
        text = N_("Contact of {day} ({ours} and {theirs}): account manager not told for {age} days, {days} allowed.")
        values = plan.parties(contact) | {"age": plan.age(contact.date), "days": days}
        yield hit(contact.name, (*contact.path, "reported"), text, **values)
