"""A roadmap entry was deployed too late.

## What

An entry that starts today or later was deployed at least `months` months before its start; without `deployed` there
must still be that much time.

## Why it matters

Leaders' calendars, budgets and other departments need a quarter of lead time. What is arranged in a hurry shows.

## How to fix

Deploy earlier, or move the start.

## Bad

```yaml
roadmap:
  entries:
    leaders-visit:
      kind: communication
      text: leaders visit the company
      deployed: 2026-01-10      # <- here
      starts: 2026-02-20
```

## Good

```yaml
roadmap:
  entries:
    leaders-visit:
      kind: communication
      text: leaders visit the company
      deployed: 2026-01-10
      starts: 2026-04-20
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.days import months_later
from kam.finding import Message
from kam.language import N_
from kam.model import Entry
from kam.plan import Plan
from kam.rules import Hit, rule


@rule(on=Entry, tier=1, severity="warning", rows="S3-30")
def check(entry: Entry, plan: Plan, *, months: int = 3) -> Iterator[Hit]:
    if not entry.starts or entry.starts < plan.today or "deployed" in entry.faulty:
        return
    if months_later(entry.deployed or plan.today, months) > entry.starts:
        known = N_("“{text}” starts on {starts}, less than {months} months after it was deployed on {deployed}.")
        unknown = N_("“{text}” starts on {starts}, in less than {months} months, and is not deployed.")
        values = {"text": entry.text, "starts": entry.starts, "months": months, "deployed": entry.deployed}
        yield Hit(entry.id, (*entry.path, "deployed"), Message(known if entry.deployed else unknown, values))
