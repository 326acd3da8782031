"""The account manager does not know of a talk at the top.

## What

A contact with somebody of level 1 or 2 on either side, without the account manager, has a `reported` day at the latest
after two days (option `days`). Who was account manager on the day of the contact counts.

## Why it matters

What two directors agree at dinner changes the plan of the whole team. If the account manager does not know of it,
tomorrow's visit contradicts what was promised today.

## How to fix

The account manager asks the executive's office what was said, and writes the day as `reported`.

## Bad

```yaml
team:
  manager: am-lin
stakeholders:
  bureau-head: {title: Bureau head, level: 1}
contacts:
  - date: 2026-01-09            # <- here
    kind: meeting
    ours: [gm-he]
    theirs: [bureau-head]
    result: Agreed on a visit in spring
```

## Good

```yaml
team:
  manager: am-lin
stakeholders:
  bureau-head: {title: Bureau head, level: 1}
contacts:
  - date: 2026-01-09
    kind: meeting
    ours: [gm-he]
    theirs: [bureau-head]
    result: Agreed on a visit in spring
    reported: 2026-01-10
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Contact
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Contact, tier=1, severity="error", rows="S0-31")
def check(contact: Contact, plan: Plan, *, days: int = 2) -> Iterator[Hit]:
    if contact.date and plan.unreported(contact, days) and plan.executive(contact):
        text = N_(
            "Talk at the top of {day} ({ours} and {theirs}): account manager not told for {age} days, {days} allowed."
        )
        values = plan.parties(contact) | {"age": plan.age(contact.date), "days": days}
        yield hit(contact.name, (*contact.path, "reported"), text, **values)
