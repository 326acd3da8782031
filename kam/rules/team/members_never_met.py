"""The team never sat together.

## What

A team of at least two has had a joint meeting, and each current member was in one.

## Why it matters

People who meet for the first time in the customer's lobby contradict each other in the meeting room.

## How to fix

Hold a short meeting before the next visit, and note it under `kickoffs`.

## Bad

```yaml
team:
  manager: am-lin
  members:
    td-sun: {assignment: deputy for technology}
  kickoffs:                     # <- here
    - date: 2025-04-08
      attended: [am-lin]
```

## Good

```yaml
team:
  manager: am-lin
  members:
    td-sun: {assignment: deputy for technology}
  kickoffs:
    - date: 2025-04-08
      attended: [am-lin, td-sun]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Account
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Account, tier=2, severity="warning", rows="S3-34")
def check(account: Account, plan: Plan) -> Iterator[Hit]:
    team, path = account.team, ("team", "kickoffs")
    if not team or len(plan.members) < 2 or "kickoffs" in team.faulty:
        return
    held = [one for one in team.kickoffs if one.date is None or plan.happened(one.date)]
    if not held:
        yield hit("team", path, N_("The team never had a joint meeting."))
        return
    met = {person for one in held for person in one.attended}
    for member in plan.members:
        if member not in met:
            yield hit(member, path, N_("{name} was in no joint meeting of the team."), name=plan.who(member))
