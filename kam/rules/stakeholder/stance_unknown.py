"""The stance of a person is unknown.

## What

Every active stakeholder has a `stance`: helper, supporter, neutral or opponent. An empty field and `unknown` are both
reported.

## Why it matters

Whoever does not know where somebody stands treats friend and opponent alike. Quite often it is the silent ones who
decide against us.

## How to fix

Ask the colleagues who are in touch with this person. Then write the stance, and in `stance_basis` since when and why we
think so.

## Bad

```yaml
stakeholders:
  head-of-it:                   # <- here
    title: Head of IT
  controller:
    title: Controller
    stance: unknown             # <- here
```

## Good

```yaml
stakeholders:
  head-of-it:
    title: Head of IT
    stance: neutral
  controller:
    title: Controller
    stance: supporter
```
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kam.language import N_
from kam.model import Stakeholder, blank
from kam.plan import Plan
from kam.rules import NOT_ORDINARY, Hit, hit, rule


@rule(on=Stakeholder, tier=1, severity="warning", rows="S0-18")
def check(stakeholder: Stakeholder, plan: Plan, *, classes: Sequence[str] = NOT_ORDINARY) -> Iterator[Hit]:
    if blank(stakeholder, "stance") or stakeholder.stance == "unknown":
        text = N_("{title}: we do not know whether this person is for or against us.")
        yield hit(stakeholder.id, (*stakeholder.path, "stance"), text, title=stakeholder.title)
