"""Why a document is not as the schema wants it: the errors of `jsonschema` as findings in a salesperson's words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from re import compile as pattern
from typing import Any, cast

from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.validators import extend
from referencing import Registry

from kam.finding import Finding, Message, Path, pointer
from kam.language import N_
from kam.schema import sentence
from kam.schema.files import FileKind, label, load, shape
from kam.schema.sentence import Fault
from kam.schema.shape import Node, at
from kam.source import Document

MOST = 100
"""So many faults of a file are told one by one; the others are counted, section by section."""

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
    found = sorted((_finding(one, document) for one in _told(faults.values(), document)), key=_order)
    return (*found[:MOST], *_rest(found[MOST:], document, kind))


def _order(finding: Finding) -> tuple[object, ...]:
    return finding.place.line, finding.place.column, finding.rule, finding.object


def _errors(data: Any, kind: FileKind) -> Iterator[ValidationError]:
    """Errors of the values themselves; of alternatives those of the one that was probably meant."""
    for error in validator(kind).iter_errors(data):
        yield from _meant(error)


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
    if not isinstance(value, str):
        return True
    try:
        return len(value) == 10 and value[4] == value[7] == "-" and date.fromisoformat(value).year >= 1900
    except ValueError:
        return False


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
        yield from _empty(path, error, kind)
    elif rule == "uniqueItems":
        yield from (sentence.repeated((*path, number), one) for number, one in _repeated(value))
    else:
        yield sentence.value(rule, path, value, error, kind)


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


def _empty(path: Path, error: ValidationError, kind: FileKind) -> Iterator[Fault]:
    """Nothing stands where something must: the field itself is missing, or those that it must hold."""
    found, parent = at(shape(kind), path), at(shape(kind), path[:-1])
    if parent and path[-1:] and path[-1] in parent.node.get("required", ()):
        yield sentence.missing(path[:-1], str(path[-1]), kind)
    elif found and (needed := found.node.get("required")):
        yield from (sentence.missing(path, key, kind) for key in needed)
    else:
        yield sentence.value("type", path, None, error, kind)


def _repeated(values: list[Any]) -> Iterator[tuple[int, Any]]:
    for number, one in enumerate(values):
        if one in values[:number]:
            yield number, one


def _told(faults: Iterable[Fault], document: Document) -> Iterator[Fault]:
    """The faults without those that only follow from another one of the same value."""
    faults = tuple(faults)
    known = {one.pointer for one in document.faults if one.rule in _OF_SOURCE}
    drowned = {(rule, fault.path) for fault in faults for rule in _DROWNED.get(fault.rule, ())}
    for fault in faults:
        if (fault.rule, fault.path) not in drowned and not {pointer(fault.path), f"/{fault.object}"} & known:
            yield fault


def _finding(fault: Fault, document: Document) -> Finding:
    place = document.place(fault.path) if fault.at_key else document.value_place(fault.path)
    at = pointer(fault.path)
    return Finding(fault.rule, "error", fault.message, fault.fix, document.name, place, at, fault.object)


def _rest(found: list[Finding], document: Document, kind: FileKind) -> Iterator[Finding]:
    """What is not told one by one, as one finding a section, so that nobody takes that section for sound."""
    counts = Counter(one.pointer.split("/")[1] for one in found if one.pointer)
    for section, count in counts.items():
        path = (section.replace("~1", "/").replace("~0", "~"),)
        yield Finding(
            "schema.type",
            "error",
            Message(N_("{field}: {count} more faults are not listed."), {"field": label(kind, path), "count": count}),
            Message(N_("Mend the faults that are listed first, then check again.")),
            document.name,
            document.place(path),
            pointer(path),
            pointer(path)[1:],
        )
