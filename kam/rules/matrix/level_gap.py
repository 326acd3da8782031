"""A close contact between people of very different level.

## What

In a live cell `close` outside the account manager's row, the levels of both people differ by at most two (option
`levels`). Where one of the levels is not written, nothing is said.

## Why it matters

A young engineer and a general director may like each other, but neither can give the other what the role asks for.
Contacts hold best between people who face the same questions.

## How to fix

Give this person to somebody nearer in level, and leave the present contact as `keep`.

## Bad

```yaml
team:
  manager: am-lin
  members:
    pse-tang:
      role: Presales engineer
stakeholders:
  bureau-head:
    title: Bureau head
    level: 1
matrix:
  cells:
    pse-tang:
      bureau-head: close        # <- here
```

## Good

```yaml
team:
  manager: am-lin
  members:
    gm-he:
      role: General manager
stakeholders:
  bureau-head:
    title: Bureau head
    level: 1
matrix:
  cells:
    gm-he:
      bureau-head: close
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Cell
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Cell, tier=2, severity="info", rows="S0-15 S0-24")
def check(cell: Cell, plan: Plan, *, levels: int = 2) -> Iterator[Hit]:
    if cell.level != "close" or not plan.manager or cell.member == plan.manager:
        return
    ours, theirs = plan.person(cell.member).level, plan.active[cell.stakeholder].level
    if ours is not None and theirs is not None and abs(ours - theirs) > levels:
        text = N_("{name} (level {ours}) and {title} (level {theirs}) are {gap} levels apart, {levels} allowed.")
        values = {"ours": ours, "theirs": theirs, "gap": abs(ours - theirs), "levels": levels}
        names = {"name": plan.who(cell.member), "title": plan.title(cell.stakeholder)}
        yield hit(cell.object, cell.path, text, **names, **values)
