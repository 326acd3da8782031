"""An action is overdue.

## What

An open action of the SWOT has not passed its `due` date.

## Why it matters

A date that passes without a word teaches the team that dates mean nothing.

## How to fix

Do it, or agree on a new date and say why.

## Bad

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
      due: 2026-01-10           # <- here
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
      due: 2026-01-10
      status: done
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.finding import Message
from kam.language import N_
from kam.model import Action
from kam.plan import Plan
from kam.rules import Hit, rule


@rule(on=Action, tier=1, severity="warning", rows="S0-41")
def check(action: Action, plan: Plan) -> Iterator[Hit]:
    if action.section == "swot" and action.open and action.due and plan.overdue(action.due):
        text = N_("{id} “{text}” was due on {due}, {days} days ago.")
        values = {"id": action.id, "text": action.text, "due": action.due, "days": plan.age(action.due)}
        yield Hit(action.id, (*action.path, "due"), Message(text, values))
