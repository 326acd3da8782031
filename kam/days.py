"""Reckoning with days of the calendar, which has a last one."""

from __future__ import annotations

from contextlib import suppress
from datetime import MAXYEAR, date, timedelta
from functools import lru_cache

from kam.language import N_

NO_DAY = N_("“{text}” is not a day as in 2026-01-15.")

FIRST_YEAR = 1900
"""No file holds an earlier day, and nothing is read as of one."""


def written(text: str) -> date | None:
    """The day that somebody wrote, `2026-01-15`; None for anything else."""
    with suppress(ValueError):
        usual = len(text) == len("2026-01-15") and text[4] == text[7] == "-"  # ISO 8601 has other forms, of weeks too
        if usual and (day := date.fromisoformat(text)).year >= FIRST_YEAR:
            return day
    return None


def days_later(day: date, days: int) -> date:
    """So many days later; no day is later than the calendar's."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max


@lru_cache(maxsize=4096)
def months_later(day: date, months: int) -> date:
    """The same day `months` calendar months later, or that month's last day; no day is later than the calendar's."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if (year, month) >= (MAXYEAR, 11):
        return date.max
    first_of_next = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), first_of_next - timedelta(days=1))


def whole_months(start: date, end: date) -> int:
    """Whole calendar months from one day to another."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if months_later(start, months) <= end else months - 1
