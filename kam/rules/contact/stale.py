"""A relationship has not been tended within its cadence.

## What

For every live cell of the matrix there is a contact of these two people within the cell's `every_days`; without it,
within the `cadence_days` of `kam.yaml` for `keep` or `close`. As long as an introduction is still to come, nothing is
said.

## Why it matters

Customers rarely leave because of one mistake. They leave because for months nobody asked how things are going. A full
matrix that nobody lives is only a table.

## How to fix

Get in touch and add the contact under `contacts`. If so much contact is not needed, change the cell to `keep` or write
`every_days`; if it is not this colleague's task, take the cell out and see that somebody else covers the person.

## Bad

```yaml
team:
  manager: am-lin
  members:
    gm-he: {role: General manager}
stakeholders:
  deputy: {title: Deputy head}
matrix:
  cells:
    gm-he:
      deputy: keep              # <- here
contacts:
  - date: 2025-10-10
    kind: reception
    ours: [am-lin, gm-he]
    theirs: [deputy]
    result: Wants to see the technology first
```

## Good

```yaml
team:
  manager: am-lin
  members:
    gm-he: {role: General manager}
stakeholders:
  deputy: {title: Deputy head}
matrix:
  cells:
    gm-he:
      deputy: keep
contacts:
  - date: 2026-01-12
    kind: call
    ours: [gm-he]
    theirs: [deputy]
    result: Will come with two engineers
    reported: 2026-01-12
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Cell
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Cell, tier=1, severity="warning", rows="S0-30 S1-16", needs=("matrix",))
def check(cell: Cell, plan: Plan) -> Iterator[Hit]:
    stands = plan.freshness[cell.member, cell.stakeholder]
    if stands.pending or stands.fresh:
        return
    values = {"name": plan.who(cell.member), "title": plan.title(cell.stakeholder), "cadence": stands.cadence}
    if stands.age is None and stands.cadence is None:  # what is allowed is written wrongly; never is too long
        yield hit(cell.object, cell.path, N_("{name} and {title}: no contact yet."), **values)
    elif stands.age is None:
        yield hit(cell.object, cell.path, N_("{name} and {title}: no contact yet, {cadence} days allowed."), **values)
    elif stands.cadence is not None:
        text = N_("{name} and {title}: no contact for {days} days, {cadence} allowed.")
        yield hit(cell.object, cell.path, text, days=stands.age, **values)
