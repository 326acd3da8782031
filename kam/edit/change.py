"""What shall change in a file's data: changes to new data, and two states of data to single steps between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Literal, NamedTuple

from kam.finding import Message, Path, pointer
from kam.language import N_


class Put(NamedTuple):
    """The value at the path becomes this one; keys on the way that do not exist yet are added.

    What a mapping or list has in common with the new one is left alone; the rest of it goes as with Remove.
    """

    path: Path
    value: Any


class Append(NamedTuple):
    """The list at the path gets one more item; an absent or empty list begins with it."""

    path: Path
    value: Any


class Remove(NamedTuple):
    """The entry or item at the path goes, with the comments on its own lines."""

    path: Path


Change = Put | Append | Remove
"""Values are str, int, float, bool, None, date (written as text), and lists and dicts of them."""

Order = Callable[[Path], Sequence[str]]
"""In which order the keys of the mapping at a path are written; empty where keys are ids."""


class Refused(NamedTuple):
    """Why nothing was changed, and what to do instead."""

    message: Message
    fix: Message
    path: Path = ()


class Step(NamedTuple):
    """One difference: a value replaced, an entry or item added behind `after` (None: first), or one removed."""

    kind: Literal["replace", "insert", "remove"]
    path: Path
    value: Any = None
    after: str | int | None = None


def unordered(_path: Path) -> Sequence[str]:
    """No order is known: new keys go to the end."""
    return ()


def same(one: Any, other: Any) -> bool:
    """Whether two values are equal and of the same types: `1`, `1.0` and `true` differ; the order of keys is free."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


def wanted(data: Any, change: Change) -> Any | Refused:
    """The data after the change; the given data stays as it is."""
    return _changed(data, change.path, 0, change)


def _changed(data: Any, path: Path, at: int, change: Change) -> Any | Refused:
    if at == len(path):
        return _end(data, change)
    key = path[at]
    if isinstance(data, list):
        if not isinstance(key, int) or not 0 <= key < len(data):
            return _absent(path[: at + 1])
        inside: Any = list(data)
        below: Any = inside[key]
    elif isinstance(data, dict) or data is None:
        if not isinstance(key, str):
            return _absent(path[: at + 1])
        inside = dict(data or {})
        below = inside.get(key)
    else:
        text = N_("{path} is a single value; nothing can stand below it.")
        fix = N_("Change the value itself, or choose another place.")
        return Refused(Message(text, {"path": pointer(path[:at])}), Message(fix), path[:at])
    if isinstance(change, Remove):
        if isinstance(inside, dict) and key not in inside:
            return _absent(path[: at + 1])
        if at + 1 == len(path):
            del inside[key]
            return inside
    new = _changed(below, path, at + 1, change)
    if isinstance(new, Refused):
        return new
    inside[key] = new
    return inside


def _end(data: Any, change: Change) -> Any | Refused:
    if isinstance(change, Put):
        return _plain(change.value)
    if isinstance(change, Remove):  # of the whole file
        return _absent(())
    if data is None or isinstance(data, list):
        return [*(data or ()), _plain(change.value)]
    text = N_("{path} is no list; nothing can be added to it.")
    fix = N_("Change the value itself, or choose another place.")
    return Refused(Message(text, {"path": pointer(change.path)}), Message(fix), change.path)


def _absent(path: Path) -> Refused:
    text, fix = N_("There is no {path} in the file."), N_("Look at the file for what it is called there.")
    return Refused(Message(text, {"path": pointer(path) or "/"}), Message(fix), path[:-1])


def _plain(value: Any) -> Any:
    """The value as the reader would give it: lists, dicts and text only."""
    if isinstance(value, dict):
        return {str(key): _plain(below) for key, below in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(below) for below in value]
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, str | int | float):
        return value
    raise TypeError(f"{type(value).__name__} cannot be written to a file")


def step(old: Any, new: Any, order: Order, path: Path = ()) -> Step | None:
    """The first difference between two states, as small as possible; None where there is none."""
    if isinstance(old, dict) and isinstance(new, dict) and old and (new or not path):
        return _in_mapping(old, new, order, path)
    if isinstance(old, list) and isinstance(new, list) and old and new:
        return _in_list(old, new, order, path)
    return None if same(old, new) else Step("replace", path, new)


def _in_mapping(old: dict[str, Any], new: dict[str, Any], order: Order, path: Path) -> Step | None:
    for key, value in new.items():
        if key not in old:
            return Step("insert", (*path, key), value, _before(key, list(old), list(order(path))))
        if below := step(old[key], value, order, (*path, key)):
            return below
    return next((Step("remove", (*path, key)) for key in old if key not in new), None)


def _before(key: str, there: list[str], order: list[str]) -> str | None:
    """The key behind which a new one goes: the nearest that comes before it in the order, else the last."""
    if key not in order:
        return there[-1]
    return next((known for known in reversed(order[: order.index(key)]) if known in there), None)


def _in_list(old: list[Any], new: list[Any], order: Order, path: Path) -> Step | None:
    shorter = min(len(old), len(new))
    head = next((at for at in range(shorter) if not same(old[at], new[at])), shorter)
    tail = next((at for at in range(shorter - head) if not same(old[-1 - at], new[-1 - at])), shorter - head)
    if head < len(old) - tail and head < len(new) - tail:
        return step(old[head], new[head], order, (*path, head))
    if len(new) > len(old):
        return Step("insert", (*path, head), new[head], head - 1 if head else None)
    return Step("remove", (*path, len(old) - tail - 1)) if len(old) > len(new) else None


def stepped(data: Any, step: Step, at: int = 0) -> Any:
    """The data after one step; only what lies above it is copied."""
    if at == len(step.path):
        return step.value
    key: Any = step.path[at]
    inside: Any = data.copy()
    if at + 1 < len(step.path):
        inside[key] = stepped(data[key], step, at + 1)
    elif step.kind == "remove":
        del inside[key]
    elif step.kind == "insert" and isinstance(inside, list):
        inside.insert(key, step.value)
    else:
        inside[key] = step.value
    return inside
