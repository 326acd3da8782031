"""A play on an account: its steps as actions with owners and days, and how it ended. Changes of one file, unwritten."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from kam.edit import Change, Put
from kam.finding import Finding, KamError, Message
from kam.language import N_, Code
from kam.model import Play, PlayStep, Run, Stakeholder, runs
from kam.plan import Plan

LONGEST = 64
"""Characters of an id."""


class Planned(NamedTuple):
    """One step as an action: its id, its fields, and whether the account manager stands in for a role."""

    id: str
    action: Mapping[str, Any]
    role: str
    stands_in: bool


def planned(play: Play, plan: Plan, start: date, named: Collection[str], code: Code) -> tuple[Planned, ...]:
    """The steps of a play that begins on a day; `named` are the stakeholders whom its signs name. Raises KamError."""
    if not play.steps:
        text, fix = N_("The play {play} has no steps."), N_("Write them into {folder}/{play}.yaml.")
        values = {"play": play.id, "folder": "company/plays"}
        raise KamError(Message(text, values), Message(fix, values))
    if running := next((one for one in begun(plan, play.id) if one.state in ("running", "ended")), None):
        raise _not_over(running)
    taken = set(plan.account.data.get("actions") or ())
    found = []
    for step in play.steps:
        id = _free(f"{play.id}-{step.id}", taken)
        taken.add(id)
        found.append(_planned(id, step, play, plan, start, named, code))
    return tuple(found)


def _planned(
    id: str, step: PlayStep, play: Play, plan: Plan, start: date, named: Collection[str], code: Code
) -> Planned:
    owner = _owner(step.role, plan)
    targets = [one.id for one in plan.active.values() if _aimed(step.target, one, named)]
    fields = {
        "text": step.text[code],
        "for": targets,
        "owner": owner or plan.manager,
        "due": _due(start, step.day),
        "status": "open",
        "play": play.id,
        "begun": start,
    }
    filled = {name: value for name, value in fields.items() if value}
    return Planned(id, filled, step.role, owner is None)


def _owner(role: str, plan: Plan) -> str | None:
    """Who of the team has a role; None where nobody has it."""
    if role == "account-manager":
        return plan.manager
    if role == "sponsor":
        sponsor = plan.account.team.sponsor if plan.account.team else None
        return sponsor if sponsor and plan.known(sponsor) and not plan.person(sponsor).left else None
    return next((one for one in plan.members if plan.person(one).function == role), None)


def _aimed(target: str | None, one: Stakeholder, named: Collection[str]) -> bool:
    return {
        None: False,
        "named": one.id in named,
        "opponents": one.stance == "opponent",
        "supporters": one.stance in ("helper", "supporter"),
        "decision-makers": "decision-maker" in one.buying_roles,
        "users": "user" in one.buying_roles,
    }.get(target, False)


def _due(start: date, days: int) -> date:
    try:
        return start + timedelta(days=days)
    except OverflowError:
        text = N_("Steps that begin on {day} would end after the last day of the calendar.")
        raise KamError(Message(text, {"day": start}), Message(N_("Give an earlier day with --from."))) from None


def _free(wanted: str, taken: Collection[str]) -> str:
    """An id that no action has yet: the wanted one, or with a number behind it."""

    def tries() -> Iterator[str]:
        yield wanted[:LONGEST].rstrip("-")
        for number in range(2, len(taken) + 3):
            tail = f"-{number}"
            yield wanted[: LONGEST - len(tail)].rstrip("-") + tail

    return next(one for one in tries() if one not in taken)


def named(findings: Iterable[Finding], plan: Plan) -> frozenset[str]:
    """The active stakeholders whom findings are about: by their id, or as the second part of a cell."""
    parts = (part for one in findings for part in one.object.partition("#")[0].split("/")[-1:])
    return frozenset(part for part in parts if part in plan.active)


def begun(plan: Plan, play: str) -> tuple[Run, ...]:
    """The times that an account has played a play, in the order of the file."""
    return tuple(one for one in runs(plan.account.actions.values()) if one.play == play)


def _not_over(run: Run) -> KamError:
    values = {"play": run.play, "day": run.begun or "–", "left": run.left}
    text = (
        N_("The play {play} of {day} still runs: {left} steps are open.")
        if run.state == "running"
        else N_("The play {play} of {day} has ended, and nobody has said whether it worked.")
    )
    return KamError(Message(text, values), Message(N_("Say how it ended: --outcome worked or --outcome failed.")))


def ended(play: str, plan: Plan, outcome: str, lesson: str | None) -> tuple[Change, ...]:
    """The outcome of the latest run, at its last step; steps that are still open are dropped. Raises KamError."""
    found = begun(plan, play)
    if not found:
        text, fix = N_("The play {play} was not begun here."), N_("kam play ID {play} begins it.")
        raise KamError(Message(text, {"play": play}), Message(fix, {"play": play}))
    run = next((one for one in reversed(found) if one.state in ("running", "ended")), found[-1])
    last = run.actions[-1]
    dropped = (Put(("actions", id, "status"), "dropped") for id in run.actions if plan.account.actions[id].open)
    learned = (Put(("actions", last, "lesson"), lesson),) if lesson else ()
    others = (one for one in run.actions[:-1] if plan.account.actions[one].outcome not in (None, outcome))
    corrected = (Put(("actions", id, "outcome"), outcome) for id in others)
    return (*dropped, *corrected, Put(("actions", last, "outcome"), outcome), *learned)
