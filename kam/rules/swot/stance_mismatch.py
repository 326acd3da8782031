"""Stance and SWOT contradict each other.

## What

An opponent stands in the `about` of a threat, if there are threats, and in that of no opportunity. A helper or
supporter stands in that of no threat.

## Why it matters

One of the two is out of date. Whoever prepares a visit from this plan will treat the person the wrong way.

## How to fix

Bring stance and SWOT in line.

## Bad

```yaml
stakeholders:
  chief-engineer:
    title: Chief engineer
    stance: opponent            # <- here
swot:
  threats:
    T1: {area: needs, text: no history of working together}
```

## Good

```yaml
stakeholders:
  chief-engineer:
    title: Chief engineer
    stance: opponent
swot:
  threats:
    T1: {area: relationship, text: doubts a supplier without cases, about: [chief-engineer]}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Stakeholder
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Stakeholder, tier=2, severity="warning", rows="S0-40", needs=("stakeholders",))
def check(stakeholder: Stakeholder, plan: Plan) -> Iterator[Hit]:
    swot = plan.account.swot
    if not swot or stakeholder.stance not in ("helper", "supporter", "opponent"):
        return
    threat = any(stakeholder.id in one.about for one in swot.field("threats"))
    opportunity = any(stakeholder.id in one.about for one in swot.field("opportunities"))
    path = (*stakeholder.path, "stance")
    if stakeholder.stance == "opponent" and opportunity:
        yield hit(
            stakeholder.id,
            path,
            N_("{title} is an opponent and stands in an opportunity of the SWOT."),
            title=stakeholder.title,
        )
    elif stakeholder.stance == "opponent" and not threat and swot.field("threats"):
        yield hit(
            stakeholder.id,
            path,
            N_("{title} is an opponent and stands in no threat of the SWOT."),
            title=stakeholder.title,
        )
    elif stakeholder.stance in ("helper", "supporter") and threat:
        yield hit(
            stakeholder.id, path, N_("{title} is with us and stands in a threat of the SWOT."), title=stakeholder.title
        )
