"""A kind of plan is missing on the roadmap.

## What

Within the coming `months` months the roadmap has at least one live entry of each of the three kinds: communication,
education, incentive.

## Why it matters

Talking, teaching and rewarding work together. A customer who is only invited to dinners learns nothing about us, and
one who is only taught has no reason to move.

## How to fix

Add an entry of the missing kind.

## Bad

```yaml
roadmap:
  entries:                      # <- here
    leaders-visit:
      kind: communication
      text: leaders visit the company
      starts: 2026-04-20
    cost-seminar:
      kind: education
      text: cost-of-ownership seminar
      starts: 2026-05-11
```

## Good

```yaml
roadmap:
  entries:
    leaders-visit:
      kind: communication
      text: leaders visit the company
      starts: 2026-04-20
    cost-seminar:
      kind: education
      text: cost-of-ownership seminar
      starts: 2026-05-11
    service-package:
      kind: incentive
      text: extended service for the pilot
      starts: 2026-06-15
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.days import months_later
from kam.finding import Word
from kam.language import N_
from kam.model import Account
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Account, tier=1, severity="warning", rows="S3-29")
def check(account: Account, plan: Plan, *, months: int = 12) -> Iterator[Hit]:
    horizon = months_later(plan.today, months)
    there = {
        one.kind
        for one in plan.live_entries
        if one.starts and one.starts <= horizon and (one.ends or one.starts) >= plan.today
    }
    for kind in ("communication", "education", "incentive"):
        if kind not in there:
            text = N_("Nothing of the kind “{kind}” is planned within {months} months.")
            yield hit(kind, ("roadmap", "entries"), text, kind=Word("entry-kind", kind), months=months)
