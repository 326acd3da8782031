"""Nobody said what follows from a contact.

## What

A contact with a `result` has the key `leads_to`. The empty list `leads_to: []` means that nothing follows, and is fine.

## Why it matters

A result that leads to nothing is soon forgotten, and with it what the customer was promised. Saying what follows takes
a moment and shows whether the talk moved anything.

## How to fix

Name the action, roadmap entry, opportunity, need or goal that follows, or write `leads_to: []`.

## Bad

```yaml
team:
  manager: am-lin
stakeholders:
  engineer: {title: Engineer}
contacts:
  - date: 2026-01-08            # <- here
    kind: visit
    ours: [am-lin]
    theirs: [engineer]
    result: Wants to see the test report before March
```

## Good

```yaml
team:
  manager: am-lin
stakeholders:
  engineer: {title: Engineer}
contacts:
  - date: 2026-01-08
    kind: visit
    ours: [am-lin]
    theirs: [engineer]
    result: Wants to see the test report before March
    leads_to: [send-the-report]
actions:
  send-the-report:
    text: Send the test report
    owner: am-lin
    due: 2026-02-20
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Contact, empty
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Contact, tier=3, severity="info", rows="S0-32")
def check(contact: Contact, plan: Plan) -> Iterator[Hit]:
    if not empty(contact.result) and contact.leads_to is None and "leads_to" not in contact.faulty:
        text = N_("Contact of {day} ({ours} and {theirs}): there is a result, but not what follows from it.")
        yield hit(contact.name, (*contact.path, "leads_to"), text, **plan.parties(contact))
