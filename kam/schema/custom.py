"""The company's own fields (`x-…`) of an account, held against `company/custom.schema.json`.

That schema describes one object: the JSON pointer of every own field, and its value, for instance
`{"/x-region": "north", "/stakeholders/cfo/x-loyalty": 3}`. It comes from the repository and so is not trusted: its
patterns run in linear time, and nothing is fetched.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

import jsonschema_rs

from kam.document import Document
from kam.finding import Finding, Message, Path, Place, path_of, pointer
from kam.language import N_

NAME = "company/custom.schema.json"
LARGEST = 1 << 20
_MOST = 100
_HEAVIEST = 100_000
_RULES = {
    "enum": "enum",
    "const": "enum",
    "format": "format",
    "pattern": "pattern",
    "required": "missing-key",
    "additionalProperties": "unknown-key",
    "propertyNames": "unknown-key",
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength", "maxLength"), "range"),
    **dict.fromkeys(("minItems", "maxItems", "minProperties", "maxProperties"), "range"),
    "type": "type",
}
_MISFIT = N_("{field} is not as the company wants it: {why}.")
_ABSENT = N_("The company wants a field that is not there: {why}.")
_FORBIDDEN = N_("There is a field of your own that the company does not know: {why}.")
_CURE = N_("Change the value, or what {file} says about it.")


class Custom(NamedTuple):
    """The company's schema as a text that can be used, and what is wrong with it."""

    text: str | None = None
    faults: tuple[Finding, ...] = ()


def read(raw: bytes | Finding | None) -> Custom:
    """The schema in the bytes of the file; a file that cannot be used is a fault, and then nothing is checked."""
    if raw is None:
        return Custom()
    if isinstance(raw, Finding):
        return Custom(None, (raw,))
    if len(raw) > LARGEST:
        text = N_("The file is larger than {most} MiB.")
        return _unusable("source.too-large", Message(text, {"most": LARGEST >> 20}))
    try:
        text = raw.decode("utf-8-sig")
        _validator(text)
    except UnicodeDecodeError:
        return _unusable("source.encoding", Message(N_("The file is not UTF-8.")))
    except json.JSONDecodeError as error:
        place = Place(error.lineno, error.colno, error.lineno, error.colno + 1)
        return _unusable("source.syntax", Message(N_("This is not JSON: {why}."), {"why": error.msg}), place)
    except (ValueError, RecursionError, jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError) as error:
        why = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        text = N_("This is not a JSON Schema that kam can use: {why}.")
        return _unusable("schema.format", Message(text, {"why": why.rstrip(".")}))
    return Custom(text)


def _unusable(rule: str, message: Message, place: Place = Place(1, 1, 1, 1)) -> Custom:  # noqa: B008 - immutable
    fix = Message(N_("Mend the file, or remove it; until then the company's own fields are not checked."))
    return Custom(None, (Finding(rule, "error", message, fix, NAME, place),))


def problems(document: Document, text: str | None) -> tuple[Finding, ...]:
    """What the company's schema says against the own fields of an account; nothing without such a schema."""
    if text is None or document.data is None:
        return ()
    paths = {pointer(path): path for path, _ in own(document.data)}
    values = {pointer(path): value for path, value in own(document.data)}
    validator = _validator(text)
    if validator.is_valid(values):
        return ()
    errors = list(validator.iter_errors(values))
    found = [_finding(error, document, paths) for error in errors[:_MOST]]
    if len(errors) > _MOST:
        more = Message(N_("{n} more faults of the company's own fields are not listed."), {"n": len(errors) - _MOST})
        found.append(found[-1]._replace(message=more, pointer="", object="/", place=Place(1, 1, 1, 1)))
    return tuple(found)


def own(data: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every own field in the data with its path; what lies inside one belongs to it."""
    entries = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in entries:
        if isinstance(key, str) and key.startswith("x-"):
            yield (*path, key), value
        elif isinstance(value, (dict, list)):
            yield from own(value, (*path, key))


def _finding(error: jsonschema_rs.ValidationError, document: Document, paths: Mapping[str, Path]) -> Finding:
    keyword = str(error.schema_path[-1]) if error.schema_path else ""
    field, *inside = error.instance_path or ("",)
    path = (*paths.get(str(field), ()), *inside)
    rule = "schema." + _RULES.get(keyword, "combination")
    text = _MISFIT if path else _FORBIDDEN if rule == "schema.unknown-key" else _ABSENT
    message = Message(text, {"field": pointer(path) or "/", "why": error.message.replace("\n", " ")[:200].rstrip(".")})
    fix = Message(_CURE, {"file": NAME})
    place = document.value_place(path) if path else document.place(())
    at = document.pointer(path)
    return Finding(rule, "error", message, fix, document.name, place, at, at[1:] or "/")


@cache
def _validator(text: str) -> jsonschema_rs.Draft202012Validator:
    schema = json.loads(text, parse_constant=_refused)
    if not isinstance(schema, (dict, bool)):
        raise ValueError("a JSON Schema is an object")
    if _weight(schema, schema, {}) > _HEAVIEST:
        raise ValueError("its parts name one another too often")
    options = jsonschema_rs.RegexOptions()
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=True, offline=True, pattern_options=options)


def _weight(node: Any, top: Any, known: dict[str, float]) -> float:
    """How many parts there would be if each reference stood for what it names; one in a circle counts once."""
    if isinstance(node, list):
        return sum(_weight(one, top, known) for one in node)
    if not isinstance(node, dict):
        return 0
    named = node.get("$ref")
    if isinstance(named, str) and named not in known:
        known[named] = 1
        target: Any = top
        for key in path_of(named.removeprefix("#")):
            target = target.get(key) if isinstance(target, dict) else None
        known[named] = _weight(target, top, known)
    inside = (one for key, one in node.items() if key not in ("$defs", "definitions"))
    return 1 + (known[named] if isinstance(named, str) else 0) + sum(_weight(one, top, known) for one in inside)


def _refused(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")
