"""A factor hits all suppliers alike.

## What

No opportunity or threat is marked `affects_all: true`.

## Why it matters

What touches every supplier in the same way gives nobody an edge, and no action of ours follows from it.

## How to fix

Move it to `context`.

## Bad

```yaml
swot:
  threats:
    T1:
      area: needs
      text: the divisions are reorganised
      affects_all: true         # <- here
```

## Good

```yaml
swot:
  threats:
    T1:
      area: relationship
      text: the chief engineer is against us
context:
  - date: 2025-11-03
    text: the divisions are reorganised
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Factor
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Factor, tier=2, severity="warning", rows="S0-43")
def check(factor: Factor, plan: Plan) -> Iterator[Hit]:
    if factor.affects_all and factor.field in ("opportunities", "threats"):
        path = (*factor.path, "affects_all")
        yield hit(factor.id, path, N_("{id} “{text}” hits all suppliers alike."), id=factor.id, text=factor.text)
