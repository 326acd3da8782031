"""A member has nothing to do.

## What

Each current member besides the account manager has an `assignment`, or owns an open action.

## Why it matters

A list of names is no team. People who do not know what is expected of them wait to be asked.

## How to fix

Give the member a task, or take the member out.

## Bad

```yaml
team:
  manager: am-lin
  members:
    td-sun:                     # <- here
      role: technical director
```

## Good

```yaml
team:
  manager: am-lin
  members:
    td-sun:
      role: technical director
      assignment: deputy for technology
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Member, blank
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Member, tier=1, severity="warning", rows="S0-10")
def check(member: Member, plan: Plan) -> Iterator[Hit]:
    if (
        member.id in plan.others
        and blank(member, "assignment")
        and not any(one.owner == member.id for one in plan.open_actions)
    ):
        yield hit(
            member.id,
            (*member.path, "assignment"),
            N_("{name} has no assignment and no open action."),
            name=plan.who(member.id),
        )
