"""Values get the reading that the schema wants: `phone: 13800138000` is a text, `cost: .nan` is no number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kam import fault, suspect
from kam.document import Document, Plain
from kam.finding import Finding, Message, Path, path_of, pointer
from kam.language import N_
from kam.schema.files import FileKind, label, shape
from kam.schema.shape import OWN, Shape, at

_HIDDEN = "source.control-character"
_SWITCHES = frozenset({"yes", "no", "on", "off", "y", "n"})


def settle(document: Document, kind: FileKind) -> Document:
    """The document with plain numbers and booleans as text where the schema wants text; adds what is then wrong.

    What only the schema tells from a text, an id or a word, may hold no character that nobody sees.
    """
    if document.data is None or not (document.plain or document.faults):
        return document
    texts: list[tuple[Path, str]] = []
    faults: list[Finding] = []
    whole = shape(kind)
    for one in document.plain:
        found = at(whole, one.path)
        if found is None or found is OWN:
            continue
        if found.wants_text:
            texts.append((one.path, one.raw))
            read_as_text = isinstance(_value(document.data, one.path), str)  # then that was looked at already
            if found.free and not read_as_text and (cut := suspect.cut_behind(document.text, one)):
                faults.append(fault.finding(document.name, document.text, cut))
            if found.free and one.raw.lower() in _SWITCHES:
                faults.append(_looks_boolean(one, document.name))
        elif one.raw.lower() not in _SWITCHES and isinstance(_value(document.data, one.path), str):
            faults.append(_not_a_number(one, document.name, kind))
    known = tuple(_no_text(one, document.data, whole) if one.rule == _HIDDEN else one for one in document.faults)
    if not texts and not faults and known == document.faults:
        return document
    return document._replace(data=_with(document.data, texts), faults=(*known, *faults))


def _no_text(one: Finding, data: Any, whole: Shape) -> Finding:
    """The warning of a character that nobody sees, as an error where no free text stands."""
    path: list[str | int] = []
    for key in path_of(one.pointer):
        path.append(int(key) if isinstance(data, list) else key)
        data = data[path[-1]]
    found = at(whole, tuple(path))
    if one.severity == "error" or not path or found is None or found is OWN or found.free or not isinstance(data, str):
        return one
    return one._replace(severity="error")


def _value(data: Any, path: Path) -> Any:
    for key in path:
        data = data[key]
    return data


def _with(data: dict[str, Any], texts: Iterable[tuple[Path, str]]) -> dict[str, Any]:
    """The data with other values at some paths; only what lies above them is copied."""
    top, copied = dict(data), set[int]()
    for path, text in texts:
        inside: Any = top
        for key in path[:-1]:
            if id(inside[key]) not in copied:
                inside[key] = inside[key].copy()
                copied.add(id(inside[key]))
            inside = inside[key]
        inside[path[-1]] = text
    return top


def _looks_boolean(one: Plain, file: str) -> Finding:
    return Finding(
        "source.looks-boolean",
        "warning",
        Message(N_("“{raw}” stands here as a text, but looks like a yes-or-no."), {"raw": one.raw}),
        Message(N_('If the text is meant, put it into quotes: "{raw}".'), {"raw": one.raw}),
        file,
        one.place,
        pointer(one.path),
        pointer(one.path)[1:],
    )


def _not_a_number(one: Plain, file: str, kind: FileKind) -> Finding:
    return Finding(
        "source.number",
        "error",
        Message(N_("{field}: one cannot reckon with {raw}."), {"field": label(kind, one.path), "raw": one.raw[:40]}),
        Message(N_("Write a finite number, at most 9007199254740992 (2^53); if a text is meant, put it into quotes.")),
        file,
        one.place,
        pointer(one.path),
        pointer(one.path)[1:],
    )
