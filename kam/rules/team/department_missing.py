"""A required department sends nobody.

## What

A team of at least two current members has somebody of each department that `kam.yaml` names in
`required_departments`.

## Why it matters

What the customer asks will land in that department anyway, only later and with nobody who knows the customer.

## How to fix

Ask the head of the department for a named person.

## Bad

```yaml
# kam.yaml
version: 1
company: Example
required_departments: [technical]
# accounts/example.yaml
team:
  manager: am-lin
  members:                      # <- here
    sm-wu: {assignment: division heads}
```

## Good

```yaml
# kam.yaml
version: 1
company: Example
required_departments: [technical]
# accounts/example.yaml
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
from kam.rules import KEY_OR_SPECIAL, Hit, hit, rule


@rule(on=Account, tier=1, severity="warning", rows="S0-05 S0-13 S2-12")
def check(account: Account, plan: Plan, *, classes: tuple[str, ...] = KEY_OR_SPECIAL) -> Iterator[Hit]:
    there = {plan.person(one).department for one in plan.members}
    for department in plan.company.config.required_departments if len(plan.members) > 1 else ():
        if department in plan.company.departments and department not in there:
            text = N_("Nobody of the department {department} is in the team.")
            yield hit(department, ("team", "members"), text, department=plan.company.department_name(department))
