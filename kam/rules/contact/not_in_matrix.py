"""A contact between two people who have no cell.

## What

A contact of exactly one of ours with exactly one of theirs has a cell in the matrix.

## Why it matters

Where two people meet by themselves there is a relationship. If the matrix does not know of it, nobody tends it and
nobody misses it when it breaks off.

## How to fix

Put the relationship into the matrix as `keep` or `close`. If it was a single occasion, leave things as they are and
accept the finding.

## Bad

```yaml
team:
  manager: am-lin
  members:
    pse-tang: {role: Presales engineer}
stakeholders:
  engineer: {title: Engineer}
matrix:
  cells:
    am-lin:
      engineer: keep
contacts:
  - date: 2026-01-08            # <- here
    kind: call
    ours: [pse-tang]
    theirs: [engineer]
    result: Needs another cable
```

## Good

```yaml
team:
  manager: am-lin
  members:
    pse-tang: {role: Presales engineer}
stakeholders:
  engineer: {title: Engineer}
matrix:
  cells:
    am-lin:
      engineer: keep
    pse-tang:
      engineer: keep
contacts:
  - date: 2026-01-08
    kind: call
    ours: [pse-tang]
    theirs: [engineer]
    result: Needs another cable
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Contact
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Contact, tier=3, severity="info", rows="S0-30")
def check(contact: Contact, plan: Plan) -> Iterator[Hit]:
    if len(contact.ours) != 1 or len(contact.theirs) != 1:
        return
    (ours,), (theirs,) = contact.ours, contact.theirs
    there, customers = plan.account.matrix.cells if plan.account.matrix else {}, plan.account.stakeholders
    # Somebody unknown is left to ref.unknown-person, as long as there is a list to look in.
    known = plan.known(ours) and (theirs in customers or not customers)
    if known and (ours, theirs) not in there:
        text = N_("Contact of {day}: {ours} and {theirs} met, but have no cell in the matrix.")
        yield hit(contact.name, contact.path, text, **plan.parties(contact))
