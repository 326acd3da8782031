"""It is open what part a person plays in a purchase.

## What

Every active stakeholder has at least one of the `buying_roles`: decision-maker, influencer, user, buyer, gatekeeper, or
`none` for somebody who has no part in it.

## Why it matters

Titles mislead: a secretary may keep the gate, a director may have no say. Whoever knows the parts spends the time on
the right people.

## How to fix

Decide with the team what part this person plays, and write it. `none` is an answer too.

## Bad

```yaml
stakeholders:
  project-lead:                 # <- here
    title: Project lead
```

## Good

```yaml
stakeholders:
  project-lead:
    title: Project lead
    buying_roles: [influencer]
```
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kam.language import N_
from kam.model import Stakeholder, blank
from kam.plan import Plan
from kam.rules import NOT_ORDINARY, Hit, hit, rule


@rule(on=Stakeholder, tier=1, severity="warning", rows="S1-40")
def check(stakeholder: Stakeholder, plan: Plan, *, classes: Sequence[str] = NOT_ORDINARY) -> Iterator[Hit]:
    if blank(stakeholder, "buying_roles"):
        text = N_("{title}: it is not written what part this person plays in a purchase.")
        yield hit(stakeholder.id, (*stakeholder.path, "buying_roles"), text, title=stakeholder.title)
