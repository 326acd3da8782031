"""Strong or weak against whom?.

## What

In an account with competitors each strength and weakness says in `versus` against which of them.

## Why it matters

We may be dear beside one rival and cheap beside another. An argument that fits every rival convinces nobody.

## How to fix

Say against which competitor.

## Bad

```yaml
competitors:
  rival-a: {name: Rival A}
swot:
  strengths:
    S1:                         # <- here
      area: product
      text: technically ahead
```

## Good

```yaml
competitors:
  rival-a: {name: Rival A}
swot:
  strengths:
    S1:
      area: product
      text: technically ahead
      versus: [rival-a]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Factor, blank
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Factor, tier=1, severity="warning", rows="S0-39")
def check(factor: Factor, plan: Plan) -> Iterator[Hit]:
    if plan.account.competitors and factor.field in ("strengths", "weaknesses") and blank(factor, "versus"):
        path = (*factor.path, "versus")
        yield hit(
            factor.id, path, N_("{id} “{text}” does not say against which competitor."), id=factor.id, text=factor.text
        )
