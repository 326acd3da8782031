"""A person is named who is not known.

## What

Every id of a person leads to somebody: our people are defined in `company/people.yaml`, those in the matrix also under
`team`, and the customer's people under `stakeholders`.

## Why it matters

A mistyped id breaks a thread without a sound. The contact counts for nobody, the cell belongs to no one, and the plan
looks better or worse than it is.

## How to fix

Correct the id; the nearest known one is named in the finding. If the person is new, define the person first.

## Bad

```yaml
team:
  manager: am-ling              # <- here
```

## Good

```yaml
team:
  manager: am-lin
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.encoding import wide
from kam.finding import Message
from kam.language import N_
from kam.plan import Plan
from kam.portfolio import Portfolio
from kam.reference import PEOPLE, Use
from kam.rules import Hit, hit, rule
from kam.rules.ref import WIDE

_PLACES = {
    "person": N_("in company/people.yaml"),
    "member": N_("in the team of this account"),
    "stakeholder": N_("among the stakeholders of this account"),
}


@rule(on=Use, tier=1, severity="error", rows="S0-01 S0-16")
def check(use: Use, plan: Plan | Portfolio) -> Iterator[Hit]:
    if use.kind not in PEOPLE:
        return
    values = {"id": use.id, "place": Message(_PLACES[use.kind])}
    if sign := wide(use.id):
        yield hit(use.id, use.path, WIDE, id=use.id, sign=sign)
    elif use.near:
        yield hit(use.id, use.path, N_("{id} is nobody {place}; did you mean {near}?"), near=use.near, **values)
    else:
        yield hit(use.id, use.path, N_("{id} is nobody {place}."), **values)
