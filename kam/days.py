"""Reckoning with days of the calendar, which has a last one."""

from __future__ import annotations

from datetime import MAXYEAR, date, timedelta
from functools import lru_cache


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
