"""The SWOT leaves out a whole area.

## What

When strengths and weaknesses are both filled, there is at least one factor about the product, and one about
technology or the solution. When opportunities and threats are both filled, there is one about relationships and one
about needs.

## Why it matters

Teams write what they talk about every day. Product people forget the solution, and engineers forget the people.

## How to fix

Discuss the missing area with the team.

## Bad

```yaml
swot:                           # <- here
  strengths:
    S1: {area: product, text: technically ahead}
  weaknesses:
    W1: {area: product, text: higher price}
```

## Good

```yaml
swot:
  strengths:
    S1: {area: product, text: technically ahead}
  weaknesses:
    W1: {area: solution, text: few cases}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.finding import Word
from kam.language import N_
from kam.model import Account
from kam.plan import Plan
from kam.rules import Hit, hit, rule

AREAS: tuple[tuple[tuple[str, str], dict[str, tuple[str, ...]]], ...] = (
    (("strengths", "weaknesses"), {"product": ("product",), "solution": ("technology", "solution")}),
    (("opportunities", "threats"), {"relationship": ("relationship",), "needs": ("needs",)}),
)
"""For two fields that are both filled: the areas that must occur, by the name that a finding gives them."""


@rule(on=Account, tier=2, severity="warning", rows="S0-39 S0-40 S0-50")
def check(account: Account, plan: Plan) -> Iterator[Hit]:
    swot = account.swot
    for fields, wanted in AREAS if swot else ():
        if swot and all(map(swot.field, fields)):
            areas = {one.area for field in fields for one in swot.field(field)}
            for name, fitting in wanted.items():
                if areas.isdisjoint(fitting):
                    area = Word("internal-area" if name in ("product", "solution") else "external-area", name)
                    yield hit(name, ("swot",), N_("No factor of the SWOT is about “{area}”."), area=area)
