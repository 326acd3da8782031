"""The SWOT was made by one head.

## What

At least two persons, not all of one department, contributed to the SWOT.

## Why it matters

One person sees what one person sees. The weakness that the engineer would have named is missing, and so is the
engineer's support for the actions.

## How to fix

Do it again with the team, and name the people under `contributors`.

## Bad

```yaml
team: {manager: am-lin}
swot:
  contributors: [am-lin]        # <- here
```

## Good

```yaml
team: {manager: am-lin}
swot:
  contributors: [am-lin, td-sun]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Account
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Account, tier=2, severity="warning", rows="S0-35")
def check(account: Account, plan: Plan) -> Iterator[Hit]:
    swot = account.swot
    if not swot or "contributors" in swot.faulty:
        return
    people = [one for one in swot.contributors if plan.known(one)]
    departments = {plan.person(one).department for one in people}
    if len(people) < 2:
        yield hit(
            "swot",
            ("swot", "contributors"),
            N_("{n} of ours worked on the SWOT; at least two are needed."),
            n=len(people),
        )
    elif plan.company.known and len(departments) == 1 and None not in departments:
        name = plan.company.department_name(departments.pop() or "")
        yield hit(
            "swot",
            ("swot", "contributors"),
            N_("Everybody who worked on the SWOT is of {department}."),
            department=name,
        )
