"""No executive of ours knows the customer's top.

## What

An active stakeholder of level 1 has at least one live cell of a person of ours who is on level 1 too.

## Why it matters

At the top people talk to their equals. If things go wrong between two companies, it is good when the two who can settle
it have met before.

## How to fix

Win one of our executives as sponsor and give the executive at least a `keep` with this person.

## Bad

```yaml
team:
  manager: am-lin
stakeholders:
  bureau-head:                  # <- here
    title: Bureau head
    level: 1
matrix:
  cells:
    am-lin:
      bureau-head: close
```

## Good

```yaml
team:
  manager: am-lin
  members:
    gm-he:
      role: General manager
stakeholders:
  bureau-head:
    title: Bureau head
    level: 1
matrix:
  cells:
    am-lin:
      bureau-head: close
    gm-he:
      bureau-head: keep
```
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kam.language import N_
from kam.model import Stakeholder
from kam.plan import Plan
from kam.rules import KEY_OR_SPECIAL, Hit, hit, rule


@rule(on=Stakeholder, tier=1, severity="warning", rows="S0-12")
def check(stakeholder: Stakeholder, plan: Plan, *, classes: Sequence[str] = KEY_OR_SPECIAL) -> Iterator[Hit]:
    ours = {plan.person(cell.member).level for cell in plan.cells_of[stakeholder.id]}
    if stakeholder.level == 1 and 1 not in ours:
        text = N_("{title} is at the customer's top, but none of our executives is in touch.")
        yield hit(stakeholder.id, stakeholder.path, text, title=stakeholder.title)
