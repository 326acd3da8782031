"""Somebody else than the account manager made an introduction.

## What

An introduction that is done was made `by` the one who was account manager on that day. Without `by` it was.

## Why it matters

The account manager ties the threads of a customer together. Contacts that come about past the account manager are
contacts of which nobody has the whole picture.

## How to fix

Let the account manager take over introductions from now on. If the account manager was there after all, correct `by`.

## Bad

```yaml
team:
  manager: am-lin
  members:
    pse-tang:
      role: Presales engineer
stakeholders:
  engineer:
    title: Engineer
matrix:
  cells:
    pse-tang:
      engineer: close
  introductions:
    pse-tang:
      done: 2025-12-10
      by: sd-zhou               # <- here
```

## Good

```yaml
team:
  manager: am-lin
  members:
    pse-tang:
      role: Presales engineer
stakeholders:
  engineer:
    title: Engineer
matrix:
  cells:
    pse-tang:
      engineer: close
  introductions:
    pse-tang:
      done: 2025-12-10
      by: am-lin
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Introduction, blank
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Introduction, tier=2, severity="warning", rows="S0-28")
def check(introduction: Introduction, plan: Plan) -> Iterator[Hit]:
    by = introduction.by
    if not plan.manager or blank(introduction, "done") or by is None:
        return
    if by not in (introduction.member, plan.manager_on(introduction.done)):
        text = N_("{name} was introduced by {by}, not by the account manager.")
        values = {"name": plan.who(introduction.member), "by": plan.who(by)}
        yield hit(introduction.object, (*introduction.path, "by"), text, **values)
