"""Nothing is planned for somebody below standard.

## What

For a current member below the standard of a subject, the learning plan has no open item for that subject.

## Why it matters

A known gap without a plan is a gap that will still be there next year.

## How to fix

Add an item to `plan`: person, subject, what, until when.

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
      road-maintenance: aware
  plan: []                      # <- here
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
      road-maintenance: aware
  plan:
    - person: td-sun
      subject: road-maintenance
      text: two days with the control room
      due: 2026-03-01
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import blank
from kam.plan import Pair, Plan
from kam.rules import Hit, hit, rule


@rule(on=Pair, tier=1, severity="warning", rows="S0-62", needs=("team",))
def check(pair: Pair, plan: Plan) -> Iterator[Hit]:
    plans = plan.account.learning.plan if plan.account.learning else ()
    if pair.below and not any(
        (one.person, one.subject) == (pair.member, pair.subject.id) and blank(one, "done") for one in plans
    ):
        text = N_("{name} is below standard in {subject}, and no learning is planned.")
        yield hit(pair.object, ("learning", "plan"), text, name=plan.who(pair.member), subject=pair.subject.name)
