"""How a file is laid out: its steps of indentation, its lists, what it writes in brackets, its line ends."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any, NamedTuple

from kam.document import Document
from kam.finding import Path
from kam.span import Span

_DASH = re.compile(r"-[ \t]+\Z")

Habit = tuple[str | int, ...]


class Layout(NamedTuple):
    """The habits of one file, counted over all of it."""

    step: int
    """Columns from a mapping to a mapping below it."""
    dash: int
    """Columns from a mapping to the dashes of a list below it."""
    width: int
    """Columns from a dash to what follows it."""
    line_end: str
    brackets: dict[Habit, bool]
    """Whether collections of a kind at a place are written in brackets, see `in_brackets`."""
    literals: bool = True
    """Whether texts of several lines are written behind `|`."""

    def in_brackets(self, path: Path, kind: type) -> bool | None:
        """How the file writes the neighbours of a place, else what has the same key; None where there is neither."""
        beside, named = _habits(path, kind)
        return self.brackets.get(beside, self.brackets.get(named))


def column(text: str, at: int) -> int:
    """How many characters stand before the offset on its line."""
    return at - text.rfind("\n", 0, at) - 1


def layout(document: Document) -> Layout:
    """The habits of a file that could be read."""
    counted = _Counted(Counter(), Counter(), Counter(), {})
    _count(document.text, document.data, document.span, (), counted)
    step = _most(counted.steps, 2)
    first = document.text.find("\n")
    return Layout(
        step,
        _most(counted.dashes, step),
        _most(counted.widths, 2),
        "\r\n" if document.text[first - 1 : first] == "\r" else "\n",
        counted.brackets,
    )


class _Counted(NamedTuple):
    steps: Counter[int]
    dashes: Counter[int]
    widths: Counter[int]
    brackets: dict[Habit, bool]


def _most(counted: Counter[int], otherwise: int) -> int:
    return counted.most_common(1)[0][0] if counted else otherwise


def _habits(path: Path, kind: type) -> tuple[Habit, Habit]:
    return (path[0], *path[-2:-1], kind.__name__, "beside"), (path[0], path[-1], kind.__name__)


def _count(text: str, data: Any, span: Span, path: Path, counted: _Counted) -> None:
    """Count below a collection without brackets."""
    if span[3] >= 0:
        return
    here = column(text, span[2])
    for key, below in span[4].items() if isinstance(data, dict) else enumerate(span[4]):
        dash = _DASH.search(text, text.rfind("\n", 0, below[2]) + 1, below[2]) if isinstance(data, list) else None
        if dash:
            counted.widths[len(dash[0])] += 1
        value = data[key]
        if len(below) > 4 and value:
            for habit in _habits((*path, key), type(value)):
                counted.brackets[habit] = below[3] >= 0
            if below[3] < 0 and isinstance(data, dict):
                steps = counted.steps if isinstance(value, dict) else counted.dashes
                steps[column(text, below[2]) - here] += 1
            _count(text, value, below, (*path, key), counted)
