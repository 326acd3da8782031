"""Nobody has planned an introduction.

## What

Every live cell outside the account manager's row has an introduction, in the cell (`introduced`) or for the whole row
(`matrix.introductions`), that is done or at least planned. Former account managers know the customer already.

## Why it matters

Whoever appears at a customer without being introduced is a stranger who wants something. A word from the account
manager opens the door and keeps the thread in one hand.

## How to fix

Agree on a day with the account manager and write it as `planned`. A joint visit introduces several people at once.

## Bad

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
      engineer: close           # <- here
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
      engineer:
        level: close
        introduced:
          planned: 2026-02-03
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Cell, blank
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Cell, tier=1, severity="warning", rows="S0-28")
def check(cell: Cell, plan: Plan) -> Iterator[Hit]:
    if not plan.manager or cell.member == plan.manager or cell.member in plan.former_managers:
        return
    introduction = plan.introduction(cell)
    if introduction is None or (blank(introduction, "done") and blank(introduction, "planned")):
        text = N_("{name} and {title}: no introduction is made or planned.")
        yield hit(cell.object, cell.path, text, name=plan.who(cell.member), title=plan.title(cell.stakeholder))
