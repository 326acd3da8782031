"""An action has no owner or no date.

## What

Each open action of the SWOT has an `owner` and a `due` date.

## Why it matters

What belongs to everybody is done by nobody.

## How to fix

Set both.

## Bad

```yaml
swot:
  opportunities:
    O1: {area: relationship, text: the top leader supports us}
  actions:
    SO1:                        # <- here
      quadrant: SO
      text: hand him facts
      uses: [O1]
      owner: am-lin
```

## Good

```yaml
swot:
  opportunities:
    O1: {area: relationship, text: the top leader supports us}
  actions:
    SO1:
      quadrant: SO
      text: hand him facts
      uses: [O1]
      owner: am-lin
      due: 2026-03-15
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Action, blank
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Action, tier=1, severity="warning", rows="S0-41")
def check(action: Action, plan: Plan) -> Iterator[Hit]:
    if action.section == "swot" and action.open:
        values = {"id": action.id, "text": action.text}
        if blank(action, "owner"):
            yield hit(action.id, action.path, N_("{id} “{text}” has no owner."), **values)
        elif blank(action, "due"):
            yield hit(action.id, action.path, N_("{id} “{text}” has no date."), **values)
