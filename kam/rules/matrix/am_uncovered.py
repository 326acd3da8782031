"""The account manager has no cell for a stakeholder.

## What

Every active stakeholder needs a cell in the account manager's own row of the matrix, `keep` or `close`.

## Why it matters

The account manager is the one person of ours who must know everybody at the customer. Where that cell is missing, the
relationship hangs on a colleague who may change the job tomorrow, and nobody notices when it breaks.

## How to fix

Add the person to the manager's row as `keep` or `close`, and make the acquaintance.

## Bad

```yaml
team:
  manager: am-lin
stakeholders:
  bureau-head:
    title: Bureau head
  deputy-head:
    title: Deputy head
matrix:
  cells:
    am-lin:                     # <- here
      bureau-head: keep
```

## Good

```yaml
team:
  manager: am-lin
stakeholders:
  bureau-head:
    title: Bureau head
  deputy-head:
    title: Deputy head
matrix:
  cells:
    am-lin:
      bureau-head: keep
      deputy-head: keep
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Stakeholder
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Stakeholder, tier=1, severity="error", rows="S0-26")
def check(stakeholder: Stakeholder, plan: Plan) -> Iterator[Hit]:
    if plan.manager and not plan.covered(stakeholder.id):
        path = ("matrix", "cells", plan.manager, stakeholder.id)
        text = N_("{title} is missing in the row of the account manager {name}.")
        yield hit(stakeholder.id, path, text, title=stakeholder.title, name=plan.who(plan.manager))
