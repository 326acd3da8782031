"""Nobody assessed what a member knows.

## What

Each current member whose learning group should know a subject needs a level for it: `none`, `aware`, `proficient` or
`expert`.

## Why it matters

Before the first visit it should be clear who can talk shop with the customer and who cannot yet.

## How to fix

Let the member and the manager assess the level together and write it down.

## Bad

```yaml
team:
  manager: am-lin
learning:
  subjects:
    road-maintenance:
      name: Road maintenance planning
      groups: [sales]
  levels:                       # <- here
    gm-he:
      road-maintenance: aware
```

## Good

```yaml
team:
  manager: am-lin
learning:
  subjects:
    road-maintenance:
      name: Road maintenance planning
      groups: [sales]
  levels:
    am-lin:
      road-maintenance: aware
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.plan import Pair, Plan
from kam.rules import Hit, hit, rule


@rule(on=Pair, tier=2, severity="info", rows="S0-58", needs=("team",))
def check(pair: Pair, plan: Plan) -> Iterator[Hit]:
    if pair.level is None and not pair.faulty:
        path = ("learning", "levels", pair.member)
        yield hit(
            pair.object,
            path,
            N_("{name}: {subject} has not been assessed."),
            name=plan.who(pair.member),
            subject=pair.subject.name,
        )
