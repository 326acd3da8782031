"""A member's work was not evaluated.

## What

A member who has been in the team for more than `after_days` days was evaluated within the last `days` days. Silent as
long as no evaluation in the account has a date.

## Why it matters

Members of a virtual team have another boss. What they do for the customer counts only if the account manager says how
it went.

## How to fix

Evaluate the result and note date and words under `evaluation`.

## Bad

```yaml
team:
  manager: am-lin
  members:
    td-sun:
      since: 2024-04-01
      assignment: deputy for technology
      evaluation:               # <- here
        result: opened the door to the chief engineer
    sm-wu:
      since: 2024-04-01
      assignment: tenders
      evaluation:
        date: 2025-12-20
        result: won the second lot
```

## Good

```yaml
team:
  manager: am-lin
  members:
    td-sun:
      since: 2024-04-01
      assignment: deputy for technology
      evaluation:
        date: 2025-12-20
        result: opened the door to the chief engineer
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Member, blank
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Member, tier=2, severity="info", rows="S0-10")
def check(member: Member, plan: Plan, *, after_days: int = 180, days: int = 365) -> Iterator[Hit]:
    team = plan.account.team
    used = team and not all(blank(one, "evaluated") for one in team.members.values())
    if (
        used
        and member.id in plan.others
        and member.since
        and plan.age(member.since) > after_days
        and plan.older(member.evaluated, days)
        and "evaluated" not in member.faulty
    ):
        text = N_("{name} has been in the team since {since} and was not evaluated within {days} days.")
        values = {"name": plan.who(member.id), "since": member.since, "days": days}
        yield hit(member.id, (*member.path, "evaluation"), text, **values)
