"""Nobody keeps close contact with a key person.

## What

Every key person has at least one live cell `close`. Key people are active stakeholders whose influence is `high` or
`decisive`, or who are decision-makers.

## Why it matters

With those who weigh most, being in touch now and then is not enough: changes of mind show in small remarks, and only
somebody who is close hears them.

## How to fix

Give this person to a member of the team for close contact, best somebody on the same level.

## Bad

```yaml
team:
  manager: am-lin
stakeholders:
  bureau-head:                  # <- here
    title: Bureau head
    influence: decisive
matrix:
  cells:
    am-lin:
      bureau-head: keep
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
    influence: decisive
matrix:
  cells:
    am-lin:
      bureau-head: keep
    gm-he:
      bureau-head: close
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Stakeholder
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Stakeholder, tier=1, severity="warning", rows="S0-24")
def check(stakeholder: Stakeholder, plan: Plan) -> Iterator[Hit]:
    cells = plan.cells_of[stakeholder.id]
    if stakeholder.key and not any(cell.level == "close" for cell in cells):
        text = N_("{title} is a key person, but nobody of ours keeps close contact (people in touch: {cells}).")
        yield hit(stakeholder.id, stakeholder.path, text, title=stakeholder.title, cells=len(cells))
