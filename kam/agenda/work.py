"""What is to be done for the plan itself: reports, actions, roadmap, reviews, learning."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from kam.agenda.task import Task, some
from kam.finding import Message
from kam.language import N_
from kam.model import Lesson
from kam.plan import Plan, months_later

LEAD_MONTHS = 3
REVIEW_AHEAD = 14
"""Days before a review turns old at which it is something to do."""


def tasks(plan: Plan, horizon: date) -> Iterator[Task]:
    """Everything to do about the plan that is due by the horizon, or at once."""
    yield from _reports(plan)
    yield from planned(plan, horizon)
    yield from _sign_offs(plan)
    yield from _reviews(plan)
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
            yield Task("report", what, why, plan.manager, None, one.name, "contacts")
        elif not one.result and "result" not in one.faulty and one.kind in ("meeting", "visit", "call", "reception"):
            what = Message(N_("Write down the result of {date}"), values)
            why = Message(N_("{names} met {titles}; no result is on record."), values)
            yield Task("result", what, why, one.ours[0] if one.ours else plan.manager, None, one.name, "contacts")


def _actions(plan: Plan, horizon: date) -> Iterator[Task]:
    for one in plan.open_actions:
        if one.due and one.due <= horizon:
            what = Message(N_("{text} ({id})"), {"text": one.text, "id": one.id})
            titles = some(map(plan.title, one.targets))
            why = (
                Message(N_("For {titles}"), {"titles": titles}) if titles else Message(N_("An open action of the plan"))
            )
            yield Task("action", what, why, one.owner, one.due, one.id, "swot" if one.section == "swot" else "actions")


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
                yield Task("roadmap", what, why, one.owner or plan.manager, last, one.id, "roadmap")


def _sign_offs(plan: Plan) -> Iterator[Task]:
    """Departments that have not signed the present version of the roadmap; their heads should."""
    roadmap = plan.account.roadmap
    for department in plan.signing_departments if roadmap else ():
        signed = roadmap.sign_offs.get(department) if roadmap else None
        if not signed or (
            not signed.faulty and not (signed.by and signed.date and roadmap and signed.version >= roadmap.version)
        ):
            known = plan.company.departments.get(department)
            what = Message(N_("Sign off the roadmap for {department}"))
            why = Message(N_("Its people are planned in, and version {version} is not signed."))
            values = {
                "department": plan.company.department_name(department),
                "version": roadmap.version if roadmap else 1,
            }
            owner = (known.head if known else None) or plan.manager
            yield Task(
                "sign-off",
                what._replace(values=values),
                why._replace(values=values),
                owner,
                None,
                department,
                "roadmap",
            )


def _reviews(plan: Plan) -> Iterator[Task]:
    """Reviews of matrix and SWOT that are old, or about to be."""
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
        if reviewed and plan.age(reviewed) >= days - REVIEW_AHEAD:
            values = {"date": reviewed, "days": days}
            why = Message(N_("Last reviewed on {date}; after {days} days it counts as old."), values)
            yield Task("review", Message(text), why, plan.manager, reviewed + timedelta(days=days), section, section)


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
            yield Task("learning", what, why, one.person, one.due, f"{one.person}/{one.subject}", "learning")


def _unplanned(plan: Plan) -> Iterator[Task]:
    """People below standard for whom nothing is planned."""
    planned = {(one.person, one.subject) for one in _running(plan)}
    for pair in plan.pairs:
        if pair.below and (pair.member, pair.subject.id) not in planned:
            values = {"name": plan.who(pair.member), "subject": pair.subject.name}
            what = Message(N_("Plan how {name} learns {subject}"), values)
            why = Message(N_("Below the standard, and nothing is planned."))
            yield Task("learning", what, why, plan.manager, None, pair.object, "learning")
