"""What is done: actions, entries of the roadmap, items of the learning plan, introductions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from kam.daily import names
from kam.daily.draft import Draft, State, happened
from kam.daily.names import Name
from kam.edit import Change, Put
from kam.finding import KamError, Message
from kam.language import N_


class Doable(NamedTuple):
    """Something that can be done, what is then written, and where its day is already there."""

    name: Name
    changes: tuple[Change, ...]
    done: bool
    what: str | Message


def finished(asked: str, day: date, state: State) -> Draft:
    """The thing is done since a day. Raises KamError where it is unknown, done already, or the day is to come."""
    happened(day, state.plan.today)
    every = list(doable(state, day))
    open_ = {one.name.id for one in every if not one.done}
    # Whatever is still open is meant first; only the exact id means what is done already.
    known = [one.name for one in every if one.name.id in open_ or one.name.id == asked]
    id = names.understood(asked, known, names.THING)
    found = [one for one in every if one.name.id == id]
    chosen = next((one for one in found if not one.done), found[0])
    if chosen.done:
        text, hint = N_("{name} is done already."), N_("Another day? Set it with `kam set`.")
        raise KamError(Message(text, {"name": id}), Message(hint))
    text = N_("{account}: done – {what} ({id}, {day})")
    values = {"account": state.plan.account.name, "what": chosen.what, "id": id, "day": day}
    return Draft(chosen.changes, Message(text, values))


def doable(state: State, day: date) -> Iterator[Doable]:
    """Everything that can be done, finished things too."""
    account = state.plan.account
    for one in (*(account.swot.actions.values() if account.swot else ()), *account.actions.values()):
        name, path = Name(one.id, (one.text,)), one.path
        yield Doable(name, (Put((*path, "status"), "done"), Put((*path, "done"), day)), one.status == "done", one.text)
    for entry in account.roadmap.entries.values() if account.roadmap else ():
        name = Name(entry.id, (entry.text,))
        yield Doable(name, (Put((*entry.path, "status"), "done"),), entry.status == "done", entry.text)
    yield from _lessons(state, day)
    yield from _introductions(state, day)


def _lessons(state: State, day: date) -> Iterator[Doable]:
    learning = state.plan.account.learning
    for one in learning.plan if learning else ():
        name = Name(f"{one.person}/{one.subject}", (one.text,))
        yield Doable(name, (Put((*one.path, "done"), day),), one.done is not None, one.text)


def _introductions(state: State, day: date) -> Iterator[Doable]:
    for one in state.plan.introductions:
        who = state.plan.who(one.member)
        whom = state.plan.title(one.stakeholder) if one.stakeholder else state.plan.account.name
        what = Message(N_("{name} introduced to {whom}"), {"name": who, "whom": whom})
        done = one.done is not None or "done" in one.faulty
        yield Doable(Name(one.object, (who,)), (Put((*one.path, "done"), day),), done, what)
