"""Conditions on figures, such as `stances.opponent > 0 and contacts >= 3`: comparisons and nothing else, no code."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from kam.finding import Message
from kam.language import N_

LONGEST = 200
"""Characters of a condition."""
_COMPARISON = re.compile(r"([a-z][a-z0-9_.]*) ?(<=|>=|!=|<|>|=) ?([a-z][a-z0-9_.]*|-?[0-9]{1,12}(?:\.[0-9]{1,6})?)")
_OPERATORS: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "!=": operator.ne,
}

Figures = Mapping[str, float | None]
"""What each figure is on an account; None where there is nothing to count."""


class Comparison(NamedTuple):
    """A figure, an operator, and a number or another figure."""

    figure: str
    operator: str
    other: str | float


Condition = tuple[Comparison, ...]
"""Comparisons that must all be true."""


def parse(text: str, known: Figures | frozenset[str]) -> Condition | Message:
    """The condition in a text, or what is wrong with it; `known` are the names of all figures."""
    if len(text) > LONGEST:
        return Message(N_("a condition has at most {n} characters"), {"n": LONGEST})
    found = []
    for part in re.split(r" and ", " ".join(text.split())):
        matched = _COMPARISON.fullmatch(part)
        if not matched:
            return Message(N_("“{part}” is no comparison"), {"part": part})
        name, sign, other = matched.groups()
        unknown = next((one for one in (name, other) if one[0].isalpha() and one not in known), None)
        if unknown:
            return Message(N_("there is no figure “{name}”"), {"name": unknown})
        found.append(Comparison(name, sign, other if other[0].isalpha() else float(other)))
    return tuple(found)


def holds(condition: Condition, figures: Figures) -> bool:
    """Whether all comparisons are true; one with a figure that has no value is false."""
    return all(_true(one, figures) for one in condition)


def _true(one: Comparison, figures: Figures) -> bool:
    left = figures.get(one.figure)
    right = figures.get(one.other) if isinstance(one.other, str) else one.other
    return left is not None and right is not None and _OPERATORS[one.operator](left, right)
