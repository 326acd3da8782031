"""An action rests on no outside factor.

## What

Each action that was not dropped uses at least one factor of its quadrant's outer field: an opportunity for SO and WO,
a threat for ST and WT. An inner factor may be missing.

## Why it matters

An action that answers neither an opportunity nor a threat of this customer could stand in any plan, and will be
dropped first.

## How to fix

Link the factors in `uses`.

## Bad

```yaml
swot:
  strengths:
    S1: {area: product, text: technically ahead}
  opportunities:
    O1: {area: relationship, text: the top leader supports us}
  actions:
    SO1:
      quadrant: SO
      text: hand him facts
      uses: [S1]                # <- here
```

## Good

```yaml
swot:
  strengths:
    S1: {area: product, text: technically ahead}
  opportunities:
    O1: {area: relationship, text: the top leader supports us}
  actions:
    SO1:
      quadrant: SO
      text: hand him facts
      uses: [S1, O1]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.finding import Message
from kam.language import N_
from kam.model import Action
from kam.plan import Plan
from kam.rules import Hit, hit, rule
from kam.rules.swot import NAMES


@rule(on=Action, tier=1, severity="warning", rows="S0-37 S0-53")
def check(action: Action, plan: Plan) -> Iterator[Hit]:
    swot = plan.account.swot
    if (
        swot
        and action.section == "swot"
        and action.quadrant
        and action.status != "dropped"
        and "uses" not in action.faulty
    ):
        outer = action.quadrant[1]
        if not any(used.startswith(outer) and used in swot.factors for used in action.uses):
            path = (*action.path, "uses")
            name = "opportunities" if outer == "O" else "threats"
            yield hit(
                action.id,
                path,
                N_("{id} “{text}” uses no factor of {field}."),
                id=action.id,
                text=action.text,
                field=Message(NAMES[name]),
            )
