"""What is wrong with a value and how to mend it, in the words of the field, for each kind of error of the schema."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from functools import partial
from typing import Any, NamedTuple

from kam import encoding
from kam.finding import Message, Path, pointer
from kam.language import N_
from kam.schema.files import FileKind, Label, at_types, field, label
from kam.syntax import TYPE_AGAIN, WIDE_COLON

_LONGEST = 60
_MANY = 14

_WANTED: Mapping[str, tuple[str, str]] = {
    "string": (N_("a text"), N_("Write one text; put it into quotes if it contains “: ” or begins with a bracket.")),
    "integer": (N_("a whole number"), N_("Write the number alone, without unit or separators, such as 30.")),
    "number": (N_("a number"), N_("Write the number alone, without unit or separators, such as 1200.5.")),
    "boolean": (N_("true or false"), N_("Write true or false.")),
    "array": (N_("a list"), N_("Write a list: [first, second], or each entry on its own line behind “- ”.")),
    "object": (N_("a group of fields"), N_("Write its fields below, each on its own line and indented.")),
}
_FOUND: Mapping[type, str] = {
    str: N_("a text"),
    bool: N_("true or false"),
    int: N_("a number"),
    float: N_("a number"),
    list: N_("a list"),
    dict: N_("a group of fields"),
    type(None): N_("nothing"),
}


Words = tuple[Message, Message]
"""What is wrong, and how to mend it."""


class Fault(NamedTuple):
    """One fault before it has a place; its words are made only if it is told, for a file may have very many faults."""

    rule: str
    path: Path
    at_key: bool
    """Whether it stands at the key or at the value."""
    object: str
    words: Callable[[], Words]


def _fault(
    rule: str, path: Path, words: Callable[[], Words], *, at_key: bool = False, object: str | None = None
) -> Fault:
    return Fault(f"schema.{rule}", path, at_key, object or pointer(path)[1:] or "/", words)


def unknown(path: Path, schema: Mapping[str, Any]) -> Fault:
    """A key that the schema does not know."""
    return _fault("unknown-key", path, partial(_unknown, str(path[-1]), schema["properties"]), at_key=True)


def missing(path: Path, key: str, kind: FileKind) -> Fault:
    """A required key that is not there."""
    object = pointer((*path, key))[1:]
    return _fault("missing-key", path, partial(_missing, path, key, kind), at_key=True, object=object)


def nothing(path: Path, kind: FileKind) -> Fault:
    """A required key that has nothing behind its colon."""
    return _fault("missing-key", path, partial(_blank, path, kind), at_key=True)


def key(rule: str, path: Path, schema: Mapping[str, Any]) -> Fault:
    """A key chosen by the writer that is not an id, a year …"""
    if rule == "maxLength":
        return _fault("range", path, partial(_too_long, path[-1], schema["maxLength"]), at_key=True)
    return _fault("pattern", path, partial(_form, path[-1], schema), at_key=True)


def together(path: Path, cause: str, keys: tuple[str, ...]) -> Fault:
    """Fields that one value makes necessary."""
    return _fault("combination", path, partial(_together, cause, keys), at_key=True)


def repeated(path: Path, value: object) -> Fault:
    """An entry that stood in its list before."""
    return _fault("combination", path, partial(_repeated, value))


def value(rule: str, path: Path, value: object, limit: object, kind: FileKind) -> Fault:
    """Any other error of a value; `limit` is what the schema says about it."""
    if rule == "enum":
        return _fault("enum", path, partial(_word, path, value, kind))
    if rule == "format":
        return _fault("format", path, partial(_not_a_day, value))
    if rule == "pattern" and not str(value).strip():
        return _fault("pattern", path, partial(_blank, path, kind))
    if rule == "pattern":
        return _fault("pattern", path, lambda: _form(value, field(kind, path) or {}))
    if rule == "maxLength":
        return _fault("range", path, partial(_too_long, value, limit))
    if rule in _LIMITS:
        return _fault("range", path, partial(_limit, rule, path, value, limit, kind))
    return _fault("type", path, partial(_type, path, value, kind))


def _unknown(name: str, known: Mapping[str, Any]) -> Words:
    if sign := encoding.wide(name):
        text = N_("“{key}” is not a field that stands here: it holds {sign} instead of an ordinary sign.")
        return Message(text, {"key": _shown(name), "sign": sign}), Message(TYPE_AGAIN)
    message = Message(N_("“{key}” is not a field that stands here."), {"key": _shown(name)})
    near = _nearest(name, {_chinese(node, key): key for key, node in known.items()} | {key: key for key in known})
    if not near:
        return message, Message(N_("Known here: {keys}. A field of your own begins with x-."), {"keys": _some(known)})
    title = {"en": known[near].get("title", near), "zh": _chinese(known[near], near)}
    fix = N_("Did you mean “{near}” ({title})? A field of your own begins with x-.")
    return message, Message(fix, {"near": near, "title": title})


def _chinese(node: Mapping[str, Any], key: str) -> str:
    title: str = node.get("x-zh", {}).get("title", key)
    return title


def _some(keys: Mapping[str, Any]) -> tuple[str, ...]:
    """As many keys as one reads."""
    return tuple(keys) if len(keys) <= _MANY else (*list(keys)[:_MANY], "…")


def _missing(path: Path, key: str, kind: FileKind) -> Words:
    says = _description((*path, key), kind)
    return (
        Message(N_("“{key}” is missing: {title}."), {"key": key, "title": label(kind, (*path, key))}),
        Message(N_("Write a line “{key}: …” here. {says}"), {"key": key, "says": says}),
    )


def _blank(path: Path, kind: FileKind) -> Words:
    says = _description(path, kind)
    return (
        Message(N_("“{key}” is empty: {title}."), {"key": path[-1], "title": label(kind, path)}),
        Message(N_("Write it behind the colon. {says}"), {"says": says}),
    )


def _description(path: Path, kind: FileKind) -> Label:
    node = field(kind, path) or {}
    return {"en": node.get("description", ""), "zh": node.get("x-zh", {}).get("description", "")}


def _together(cause: str, keys: tuple[str, ...]) -> Words:
    return (
        Message(N_("With “{cause}” these must be filled in as well: {keys}."), {"cause": cause, "keys": keys}),
        Message(N_("Fill them in, or change “{cause}”."), {"cause": cause}),
    )


def _repeated(value: object) -> Words:
    return (
        Message(N_("“{value}” stands in this list twice."), {"value": _shown(value)}),
        Message(N_("Delete one of the two.")),
    )


def _limit(rule: str, path: Path, value: object, limit: object, kind: FileKind) -> Words:
    text, fix = _LIMITS[rule]
    said = {"field": label(kind, path), "value": _shown(value), "limit": limit}
    return Message(text, said), Message(fix, said)


_LIMITS: Mapping[str, tuple[str, str]] = {
    "minimum": (N_("{field}: {value} is too small."), N_("Write a number of at least {limit}.")),
    "maximum": (N_("{field}: {value} is too large."), N_("Write a number of at most {limit}.")),
    "minItems": (N_("{field}: the list is empty."), N_("Name at least {limit}.")),
}


def _type(path: Path, value: object, kind: FileKind) -> Words:
    wanted = [name for name in _WANTED if name in at_types(kind, path)] or ["string"]
    if wanted == ["object"] and isinstance(value, str) and "：" in value:
        return Message(WIDE_COLON), Message(TYPE_AGAIN)
    said = {
        "field": label(kind, path),
        "wanted": Message(_WANTED[wanted[0]][0]),
        "other": Message(_WANTED[wanted[-1]][0]),
        "found": Message(_FOUND[type(value)]),
    }
    one = N_("{field} must be {wanted}; here stands {found}.")
    two = N_("{field} must be {wanted} or {other}; here stands {found}.")
    return Message(one if len(wanted) == 1 else two, said), Message(_WANTED[wanted[0]][1])


def _word(path: Path, value: object, kind: FileKind) -> Words:
    node = field(kind, path) or {}
    allowed = [one for one in node.get("enum", ()) if one is not None]
    labels: Mapping[str, Label] = node.get("x-words", {})
    said = {str(one): _labelled(str(one), labels.get(str(one))) for one in allowed}
    spoken = {labels[one]["zh"]: one for one in labels} | {labels[one]["en"].lower(): one for one in labels}
    message = Message(
        N_("{field}: “{value}” is not one of the words for it."), {"field": label(kind, path), "value": _shown(value)}
    )
    if sign := encoding.wide(str(value)):
        text = N_("{field}: “{value}” is not one of the words for it: it holds {sign} instead of an ordinary sign.")
        said_so = {"field": label(kind, path), "value": _shown(value), "sign": sign}
        return Message(text, said_so), Message(TYPE_AGAIN)
    near = _nearest(str(value), {**spoken, **{one: one for one in said}})
    words = {"near": said.get(near or ""), "words": tuple(said.values())}
    return message, Message(N_("Did you mean {near}? Allowed: {words}.") if near else N_("Allowed: {words}."), words)


def _labelled(word: str, label: Label | None) -> Label:
    """A word as one writes it, with its meaning for those who read Chinese."""
    return {"en": word, "zh": f"{word}（{label['zh']}）" if label else word}


def _not_a_day(value: object) -> Words:
    return (
        Message(N_("“{value}” is not a day of the calendar."), {"value": _shown(value)}),
        Message(N_("Write year-month-day, such as 2026-01-15; the earliest year is 1900.")),
    )


def _form(value: object, node: Mapping[str, Any]) -> Words:
    """A text that has not the form that its field asks for, by the words that stand at the pattern."""
    chinese = node.get("x-zh", {})
    form = {"en": node.get("title", ""), "zh": chinese.get("title", "")}
    says = {"en": node.get("description", ""), "zh": chinese.get("description", "")}
    example = str(next(iter(node.get("examples", ())), ""))
    return (
        Message(N_("“{value}” cannot stand here ({form})."), {"value": _shown(value), "form": form}),
        Message(N_("{says} Example: {example}"), {"says": says, "example": example}),
    )


def _too_long(value: object, limit: object) -> Words:
    return (
        Message(N_("“{value}” is too long."), {"value": _shown(value)}),
        Message(N_("Write at most {limit} characters."), {"limit": limit}),
    )


def _nearest(name: str, candidates: Mapping[str, str]) -> str | None:
    """What was probably meant; `candidates` holds the spellings and what each of them stands for."""
    found = get_close_matches(name.strip().lower()[:_LONGEST], list(candidates), 1, 0.6)
    return candidates[found[0]] if found else None


def _shown(value: object) -> str:
    """A value on one line, cut where it gets long."""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
