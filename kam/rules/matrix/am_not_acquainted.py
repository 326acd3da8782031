"""The account manager does not really know a stakeholder.

## What

Everybody in the account manager's row of the matrix is at least somebody with whom the account manager can talk:
`acquaintance` is `can-talk` or `familiar`. Empty, `none` and `introduced` are reported.

## Why it matters

To have exchanged business cards is no relationship. When it counts, the account manager must be able to call this
person without an introduction.

## How to fix

Meet the person, best at the side of somebody who knows both. Once the two can chat, write `acquaintance: can-talk`.

## Bad

```yaml
team:
  manager: am-lin
stakeholders:
  chief-engineer:
    title: Chief engineer
    acquaintance: introduced    # <- here
matrix:
  cells:
    am-lin:
      chief-engineer: keep
```

## Good

```yaml
team:
  manager: am-lin
stakeholders:
  chief-engineer:
    title: Chief engineer
    acquaintance: can-talk
matrix:
  cells:
    am-lin:
      chief-engineer: keep
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Stakeholder, blank
from kam.plan import Plan
from kam.rules import Hit, hit, rule

_TEXTS = {
    None: N_("{name} and {title}: it is not written whether the account manager knows this person."),
    "none": N_("{name} and {title}: the account manager does not know this person yet."),
    "introduced": N_("{name} and {title} have only been introduced, they cannot yet talk freely."),
}


@rule(on=Stakeholder, tier=1, severity="warning", rows="S0-27")
def check(stakeholder: Stakeholder, plan: Plan) -> Iterator[Hit]:
    if not plan.manager or not plan.covered(stakeholder.id):
        return
    if blank(stakeholder, "acquaintance") or stakeholder.acquaintance in ("none", "introduced"):
        path, name = (*stakeholder.path, "acquaintance"), plan.who(plan.manager)
        yield hit(stakeholder.id, path, _TEXTS[stakeholder.acquaintance or None], name=name, title=stakeholder.title)
