"""Somebody who left is still planned with.

## What

Nobody's row of the matrix has a cell for a stakeholder with the status `left`, and no open action names the person in
`for`.

## Why it matters

Such a cell looks like a relationship and is none. Meanwhile nobody thinks of the successor, who is just making the
acquaintance of our competitors.

## How to fix

Take the person out of the matrix and of the open actions, or hand both over to the successor. The entry itself may stay
as a memory.

## Bad

```yaml
team:
  manager: am-lin
stakeholders:
  old-director:
    title: Director (until 2025)
    status: left                # <- here
  new-director:
    title: Director
matrix:
  cells:
    am-lin:
      old-director: close
```

## Good

```yaml
team:
  manager: am-lin
stakeholders:
  old-director:
    title: Director (until 2025)
    status: left
    successor: new-director
  new-director:
    title: Director
matrix:
  cells:
    am-lin:
      new-director: close
```
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kam.language import N_
from kam.model import Account
from kam.plan import Plan
from kam.rules import Hit, hit, rule


# Stakeholders who left are not among the active ones that rules visit, so this one looks at the account.
@rule(on=Account, tier=1, severity="warning", rows="S0-26 S2-42")
def check(account: Account, plan: Plan) -> Iterator[Hit]:
    mapped = Counter(stakeholder for _, stakeholder in (account.matrix.cells if account.matrix else ()))
    planned = Counter(target for action in plan.open_actions for target in set(action.targets))
    for one in account.stakeholders.values():
        cells, actions = mapped[one.id], planned[one.id]
        if one.status == "left" and (cells or actions):
            text = N_("{title} has left, yet is still named: cells of the matrix {cells}, open actions {actions}.")
            yield hit(one.id, (*one.path, "status"), text, title=one.title, cells=cells, actions=actions)
