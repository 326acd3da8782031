"""The one way to change a playbook's files: under a lock, checked before it counts, whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from kam import edit, encoding, files, lock, schema, source
from kam.document import Document
from kam.edit import Change, Refused
from kam.finding import Finding, KamError, Message, pointer
from kam.language import N_
from kam.schema import FileKind

PREFIX = ".kam-edit-"
"""Of the files that a killed writer leaves; the next one takes them away."""
TRIES = 5
"""So often a change is planned anew when somebody else saves the file meanwhile."""

Plan = Callable[[Document], Iterable[Change] | Refused]
"""What shall change, seen from the settled document; asked again if the file has changed meanwhile."""

Comments = Callable[[Document], Iterable[str]]
"""Comment lines for the end of the file, seen from the document after the changes."""


def _none(_document: Document) -> Iterable[str]:
    return ()


class Written(NamedTuple):
    """A file before and after a change, both settled; the two are equal where there was nothing to change."""

    before: Document
    after: Document

    @property
    def changed(self) -> bool:
        return self.before.text != self.after.text

    def difference(self) -> str:
        """The lines that differ, as git shows them, each with an LF; control characters are made visible."""
        from difflib import unified_diff  # for few commands only

        old, new = (encoding.shown(one.text.replace("\r\n", "\n")).split("\n") for one in self)
        return "".join(f"{line}\n" for line in unified_diff(old, new, self.before.name, self.before.name, lineterm=""))


def write(root: Path, name: str, plan: Plan, kind: FileKind = "account", comments: Comments = _none) -> Written:
    """Change a file of a playbook; `root` is resolved, `name` counts from it. Raises KamError and leaves it as it was.

    written = writer.write(root, name, lambda document: [Append(("contacts",), contact)])
    """
    with lock.held(root):
        target = _target(root, name)
        _clean(target.parent)
        for _ in range(TRIES):
            raw, written = _planned(root, name, plan, kind, comments)
            if not written.changed or _replaced(root, name, target, (raw, _encoded(raw, written.after))):
                return written
    text = N_("{file} changes again and again while kam writes it; nothing was written.")
    raise KamError(Message(text, {"file": name}), Message(N_("Close the other program that saves it, and try again.")))


def preview(root: Path, name: str, plan: Plan, kind: FileKind = "account", comments: Comments = _none) -> Written:
    """What `write` would do, without doing it."""
    return _planned(root, name, plan, kind, comments)[1]


def _planned(root: Path, name: str, plan: Plan, kind: FileKind, comments: Comments) -> tuple[bytes, Written]:
    raw = files.read(root, name)
    if isinstance(raw, Finding):
        raise _refusal(name, raw.message, raw.fix)
    reading: source.Kind = "account" if kind == "account" else "company"
    before = schema.settle(source.read(raw, name, reading), kind)
    changes = plan(before)
    if not isinstance(changes, Refused):
        changes = tuple(changes)
        after = edit.changed(before, changes, reading, order(kind))
        if not isinstance(after, Refused) and (lines := list(comments(after))):
            after = edit.commented(after, lines, reading)
        if not isinstance(after, Refused):
            return raw, Written(before, _checked(before, schema.settle(after, kind), changes, kind))
        changes = after
    raise _refusal(name, changes.message, changes.fix)


def _checked(before: Document, after: Document, changes: Iterable[Change], kind: FileKind) -> Document:
    """The new document; raises KamError where it is at fault in what was changed, or more than before."""
    old, new = _faults(before, kind), _faults(after, kind)
    touched = tuple(_touched(after.data, changes))
    known = [one.rule for one in old]
    for one in new:
        ours = any(one.pointer == place or one.pointer.startswith(f"{place}/") for place in touched)
        if ours or one.rule not in known:
            raise _refusal(before.name, one.message, one.fix)
        known.remove(one.rule)
    return after


def _faults(document: Document, kind: FileKind) -> list[Finding]:
    return [one for one in (*document.faults, *schema.problems(document, kind)) if one.severity == "error"]


def _touched(data: Any, changes: Iterable[Change]) -> Iterable[str]:
    """Pointers to the values that are new."""
    for change in changes:
        if isinstance(change, edit.Put):
            yield pointer(change.path)
        elif isinstance(change, edit.Append):
            items = data
            for key in change.path:
                items = items[key]
            yield pointer((*change.path, len(items) - 1))


def order(kind: FileKind) -> edit.Order:
    """The order in which the schema of a kind of file names its keys."""
    return lambda path: tuple((schema.field(kind, path) or {}).get("properties", ()))


def _encoded(raw: bytes, after: Document) -> bytes:
    mark = encoding.BOM if raw.startswith(encoding.BOM) else b""
    return mark + after.text.encode("utf-8")


def _replaced(root: Path, name: str, target: Path, states: tuple[bytes, bytes]) -> bool:
    """Whether the file could be replaced; not if it is no longer what the change was planned for."""
    old, new = states
    try:
        with files.prepared(target, new, PREFIX) as temporary:
            if files.read(root, name) != old:
                return False
            temporary.replace(target)
    except OSError as error:
        hint = N_("The file is as it was. Make room on the disk, or give yourself the right to write there.")
        raise KamError(files.unwritable(name, error).message, Message(hint)) from error
    _settle_folder(target.parent)
    return True


def _settle_folder(folder: Path) -> None:
    """The new name on the disk too; where a system cannot do that for folders it keeps order by itself."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _target(root: Path, name: str) -> Path:
    """The file itself where the name is a link; that it lies inside the repository is checked when it is read."""
    try:
        return (root / name).resolve()
    except (OSError, RuntimeError):  # a link that leads to itself; reading says so
        return root / name


def _clean(folder: Path) -> None:
    """Take away what killed writers left; nobody else writes, for the lock is held."""
    for left in folder.glob(f"{PREFIX}*.tmp"):
        with suppress(OSError):
            left.unlink()


def _refusal(name: str, message: Message, fix: Message) -> KamError:
    said = N_("{file} was not changed: {why}")
    return KamError(Message(said, {"file": name, "why": message}), fix)
