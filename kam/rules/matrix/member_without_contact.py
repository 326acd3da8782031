"""Somebody in the team has nobody to tend.

## What

Every current member besides the account manager has at least one cell in the matrix with an active stakeholder. Cells
with people who left do not count.

## Why it matters

A team in which most only lend their names is a list, not a team. Each member ties us to the customer at one more place,
or has something better to do.

## How to fix

Give the member a counterpart who fits in trade and level, or take the member out of the team.

## Bad

```yaml
team:
  manager: am-lin
  members:
    pse-tang:                   # <- here
      role: Presales engineer
stakeholders:
  engineer:
    title: Engineer
matrix:
  cells:
    am-lin:
      engineer: keep
```

## Good

```yaml
team:
  manager: am-lin
  members:
    pse-tang:
      role: Presales engineer
stakeholders:
  engineer:
    title: Engineer
matrix:
  cells:
    am-lin:
      engineer: keep
    pse-tang:
      engineer: close
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Member
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Member, tier=1, severity="warning", rows="S0-15 S0-24")
def check(member: Member, plan: Plan) -> Iterator[Hit]:
    if plan.manager and member.id != plan.manager and member.id not in plan.in_touch:
        text = N_("{name} is in the team, but in touch with nobody at the customer.")
        yield hit(member.id, member.path, text, name=plan.who(member.id))
