"""Nothing starts in the coming window.

## What

At least one live entry starts from `from` to `to` months from today.

## Why it matters

This is the window in which things can still be prepared well. When it is empty now, the quarter after next will be
empty too.

## How to fix

Plan the coming window now.

## Bad

```yaml
roadmap:
  entries:                      # <- here
    leaders-visit:
      kind: communication
      text: leaders visit the company
      starts: 2026-03-25
```

## Good

```yaml
roadmap:
  entries:
    leaders-visit:
      kind: communication
      text: leaders visit the company
      starts: 2026-04-20
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.days import months_later
from kam.language import N_
from kam.model import Account
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Account, tier=1, severity="warning", rows="S3-30")
def check(account: Account, plan: Plan, *, from_: int = 3, to: int = 6) -> Iterator[Hit]:
    first, last = months_later(plan.today, from_), months_later(plan.today, to)
    if not any(one.starts and first <= one.starts <= last for one in plan.live_entries):
        text = N_("Nothing on the roadmap starts between {first} and {last}.")
        yield hit("roadmap", ("roadmap", "entries"), text, first=first, last=last)
