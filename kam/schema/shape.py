"""Walking a schema beside the data: which part of it speaks about a path, and which values are uses of an id."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import reduce
from itertools import chain
from typing import Any, NamedTuple

from kam import span
from kam.finding import Path

Node = Mapping[str, Any]
Known = Mapping[str, Collection[str]]
"""Ids by the kind of thing that they name."""


NOT_BLANK = r"^ *[^ ](.|\n)*$"
"""The pattern of a text that must say something."""


class Shape(NamedTuple):
    """What a schema says about one place, references resolved; the shapes below are made when they are asked for."""

    node: Node
    defs: Mapping[str, Node]
    made: dict[str, Shape]
    wants_text: bool
    """Whether a number or a yes is meant as text here."""

    @classmethod
    def of(cls, node: Node, defs: Mapping[str, Node]) -> Shape:
        """The shape of a node whose references are resolved."""
        types = types_of(node)
        return cls(node, defs, {}, "string" in types and not types & {"number", "integer", "boolean"})

    @property
    def types(self) -> frozenset[str]:
        """The JSON types that may stand here, `null` left out; empty: anything."""
        return types_of(self.node)

    @property
    def free(self) -> bool:
        """Whether any text may stand here, as opposed to a word, a date or an id."""
        form = self.node.get("pattern", NOT_BLANK)
        return self.wants_text and form == NOT_BLANK and not self.node.keys() & {"enum", "format", "x-ref"}


def types_of(node: Node) -> frozenset[str]:
    """The JSON types that a node allows, `null` left out; empty: anything."""
    said = node.get("type", ())
    return frozenset((said,) if isinstance(said, str) else said) - {"null"}


OWN = Shape({}, {}, {}, False)
"""A field of the company's own (`x-…`) and everything below it."""


def below(shape: Shape, key: str | int) -> Shape | None:
    """The shape of an entry or a list item; None where the schema knows none."""
    if shape is OWN:
        return OWN
    node = shape.node
    if isinstance(key, int):
        slot, inner = "[]", node.get("items")
    elif (inner := node.get("properties", {}).get(key)) is not None:
        slot = key
    elif key.startswith("x-") and "patternProperties" in node:
        return OWN
    else:
        slot, inner = "*", node.get("additionalProperties")
    if not isinstance(inner, dict):
        return None
    found = shape.made.get(slot)
    if found is None:
        found = shape.made[slot] = Shape.of(_resolved(inner, shape.defs), shape.defs)
    return found


def at(shape: Shape | None, path: Path) -> Shape | None:
    """The shape of a path below a shape."""
    for key in path:
        if shape is None:
            return None
        shape = below(shape, key)
    return shape


def _resolved(node: Node, defs: Mapping[str, Node]) -> dict[str, Any]:
    """The node with what its reference and its alternatives say; what stands at the node itself wins."""
    said = dict(node)
    if ref := said.pop("$ref", None):
        said = {**_resolved(defs[ref.removeprefix("#/$defs/")], defs), **said}
    if branches := said.get("anyOf"):
        both: dict[str, Any] = reduce(_both, [_resolved(one, defs) for one in branches])
        said = {**both, **said}
    return said


def _both(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    """Two alternatives as one: the types of both, of other keywords the first one's."""
    types = [node["type"] if isinstance(node["type"], list) else [node["type"]] for node in (first, second)]
    return {**second, **first, "type": list(dict.fromkeys(chain(*types)))}


class Reference(NamedTuple):
    """One use of an id: where it stands (a key of a mapping, or a value), the id, and the kind of thing it names."""

    path: Path
    id: str
    kind: str


class Uses(NamedTuple):
    """The part of a schema that holds uses of ids, and nothing else: quick to walk."""

    value: str
    """The kind of id that a text here is; empty for any other text."""
    key: str
    """The same of the keys."""
    fields: Mapping[str, Uses]
    other: Uses | None
    item: Uses | None


def uses(node: Node, defs: Mapping[str, Node]) -> Uses | None:
    """The uses of ids in and below a node; None where there are none."""
    node = _resolved(node, defs)
    inner = {name: uses(one, defs) for name, one in node.get("properties", {}).items()}
    other, item = node.get("additionalProperties"), node.get("items")
    found = Uses(
        node.get("x-ref", ""),
        node.get("x-key-ref", ""),
        {name: one for name, one in inner.items() if one},
        uses(other, defs) if other else None,
        uses(item, defs) if item else None,
    )
    return found if any(found) else None


def collect(value: Any, trail: Any, where: Uses, known: Known, found: list[Reference]) -> None:
    """Add the uses of ids in a value that are not known to `found`.

    `trail`: the path of the value as a chain, see `kam.span.path`. Nearly all uses are known, which is seen before the
    call that would say so.
    """
    kind, names, fields, other, item = where
    if isinstance(value, str):
        if kind and value not in known.get(kind, ()) and value.strip():
            found.append(Reference(span.path(trail), value, kind))
    elif isinstance(value, dict):
        if names:
            ids = known.get(names, ())
            found.extend([Reference(span.path((trail, key)), key, names) for key in value if key not in ids])
        if other:
            for key, one in value.items():
                inside = fields.get(key, other)
                if type(one) is not str or one not in known.get(inside.value, ()):
                    collect(one, (trail, key), inside, known, found)
        else:  # most entries have many fields, of which few hold ids
            for key, inside in fields.items():
                one = value.get(key)
                if one is not None and (type(one) is not str or one not in known.get(inside.value, ())):
                    collect(one, (trail, key), inside, known, found)
    elif isinstance(value, list) and item:
        for number, one in enumerate(value):
            if type(one) is not str or one not in known.get(item.value, ()):
                collect(one, (trail, number), item, known, found)
