"""What a parser takes without a word but nobody meant: characters that nobody sees, texts that a `#` cuts off."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from kam import encoding, fault
from kam import span as spans
from kam.document import Plain
from kam.fault import Noted
from kam.finding import Path
from kam.span import Span


class _Leaves:
    """The keys and scalars of a file, found by offset; collected when first asked for."""

    def __init__(self, data: dict[str, Any] | None, span: Span) -> None:
        self._data, self._span = data, span

    @cached_property
    def _all(self) -> list[spans.Leaf]:
        return [spans.NOWHERE, *(spans.leaves(self._data, self._span) if self._data is not None else ())]

    @cached_property
    def _starts(self) -> list[int]:
        return [leaf.start for leaf in self._all]

    def before(self, at: int) -> spans.Leaf:
        """The last leaf that begins at or before the offset."""
        return self._all[bisect_right(self._starts, at) - 1]


def noted(text: str, hidden: list[int], data: Any, span: Span, odd_keys: list[tuple[int, int]]) -> Iterator[Noted]:
    """What looks wrong in a text that was read, or could not be (data None).

    `hidden`: the offsets of its hidden characters; `odd_keys`: where keys stand of which that was said already.
    """
    if hidden or " #" in text:
        leaves = _Leaves(data, span)
        yield from _hidden(text, hidden, leaves, odd_keys)
        yield from _cut_by_hash(text, leaves)


def _hidden(text: str, offsets: list[int], leaves: _Leaves, odd_keys: list[tuple[int, int]]) -> Iterator[Noted]:
    """Faults for the first hidden character of its kind on each line, unless its key is at fault already."""
    seen = set()
    keys = [(0, 0), *sorted(odd_keys)]
    for at in offsets:
        kind = (encoding.line(text, at), text[at])
        if kind in seen or at < keys[bisect_right(keys, (at, len(text))) - 1][1]:
            continue
        seen.add(kind)
        leaf = leaves.before(at)
        yield fault.hidden(text[at], at, at + 1, spans.path(leaf.trail) if at < leaf.end else ())


def _cut_by_hash(text: str, leaves: _Leaves) -> Iterator[Noted]:
    """Faults for plain texts that end before a `#`, one blank away and close to its next word."""
    at = text.find(" #")
    while at >= 0:
        if _cuts(text, at):
            leaf = leaves.before(at)
            kept = text[leaf.start : leaf.end]
            if leaf.end == at and isinstance(leaf.value, str) and not kept.startswith(('"', "'")):
                yield _cut(text, kept, at, spans.path(leaf.trail))
        at = text.find(" #", at + 2)


def cut_behind(text: str, one: Plain) -> Noted | None:
    """The same for a number or a yes that turned out to be meant as a text."""
    return _cut(text, one.raw, one.end, one.path) if text.startswith(" #", one.end) and _cuts(text, one.end) else None


def _cuts(text: str, at: int) -> bool:
    return not text[at - 1 : at].isspace() and bool(text[at + 2 : at + 3].strip())


def _cut(text: str, kept: str, at: int, path: Path) -> Noted:
    here = encoding.place(text, at, at)
    return fault.cut_by_hash(kept, encoding.excerpt(text, here.line)[here.column :], at, path)
