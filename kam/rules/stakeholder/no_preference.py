"""It is not known how a person likes to be contacted.

## What

An active stakeholder with whom at least one of us is in touch has a `channel`: phone, sms, email, letter, visit or
chat.

## Why it matters

Some people never pick up the phone and answer every message, others take an e-mail for an insult. Using the way a
person likes is the cheapest courtesy there is.

## How to fix

Ask at the next contact which way suits best, and write it down.

## Bad

```yaml
team:
  manager: am-lin
stakeholders:
  head-nurse:                   # <- here
    title: Head nurse
matrix:
  cells:
    am-lin:
      head-nurse: keep
```

## Good

```yaml
team:
  manager: am-lin
stakeholders:
  head-nurse:
    title: Head nurse
    channel: chat
matrix:
  cells:
    am-lin:
      head-nurse: keep
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Stakeholder, blank
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Stakeholder, tier=2, severity="info", rows="S1-39")
def check(stakeholder: Stakeholder, plan: Plan) -> Iterator[Hit]:
    if plan.cells_of[stakeholder.id] and blank(stakeholder, "channel"):
        text = N_("{title}: nobody wrote how this person likes to be contacted.")
        yield hit(stakeholder.id, (*stakeholder.path, "channel"), text, title=stakeholder.title)
