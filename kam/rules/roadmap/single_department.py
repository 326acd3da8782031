"""The roadmap is one department's affair.

## What

All live entries together name at least `departments` departments.

## Why it matters

A roadmap that only sales carries out is a list of visits. What moves a key account needs technology, product and
service.

## How to fix

Bring other departments into the entries.

## Bad

```yaml
roadmap:
  entries:                      # <- here
    leaders-visit:
      kind: communication
      text: leaders visit the company
      departments: [sales]
```

## Good

```yaml
roadmap:
  entries:
    leaders-visit:
      kind: communication
      text: leaders visit the company
      departments: [sales, technical]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Account
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Account, tier=1, severity="warning", rows="S1-06 S3-32")
def check(account: Account, plan: Plan, *, departments: int = 2) -> Iterator[Hit]:
    named = plan.signing_departments
    if plan.live_entries and len(named) < departments:
        text = N_("The roadmap names {n} departments, at least {of} are needed.")
        yield hit("roadmap", ("roadmap", "entries"), text, n=len(named), of=departments)
