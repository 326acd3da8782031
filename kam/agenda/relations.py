"""What is to be done for the relationships: who is to be met, introduced, asked again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from operator import attrgetter

from kam.agenda import record
from kam.agenda.task import Horizon, Task, some
from kam.days import days_later
from kam.finding import Message
from kam.language import N_
from kam.model import Contact
from kam.plan import Freshness, Plan

STANCE_DAYS = 180


def tasks(plan: Plan, horizon: Horizon) -> Iterator[Task]:
    """Everything to do about people that is due by the horizon, or at once."""
    if plan.account.matrix and plan.manager:
        yield from _uncovered(plan, plan.manager)
        yield from _strangers(plan, plan.manager)
    if plan.account.contacts:
        yield from _overdue(plan)
    yield from _meetings(plan, horizon.contacts)
    yield from _introductions(plan)
    yield from _stances(plan, horizon.reviews)


def _uncovered(plan: Plan, manager: str) -> Iterator[Task]:
    missing = [one for one in plan.active if not plan.covered(one)]
    if missing:
        values = {"n": len(missing), "of": len(plan.active)}
        why = Message(N_("The account manager answers for everybody; {n} of {of} have no cell."), values)
        what = Message(N_("Get to know {titles}"), {"titles": some(map(plan.title, missing))})
        cells = record.put(*((f"matrix.cells.{manager}.{one}", "keep") for one in missing))
        yield Task("cover", what, why, manager, plan.today, missing[0], "matrix", record=cells)


def _strangers(plan: Plan, manager: str) -> Iterator[Task]:
    """People in the manager's row with whom the manager cannot talk yet."""
    met = ("can-talk", "familiar")
    strangers = [one for one in plan.active.values() if plan.covered(one.id) and one.acquaintance not in met]
    strangers = [one for one in strangers if "acquaintance" not in one.faulty]
    if strangers:
        what = Message(N_("Meet {titles} in person"), {"titles": some(one.title for one in strangers)})
        why = Message(N_("The account manager cannot talk freely with {n} of {of} yet."))
        values = {"n": len(strangers), "of": len(plan.active)}
        known = record.put(*((f"stakeholders.{one.id}.acquaintance", "can-talk") for one in strangers))
        why = why._replace(values=values)
        yield Task("acquaint", what, why, manager, None, strangers[0].id, "people", record=known)


def _overdue(plan: Plan) -> Iterator[Task]:
    """Cells whose cadence is over, one task for each of ours."""
    stale = [one for one in plan.freshness.values() if not one.pending and not one.fresh and one.cadence]
    stale.sort(key=lambda one: (one.cell.member, -(one.age or 0)))
    for member, cells in groupby(stale, key=lambda one: one.cell.member):
        yield _contact(plan, member, list(cells))


def _contact(plan: Plan, member: str, cells: list[Freshness]) -> Task:
    never, late = [one for one in cells if one.left is None], [one for one in cells if one.left is not None]
    worst = min(late, key=lambda one: one.left or 0, default=never[0] if never else cells[0])
    values = {"days": worst.age, "cadence": worst.cadence, "n": len(cells), "never": len(never)}
    known = N_("No contact for {days} days, the cadence is {cadence}; cells back in time: {n}.")
    unknown = N_("No contact on record yet, the cadence is {cadence} days; cells back in time: {n}.")
    both = N_(
        "No contact for {days} days, the cadence is {cadence}; cells back in time: {n}, {never} of them "
        "without any contact yet."
    )
    what = Message(N_("Contact {titles}"), {"titles": some(plan.title(one.cell.stakeholder) for one in cells)})
    due = days_later(plan.today, worst.left) if worst.left is not None else None
    why = Message(both if never and late else known if late else unknown, values)
    contact = record.log((one.cell.stakeholder for one in cells), (member,))
    return Task("contact", what, why, member, due, member, "matrix", record=contact)


def _meetings(plan: Plan, last: date) -> Iterator[Task]:
    """Past meetings whose repetition renews the cells that run out by the last day, the greatest first."""
    days = (last - plan.today).days
    left = {
        pair: one for pair, one in plan.freshness.items() if not one.pending and one.fresh and (one.left or 0) <= days
    }
    while left:
        renewed = [(contact, _renewed(left.values(), contact)) for contact in plan.contacts]
        contact, cells = max(renewed, key=lambda pair: (len(pair[1]), pair[0].date or date.min))
        for one in cells:
            del left[one.cell.member, one.cell.stakeholder]
        yield _meeting(plan, contact, cells, days + 1)


def _renewed(cells: Iterable[Freshness], contact: Contact) -> list[Freshness]:
    """The cells that the same meeting again would renew, the most pressing first."""
    found = [one for one in cells if one.cell.member in contact.ours and one.cell.stakeholder in contact.theirs]
    return sorted(found, key=lambda one: (one.left or 0, one.cell.path))


def _meeting(plan: Plan, contact: Contact, cells: list[Freshness], days: int) -> Task:
    ours, theirs = (
        [field(one) for one in cells] for field in (attrgetter("cell.member"), attrgetter("cell.stakeholder"))
    )
    values = {"names": some(map(plan.who, ours)), "titles": some(map(plan.title, theirs))}
    what = Message(N_("Another meeting: {names} with {titles}"), values)
    why = Message(N_("One meeting renews {n} cells that run out within {days} days."), {"n": len(cells), "days": days})
    owner = plan.manager if plan.manager in contact.ours else ours[0]
    due = days_later(plan.today, min(one.left or 0 for one in cells))
    again = record.log(theirs, ours, contact.kind)
    return Task("meeting", what, why, owner, due, contact.name, "matrix", tuple(dict.fromkeys(ours)), again)


def _introductions(plan: Plan) -> Iterator[Task]:
    why = Message(N_("The introduction is planned and not done yet."))
    for one in plan.introductions:
        if one.planned and not one.done and "done" not in one.faulty:
            whom = plan.title(one.stakeholder) if one.stakeholder else plan.account.name
            what = Message(N_("Introduce {name} to {whom}"), {"name": plan.who(one.member), "whom": whom})
            owner, made = one.by or plan.manager, record.put((f"{'.'.join(map(str, one.path))}.done", plan.today))
            yield Task("introduction", what, why, owner, one.planned, one.object, "matrix", (one.member,), made)


def _stances(plan: Plan, last: date) -> Iterator[Task]:
    """Stances that were judged so long ago that they count as old by the last day, or do so already."""
    days = plan.option("stakeholder.stance-stale", "days", STANCE_DAYS)
    judged = [one for one in plan.active.values() if one.stance_basis.date and one.stance not in (None, "unknown")]
    old = [one for one in judged if one.stance_basis.date and days_later(one.stance_basis.date, days) <= last]
    if old:
        first = min(one.stance_basis.date for one in old if one.stance_basis.date)
        what = Message(N_("Confirm the stance of {titles}"), {"titles": some(one.title for one in old)})
        values = {"date": first, "days": days}
        why = Message(N_("Judged on {date} or later; after {days} days a stance counts as old."), values)
        same = record.put(*((f"stakeholders.{one.id}.stance", one.stance) for one in old), why=True)
        yield Task("stance", what, why, plan.manager, days_later(first, days), old[0].id, "people", record=same)
