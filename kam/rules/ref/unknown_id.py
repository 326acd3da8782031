"""An id is named that is not defined.

## What

Every id that is not a person's leads to something: departments are defined in `company/people.yaml`; competitors,
factors, actions, goals, needs, offers, contacts and subjects in the account itself. What contacts lead to is looked at
for one year (option `days`): plans move on.

## Why it matters

Threads in a plan are only worth something when they hold: the action uses the factor, the contact leads to the action.
A mistyped id cuts the thread without a sound.

## How to fix

Correct the id; the nearest known one is named in the finding. If the thing is new, define it first.

## Bad

```yaml
contacts:
  - date: 2026-01-08
    kind: visit
    ours: [am-lin]
    theirs: []
    leads_to: [send-report]     # <- here
actions:
  send-the-report: {text: Send the test report, owner: am-lin, due: 2026-02-20}
```

## Good

```yaml
contacts:
  - date: 2026-01-08
    kind: visit
    ours: [am-lin]
    theirs: []
    leads_to: [send-the-report]
actions:
  send-the-report: {text: Send the test report, owner: am-lin, due: 2026-02-20}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.encoding import wide
from kam.finding import Message
from kam.language import N_
from kam.plan import Plan
from kam.portfolio import Portfolio
from kam.reference import PEOPLE, Use
from kam.rules import Hit, hit, rule
from kam.rules.ref import WIDE

_THINGS = {
    "department": N_("department"),
    "competitor": N_("competitor"),
    "factor": N_("SWOT factor"),
    "swot-action": N_("SWOT action"),
    "action": N_("action"),
    "goal": N_("goal"),
    "need": N_("need"),
    "offer": N_("offer"),
    "contact": N_("contact"),
    "subject": N_("subject"),
    "feedback": N_("feedback"),
    "lead": N_("action, roadmap entry, opportunity, need or goal"),
}


@rule(on=Use, tier=1, severity="error", rows="S0-37 S3-28")
def check(use: Use, plan: Plan | Portfolio, *, days: int = 365) -> Iterator[Hit]:
    past = use.path[0] == "contacts" and use.day is not None and (plan.today - use.day).days > days
    if use.kind in PEOPLE or past:
        return
    values = {"id": use.id, "kind": Message(_THINGS[use.kind])}
    if sign := wide(use.id):
        yield hit(use.id, use.path, WIDE, id=use.id, sign=sign)
    elif use.near:
        yield hit(use.id, use.path, N_("{id} is no known {kind}; did you mean {near}?"), near=use.near, **values)
    else:
        yield hit(use.id, use.path, N_("{id} is no known {kind}."), **values)
