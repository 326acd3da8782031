"""Uses of ids that are not defined, each with the nearest one that is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from kam import schema
from kam.company import Company
from kam.finding import Path
from kam.model import FIELDS, Faulty, day, is_unnamed
from kam.plan import Plan

PEOPLE = frozenset({"person", "member", "stakeholder"})
_LOGS = {"contacts": 1, "feedback": 1, "assessments": 1, "participation": 1, "handovers": 1, "lessons": 1}
_LOGS |= {"kickoffs": 2, "communicated": 2}
"""Where entries have a day, and how deep: what is dated after today has not happened yet, so it is not asked."""
_HINTS = 50
"""For so many unknown ids of one file the nearest known one is looked up, which takes time."""
_SWOT_ACTION = re.compile(r"(SO|WO|ST|WT)[0-9]+")


_SWOT = (*(("swot", field) for field in FIELDS), ("swot", "actions"))
_GOALS = (("goals", "external"), ("goals", "internal"))
_LEADS: tuple[Path, ...] = (("actions",), ("roadmap", "entries"), *_GOALS, ("opportunities",), ("needs",))
_DEFINED_AT: dict[str, tuple[Path, ...]] = {
    "member": (("team", "members"),),
    "stakeholder": (("stakeholders",),),
    "competitor": (("competitors",),),
    "factor": _SWOT[:-1],
    "swot-action": _SWOT[-1:],
    "action": (_SWOT[-1], ("actions",)),
    "goal": _GOALS,
    "need": (("needs",),),
    "offer": (("offers",),),
    "subject": (("learning", "subjects"),),
    "feedback": (("feedback",),),
    "lead": _LEADS,
}
"""The mappings whose keys are the ids of a kind."""
_BY_PLACE = frozenset({"lead", "audience"})
"""Kinds that `_kind` makes into others."""


class Use(NamedTuple):
    """One use of an id that is not defined."""

    path: Path
    id: str
    kind: str
    near: str | None = None
    """The known id that looks most like an unknown one."""
    day: date | None = None
    """The day of what it stands in, where that is an entry of a log."""


def of_account(plan: Plan) -> Iterator[Use]:
    """The uses in an account's file of ids that are not defined where their definitions should stand."""
    tables, hints = _tables(plan), _HINTS
    known = {kind: ids for kind, ids in tables.items() if ids and kind not in _BY_PLACE}
    for one in schema.references(plan.account.data, "account", known):
        kind = _kind(one.kind, one.id, one.path, plan)
        defined = tables.get(kind)
        if defined is None or one.id in defined or _free(kind, one.id, one.path):
            continue
        when = _day(one.path, plan.account.data)
        if when and when > plan.today:
            continue
        near, hints = _near(one.id, defined, hints)
        yield Use(one.path, one.id, kind, near, when)


def of_company(data: Mapping[str, Any], kind: schema.FileKind, company: Company) -> Iterator[Use]:
    """The uses of undefined ids in a file of the company; none while the people cannot be read."""
    if company.known:
        hints = _HINTS
        tables: dict[str, Collection[str]] = {"person": company.people}
        if company.departments:
            tables["department"] = company.departments
        for one in schema.references(data, kind):
            if one.id not in tables.get(one.kind, (one.id,)):
                near, hints = _near(one.id, tables[one.kind], hints)
                yield Use(one.path, one.id, one.kind, near)


def _near(id: str, defined: Collection[str], hints: int) -> tuple[str | None, int]:
    """The nearest known id of an unknown one, and how many more may be looked up."""
    if not hints:
        return None, 0
    from difflib import get_close_matches  # only files with faults need it

    return next(iter(get_close_matches(id, defined, 1)), None), hints - 1


def _day(path: Path, data: Any) -> date | None:
    """The day of the log entry in which a path lies."""
    for depth, key in enumerate(path[:2], 1):
        data = data[key]
        if _LOGS.get(str(key)) == depth:
            entry = data[path[depth]]
            return day(entry.get("date")) if isinstance(entry, dict) else None
    return None


def _tables(plan: Plan) -> dict[str, Collection[str] | None]:
    """The ids of each kind; None while the section that would define them is absent."""
    account, company = plan.account, plan.company
    data, team, swot, goals, roadmap = account.data, account.team, account.swot, account.goals, account.roadmap
    goal_ids = (goals.external | goals.internal) if goals else None
    leads = [
        ids
        for ids in (
            account.actions,
            roadmap and roadmap.entries,
            goal_ids,
            data.get("opportunities"),
            data.get("needs"),
        )
        if ids
    ]
    tables: dict[str, Collection[str] | None] = {
        "person": company.people if company.known else None,
        "department": (company.departments or None) if company.known else None,
        "member": {*team.members, *filter(None, [team.manager])} if team else None,
        "stakeholder": account.stakeholders or None,
        "competitor": account.competitors or None,
        "factor": swot.factors if swot else None,
        "swot-action": swot.actions if swot else None,
        "action": {*(swot.actions if swot else ()), *account.actions} if swot or account.actions else None,
        "goal": goal_ids,
        "need": data.get("needs") or None,
        "offer": data.get("offers") or None,
        "contact": {one.id for one in account.contacts if one.id} if account.contacts else None,
        "subject": account.learning.subjects if account.learning else None,
        "feedback": data.get("feedback") or None,
        "lead": set().union(*leads) if leads else None,
    }
    return {kind: _with_faulty(kind, ids, account.taken) for kind, ids in tables.items()} if account.taken else tables


def _with_faulty(kind: str, ids: Collection[str] | None, taken: Mapping[Path, Faulty]) -> Collection[str] | None:
    """The ids with those whose value has a fault, for they are written; None where all of it is wrong."""
    if ids is None or (kind == "contact" and ("contacts",) in taken):
        return None
    places = _DEFINED_AT.get(kind, ())
    if any(str(place[-1]) in taken.get(place[:-1], ()) and place not in taken for place in places):
        return None
    return {*ids, *(name for place in places for name in taken.get(place, ()))}


def _kind(kind: str, id: str, path: Path, plan: Plan) -> str:
    """The kind of thing meant, where it hangs on the value or its neighbours."""
    if kind == "lead" and _SWOT_ACTION.fullmatch(id):
        return "swot-action"
    if kind == "audience":
        entry = plan.account.data["goals"]["communicated"][path[2]]
        return {"staff": "person", "customer": "stakeholder"}.get(entry.get("audience"), kind)
    return kind


def _free(kind: str, id: str, path: Path) -> bool:
    """Whether a word may stand where an id is meant."""
    if kind == "person" and path[:2] == ("team", "members"):
        return is_unnamed(id)
    return path[0] == "feedback" and path[-1] == "collected_by" and id == "agency"
