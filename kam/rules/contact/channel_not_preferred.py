"""A person is contacted in other ways than the one that this person likes.

## What

Of the last three contacts with a person (option `contacts`), at least one fits the person's `channel`. `visit` fits
visits, meetings, receptions and events; `phone` fits calls; `sms`, `email` and `chat` fit messages; `letter` fits
letters. With fewer contacts nothing is said.

## Why it matters

The person told us what is pleasant, and we do the contrary. That is noticed, and it is easily put right.

## How to fix

Use the way that the person likes for the next contact. If it has changed, change `channel`.

## Bad

```yaml
team:
  manager: am-lin
stakeholders:
  head-nurse:
    title: Head nurse
    channel: chat               # <- here
contacts:
  - {date: 2025-11-03, kind: call, ours: [am-lin], theirs: [head-nurse], result: No time}
  - {date: 2025-11-24, kind: call, ours: [am-lin], theirs: [head-nurse], result: No time}
  - {date: 2025-12-15, kind: visit, ours: [am-lin], theirs: [head-nurse], result: Two minutes in the corridor}
```

## Good

```yaml
team:
  manager: am-lin
stakeholders:
  head-nurse:
    title: Head nurse
    channel: chat
contacts:
  - {date: 2025-11-03, kind: call, ours: [am-lin], theirs: [head-nurse], result: No time}
  - {date: 2025-11-24, kind: message, ours: [am-lin], theirs: [head-nurse], result: Sent her wishes at once}
  - {date: 2025-12-15, kind: visit, ours: [am-lin], theirs: [head-nurse], result: Showed us the ward}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import N_
from kam.model import Stakeholder
from kam.plan import Plan
from kam.rules import Hit, hit, rule

_FITTING = {
    "visit": ("visit", "meeting", "reception", "event"),
    "phone": ("call",),
    "sms": ("message",),
    "email": ("message",),
    "chat": ("message",),
    "letter": ("letter",),
}


@rule(on=Stakeholder, tier=3, severity="info", rows="S2-45", needs=("stakeholders",))
def check(stakeholder: Stakeholder, plan: Plan, *, contacts: int = 3) -> Iterator[Hit]:
    if not stakeholder.channel or contacts < 1:
        return
    last = [one.kind for one in plan.contacts_with.get(stakeholder.id, []) if one.kind][-contacts:]
    if len(last) == contacts and not any(kind in _FITTING[stakeholder.channel] for kind in last):
        text = N_("{title}: none of the last {contacts} contacts took the way that this person likes.")
        yield hit(stakeholder.id, (*stakeholder.path, "channel"), text, title=stakeholder.title, contacts=contacts)
