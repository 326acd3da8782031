"""A close contact without anything to talk about.

## What

An active stakeholder with whom one of us keeps close contact has at least one entry in `topics`.

## Why it matters

Close contact lives on talks that are worth the other's time. Knowing what moves a person, at work or beside it, turns a
call that disturbs into one that is welcome.

## How to fix

Note what the person likes to talk about, in the trade or outside it. One topic is enough to begin with.

## Bad

```yaml
team:
  manager: am-lin
stakeholders:
  plant-manager:                # <- here
    title: Plant manager
matrix:
  cells:
    am-lin:
      plant-manager: close
```

## Good

```yaml
team:
  manager: am-lin
stakeholders:
  plant-manager:
    title: Plant manager
    topics: [energy prices, long-distance running]
matrix:
  cells:
    am-lin:
      plant-manager: close
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Stakeholder, blank
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Stakeholder, tier=3, severity="info", rows="S0-59")
def check(stakeholder: Stakeholder, plan: Plan) -> Iterator[Hit]:
    close = [cell for cell in plan.cells_of[stakeholder.id] if cell.level == "close"]
    if close and blank(stakeholder, "topics"):
        text = N_("{title}: {name} keeps close contact, but no topic for a talk is noted.")
        path, name = (*stakeholder.path, "topics"), plan.who(close[0].member)
        yield hit(stakeholder.id, path, text, title=stakeholder.title, name=name)
