"""Somebody else signed for a department.

## What

A sign-off is given by the head of the department, as `company/people.yaml` names the head.

## Why it matters

A signature counts when it comes from the person who can give people and money.

## How to fix

Get the signature of the head, or correct the head in `company/people.yaml`.

## Bad

```yaml
roadmap:
  entries:
    leaders-visit:
      kind: communication
      text: leaders visit the company
      departments: [sales]
  sign_offs:
    sales:
      by: am-lin                # <- here
      date: 2026-01-07
```

## Good

```yaml
roadmap:
  entries:
    leaders-visit:
      kind: communication
      text: leaders visit the company
      departments: [sales]
  sign_offs:
    sales:
      by: sd-zhou
      date: 2026-01-07
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import SignOff
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=SignOff, tier=2, severity="warning", rows="S3-33")
def check(sign_off: SignOff, plan: Plan) -> Iterator[Hit]:
    department = plan.company.departments.get(sign_off.department)
    if department and department.head and sign_off.by and sign_off.by != department.head:
        text = N_("{name} signed for {department}; its head is {head}.")
        values = {"name": plan.who(sign_off.by), "department": department.name, "head": plan.who(department.head)}
        yield hit(sign_off.department, (*sign_off.path, "by"), text, **values)
