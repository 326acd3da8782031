"""Reading values out of data: texts, dates, entries, and what was taken out because it was faulty."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from kam.finding import Path

Faulty = frozenset[str]
"""Names of fields that stand in the file but could not be used: they count as written."""

NONE: Faulty = frozenset()

Day = date
"""The type, where a field is called `date`."""


def is_unnamed(person: str) -> bool:
    """Whether a member's key stands for somebody whom a department still has to name."""
    return person == "tbd" or person.startswith("tbd-")


def empty(value: object) -> bool:
    """Absent, null, blank, `[]` or `{}`; 0 and false are not empty."""
    return value is None or (
        isinstance(value, (str, list, tuple, dict)) and not (value.strip() if isinstance(value, str) else value)
    )


def blank(thing: Any, field: str) -> bool:
    """Whether a field of a thing is empty in the file; a faulty value counts as written."""
    return empty(getattr(thing, field)) and field not in thing.faulty


def added(amounts: Iterable[float]) -> float:
    """The sum of amounts as somebody would reckon it: 0.1 and 0.2 are 0.3."""
    return round(sum(amounts), 6)


@cache
def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def day(value: object) -> date | None:
    """A date as it is written in the files, None for anything else."""
    return _day(value) if isinstance(value, str) and len(value) == 10 else None


class Reader(NamedTuple):
    """The data of an account and the fields that were taken out of it, by the path of their parent."""

    faults: Mapping[Path, Faulty]

    def faulty(self, *path: str | int) -> Faulty:
        return self.faults.get(path, NONE) if self.faults else NONE


def items(value: Mapping[str, Any] | None) -> Iterable[tuple[str, Any]]:
    """The entries of a mapping that may be missing."""
    return value.items() if value else ()


def mappings(values: Sequence[Any] | None) -> Iterable[Mapping[str, Any]]:
    """The mappings in a list that may be missing, empty ones left out."""
    return (one for one in values or () if one)


def texts(value: Sequence[Any] | None) -> tuple[str, ...]:
    """The texts in a list that may be missing, empty ones left out."""
    if not value:
        return ()
    return tuple(value) if None not in value else tuple(one for one in value if one is not None)
