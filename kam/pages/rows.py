"""Many accounts as lines of a table: health, stances, what is late, what comes next; no models."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from kam import health, render, schema
from kam.agenda import Task
from kam.language import N_, Language
from kam.page import link
from kam.pages import Setting, account_address
from kam.portfolio import Row

AREA_WORDS = {
    "people": N_("People"),
    "coverage": N_("Coverage"),
    "freshness": N_("Freshness"),
    "swot": N_("SWOT"),
    "roadmap": N_("Roadmap"),
    "learning": N_("Learning"),
}
LIGHT_WORDS = {"green": N_("fine"), "amber": N_("watch"), "red": N_("alarm"), "none": N_("not needed for this class")}
_RANK = {"red": 0, "amber": 1, "green": 2, "none": 3}


class Heat(NamedTuple):
    """One area of an account, or of all of them."""

    light: str
    word: str
    text: str
    percent: int


class Balance(NamedTuple):
    """How many people are with us, in between, against us; the bar is as wide as there are people."""

    helpers: int
    supporters: int
    neutral: int
    opponents: int

    @property
    def ours(self) -> int:
        return self.helpers + self.supporters

    @property
    def all(self) -> int:
        return self.ours + self.neutral + self.opponents


class Line(NamedTuple):
    """One account."""

    row: Row
    href: str
    about: str
    manager: str
    light: str
    areas: tuple[health.Area, ...]
    heats: tuple[Heat, ...]
    balance: Balance
    late: int
    longest: int
    """Days that the longest overdue task is late."""
    errors: int
    warnings: int
    next: Task | None


def line(row: Row, setting: Setting, here: str) -> Line:
    """A row of the portfolio in a language."""
    # Nobody looks after an account that rests.
    areas, code = row.areas if row.managed else (), setting.language.code
    manager = setting.company.name(row.manager) if row.manager else ""
    counts = (row.figures or {}).get("findings", {"error": 1, "warning": 0})
    overdue = [(setting.today - one.due).days for one in row.tasks if one.due and one.due < setting.today]
    about = (
        [schema.word("class", row.class_, code) if row.class_ else "", schema.word("status", row.status, code)]
        if row.figures
        else []
    )
    return Line(
        row,
        link(here, account_address(row.account)),
        " · ".join(filter(None, about)),
        manager,
        health.worst(areas) if row.figures else "red",
        areas,
        tuple(heat(one, setting.language) for one in areas),
        balance((row.figures or {}).get("stances", {})),
        len(overdue),
        max(overdue, default=0),
        counts["error"],
        counts["warning"],
        row.tasks[0] if row.tasks else None,
    )


@lru_cache(maxsize=4096)
def heat(area: health.Area, language: Language) -> Heat:
    """One area as a square of the table; many accounts have the same."""
    text = f"{area.n}/{area.of}" if area.of else "–"
    return Heat(area.light, language.text(LIGHT_WORDS[area.light]), text, area.percent if area.of else -1)


def balance(stances: dict[str, int]) -> Balance:
    """The balance of the stances that were counted; nobody has said counts as in between."""
    get = stances.get
    return Balance(get("helper", 0), get("supporter", 0), get("neutral", 0) + get("unknown", 0), get("opponent", 0))


def stances(lines: Iterable[Line]) -> dict[str, int]:
    """The stances of everybody, counted."""
    found: Counter[str] = Counter()
    for one in lines:
        found.update((one.row.figures or {}).get("stances", {}))
    return found


def sorted_by_trouble(lines: Iterable[Line]) -> list[Line]:
    """The worst first: broken, then red, then what is late for long, then by name."""
    return sorted(
        lines,
        key=lambda one: (
            one.row.figures is not None,
            _RANK[one.light],
            -sum(area.light == "red" for area in one.areas),
            -one.longest,
            -one.errors,
            one.row.name,
        ),
    )


def total(lines: Iterable[Line], name: str) -> tuple[int, int]:
    """The sum of one area over accounts."""
    areas = [area for one in lines for area in one.areas if area.name == name]
    return sum(area.n for area in areas), sum(area.of for area in areas)


class Due(NamedTuple):
    """Until when: its state (`late`, `soon` or nothing), in words, and the day."""

    state: str
    words: str
    day: str


def due(day: date | None, setting: Setting) -> Due:
    """How long until a day, or since."""
    say = setting.language.text
    if day is None:
        return Due("", say(N_("as soon as possible")), "")
    left, text = (day - setting.today).days, render.short(day, setting.today)
    if left < 0:
        return Due("late", say(N_("{days} d overdue"), days=-left), text)
    if left == 0:
        return Due("soon", say(N_("today")), text)
    if left < 7:
        return Due("soon", say(N_("{days} d left"), days=left), text)
    return Due("", say(N_("in {days} d"), days=left), text)
