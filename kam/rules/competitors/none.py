"""No competitor is named.

## What

An account with a SWOT names at least one competitor.

## Why it matters

Strong and weak are words of comparison. Without a rival in mind a SWOT praises ourselves. And there is always one: at
the least, the customer may do nothing.

## How to fix

Name at least one competitor under `competitors`.

## Bad

```yaml
competitors: {}                 # <- here
swot:
  reviewed: 2025-12-23
```

## Good

```yaml
competitors:
  rival-a:
    name: Rival A
swot:
  reviewed: 2025-12-23
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Account, blank
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Account, tier=1, severity="warning", rows="S0-34")
def check(account: Account, plan: Plan) -> Iterator[Hit]:
    if (
        blank(account, "competitors")
        and "competitors" not in plan.company.config.classes[account.class_ or "ordinary"].sections
    ):
        yield hit("competitors", ("competitors",), N_("No competitor is named."))
