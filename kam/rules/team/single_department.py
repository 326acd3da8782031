"""The whole team is of one department.

## What

The current members, if there are at least two and all have a department, are not all of the same one.

## Why it matters

Only sales people around the table means that nobody answers the customer's engineers.

## How to fix

Add people of other departments.

## Bad

```yaml
team:
  manager: am-lin
  members:                      # <- here
    sm-wu: {assignment: division heads}
```

## Good

```yaml
team:
  manager: am-lin
  members:
    td-sun: {assignment: deputy heads}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Account
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Account, tier=1, severity="warning", rows="S0-05 S1-04 S1-06")
def check(account: Account, plan: Plan) -> Iterator[Hit]:
    departments = [plan.person(one).department for one in plan.members]
    if len(departments) > 1 and all(departments) and len(set(departments)) == 1:
        text = N_("All {n} members are of the department {department}.")
        yield hit(
            "team",
            ("team", "members"),
            text,
            n=len(departments),
            department=plan.company.department_name(departments[0] or ""),
        )
