"""An action stands in the wrong quadrant.

## What

The letters of all factors in `uses` are in the action's `quadrant`, and the action's id begins with its quadrant.

## Why it matters

In the wrong place an action answers a question that nobody asked, and the quadrant it belongs to looks empty.

## How to fix

Move the action, or correct its factors.

## Bad

```yaml
swot:
  strengths:
    S1: {area: product, text: technically ahead}
  weaknesses:
    W1: {area: product, text: higher price}
  opportunities:
    O1: {area: relationship, text: the top leader supports us}
  actions:
    SO1:
      quadrant: SO
      text: hand him facts
      uses: [S1, W1, O1]        # <- here
```

## Good

```yaml
swot:
  strengths:
    S1: {area: product, text: technically ahead}
  weaknesses:
    W1: {area: product, text: higher price}
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

from kam.language import N_
from kam.model import Action
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Action, tier=1, severity="error", rows="S0-37")
def check(action: Action, plan: Plan) -> Iterator[Hit]:
    swot = plan.account.swot
    if not swot or action.section != "swot" or not action.quadrant:
        return
    strange = tuple(used for used in action.uses if used in swot.factors and used[0] not in action.quadrant)
    path = (*action.path, "uses")
    if strange:
        text = N_("{id} is in the quadrant {quadrant} but uses {strange}.")
        yield hit(action.id, path, text, id=action.id, quadrant=action.quadrant, strange=strange)
    elif not action.id.startswith(action.quadrant):
        yield hit(
            action.id, path, N_("{id} says that its quadrant is {quadrant}."), id=action.id, quadrant=action.quadrant
        )
