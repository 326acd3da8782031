"""Changing the text of a YAML file: only what changes is written, and read back before anybody believes it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from kam import fault, source
from kam.document import Document
from kam.edit import scalar
from kam.edit.change import (
    Append,
    Change,
    Order,
    Put,
    Refused,
    Remove,
    Step,
    same,
    step,
    stepped,
    unordered,
    wanted,
)
from kam.edit.comment import commented
from kam.edit.layout import Layout, layout
from kam.edit.splice import StuckError, by_hand, spliced, splices
from kam.finding import Finding, Message, Path
from kam.language import N_
from kam.source import Kind

__all__ = ["Append", "Change", "Order", "Put", "Refused", "Remove", "changed", "commented"]


def changed(document: Document, changes: Iterable[Change], kind: Kind, order: Order = unordered) -> Document | Refused:
    """The document after the changes, one after the other: comments and layout stay, nothing else is touched.

    The new text is spliced at the marks of the old one and read again: its data is the old data with exactly these
    changes, and it has no fault that the old one did not have. `order` places keys that are new.
    """
    now = source.read(document.text.encode("utf-8", "surrogatepass"), document.name, kind)  # as written, not settled
    if now.data is None:
        text = N_("The file cannot be read, so nothing is written to it.")
        return Refused(Message(text), Message(N_("First put right what `kam check` says about it.")))
    for change in changes:
        after = _after(now, change, kind, order)
        if isinstance(after, Refused):
            return after
        now = after
    return now


def _after(now: Document, change: Change, kind: Kind, order: Order) -> Document | Refused:
    """The document after one change, in as many steps as there are differences."""
    refused = None if isinstance(change, Remove) else _hidden(change.value, change.path)
    new = refused or wanted(now.data, change)
    if isinstance(new, Refused):
        return new
    one = Step("remove", change.path) if isinstance(change, Remove) else step(now.data, new, order)
    while one:
        after = _stepped(now, one, kind)
        if isinstance(after, Refused):
            return after
        now = after
        one = step(now.data, new, order)
    return now


def _stepped(now: Document, one: Step, kind: Kind) -> Document | Refused:
    """The document after one step; a text of several lines is quoted where lines of its own do not fit in."""
    habits = layout(now)
    after = _proved(now, one, kind, habits)
    return after if isinstance(after, Document) else _proved(now, one, kind, habits._replace(literals=False))


def _proved(now: Document, one: Step, kind: Kind, habits: Layout) -> Document | Refused:
    """The document after one step, proved by reading it."""
    try:
        text = spliced(now.text, splices(now, one, habits))
    except StuckError as stuck:
        return stuck.refused
    after = source.read(text.encode("utf-8", "surrogatepass"), now.name, kind)
    large = any(found.rule == "source.too-large" for found in after.faults)
    if (after.data is not None or large) and (refused := _worse(now, after)):
        return refused
    return after if same(after.data, stepped(now.data, one)) else by_hand(now, one.path).refused


def _hidden(value: Any, path: Path) -> Refused | None:
    """The characters of a value that no file may hold."""
    if isinstance(value, dict | list | tuple):
        inside = [*value, *value.values()] if isinstance(value, dict) else value
        return next(filter(None, (_hidden(below, path) for below in inside)), None)
    if isinstance(value, str) and (found := scalar.hidden(value)):
        noted = fault.hidden(found, 0, 0, path)
        return Refused(noted.message, noted.fix, path)
    return None


def _worse(old: Document, new: Document) -> Refused | None:
    """The first fault that the new text has more than the old one."""
    known = Counter(one.rule for one in _errors(old))
    for one in _errors(new):
        known[one.rule] -= 1
        if known[one.rule] < 0:
            return Refused(one.message, one.fix)
    return None


def _errors(document: Document) -> list[Finding]:
    return [one for one in document.faults if one.severity == "error"]
