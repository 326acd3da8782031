"""Paths as somebody types them: `stakeholders.cfo.stance`, `/stakeholders/cfo/stance`, `cfo.stance`, `WO2.due`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from typing import Any

from kam import schema
from kam.daily import names
from kam.daily.draft import State
from kam.daily.names import Name
from kam.finding import KamError, Message, Path, path_of, pointer
from kam.language import N_
from kam.selection import near

Keys = tuple[str, ...]


def assignments(words: Iterable[str]) -> list[tuple[Keys, str]]:
    """Keys and values of `PATH=VALUE` words; a word without a value is the beginning of the paths after it."""
    begun: Keys = ()
    found: list[tuple[Keys, str]] = []
    last = None
    for word in words:
        left, equals, value = word.partition("=" if "=" in word else "＝")  # as a Chinese keyboard writes it
        keys = _keys(left)
        if not keys or not all(keys):
            raise _no_assignment(word)
        if equals:
            found.append(((*begun, *keys), value))
        else:
            begun = keys
        last = word if not equals else None
    if last is not None:
        raise _no_assignment(last)
    return found


def _keys(text: str) -> Keys:
    return path_of(text) if "/" in text else tuple(text.split("."))


def _no_assignment(word: str) -> KamError:
    text = N_("“{text}” is not PATH=VALUE.")
    return KamError(Message(text, {"text": word}), Message(N_("Write it as in stakeholders.cfo.stance=supporter.")))


def full(keys: Keys, state: State, given: Collection[Keys] = ()) -> Path:
    """The path from the top of the file; `given`: all keys that the command sets. Raises KamError."""
    if len(keys) == 1 or keys[0] in _fields(()) or keys[0].startswith("x-"):
        return _walked(keys, state, given)
    longer = list(dict.fromkeys(_longer(keys, state)))
    if len(longer) > 1:
        places = tuple(".".join(one) for one in longer)
        text = N_("“{name}” can be several: {names}.")
        message = Message(text, {"name": ".".join(keys), "names": places})
        raise KamError(message, Message(N_("Write the whole path.")))
    return _walked(longer[0] if longer else keys, state, given)


def _longer(keys: Keys, state: State) -> Iterator[Keys]:
    """The whole paths that a short one can stand for."""
    first, second, *_ = keys
    fields = _fields(("stakeholders", "id"))
    named = [(*map(str, path), *keys[1:]) for name, path in things(state) if name.id == first]
    yield from named
    if first in fields:
        yield ("stakeholders", second, first, *keys[2:])
    elif second in fields and (not named or first in state.plan.account.stakeholders):
        yield ("stakeholders", *keys)
    if first in _fields(("matrix",)):
        yield ("matrix", *keys)
    if first in {one.id for one in names.people(state.plan)} and second not in fields:
        yield ("matrix", "cells", *keys)
    elif second not in fields and any(first in (one.id, *one.called) for one in names.stakeholders(state.plan)):
        yield ("stakeholders", *keys)  # to be told which field was meant


def things(state: State) -> Iterator[tuple[Name, Path]]:
    """Actions, entries of the roadmap and items of the learning plan, and where they stand."""
    account = state.plan.account
    for action in (*(account.swot.actions.values() if account.swot else ()), *account.actions.values()):
        yield Name(action.id, (action.text,)), action.path
    for entry in account.roadmap.entries.values() if account.roadmap else ():
        yield Name(entry.id, (entry.text,)), entry.path
    for lesson in account.learning.plan if account.learning else ():
        yield Name(f"{lesson.person}/{lesson.subject}", (lesson.text,)), lesson.path


def _fields(path: Path) -> Mapping[str, Any]:
    found: Mapping[str, Any] = (schema.field("account", path) or {}).get("properties", {})
    return found


def _walked(keys: Keys, state: State, given: Collection[Keys]) -> Path:
    """The path with each key as the file has it."""
    path: Path = ()
    for depth, key in enumerate(keys):
        below = {one[depth + 1] for one in given if len(one) > depth + 1 and one[: depth + 1] == keys[: depth + 1]}
        path = (*path, _key(key, path, state, below))
    return path


def _key(key: str, path: Path, state: State, set_below: Set[str]) -> str | int:
    node = schema.field("account", path) or {}
    if "items" in node:
        return _position(key, path, state)
    fields = node.get("properties", {})
    if key in fields or key.startswith("x-") or (path[:1] and str(path[0]).startswith("x-")):
        return key
    if isinstance(node.get("additionalProperties"), dict):
        return _id(key, node, path, state, set_below)
    if not fields:
        text = N_("{path} is a single value; nothing can stand below it.")
        raise KamError(Message(text, {"path": pointer(path)}), Message(N_("Leave out what follows it.")))
    known = (*fields, *(_fields(("stakeholders", "id")) if not path else ()))
    nearest = near(key, known)
    hint = (
        Message(N_("Did you mean {name}?"), {"name": nearest})
        if nearest
        else Message(N_("Known here: {keys}."), {"keys": tuple(fields)})
    )
    text, values = N_("There is no field “{name}” in {path}."), {"name": key, "path": pointer(path)}
    raise KamError(Message(text if path else N_("There is no field “{name}”."), values), hint)


def _id(key: str, node: Mapping[str, Any], path: Path, state: State, set_below: Set[str]) -> str:
    """The id that a key means: a new one only where everything that it needs is set at once."""
    there = state.value(path)
    if isinstance(there, dict) and key in there:
        return key
    if known := _known(node.get("x-key-ref", ""), state):
        return names.understood(key, known[0], known[1])
    needed = (schema.field("account", (*path, key)) or {}).get("required", ())
    if set(needed) <= set_below:
        return key
    if path == ("stakeholders",):
        return names.understood(key, names.stakeholders(state.plan), names.STAKEHOLDER)
    return names.understood(key, [_called(id, one) for id, one in (there or {}).items()])


def _known(kind: str, state: State) -> tuple[Sequence[Name], names.Sort] | None:
    if kind in ("person", "member") and state.plan.company.known:
        return names.people(state.plan), names.PERSON
    if kind == "stakeholder":
        return names.stakeholders(state.plan), names.STAKEHOLDER
    return None


def _called(id: str, value: Any) -> Name:
    said = (value.get(key) for key in ("title", "name", "text", "promise")) if isinstance(value, dict) else ()
    return Name(id, tuple(one for one in said if isinstance(one, str)))


def _position(key: str, path: Path, state: State) -> int:
    """Where an item of a list stands: its number, counted from 0, or the name of a contact or its day."""
    number = len(state.value(path) or ())
    if key.isascii() and key.isdecimal() and int(key) < number:
        return int(key)
    named = {one.name: one.position for one in state.plan.account.contacts} if path == ("contacts",) else {}
    found = {at for name, at in named.items() if key in (name, name.partition("#")[0])}
    if len(found) == 1:
        return found.pop()
    text = N_("{path} has no item “{name}”.")
    fix = Message(N_("It has these: {names}."), {"names": tuple(named) or tuple(map(str, range(number)))})
    raise KamError(Message(text, {"path": pointer(path), "name": key}), fix)


def reference(kind: str, text: str, state: State) -> str:
    """The id that a value means; of kinds that are not known here, the text itself."""
    known = _known(kind, state)
    if known is None and kind == "lead":
        known = names.leads(state.plan), names.THING
    return names.understood(text, known[0], known[1]) if known else text
