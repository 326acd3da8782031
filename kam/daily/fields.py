"""Fields of an account: values as somebody types them, and the changes that set them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kam import schema
from kam.daily import names, paths
from kam.daily.draft import BLANK, Draft, State, stance
from kam.edit import Change, Put, Refused, Remove
from kam.edit.change import wanted
from kam.finding import KamError, Message, Path, pointer
from kam.language import N_

_YES = {"true": True, "yes": True, "是": True, "false": False, "no": False, "否": False}
_TODAY = ("today", "今天")
_MOST = 3


def setting(words: Iterable[str], why: str | None, state: State) -> Draft:
    """What `PATH=VALUE` words change; an empty value takes the field away. Raises KamError."""
    asked = paths.assignments(words)
    given = [keys for keys, _ in asked]
    changes: list[Change] = []
    told: list[Message] = []
    stances = 0
    first = state
    for keys, text in asked:
        path = paths.full(keys, first, given)
        for change in _changes(path, text, why, state):
            changes.append(change)
            state = _after(state, change)
        stances += _is_stance(path) and bool(text)
        told.append(_told(path, text, state))
    if why and not stances:
        raise KamError(Message(N_("--why says why somebody's stance is what it is; no stance was named.")))
    return Draft(tuple(changes), _sentence(state, told))


def _changes(path: Path, text: str, why: str | None, state: State) -> Sequence[Change]:
    if text == BLANK:
        raise KamError(Message(N_("{path}: nothing is said there."), {"path": pointer(path)}))
    if text == "":
        return (Remove(path),)
    value = _value(path, text, state)
    if _is_stance(path):
        return stance(str(path[1]), value, state.plan.today, state.author, why)
    if path[:2] == ("matrix", "cells"):
        return (_cell(path, value, state),)
    return (Put(path, value),)


def _is_stance(path: Path) -> bool:
    return len(path) == 3 and path[0] == "stakeholders" and path[2] == "stance"


def _cell(path: Path, value: Any, state: State) -> Change:
    """A cell is its level, or a mapping that has one."""
    at, there = path[:4], state.value(path[:4])
    if len(path) == len(at) and isinstance(there, dict):
        return Put((*at, "level"), value)
    if len(path) == len(at) + 1 and isinstance(there, str):
        return Put(at, {"level": there, path[-1]: value})
    if len(path) > len(at) + 1 and isinstance(there, str):
        return Put(at, {"level": there, path[4]: {path[5]: value}})
    return Put(path, value)


def _after(state: State, change: Change) -> State:
    """The state that the next change starts from."""
    data = wanted(state.data, change)
    return state if isinstance(data, Refused) else state._replace(data=data)


def _value(path: Path, text: str, state: State) -> Any:
    """The value as the file has it; what fits nowhere stays a text, about which the schema complains."""
    node = schema.field("account", path) or {}
    if "array" in _types(node):
        items = schema.field("account", (*path, 0)) or {}
        inside = text[1:-1] if text.startswith("[") and text.endswith("]") else text  # as it stands in the file
        return [_single((*path, 0), items, one, state) for one in names.split((inside,))]
    return _single(path, node, text, state)


def _types(node: Mapping[str, Any]) -> set[str]:
    said = node.get("type", ())
    return {said} if isinstance(said, str) else {*said} - {"null"}


def _single(path: Path, node: Mapping[str, Any], text: str, state: State) -> Any:
    types = _types(node)
    if types and not types & {"string", "integer", "number", "boolean"}:
        said = N_("{path} holds several fields; say which one.")
        fields = tuple(node.get("properties", ()))
        hint = Message(N_("It has these: {names}."), {"names": fields}) if fields else None
        raise KamError(Message(said, {"path": pointer(path)}), hint)
    if "x-ref" in node:
        return paths.reference(node["x-ref"], text, state)
    if "x-words" in node:
        return _word(node["x-words"], text)
    if node.get("format") == "date" and text.strip().casefold() in _TODAY:
        return state.plan.today
    if "string" in types or not types:
        return text
    if "boolean" in types:
        return _YES.get(text.strip().casefold(), text)
    return _number(text)


def _number(text: str) -> Any:
    plain = text.strip()
    if re.fullmatch(r"-?[0-9]{1,15}", plain):
        return int(plain)
    return float(plain) if re.fullmatch(r"-?[0-9]{1,15}\.[0-9]{1,9}", plain) else text


def word(kind: str, text: str) -> str:
    """The word of an enumeration that is meant, also by its label in either language."""
    return _word(schema.words(kind), text)


def _word(labels: Mapping[str, Mapping[str, str]], text: str) -> str:
    asked = text.strip().casefold()
    for value, said in labels.items():
        if asked == value or asked in (one.casefold() for one in said.values()):
            return value
    return text.strip()


def _told(path: Path, text: str, state: State) -> Message:
    """One change as a salesperson says it."""
    values = {"field": schema.label("account", path), "thing": _thing(path, state), "value": _said(path, state)}
    if text == "":
        return Message(N_("{thing}: {field} taken away") if values["thing"] else N_("{field} taken away"), values)
    if path[:2] == ("matrix", "cells") and len(path) == 4:
        return Message(N_("{thing}: {value}"), values)
    return Message(N_("{thing}: {field} {value}") if values["thing"] else N_("{field}: {value}"), values)


def _said(path: Path, state: State) -> object:
    value = state.value(path)
    value = value["level"] if isinstance(value, dict) and "level" in value else value
    labels = (schema.field("account", path) or {}).get("x-words", {})
    if isinstance(value, list):
        return tuple(map(str, value))
    return labels.get(value, value) if isinstance(value, str) else value


def _thing(path: Path, state: State) -> object:
    """What a field belongs to."""
    plan = state.plan
    if path[0] == "stakeholders" and len(path) > 2:
        return plan.title(str(path[1]))
    if path[:2] == ("matrix", "cells") and len(path) > 3:
        return f"{plan.who(str(path[2]))} – {plan.title(str(path[3]))}"
    if path[:2] == ("matrix", "introductions") and len(path) > 2:
        return plan.who(str(path[2]))
    return str(path[-2]) if len(path) > 1 else ""


def _sentence(state: State, told: Sequence[Message]) -> Message:
    what: list[Message] = list(told) if len(told) <= _MOST + 1 else list(told[:_MOST])
    if len(what) < len(told):
        what.append(Message(N_("{n} more"), {"n": len(told) - len(what)}))
    return Message(N_("{account}: {what}"), {"account": state.plan.account.name, "what": tuple(what)})
