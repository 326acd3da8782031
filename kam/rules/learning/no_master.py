"""Nobody in the team masters a subject.

## What

A subject for everybody, or for the groups `presales` or `after-sales`, needs at least one current member of these two
groups with the level `expert`.

## Why it matters

Sooner or later the customer asks a question that only an expert answers. It should not be the rival's expert.

## How to fix

Train one of the presales or after-sales people, or bring an expert into the team.

## Bad

```yaml
team:
  manager: am-lin
  members:
    pse-tang: {assignment: engineers}
learning:
  subjects:
    road-maintenance:           # <- here
      name: Road maintenance planning
      groups: [presales]
  levels:
    pse-tang:
      road-maintenance: proficient
```

## Good

```yaml
team:
  manager: am-lin
  members:
    pse-tang: {assignment: engineers}
learning:
  subjects:
    road-maintenance:
      name: Road maintenance planning
      groups: [presales]
  levels:
    pse-tang:
      road-maintenance: expert
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Subject, blank
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Subject, tier=2, severity="warning", rows="S0-62")
def check(subject: Subject, plan: Plan) -> Iterator[Hit]:
    learning = plan.account.learning
    groups = {"presales", "after-sales"}
    asked = blank(subject, "groups") or not groups.isdisjoint(subject.groups)
    advisers = [one for one in plan.members if plan.person(one).learning_group in groups]
    if learning and asked and not any(learning.levels.get(one, {}).get(subject.id) == "expert" for one in advisers):
        yield hit(
            subject.id,
            subject.path,
            N_("Nobody of presales or after-sales in the team masters {subject}."),
            subject=subject.name,
        )
