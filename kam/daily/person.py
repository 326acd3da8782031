"""The customer's people come, go and follow one another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kam import schema
from kam.daily import names
from kam.daily.draft import Draft, State, bare, stance
from kam.daily.fields import word
from kam.edit import Change, Put, Remove
from kam.finding import KamError, Message
from kam.language import N_

OF_THE_POSITION = ("title", "unit", "work", "level", "reports_to", "side", "buying_roles")
"""What a successor takes over; all else is about the person."""


def added(id: str, fields: Mapping[str, Any], why: str | None, state: State) -> Draft:
    """Somebody new at the customer. Raises KamError where the id is taken, or there is no title."""
    _free(id, state)
    if not bare(fields.get("title") or ""):
        raise KamError(Message(N_("What is the person's position? Say it with --title.")))
    changes = (Put(("stakeholders", id), _person(fields, state)), *_stance(id, fields, why, state))
    text = N_("{account}: {title} is new among the people we know")
    return Draft(changes, Message(text, {"account": state.plan.account.name, "title": fields["title"]}))


def left(who: str, successor: str | None, state: State) -> Draft:
    """Somebody left; perhaps somebody known follows. Raises KamError."""
    known = names.stakeholders(state.plan)
    id = names.understood(who, known, names.STAKEHOLDER)
    changes: list[Change] = [Put(("stakeholders", id, "status"), "left")]
    values = {"account": state.plan.account.name, "title": state.plan.title(id)}
    if successor is None:
        return Draft(tuple(changes), Message(N_("{account}: {title} left"), values))
    new = names.understood(successor, known, names.STAKEHOLDER)
    if new == id:
        raise KamError(Message(N_("Nobody follows themselves: {name}."), {"name": id}))
    changes.append(Put(("stakeholders", id, "successor"), new))
    text = N_("{account}: {title} left, {new} follows")
    return Draft(tuple(changes), Message(text, {**values, "new": state.plan.title(new)}))


def replaced(who: str, new: str, fields: Mapping[str, Any], why: str | None, state: State) -> Draft:
    """Somebody left and somebody new has the position: the cells of the matrix move, introductions begin anew."""
    id = names.understood(who, names.stakeholders(state.plan), names.STAKEHOLDER)
    _free(new, state)
    old = state.value(("stakeholders", id)) or {}
    position = {key: old[key] for key in OF_THE_POSITION if old.get(key) not in (None, "", [])}
    person = _ordered({**position, **_person(fields, state)})
    changes = (
        Put(("stakeholders", id, "status"), "left"),
        Put(("stakeholders", id, "successor"), new),
        Put(("stakeholders", new), person),
        *_stance(new, fields, why, state),
        *_reports(id, new, state),
        *_moved(id, new, state),
    )
    text = N_("{account}: {title} left, {new} follows")
    said = {"title": state.plan.title(id), "new": person.get("name") or person.get("title") or new}
    return Draft(changes, Message(text, {"account": state.plan.account.name, **said}))


def _free(id: str, state: State) -> None:
    if id in state.plan.account.stakeholders or state.value(("stakeholders", id)) is not None:
        text, hint = N_("There is already somebody with the id {name}."), N_("Choose another id for the new one.")
        raise KamError(Message(text, {"name": id}), Message(hint))


def _person(fields: Mapping[str, Any], state: State) -> dict[str, Any]:
    """The fields that were said, without the stance."""
    said = {key: value for key, value in fields.items() if value not in (None, "", ()) and key != "stance"}
    if "reports_to" in said:
        said["reports_to"] = names.understood(said["reports_to"], names.stakeholders(state.plan), names.STAKEHOLDER)
    if "buying_roles" in said:
        said["buying_roles"] = [word("buying-role", one) for one in names.split(said["buying_roles"])]
    return _ordered(said)


def _ordered(person: Mapping[str, Any]) -> dict[str, Any]:
    """The fields in the order of the schema."""
    known = (schema.field("account", ("stakeholders", "id")) or {}).get("properties", {})
    return {key: person[key] for key in known if key in person}


def _stance(id: str, fields: Mapping[str, Any], why: str | None, state: State) -> tuple[Change, ...]:
    value = fields.get("stance")
    if not value:
        if why:
            raise KamError(Message(N_("--why says why somebody's stance is what it is; no stance was named.")))
        return ()
    return stance(id, word("stance", value), state.plan.today, state.author, why)


def _reports(id: str, new: str, state: State) -> list[Change]:
    """Whoever reported to the old one reports to the new one."""
    people = state.plan.account.stakeholders.values()
    return [Put(("stakeholders", one.id, "reports_to"), new) for one in people if one.reports_to == id]


def _moved(id: str, new: str, state: State) -> list[Change]:
    """The old one's cells become the new one's; who was introduced to the old one is not yet to the new one."""
    rows = state.value(("matrix", "cells"))
    changes: list[Change] = []
    for member, row in rows.items() if isinstance(rows, dict) else ():
        if isinstance(row, dict) and row.get(id) is not None:
            at = ("matrix", "cells", member)
            changes += [Put((*at, new), _without_introduction(row[id])), Remove((*at, id))]
    return changes


def _without_introduction(cell: Any) -> Any:
    if not isinstance(cell, dict):
        return cell
    kept = {key: value for key, value in cell.items() if key != "introduced"}
    return kept["level"] if kept.keys() == {"level"} else kept
