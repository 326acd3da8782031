"""A roadmap entry serves no goal.

## What

Each live entry of the roadmap names the goal that it serves.

## Why it matters

Events without a goal are hospitality. They cost money and nobody can say afterwards whether they were worth it.

## How to fix

Set `goal` to an external or internal goal, or drop the entry.

## Bad

```yaml
roadmap:
  entries:
    leaders-visit:              # <- here
      kind: communication
      text: leaders visit the company
      starts: 2026-04-20
```

## Good

```yaml
roadmap:
  entries:
    leaders-visit:
      kind: communication
      text: leaders visit the company
      goal: tested-before-order
      starts: 2026-04-20
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Entry, blank
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Entry, tier=1, severity="warning", rows="S3-28")
def check(entry: Entry, plan: Plan) -> Iterator[Hit]:
    if blank(entry, "goal"):
        yield hit(entry.id, entry.path, N_("“{text}” serves no goal."), text=entry.text)
