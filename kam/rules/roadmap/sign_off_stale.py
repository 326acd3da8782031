"""A sign-off is of an old version.

## What

The sign-off of a department that a live entry names is of the present `roadmap.version`.

## Why it matters

Who signed last year's plan has not agreed to this one.

## How to fix

Let the department sign the present version.

## Bad

```yaml
roadmap:
  version: 2
  entries:
    leaders-visit:
      kind: communication
      text: leaders visit the company
      departments: [sales]
  sign_offs:
    sales: {by: sd-zhou, date: 2026-01-07, version: 1}   # <- here
```

## Good

```yaml
roadmap:
  version: 2
  entries:
    leaders-visit:
      kind: communication
      text: leaders visit the company
      departments: [sales]
  sign_offs:
    sales: {by: sd-zhou, date: 2026-01-07, version: 2}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import SignOff
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=SignOff, tier=1, severity="warning", rows="S3-33")
def check(sign_off: SignOff, plan: Plan) -> Iterator[Hit]:
    roadmap = plan.account.roadmap
    complete = sign_off.by and sign_off.date and "version" not in sign_off.faulty
    if roadmap and complete and sign_off.department in plan.signing_departments and sign_off.version < roadmap.version:
        text = N_("{department} signed version {signed}; the roadmap is at version {version}.")
        values = {"signed": sign_off.version, "version": roadmap.version}
        name = plan.company.department_name(sign_off.department)
        yield hit(sign_off.department, (*sign_off.path, "version"), text, department=name, **values)
