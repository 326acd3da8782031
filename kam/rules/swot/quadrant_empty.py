"""A quadrant of the SWOT has no action.

## What

For each pair of an internal and an external field that both hold factors there is at least one action that was not
dropped.

## Why it matters

Factors alone change nothing. Each quadrant asks for another kind of move: use, improve, guard or withdraw.

## How to fix

Add an action of that quadrant.

## Bad

```yaml
swot:
  strengths:
    S1: {area: product, text: technically ahead}
  opportunities:
    O1: {area: relationship, text: the top leader supports us}
  actions: {}                   # <- here
```

## Good

```yaml
swot:
  strengths:
    S1: {area: product, text: technically ahead}
  opportunities:
    O1: {area: relationship, text: the top leader supports us}
  actions:
    SO1: {quadrant: SO, text: hand him facts, uses: [S1, O1], owner: am-lin, due: 2026-03-15}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.finding import Word
from kam.language import N_
from kam.model import FIELDS, QUADRANTS, Account
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Account, tier=1, severity="warning", rows="S0-37")
def check(account: Account, plan: Plan) -> Iterator[Hit]:
    swot = account.swot
    if not swot or "actions" in swot.faulty:
        return
    filled = {FIELDS[one.field] for one in swot.factors.values()}
    there = {one.quadrant for one in swot.actions.values() if one.status != "dropped"}
    for quadrant in QUADRANTS:
        if set(quadrant) <= filled and quadrant not in there:
            yield hit(
                quadrant,
                ("swot", "actions"),
                N_("No action in the quadrant {quadrant}."),
                quadrant=Word("quadrant", quadrant),
            )
