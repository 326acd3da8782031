"""Two weeks as a drawing: how many contacts fall due each day, what is overdue in front."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from kam.days import days_later
from kam.language import N_, Language

DAYS = 14
_WIDE, _HIGH, _BASE = 908, 118, 92
_COLUMN = _WIDE / (DAYS + 1)
_BLOCK, _STEP, _ROOM = 13, 17, 4
"""A contact is a block; so many stand upon each other, more are one block as high as all of these."""
WEEKDAYS = (N_("Mo"), N_("Tu"), N_("We"), N_("Th"), N_("Fr"), N_("Sa"), N_("Su"))


class Bar(NamedTuple):
    """One day: middle of its column, its label, the blocks from below, and what hue they have."""

    x: float
    left: float
    label: str
    number: int
    tone: str
    blocks: tuple[tuple[float, float], ...]
    """Upper edge and height of each block."""
    top: float
    """Where the number stands."""
    free: bool
    """Saturday or Sunday."""
    today: bool


class Fortnight(NamedTuple):
    """The drawing."""

    width: int
    height: int
    column: float
    base: int
    bars: tuple[Bar, ...]
    title: str


def fortnight(days: Iterable[date | None], today: date, language: Language) -> Fortnight | None:
    """The drawing of the days on which something falls due (None: it never was done); None if there are none."""
    late, number = 0, Counter[date]()
    for day in days:
        if day is None or day < today:
            late += 1
        elif (day - today).days < DAYS:
            number[day] += 1
    if not late and not number:
        return None
    first = _bar(0, language.text(N_("overdue")), late, "bad", False, False)
    bars = [_day(at, days_later(today, at), number, language) for at in range(DAYS)]
    parts = [language.text(N_("{n} overdue"), n=late)] if late else []
    parts += [f"{day:%m-%d} {number[day]}" for day in sorted(number)]
    title = language.text(
        N_("Contacts due within two weeks: {days}"), days=("，" if language.code == "zh" else ", ").join(parts)
    )
    return Fortnight(_WIDE, _HIGH, round(_COLUMN, 1), _BASE, (first, *bars), title)


def _day(at: int, day: date, number: Counter[date], language: Language) -> Bar:
    label = f"{language.text(WEEKDAYS[day.weekday()])} {day.day}"
    return _bar(at + 1, label, number[day], "warn" if at < 7 else "mark", day.weekday() > 4, at == 0)


def _bar(at: int, label: str, n: int, tone: str, free: bool, today: bool) -> Bar:
    heights = [_BLOCK] * n if n <= _ROOM else [_STEP * _ROOM - 4]
    blocks = tuple((_BASE - 1.0 - _STEP * level - height, float(height)) for level, height in enumerate(heights))
    top = min((upper for upper, _ in blocks), default=_BASE) - 8
    left = round(at * _COLUMN, 1)
    return Bar(round(left + _COLUMN / 2, 1), left, label, n, tone, blocks, top, free, today)
