"""A waiver accepts nothing.

## What

A waiver that has not run out matches at least one finding, whatever depth the customer is checked with.

## Why it matters

A waiver without a finding is either done with or mistyped. In the first case it would hide the same trouble when it
comes back, in the second it never did what it was written for.

## How to fix

Delete the waiver. If the finding is still there, compare `rule` and `at` with what `kam check` says.

## Bad

```yaml
waivers:
  - rule: swot.stale            # <- here
    at: swot
    why: planned for the team day in February
    until: 2026-02-28
```

## Good

```yaml
waivers:
  - rule: section.missing
    at: swot
    why: planned for the team day in February
    until: 2026-02-28
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam import rules
from kam.language import N_
from kam.model import WaiverUse
from kam.plan import Plan
from kam.portfolio import Portfolio
from kam.rules import Hit, hit, rule


@rule(on=WaiverUse, tier=1, severity="warning", rows="S2-29")
def check(use: WaiverUse, plan: Plan | Portfolio) -> Iterator[Hit]:
    waiver = use.waiver
    if not use.used and waiver.until >= plan.today:
        known = rules.find(waiver.rule) or waiver.rule in rules.families()
        text = N_("The waiver for {rule} at {at} matches no finding.")
        if not known:
            text = N_("The waiver for {rule} at {at} matches no finding: there is no rule of that name.")
        yield hit(waiver.object, waiver.path, text, rule=waiver.rule, at=waiver.at)
