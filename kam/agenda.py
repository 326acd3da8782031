"""What is to be done for an account, the most pressing first: contacts, meetings, introductions, actions, learning."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import Literal, NamedTuple

from kam.finding import Message
from kam.language import N_
from kam.plan import Freshness, Plan

Kind = Literal["cover", "contact", "meeting", "introduction", "report", "result", "action", "learning", "review"]
LOOK_AHEAD = 35
"""Days ahead within which an open action is something to do now."""
_SOON = date.max - timedelta(days=1)


class Task(NamedTuple):
    """One thing to do: verb first, the reason with its numbers, who should, until when (None: as soon as possible)."""

    kind: Kind
    what: Message
    why: Message
    owner: str | None
    due: date | None
    object: str
    anchor: str
    """The section of the account's page that it is about."""


def tasks(plan: Plan) -> tuple[Task, ...]:
    """Everything to do, what has no day yet after what is due within the next weeks."""
    found = [
        *_uncovered(plan),
        *_contacts(plan),
        *_meetings(plan),
        *_introductions(plan),
        *_reports(plan),
        *_actions(plan),
        *_learning(plan),
    ]
    horizon = plan.today + timedelta(days=LOOK_AHEAD)
    return tuple(sorted(found, key=lambda one: (one.due or horizon, one.kind, one.object)))


def _uncovered(plan: Plan) -> Iterator[Task]:
    missing = [one for one in plan.active if not plan.covered(one)] if plan.account.matrix and plan.manager else []
    if missing:
        why = Message(
            N_("The account manager answers for everybody; {n} of {of} have no cell."),
            {"n": len(missing), "of": len(plan.active)},
        )
        what = Message(N_("Get to know {titles}"), {"titles": _some(plan.title(one) for one in missing)})
        yield Task("cover", what, why, plan.manager, plan.today, missing[0], "matrix")


def _contacts(plan: Plan) -> Iterator[Task]:
    """Cells whose cadence is over, one task for each of ours."""
    if not plan.account.contacts:
        return
    stale = [one for one in plan.freshness.values() if not one.pending and not one.fresh and one.cadence]
    stale.sort(key=lambda one: (one.cell.member, -(one.age or 0)))
    for member, cells in ((key, list(group)) for key, group in groupby(stale, key=lambda one: one.cell.member)):
        yield _contact(plan, member, cells)


def _contact(plan: Plan, member: str, cells: list[Freshness]) -> Task:
    worst = cells[0] if all(one.last for one in cells) else next(one for one in cells if not one.last)
    titles = _some(plan.title(one.cell.stakeholder) for one in cells)
    values = {"days": worst.age, "cadence": worst.cadence, "n": len(cells)}
    why = N_("No contact for {days} days, the cadence is {cadence}; {n} cells would be in time again.")
    never = N_("No contact on record yet, the cadence is {cadence} days; {n} cells would be in time again.")
    due = worst.last.date + timedelta(days=worst.cadence or 0) if worst.last and worst.last.date else None
    return Task(
        "contact",
        Message(N_("Contact {titles}"), {"titles": titles}),
        Message(why if worst.last else never, values),
        member,
        due,
        member,
        "matrix",
    )


def _meetings(plan: Plan) -> Iterator[Task]:
    """Past meetings whose repetition renews the cells that run out within a week, the greatest first."""
    left = set(plan.due_soon)
    while left:
        renewed = [(contact, [one for one in plan.renewed_by(contact) if one in left]) for contact in plan.contacts]
        contact, cells = max(renewed, key=lambda pair: (len(pair[1]), pair[0].date or date.min))
        left -= set(cells)
        days = min(one.left or 0 for one in cells)
        names = _some(dict.fromkeys(plan.who(one.cell.member) for one in cells))
        titles = _some(dict.fromkeys(plan.title(one.cell.stakeholder) for one in cells))
        what = Message(N_("{names} meet {titles} again"), {"names": names, "titles": titles})
        why = Message(N_("One meeting renews {n} cells that run out within 7 days."), {"n": len(cells)})
        owner = plan.manager if plan.manager in contact.ours else cells[0].cell.member
        yield Task("meeting", what, why, owner, plan.today + timedelta(days=days), contact.name, "matrix")


def _introductions(plan: Plan) -> Iterator[Task]:
    matrix = plan.account.matrix
    for one in plan.introductions if matrix else ():
        if one.planned and not one.done and "done" not in one.faulty:
            whom = plan.title(one.stakeholder) if one.stakeholder else plan.account.name
            what = Message(N_("Introduce {name} to {whom}"), {"name": plan.who(one.member), "whom": whom})
            why = Message(N_("The introduction is planned and not done yet."))
            yield Task("introduction", what, why, one.by or plan.manager, one.planned, one.object, "matrix")


def _reports(plan: Plan) -> Iterator[Task]:
    """Contacts that the manager has not heard of, and contacts without a result."""
    for one in plan.contacts:
        manager = plan.manager_on(one.date)
        values = {
            "names": _some(map(plan.who, one.ours)),
            "titles": _some(map(plan.title, one.theirs)),
            "date": one.date,
        }
        if manager and manager not in one.ours and not one.reported and "reported" not in one.faulty:
            what = Message(N_("Ask {names} what came out of {date}"), values)
            why = Message(N_("{names} met {titles} without the account manager, and nothing was reported."), values)
            yield Task("report", what, why, plan.manager, None, one.name, "contacts")
        elif not one.result and one.kind in ("meeting", "visit", "call", "reception"):
            what = Message(N_("Write down the result of {date}"), values)
            why = Message(N_("{names} met {titles}; no result is on record."), values)
            yield Task("result", what, why, one.ours[0] if one.ours else plan.manager, None, one.name, "contacts")


def _actions(plan: Plan) -> Iterator[Task]:
    horizon = plan.today + timedelta(days=LOOK_AHEAD)
    for one in plan.open_actions:
        if one.due and one.due <= horizon:
            what = Message(N_("{text} ({id})"), {"text": one.text, "id": one.id})
            why = (
                Message(N_("For {titles}"), {"titles": _some(map(plan.title, one.targets))})
                if one.targets
                else Message(N_("An open action of the plan"))
            )
            yield Task("action", what, why, one.owner, one.due, one.id, "swot")


def _learning(plan: Plan) -> Iterator[Task]:
    learning = plan.account.learning
    for one in learning.plan if learning else ():
        if not one.done and one.due and "done" not in one.faulty and learning:
            subject = learning.subjects[one.subject].name if one.subject in learning.subjects else one.subject
            what = Message(
                N_("{name} learns {subject}: {text}"),
                {"name": plan.who(one.person), "subject": subject, "text": one.text},
            )
            yield Task(
                "learning",
                what,
                Message(N_("An item of the learning plan")),
                one.person,
                one.due,
                f"{one.person}/{one.subject}",
                "learning",
            )


def _some(names: Iterable[str], most: int = 3) -> tuple[str | Message, ...]:
    """The first names of a list, and how many more there are."""
    every = tuple(names)
    return every if len(every) <= most + 1 else (*every[:most], Message(N_("{n} more"), {"n": len(every) - most}))
