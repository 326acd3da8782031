"""A factor does not say which aspect.

## What

Each strength and weakness names its `aspect`, such as price, maturity, cases or reliability.

## Why it matters

“Our product is better” helps nobody in a talk. “Maintenance takes half the time” does.

## How to fix

Say which aspect it is about.

## Bad

```yaml
swot:
  strengths:
    S1:                         # <- here
      area: product
      text: technically ahead
```

## Good

```yaml
swot:
  strengths:
    S1:
      area: product
      aspect: technology
      text: technically ahead
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Factor, blank
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Factor, tier=3, severity="info", rows="S0-42")
def check(factor: Factor, plan: Plan) -> Iterator[Hit]:
    if factor.field in ("strengths", "weaknesses") and blank(factor, "aspect"):
        path = (*factor.path, "aspect")
        yield hit(
            factor.id, path, N_("{id} “{text}” does not say which aspect it is about."), id=factor.id, text=factor.text
        )
