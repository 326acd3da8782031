"""The schema files: what each field is called and means, whom it may be shown to, and the words of its enumerations."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, get_args

from kam import resources
from kam.finding import Path
from kam.schema.shape import Node, Shape, at

FileKind = Literal["account", "kam", "people", "standards", "play"]
KINDS: tuple[FileKind, ...] = get_args(FileKind)

Label = Mapping[str, str]
"""One word in both languages, `{"en": …, "zh": …}`; a message that holds one says it in its own language."""

_WIDE = 118


def load(kind: FileKind) -> Node:
    """The JSON Schema of a kind of file as it stands in `schema/`; it is shared, do not change it."""
    return resources.schema(kind)


@cache
def shape(kind: FileKind) -> Shape:
    """The schema of a whole file, ready to be walked."""
    schema = load(kind)
    return Shape.of(schema, schema["$defs"])


def field(kind: FileKind, path: Path) -> Node | None:
    """What the schema says about a path, references resolved (title, x-privacy …); None if it knows none."""
    found = at(shape(kind), path)
    return found.node if found else None


def label(kind: FileKind, path: Path) -> Label:
    """The title of a field in both languages; its bare name where the schema has none."""
    node = field(kind, path) or {}
    if path and isinstance(path[-1], int) and "title" not in node:  # an entry of a list is called as the list is
        return label(kind, path[:-1])
    name = str(path[-1]) if path else kind
    title = node.get("title", name)
    return {"en": title, "zh": node.get("x-zh", {}).get("title", title)}


@cache
def sections() -> tuple[str, ...]:
    """The sections of an account in the order of the schema, without the single values at its head."""
    properties = load("account")["properties"]
    return tuple(name for name in properties if {"object", "array"} & at_types("account", (name,)))


def at_types(kind: FileKind, path: Path) -> frozenset[str]:
    """The JSON types that a path may have, `null` left out."""
    found = at(shape(kind), path)
    return found.types if found else frozenset()


@cache
def words(name: str) -> Mapping[str, Label]:
    """The words of an enumeration (`stance`, `level` …) with their labels, in the order of the schema."""
    for kind in KINDS:
        if found := load(kind)["$defs"].get(name, {}).get("x-words"):
            labels: Mapping[str, Label] = found
            return labels
    raise KeyError(name)


@cache
def word(name: str, value: str, language: str) -> str:
    """The label of one value in a language; the value itself where the enumeration does not know it."""
    return words(name).get(value, {}).get(language, value)


def localised(kind: FileKind, language: str) -> dict[str, Any]:
    """The schema in one language, as editors want it: texts replaced, labels of words as `enumDescriptions`."""
    said: dict[str, Any] = _localised(load(kind), language)
    return said


def _localised(node: Any, language: str) -> Any:
    if isinstance(node, list):
        return [_localised(one, language) for one in node]
    if not isinstance(node, dict):
        return node
    texts = node.get("x-zh", {}) if language == "zh" else {}
    kept = [key for key in node if key not in ("x-zh", "x-words")]
    said = {key: texts.get(key) or _localised(node[key], language) for key in kept}
    if "x-words" in node and "enum" in node:
        labels = node["x-words"]
        said["enumDescriptions"] = [labels.get(value, {}).get(language, "") for value in node["enum"]]
    return said


def written(schema: Node) -> str:
    """The text of a schema file: two blanks a level, whatever fits on one line stands on one."""
    return _written(schema, "", 0) + "\n"


def _written(value: Any, margin: str, taken: int) -> str:
    line = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or not value or len(line) + len(margin) + taken <= _WIDE:
        return line
    inner = margin + "  "
    if isinstance(value, list):
        return "[\n" + ",\n".join(inner + _written(one, inner, 0) for one in value) + f"\n{margin}]"
    rows = (f'{inner}"{key}": {_written(one, inner, len(key) + 4)}' for key, one in value.items())
    return "{\n" + ",\n".join(rows) + f"\n{margin}}}"
