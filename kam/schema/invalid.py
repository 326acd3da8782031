"""Why a document is not as the schema wants it: the errors of `jsonschema` as findings in a salesperson's words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from re import compile as pattern
from typing import Any, cast

from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.validators import extend
from referencing import Registry

from kam import days
from kam.document import Document
from kam.finding import Finding, Message, Path, Place, pointer
from kam.language import N_
from kam.schema import sentence
from kam.schema.files import FileKind, label, load, shape
from kam.schema.sentence import Fault
from kam.schema.shape import Node, at
from kam.schema.valid import is_valid

MOST = 100
"""So many faults of a file are told one by one; the others are counted, section by section."""

_HEADS: Mapping[FileKind, Mapping[str, Any]] = {
    "account": {"version": 1, "name": "-"},
    "kam": {"company": "-"},
    "people": {},
    "standards": {},
    "play": {"version": 1, "name": "-", "steps": {}},
}
"""What a file must have for anything below it to be valid."""

_OF_SOURCE = frozenset({"source.number", "source.sharing", "source.tag", "source.control-character"})
"""Faults behind which the value is not the one that was meant."""

_DROWNED = {
    "schema.type": frozenset({"schema.enum", "schema.format", "schema.pattern", "schema.range"}),
    "schema.format": frozenset({"schema.pattern"}),
}
"""What is not said any more where something else is wrong with the same value."""


def findings(document: Document, kind: FileKind) -> tuple[Finding, ...]:
    """The faults of an invalid document, in the order of the file."""
    faults: dict[tuple[str, Path, str], Fault] = {}
    for error in _errors(document.data, kind):
        for fault in _faults(error, document.data, kind):
            faults.setdefault((fault.rule, fault.path, fault.object), fault)
    found = sorted(((_place(one, document), one) for one in _told(faults.values(), document)), key=_order)
    told = (_finding(one, place, document) for place, one in found[:MOST])
    return (*told, *_rest([one for _, one in found[MOST:]], document, kind))


def _order(found: tuple[Place, Fault]) -> tuple[object, ...]:
    place, fault = found
    return place.line, place.column, fault.rule, fault.object


def _place(fault: Fault, document: Document) -> Place:
    return document.place(fault.path) if fault.at_key else document.value_place(fault.path)


def _finding(fault: Fault, place: Place, document: Document) -> Finding:
    message, fix = fault.words()
    return Finding(fault.rule, "error", message, fix, document.name, place, pointer(fault.path), fault.object)


def _errors(data: Any, kind: FileKind) -> Iterator[ValidationError]:
    """Errors of the values themselves; of alternatives those of the one that was probably meant."""
    for error in validator(kind).iter_errors(suspects(data, kind)):
        yield from _meant(error)


def suspects(data: Mapping[str, Any], kind: FileKind) -> Mapping[str, Any]:
    """The data without the sections, and their entries, that are sound by themselves: the reference is slow."""
    required = load(kind).get("required", ())

    def sound(part: Mapping[str, Any]) -> bool:
        return is_valid({**_HEADS[kind], **part}, kind)

    def entries(section: str, value: Any) -> Any:
        found = at(shape(kind), (section,))
        if not found or not isinstance(value, dict) or "propertyNames" not in found.node:
            return value
        return {key: one for key, one in value.items() if not sound({section: {key: one}})}

    return {key: entries(key, one) for key, one in data.items() if key in required or not sound({key: one})}


def _meant(error: ValidationError) -> Iterator[ValidationError]:
    if error.validator not in ("anyOf", "oneOf"):
        yield error
        return
    branches: dict[int, list[ValidationError]] = {}
    for one in error.context or ():
        branches.setdefault(cast("int", one.relative_schema_path[0]), []).append(one)
    fitting = [ones for ones in branches.values() if not any(map(_of_another_type, ones))]
    if not fitting:
        yield error
        return
    for one in fitting[0]:
        yield from _meant(one)


def _of_another_type(error: ValidationError) -> bool:
    return error.validator == "type" and not error.relative_path


@cache
def validator(kind: FileKind) -> Draft202012Validator:
    """The reference: strict about the end of a text, dates from 1900 on, never a remote schema."""
    strict = extend(Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call] # it has no types
    checker = FormatChecker(formats=())
    checker.checks("date")(is_day)
    made: Draft202012Validator = strict(load(kind), registry=Registry(), format_checker=checker)
    return made


def is_day(value: object) -> bool:
    """Whether a text is a day of the calendar from 1900 on, such as 2026-01-15."""
    return not isinstance(value, str) or days.written(value) is not None


def _pattern(_: Any, wanted: str, value: object, __: Any) -> Iterator[ValidationError]:
    """`pattern` as JSON Schema means it; for Python alone a `$` would also stand before a last line end."""
    if isinstance(value, str) and not _compiled(wanted).search(value):
        yield ValidationError("pattern")


@cache
def _compiled(wanted: str) -> Any:
    return pattern(wanted.removesuffix("$") + r"\Z" if wanted.endswith("$") else wanted)


def _faults(error: ValidationError, data: Any, kind: FileKind) -> Iterator[Fault]:
    path: Path = tuple(error.absolute_path)
    rule, value, schema = cast("str", error.validator), cast(Any, error.instance), cast("Node", error.schema)
    if "propertyNames" in error.absolute_schema_path:
        yield sentence.key(rule, (*path, value), schema)
    elif "then" in error.absolute_schema_path and (rule == "required" or value is None):
        yield sentence.together(*_then(path if rule == "required" else path[:-1], kind, data))
    elif rule == "additionalProperties":
        yield from (sentence.unknown((*path, key), schema) for key in value if _unknown(key, schema))
    elif rule == "required":
        yield from (sentence.missing(path, key, kind) for key in schema["required"] if key not in value)
    elif rule == "type" and value is None:
        yield from _empty(path, kind)
    elif rule == "uniqueItems":
        yield from (sentence.repeated((*path, number), one) for number, one in _repeated(value))
    else:
        yield sentence.value(rule, path, value, error.validator_value, kind)


def _then(path: Path, kind: FileKind, data: Any) -> tuple[Path, str, tuple[str, ...]]:
    """Of a condition: where it stands, what was written, and what is missing because of it."""
    found = at(shape(kind), path)
    node: Mapping[str, Any] = found.node if found else {}
    for key in path:
        data = data[key]
    cause = ", ".join(f"{name}: {one['const']}" for name, one in node["if"]["properties"].items())
    return path, cause, tuple(name for name in node["then"]["required"] if data.get(name) is None)


def _unknown(key: str, schema: Mapping[str, Any]) -> bool:
    return key not in schema["properties"] and not key.startswith("x-")


def _empty(path: Path, kind: FileKind) -> Iterator[Fault]:
    """Nothing stands where something must: the field itself is missing, or those that it must hold."""
    found, parent = at(shape(kind), path), at(shape(kind), path[:-1])
    if parent and path[-1:] and path[-1] in parent.node.get("required", ()):
        yield sentence.nothing(path, kind)
    elif found and (needed := found.node.get("required")):
        yield from (sentence.missing(path, key, kind) for key in needed)
    else:
        yield sentence.value("type", path, None, None, kind)


def _repeated(values: list[Any]) -> Iterator[tuple[int, Any]]:
    """The entries that stood there before, with their positions; only texts can be repeated."""
    seen = set[str]()
    for number, one in enumerate(values):
        if isinstance(one, str) and one in seen:
            yield number, one
        elif isinstance(one, str):
            seen.add(one)


def _told(faults: Iterable[Fault], document: Document) -> Iterator[Fault]:
    """The faults without those that only follow from another one of the same value."""
    faults = tuple(faults)
    known = {one.pointer for one in document.faults if one.rule in _OF_SOURCE and one.severity == "error"}
    drowned = {(rule, fault.path) for fault in faults for rule in _DROWNED.get(fault.rule, ())}
    for fault in faults:
        if (fault.rule, fault.path) not in drowned and not {pointer(fault.path), f"/{fault.object}"} & known:
            yield fault


def _rest(faults: list[Fault], document: Document, kind: FileKind) -> Iterator[Finding]:
    """What is not told one by one, as one finding a section, so that nobody takes that section for sound."""
    sections = load(kind)["properties"]
    counts = Counter(one.path[:1] if one.path[:1] and one.path[0] in sections else () for one in faults)
    for path, count in counts.items():
        yield Finding(
            "schema.type" if path else "schema.unknown-key",
            "error",
            Message(N_("{field}: {count} more faults are not listed."), {"field": label(kind, path), "count": count}),
            Message(N_("Mend the faults that are listed first, then check again.")),
            document.name,
            document.place(path),
            pointer(path),
            pointer(path)[1:] or "/",
        )
