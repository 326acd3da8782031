"""A member knows less of the trade than the job asks for.

## What

The level of a current member in a subject is below the standard of the member's learning group, or below the member's
own standard in `overrides`.

## Why it matters

A product manager who only heard of the subject cannot defend a solution in front of the customer's engineers.
Customers notice within minutes whether somebody knows their business.

## How to fix

Plan learning for the member, or correct the level if it has grown.

## Bad

```yaml
team:
  manager: am-lin
  members:
    td-sun: {assignment: deputies}
learning:
  subjects:
    road-maintenance:
      name: Road maintenance planning
      groups: [presales]
  levels:
    td-sun:
      road-maintenance: aware   # <- here
```

## Good

```yaml
team:
  manager: am-lin
  members:
    td-sun: {assignment: deputies}
learning:
  subjects:
    road-maintenance:
      name: Road maintenance planning
      groups: [presales]
  levels:
    td-sun:
      road-maintenance: expert
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.finding import Word
from kam.language import N_
from kam.plan import Pair, Plan
from kam.rules import Hit, hit, rule


@rule(on=Pair, tier=1, severity="warning", rows="S0-62 S1-23", needs=("team",))
def check(pair: Pair, plan: Plan) -> Iterator[Hit]:
    if pair.level and pair.below:
        path = ("learning", "levels", pair.member, pair.subject.id)
        text = N_("{name}: {subject} is at “{level}”, the standard is “{standard}”.")
        levels = {"level": Word("level", pair.level), "standard": Word("level", pair.standard)}
        yield hit(pair.object, path, text, name=plan.who(pair.member), subject=pair.subject.name, **levels)
