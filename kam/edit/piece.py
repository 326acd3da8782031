"""Values as new lines of a file, in the file's own layout."""

from __future__ import annotations

from typing import Any, NamedTuple

from kam.edit import scalar
from kam.edit.layout import Layout
from kam.finding import Path

WIDEST = 120
"""Columns that a list in brackets may take before it is written as lines."""


class Piece(NamedTuple):
    """What follows a key's colon or a dash: on the same line, and the whole lines below."""

    head: str
    lines: tuple[str, ...] = ()
    """Indented from the column of the key or dash."""


def piece(value: Any, path: Path, layout: Layout, quote: str = "") -> Piece:
    """The value behind a key; `path` is where it will stand, `quote` the mark that the old text had."""
    if isinstance(value, dict | list) and value:
        if brackets(value, path, layout):
            return Piece(inline(value))
        rows = entries(value, path, layout) if isinstance(value, dict) else items(value, path, layout)
        return Piece("", _indented(rows, layout.step if isinstance(value, dict) else layout.dash))
    if layout.literals and isinstance(value, str) and (found := scalar.literal(value)):
        return Piece(found.header, _indented(found.lines, layout.step))
    return Piece(scalar.text(value, False, quote) if isinstance(value, str) else inline(value))


def brackets(value: Any, path: Path, layout: Layout) -> bool:
    """Whether a collection outside brackets is written in brackets: as its neighbours, else short lists of words."""
    asked = layout.in_brackets(path, type(value))
    if asked is None:
        asked = isinstance(value, list) and not any(isinstance(one, dict | list) for one in value)
    return asked and not _has_lines(value) and len(inline(value)) <= WIDEST


def _has_lines(value: Any) -> bool:
    """Whether a text of several lines stands anywhere in the value."""
    if isinstance(value, dict | list):
        return any(map(_has_lines, value.values() if isinstance(value, dict) else value))
    return isinstance(value, str) and "\n" in value


def entry(key: str, value: Any, path: Path, layout: Layout) -> list[str]:
    """The lines of an entry of a mapping."""
    found = piece(value, path, layout)
    return [f"{scalar.key(key, False)}: {found.head}".rstrip(" "), *found.lines]


def entries(value: dict[str, Any], path: Path, layout: Layout) -> list[str]:
    """The lines of a mapping."""
    return [line for key, below in value.items() for line in entry(key, below, (*path, key), layout)]


def items(value: list[Any], path: Path, layout: Layout) -> list[str]:
    """The lines of a list."""
    return [line for at, below in enumerate(value) for line in item(below, (*path, at), layout)]


def item(value: Any, path: Path, layout: Layout) -> list[str]:
    """The lines of an item of a list."""
    dash = "-".ljust(layout.width)
    if isinstance(value, dict | list) and value and not brackets(value, path, layout):
        first, *rest = entries(value, path, layout) if isinstance(value, dict) else items(value, path, layout)
        return [dash + first, *_indented(rest, layout.width)]
    found = piece(value, path, layout)
    return [dash + found.head, *found.lines]


def inline(value: Any) -> str:
    """A value inside brackets, or one that is no text anywhere."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar.key(key, True)}: {inline(below)}" for key, below in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(inline, value)) + "]"
    return scalar.text(value, True) if isinstance(value, str) else scalar.number(value)


def _indented(lines: list[str], columns: int) -> tuple[str, ...]:
    return tuple(" " * columns + line if line else line for line in lines)
