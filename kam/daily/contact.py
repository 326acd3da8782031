"""A contact that happened, and the changes that came with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from kam.daily import names
from kam.daily.draft import Draft, State, happened, said, stance
from kam.daily.fields import word
from kam.edit import Append, Change
from kam.finding import KamError, Message, Word
from kam.language import N_

NOTHING = "-"
"""As what a contact leads to: nothing follows from it."""


class Said(NamedTuple):
    """What somebody tells about a contact; people as they are called, ids or not."""

    theirs: Sequence[str]
    ours: Sequence[str]
    kind: str
    day: date
    content: str
    result: str | None = None
    leads_to: Sequence[str] = ()
    stances: Sequence[str] = ()
    """`WHO=STANCE`."""
    why: str | None = None


def contact(told: Said, state: State) -> Draft:
    """The contact at the end of the log, and the stances that it changed. Raises KamError."""
    plan = state.plan
    happened(told.day, plan.today)
    theirs = names.every(told.theirs, names.stakeholders(plan), names.STAKEHOLDER)
    if not theirs:
        raise KamError(Message(N_("With whom? Say it with --with.")), _customers(state))
    ours = names.ours(told.ours, plan) or tuple(filter(None, (state.author,)))
    if not ours:
        raise KamError(Message(N_("Who of ours was there? Say it with --by.")))
    entry = _entry(told, state, theirs, ours)
    changes: list[Change] = [Append(("contacts",), entry)]
    judge = state.author if state.author in ours else ours[0]  # whoever was there knows
    for who, value in _stances(told, state).items():
        changes += stance(who, value, told.day, judge, told.why)
    text = N_("{account}: {kind} with {theirs} ({ours}, {day})")
    values = {
        "account": plan.account.name,
        "kind": Word("contact-kind", told.kind),
        "theirs": tuple(map(plan.title, theirs)),
        "ours": tuple(map(plan.who, ours)),
        "day": told.day,
    }
    return Draft(tuple(changes), Message(text, values))


def _customers(state: State) -> Message | None:
    known = tuple(str(one) for one in names.stakeholders(state.plan))
    return Message(N_("At the customer: {names}."), {"names": known}) if known else Message(names.STAKEHOLDER.hint)


def _entry(told: Said, state: State, theirs: Sequence[str], ours: Sequence[str]) -> dict[str, Any]:
    plan = state.plan
    entry: dict[str, Any] = {"date": told.day, "kind": told.kind, "ours": list(ours), "theirs": list(theirs)}
    entry["content"] = said(told.content, "-m")
    if told.result and told.result.strip():
        entry["result"] = said(told.result, "--result")
    manager = plan.manager_on(told.day)
    if manager and manager not in ours:
        entry["reported"] = plan.today  # with these lines the manager hears of it
    if told.leads_to:
        asked = [one for one in told.leads_to if one.strip() != NOTHING]
        entry["leads_to"] = list(names.every(asked, names.leads(plan), names.THING))
    return entry


def _stances(told: Said, state: State) -> Mapping[str, str]:
    """The stances by whose they are; raises KamError unless each is one."""
    known, found = names.stakeholders(state.plan), {}
    for one in names.split(told.stances):
        who, equals, value = one.partition("=")
        if not equals:
            text = N_("“{text}” does not say whose stance is what.")
            raise KamError(Message(text, {"text": one}), Message(N_("Write it as in --stance cfo=supporter.")))
        found[names.understood(who, known, names.STAKEHOLDER)] = word("stance", value)
    if told.why and not found:
        raise KamError(Message(N_("--why says why somebody's stance is what it is; no stance was named.")))
    return found
