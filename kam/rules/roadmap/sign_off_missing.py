"""A department has not signed off the roadmap.

## What

Each department that a live entry names has a sign-off with `by` and `date`.

## Why it matters

People of other departments work for the customer only if their own head has agreed. Without the signature the promise
is made on somebody else's account.

## How to fix

Ask the head of the department to sign.

## Bad

```yaml
roadmap:
  entries:
    leaders-visit:
      kind: communication
      text: leaders visit the company
      departments: [sales]
  sign_offs:                    # <- here
    technical: {by: td-sun, date: 2026-01-07}
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
    sales: {by: sd-zhou, date: 2026-01-07}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Account, blank
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Account, tier=1, severity="error", rows="S3-33")
def check(account: Account, plan: Plan) -> Iterator[Hit]:
    sign_offs = account.roadmap.sign_offs if account.roadmap else {}
    for department in plan.signing_departments:
        signed = sign_offs.get(department)
        if not signed or blank(signed, "by") or blank(signed, "date"):
            text = N_("{department} has not signed off the roadmap.")
            yield hit(
                department,
                ("roadmap", "sign_offs", department),
                text,
                department=plan.company.department_name(department),
            )
