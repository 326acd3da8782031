"""Where everything stands in a file: a tree of offsets beside the data, walked only on demand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from kam.finding import Path

Span = Any
"""`(key start, key end, value start, value end)`; for collections a list with the spans of the children behind it.

The value end of a collection without brackets is -1: it ends with its last child.

The spans of a mapping's entries stand in a dict by key, those of a list's items in a list; an item is its own key.
A tuple of plain integers costs the garbage collector nothing, and there is one for every value of every file.
"""


class Leaf(NamedTuple):
    """A key, or a value that is no collection."""

    start: int
    end: int
    trail: Any
    """The path as a chain `(trail of the parent, key)`, see `path`."""
    value: Any
    is_key: bool


NOWHERE = Leaf(-1, -1, (), None, False)


def find(span: Span, path: Path) -> tuple[Span, int]:
    """The span of the deepest part of the path that exists, and how many keys lead to it."""
    for known, key in enumerate(path):
        inside = span[4] if len(span) > 4 else ()
        if isinstance(inside, dict):
            below = inside.get(key)
        else:
            below = inside[key] if isinstance(key, int) and 0 <= key < len(inside) else None
        if below is None:
            return span, known
        span = below
    return span, len(path)


def end(span: Span) -> int:
    """Where a value ends; a block collection, which has no end mark (-1), ends with its last child."""
    while span[3] < 0:
        inside = span[4]
        if not inside:
            return int(span[2])
        span = inside[next(reversed(inside))] if isinstance(inside, dict) else inside[-1]
    return int(span[3])


def leaves(data: Any, span: Span, trail: Any = ()) -> Iterator[Leaf]:
    """Every key and scalar below a collection, in the order of the text."""
    inside = span[4]
    for key, below in inside.items() if isinstance(inside, dict) else enumerate(inside):
        value, link = data[key], (trail, key)
        if below[0] != below[2]:
            yield Leaf(below[0], below[1], link, None, True)
        if len(below) > 4:
            yield from leaves(value, below, link)
        else:
            yield Leaf(below[2], below[3], link, value, False)


def path(trail: Any) -> Path:
    """The path of a leaf's trail."""
    keys: list[str | int] = []
    while trail:
        trail, key = trail
        keys.append(key)
    return tuple(reversed(keys))
