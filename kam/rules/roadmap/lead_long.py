"""A roadmap entry was deployed long ago.

## What

An entry that starts today or later was deployed more than `months` months before its start.

## Why it matters

Half a year changes people, prices and needs on both sides. What was agreed long ago should be confirmed before it is
carried out.

## How to fix

Check whether the entry is still valid, then set `deployed` anew.

## Bad

```yaml
roadmap:
  entries:
    leaders-visit:
      kind: communication
      text: leaders visit the company
      deployed: 2025-08-10      # <- here
      starts: 2026-04-20
```

## Good

```yaml
roadmap:
  entries:
    leaders-visit:
      kind: communication
      text: leaders visit the company
      deployed: 2025-12-10
      starts: 2026-04-20
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.days import months_later
from kam.language import N_
from kam.model import Entry
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Entry, tier=3, severity="info", rows="S3-30")
def check(entry: Entry, plan: Plan, *, months: int = 6) -> Iterator[Hit]:
    if (
        entry.deployed
        and entry.starts
        and entry.starts >= plan.today
        and months_later(entry.deployed, months) < entry.starts
    ):
        text = N_("“{text}” was deployed on {deployed}, more than {months} months before its start.")
        yield hit(entry.id, (*entry.path, "deployed"), text, text=entry.text, deployed=entry.deployed, months=months)
