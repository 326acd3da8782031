"""The tie to a key person hangs on one colleague.

## What

A key person has more than one live cell. Key people are active stakeholders whose influence is `high` or `decisive`, or
who are decision-makers.

## Why it matters

When that one colleague falls ill, moves to another team or leaves, the relationship leaves too, and we start again from
nothing at the worst moment.

## How to fix

Let a second member of the team build up a contact, and put it into the matrix as `keep` or `close`.

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
    influence: decisive
matrix:
  cells:
    am-lin:
      bureau-head: close
    gm-he:
      bureau-head: keep
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Stakeholder
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Stakeholder, tier=2, severity="warning", rows="S0-24")
def check(stakeholder: Stakeholder, plan: Plan) -> Iterator[Hit]:
    cells = plan.cells_of[stakeholder.id]
    if stakeholder.key and len(cells) == 1:
        text = N_("{title} is a key person, and only {name} is in touch.")
        yield hit(stakeholder.id, stakeholder.path, text, title=stakeholder.title, name=plan.who(cells[0].member))
