"""A factor is used by no action.

## What

Each factor is in the `uses` of at least one action that was not dropped.

## Why it matters

What nobody acts on is an observation. It either deserves an action or does not belong here.

## How to fix

Use it in an action, or drop the factor.

## Bad

```yaml
swot:
  strengths:
    S1: {area: product, text: technically ahead}
    S2: {area: product, text: easy to maintain}   # <- here
  opportunities:
    O1: {area: relationship, text: the top leader supports us}
  actions:
    SO1: {quadrant: SO, text: hand him facts, uses: [S1, O1], owner: am-lin, due: 2026-03-15}
```

## Good

```yaml
swot:
  strengths:
    S1: {area: product, text: technically ahead}
    S2: {area: product, text: easy to maintain}
  opportunities:
    O1: {area: relationship, text: the top leader supports us}
  actions:
    SO1: {quadrant: SO, text: hand him facts, uses: [S1, S2, O1], owner: am-lin, due: 2026-03-15}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Factor
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Factor, tier=2, severity="warning", rows="S0-37")
def check(factor: Factor, plan: Plan) -> Iterator[Hit]:
    if factor.id not in plan.used_factors:
        yield hit(factor.id, factor.path, N_("{id} “{text}” is used by no action."), id=factor.id, text=factor.text)
