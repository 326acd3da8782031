"""What is to be done for the relationships: who is to be met, introduced, asked again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

from kam.agenda.task import Task, some
from kam.finding import Message
from kam.language import N_
from kam.plan import Freshness, Plan

STANCE_DAYS = 180


def tasks(plan: Plan) -> Iterator[Task]:
    """Everything to do about people."""
    if plan.account.matrix and plan.manager:
        yield from _uncovered(plan, plan.manager)
        yield from _strangers(plan, plan.manager)
    if plan.account.contacts:
        yield from _overdue(plan)
    yield from _meetings(plan)
    yield from _introductions(plan)
    yield from _stances(plan)


def _uncovered(plan: Plan, manager: str) -> Iterator[Task]:
    missing = [one for one in plan.active if not plan.covered(one)]
    if missing:
        values = {"n": len(missing), "of": len(plan.active)}
        why = Message(N_("The account manager answers for everybody; {n} of {of} have no cell."), values)
        what = Message(N_("Get to know {titles}"), {"titles": some(map(plan.title, missing))})
        yield Task("cover", what, why, manager, plan.today, missing[0], "matrix")


def _strangers(plan: Plan, manager: str) -> Iterator[Task]:
    """People in the manager's row with whom the manager cannot talk yet."""
    met = ("can-talk", "familiar")
    strangers = [one for one in plan.active.values() if plan.covered(one.id) and one.acquaintance not in met]
    strangers = [one for one in strangers if "acquaintance" not in one.faulty]
    if strangers:
        what = Message(N_("Meet {titles} in person"), {"titles": some(one.title for one in strangers)})
        why = Message(N_("The account manager cannot talk freely with {n} of {of} yet."))
        values = {"n": len(strangers), "of": len(plan.active)}
        yield Task("acquaint", what, why._replace(values=values), manager, None, strangers[0].id, "people")


def _overdue(plan: Plan) -> Iterator[Task]:
    """Cells whose cadence is over, one task for each of ours."""
    stale = [one for one in plan.freshness.values() if not one.pending and not one.fresh and one.cadence]
    stale.sort(key=lambda one: (one.cell.member, -(one.age or 0)))
    for member, cells in groupby(stale, key=lambda one: one.cell.member):
        yield _contact(plan, member, list(cells))


def _contact(plan: Plan, member: str, cells: list[Freshness]) -> Task:
    never = [one for one in cells if not one.last]
    worst = never[0] if never else cells[0]
    values = {"days": worst.age, "cadence": worst.cadence, "n": len(cells)}
    known = N_("No contact for {days} days, the cadence is {cadence}; {n} cells would be in time again.")
    unknown = N_("No contact on record yet, the cadence is {cadence} days; {n} cells would be in time again.")
    what = Message(N_("Contact {titles}"), {"titles": some(plan.title(one.cell.stakeholder) for one in cells)})
    due = worst.last.date + timedelta(days=worst.cadence or 0) if worst.last and worst.last.date else None
    return Task("contact", what, Message(unknown if never else known, values), member, due, member, "matrix")


def _meetings(plan: Plan) -> Iterator[Task]:
    """Past meetings whose repetition renews the cells that run out within a week, the greatest first."""
    left = set(plan.due_soon)
    while left:
        renewed = [(contact, [one for one in plan.renewed_by(contact) if one in left]) for contact in plan.contacts]
        contact, cells = max(renewed, key=lambda pair: (len(pair[1]), pair[0].date or date.min))
        left -= set(cells)
        titles = some(plan.title(one.cell.stakeholder) for one in cells)
        names = some(plan.who(one.cell.member) for one in cells)
        what = Message(N_("{names} meet {titles} again"), {"names": names, "titles": titles})
        why = Message(N_("One meeting renews {n} cells that run out within 7 days."), {"n": len(cells)})
        owner = plan.manager if plan.manager in contact.ours else cells[0].cell.member
        due = plan.today + timedelta(days=min(one.left or 0 for one in cells))
        yield Task("meeting", what, why, owner, due, contact.name, "matrix")


def _introductions(plan: Plan) -> Iterator[Task]:
    why = Message(N_("The introduction is planned and not done yet."))
    for one in plan.introductions:
        if one.planned and not one.done and "done" not in one.faulty:
            whom = plan.title(one.stakeholder) if one.stakeholder else plan.account.name
            what = Message(N_("Introduce {name} to {whom}"), {"name": plan.who(one.member), "whom": whom})
            yield Task("introduction", what, why, one.by or plan.manager, one.planned, one.object, "matrix")


def _stances(plan: Plan) -> Iterator[Task]:
    """Stances that were judged so long ago that they are about to count as old, or do so already."""
    days = plan.option("stakeholder.stance-stale", "days", STANCE_DAYS)
    judged = [one for one in plan.active.values() if one.stance_basis.date and one.stance not in (None, "unknown")]
    old = [one for one in judged if one.stance_basis.date and plan.age(one.stance_basis.date) >= days - 14]
    if old:
        first = min(one.stance_basis.date for one in old if one.stance_basis.date)
        what = Message(N_("Confirm the stance of {titles}"), {"titles": some(one.title for one in old)})
        why = Message(N_("Judged on {date} or later; after {days} days a stance counts as old."))
        values = {"date": first, "days": days}
        due = first + timedelta(days=days)
        yield Task("stance", what, why._replace(values=values), plan.manager, due, old[0].id, "people")
