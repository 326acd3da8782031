"""Nobody wrote how to deal with a person.

## What

Every active stakeholder has an `approach`: one or two sentences on how we deal with this person.

## Why it matters

Each person needs something else: one wants figures, another a quiet talk, a third a part in the decision. What only the
account manager carries in mind does not help the colleague who visits next.

## How to fix

Write one or two sentences that would help a colleague before the first visit.

## Bad

```yaml
stakeholders:
  chief-physician:              # <- here
    title: Chief physician
```

## Good

```yaml
stakeholders:
  chief-physician:
    title: Chief physician
    approach: Bring studies, be brief, never call before noon
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Stakeholder, blank
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Stakeholder, tier=2, severity="warning", rows="S0-19")
def check(stakeholder: Stakeholder, plan: Plan) -> Iterator[Hit]:
    if blank(stakeholder, "approach"):
        text = N_("{title}: it is not written how we deal with this person.")
        yield hit(stakeholder.id, (*stakeholder.path, "approach"), text, title=stakeholder.title)
