"""A contact without a result.

## What

A meeting, visit, call or reception (option `kinds`) has a `result`.

## Why it matters

A week later nobody remembers what was agreed. Without the result the next colleague starts from the beginning, and the
customer tells everything twice.

## How to fix

Ask whoever was there and write one sentence: what the customer said, wanted or promised. "Nothing new" is a result too.

## Bad

```yaml
team:
  manager: am-lin
contacts:
  - date: 2026-01-08            # <- here
    kind: visit
    ours: [am-lin]
    theirs: [engineer]
stakeholders:
  engineer: {title: Engineer}
```

## Good

```yaml
team:
  manager: am-lin
contacts:
  - date: 2026-01-08
    kind: visit
    ours: [am-lin]
    theirs: [engineer]
    result: Wants to see the test report before March
stakeholders:
  engineer: {title: Engineer}
```
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kam.language import N_
from kam.model import Contact, blank
from kam.plan import Plan
from kam.rules import Hit, hit, rule

_KINDS = ("meeting", "visit", "call", "reception")


@rule(on=Contact, tier=1, severity="warning", rows="S0-30")
def check(contact: Contact, plan: Plan, *, kinds: Sequence[str] = _KINDS) -> Iterator[Hit]:
    if contact.kind in kinds and blank(contact, "result"):
        text = N_("Contact of {day} ({ours} and {theirs}): no result is written.")
        yield hit(contact.name, (*contact.path, "result"), text, **plan.parties(contact))
