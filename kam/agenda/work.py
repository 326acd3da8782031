"""What is to be done for the plan itself: reports, actions, roadmap, reviews, learning."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kam.agenda import record
from kam.agenda.task import Horizon, Task, some
from kam.days import days_later, months_later
from kam.finding import Message
from kam.language import N_
from kam.model import Lesson
from kam.plan import Plan

LEAD_MONTHS = 3


def tasks(plan: Plan, horizon: Horizon) -> Iterator[Task]:
    """Everything to do about the plan that is due by the horizon, or at once."""
    yield from _reports(plan)
    yield from planned(plan, horizon.work)
    yield from _sign_offs(plan)
    yield from _reviews(plan, horizon.reviews)
    yield from _unplanned(plan)


def planned(plan: Plan, horizon: date) -> Iterator[Task]:
    """What the plan has a day for: actions, entries of the roadmap, items of the learning plan."""
    yield from _actions(plan, horizon)
    yield from _roadmap(plan, horizon)
    yield from _lessons(plan, horizon)


def _reports(plan: Plan) -> Iterator[Task]:
    """Contacts that the manager has not heard of, and contacts without a result."""
    for one in plan.contacts:
        manager = plan.manager_on(one.date)
        values = {"names": some(map(plan.who, one.ours)), "titles": some(map(plan.title, one.theirs)), "date": one.date}
        if manager and manager not in one.ours and not one.reported and "reported" not in one.faulty:
            what = Message(N_("Ask {names} what came out of {date}"), values)
            why = Message(N_("{names} met {titles} without the account manager, and nothing was reported."), values)
            told = record.put((f"contacts.{one.id or one.position}.reported", plan.today))
            yield Task("report", what, why, plan.manager, None, one.name, "contacts", record=told)
        elif not one.result and "result" not in one.faulty and one.kind in ("meeting", "visit", "call", "reception"):
            what = Message(N_("Write down the result of {date}"), values)
            why = Message(N_("{names} met {titles}; no result is on record."), values)
            said = record.put((f"contacts.{one.id or one.position}.result", record.BLANK))
            owner = one.ours[0] if one.ours else plan.manager
            yield Task("result", what, why, owner, None, one.name, "contacts", record=said)


def _actions(plan: Plan, horizon: date) -> Iterator[Task]:
    for one in plan.open_actions:
        if one.due and one.due <= horizon:
            what = Message(N_("{text} ({id})"), {"text": one.text, "id": one.id})
            titles = some(map(plan.title, one.targets))
            why = (
                Message(N_("For {titles}"), {"titles": titles}) if titles else Message(N_("An open action of the plan"))
            )
            section = "swot" if one.section == "swot" else "actions"
            yield Task("action", what, why, one.owner, one.due, one.id, section, record=record.done(one.id))


def _roadmap(plan: Plan, horizon: date) -> Iterator[Task]:
    """Entries that must be deployed now to keep their lead time."""
    months = plan.option("roadmap.lead-too-short", "months", LEAD_MONTHS)
    for one in plan.live_entries:
        if one.starts and one.starts >= plan.today and not one.deployed and "deployed" not in one.faulty:
            last = months_later(one.starts, -months)
            if last <= horizon:
                what = Message(N_("Deploy “{text}”"), {"text": one.text})
                values = {"starts": one.starts, "months": months}
                why = Message(N_("It starts on {starts} and needs {months} months of preparation."), values)
                now = record.put((f"roadmap.entries.{one.id}.deployed", plan.today))
                yield Task("roadmap", what, why, one.owner or plan.manager, last, one.id, "roadmap", record=now)


def _sign_offs(plan: Plan) -> Iterator[Task]:
    """Departments that have not signed the present version of the roadmap; their heads should."""
    roadmap = plan.account.roadmap
    for department in plan.signing_departments if roadmap else ():
        signed = roadmap.sign_offs.get(department) if roadmap else None
        if not signed or (
            not signed.faulty and not (signed.by and signed.date and roadmap and signed.version >= roadmap.version)
        ):
            yield _sign_off(plan, department, roadmap.version if roadmap else 1)


def _sign_off(plan: Plan, department: str, version: int) -> Task:
    known = plan.company.departments.get(department)
    owner = (known.head if known else None) or plan.manager
    values = {"department": plan.company.department_name(department), "version": version}
    what = Message(N_("Sign off the roadmap for {department}"), values)
    why = Message(N_("Its people are planned in, and version {version} is not signed."), values)
    at = f"roadmap.sign_offs.{department}"
    signed = record.put((f"{at}.by", owner or record.BLANK), (f"{at}.date", plan.today), (f"{at}.version", version))
    return Task("sign-off", what, why, owner, None, department, "roadmap", record=signed)


def _reviews(plan: Plan, last: date) -> Iterator[Task]:
    """Reviews of matrix and SWOT that count as old by the last day, or do so already."""
    account = plan.account
    for section, reviewed, rule, default, text in (
        (
            "matrix",
            account.matrix and account.matrix.reviewed,
            "matrix.review-old",
            90,
            N_("Go through the matrix with the team"),
        ),
        ("swot", account.swot and account.swot.reviewed, "swot.stale", 180, N_("Go through the SWOT with the team")),
    ):
        days = plan.option(rule, "days", default)
        due = days_later(reviewed, days) if reviewed else None
        if due and due <= last:
            values = {"date": reviewed, "days": days}
            why = Message(N_("Last reviewed on {date}; after {days} days it counts as old."), values)
            now = record.put((f"{section}.reviewed", plan.today))
            yield Task("review", Message(text), why, plan.manager, due, section, section, record=now)


def _running(plan: Plan) -> list[Lesson]:
    learning = plan.account.learning
    return [one for one in learning.plan if not one.done and "done" not in one.faulty] if learning else []


def _lessons(plan: Plan, horizon: date) -> Iterator[Task]:
    """Items of the learning plan."""
    learning = plan.account.learning
    for one in _running(plan):
        if one.due and one.due <= horizon and learning:
            subject = learning.subjects[one.subject].name if one.subject in learning.subjects else one.subject
            values = {"name": plan.who(one.person), "subject": subject, "text": one.text}
            what = Message(N_("{name} learns {subject}: {text}"), values)
            why = Message(N_("An item of the learning plan"))
            object = f"{one.person}/{one.subject}"
            yield Task("learning", what, why, one.person, one.due, object, "learning", record=record.done(object))


def _unplanned(plan: Plan) -> Iterator[Task]:
    """People below standard for whom nothing is planned."""
    planned = {(one.person, one.subject) for one in _running(plan)}
    for pair in plan.pairs:
        if pair.below and (pair.member, pair.subject.id) not in planned:
            values = {"name": plan.who(pair.member), "subject": pair.subject.name}
            what = Message(N_("Plan how {name} learns {subject}"), values)
            why = Message(N_("Below the standard, and nothing is planned."))
            yield Task("learning", what, why, plan.manager, None, pair.object, "learning", field="learning.plan")
