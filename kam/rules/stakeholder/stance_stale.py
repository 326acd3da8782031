"""A stance has not been confirmed for a long time.

## What

The `date` in `stance_basis` is missing or older than 180 days (option `days`). People whose stance is unknown are left
to another rule.

## Why it matters

People change their minds, and competitors work on that. A stance from last year is a memory, and plans that are built
on memories surprise us at the decision.

## How to fix

Talk to the person or to the colleague who knows best. Confirm or change the stance, and write the day of that
judgement.

## Bad

```yaml
stakeholders:
  operations-manager:
    title: Operations manager
    stance: supporter
    stance_basis:
      date: 2025-06-02          # <- here
      why: praised the trial
```

## Good

```yaml
stakeholders:
  operations-manager:
    title: Operations manager
    stance: supporter
    stance_basis:
      date: 2025-12-11
      why: praised the trial
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Stakeholder, blank
from kam.plan import Plan
from kam.rules import Hit, hit, rule


@rule(on=Stakeholder, tier=2, severity="info", rows="S0-18")
def check(stakeholder: Stakeholder, plan: Plan, *, days: int = 180) -> Iterator[Hit]:
    if blank(stakeholder, "stance") or stakeholder.stance == "unknown":
        return
    since, path = stakeholder.stance_basis.date, (*stakeholder.path, "stance_basis", "date")
    if since is None:
        text = N_("{title}: nobody wrote when the stance was judged.")
        yield hit(stakeholder.id, path, text, title=stakeholder.title)
    elif plan.older(since, days):
        text = N_("{title}: stance last confirmed {age} days ago, {days} allowed.")
        yield hit(stakeholder.id, path, text, title=stakeholder.title, age=plan.age(since), days=days)
