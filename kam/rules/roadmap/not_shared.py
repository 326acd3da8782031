"""A roadmap of a year was not shared.

## What

A roadmap whose earliest entry started more than `days` days ago names in `shared_with` the colleagues or accounts
that it was shared with.

## Why it matters

After a year a team knows what works with such a customer. Colleagues of like accounts should not have to find out
anew.

## How to fix

Share it with colleagues of like accounts and note with whom.

## Bad

```yaml
roadmap:                        # <- here
  entries:
    leaders-visit:
      kind: communication
      text: leaders visit the company
      starts: 2024-11-20
```

## Good

```yaml
roadmap:
  shared_with: [the team of the harbour office]
  entries:
    leaders-visit:
      kind: communication
      text: leaders visit the company
      starts: 2024-11-20
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Account, blank
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Account, tier=3, severity="info", rows="S3-35")
def check(account: Account, plan: Plan, *, days: int = 365) -> Iterator[Hit]:
    roadmap = account.roadmap
    begun = [one.starts for one in plan.live_entries if one.starts]
    if roadmap and begun and plan.older(min(begun), days) and blank(roadmap, "shared_with"):
        text = N_("The roadmap has run since {starts} and was shared with nobody.")
        yield hit("roadmap", ("roadmap", "shared_with"), text, starts=min(begun))
