"""An opponent is left alone.

## What

For every active stakeholder with the stance `opponent` there is at least one open action, in the SWOT or under
`actions`, that names the person in `for`.

## Why it matters

An opponent seldom turns round unasked, and talks to others meanwhile. One honest attempt to understand the reasons
often makes a neutral of an opponent; to do nothing never does.

## How to fix

Add an action that takes up this person's objection, with an owner and a date, and name the person in `for`.

## Bad

```yaml
stakeholders:
  chief-engineer:
    title: Chief engineer
    stance: opponent            # <- here
```

## Good

```yaml
stakeholders:
  chief-engineer:
    title: Chief engineer
    stance: opponent
actions:
  show-the-test-results:
    text: Show the test results
    for: [chief-engineer]
    owner: td-sun
    due: 2026-03-31
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Stakeholder
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Stakeholder, tier=1, severity="warning", rows="S0-19")
def check(stakeholder: Stakeholder, plan: Plan) -> Iterator[Hit]:
    if stakeholder.stance == "opponent" and stakeholder.id not in plan.aimed_at:
        text = N_("{title} is against us, and no open action is aimed at this person.")
        yield hit(stakeholder.id, (*stakeholder.path, "stance"), text, title=stakeholder.title)
