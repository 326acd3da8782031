"""A waiver has run out.

## What

The `until` of a waiver is today or later. The day after, the waiver accepts nothing any more.

## Why it matters

A waiver is a promise to look again. If nobody does, an exception becomes the habit of the house.

## How to fix

Put right what was accepted, and delete the waiver. If the reason still holds, say so with a new date.

## Bad

```yaml
waivers:
  - rule: section.missing
    at: roadmap
    why: the customer's budget is frozen
    until: 2025-12-31           # <- here
```

## Good

```yaml
waivers:
  - rule: section.missing
    at: roadmap
    why: the customer's budget is frozen
    until: 2026-03-31
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import WaiverUse
from kam.plan import Plan
from kam.portfolio import Portfolio
from kam.rules import Hit, hit, rule


@rule(on=WaiverUse, tier=1, severity="warning", rows="S2-29")
def check(use: WaiverUse, plan: Plan | Portfolio) -> Iterator[Hit]:
    waiver = use.waiver
    if waiver.until < plan.today:
        text = N_("The waiver for {rule} at {at} ran out on {until}, {late} days ago.")
        values = {"rule": waiver.rule, "at": waiver.at, "until": waiver.until, "late": (plan.today - waiver.until).days}
        yield hit(waiver.object, (*waiver.path, "until"), text, **values)
