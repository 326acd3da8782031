"""The first page: where it burns, what to do today, the figures of the portfolio."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from kam import render
from kam.agenda import Task
from kam.language import N_
from kam.page import Page, SearchEntry, link
from kam.pages import Overview, Setting
from kam.pages.account import findings
from kam.pages.account.overview import MOST
from kam.pages.rows import AREA_WORDS, Balance, Due, Line, balance, due, line, sorted_by_trouble, stances, total

ORDER = 0
HERE = ""
TITLE = N_("Today")
BURNING = 6
A_PIECE = 2
"""Things to do of one account among the few of the whole."""


class Figure(NamedTuple):
    """One of the portfolio's figures."""

    title: str
    value: str
    of: str
    note: str
    bad: bool = False


class Burn(NamedTuple):
    """An account that needs somebody."""

    light: str
    name: str
    href: str
    what: str
    why: str
    counts: str
    due: Due | None
    who: str


class Step(NamedTuple):
    """One thing to do."""

    what: str
    href: str
    why: str
    account: str
    owner: str
    when: Due


def titles(setting: Setting) -> dict[str, str]:
    """The address and title of the page."""
    return {HERE: setting.language.text(TITLE)}


def pages(overview: Overview, setting: Setting) -> Iterator[Page]:
    """The page at the top of the site."""
    say = setting.language.text
    lines = sorted_by_trouble(line(row, setting, "") for row in overview.portfolio.rows)
    told = [findings.told(one, setting, "", ()) for one in overview.findings]
    people = balance(stances(lines))
    title = say(TITLE)
    managers = {one.row.manager for one in lines if one.row.manager}
    values = {
        "title": title,
        "lead": say(
            N_("{n} customers · {managers} account managers · as of {day}"),
            n=len(lines),
            managers=len(managers),
            day=setting.today,
        ),
        "figures": tuple(_figures(lines, people, setting)),
        "people": people,
        "burning": tuple(_burn(one, setting) for one in lines if one.light in ("red", "amber"))[:BURNING],
        "more": max(0, sum(one.light in ("red", "amber") for one in lines) - BURNING),
        "steps": tuple(_steps(lines, setting)),
        "ahead": tuple(_ahead(lines, setting)),
        "found": findings.group(told),
        "accounts": link("", "accounts/"),
        "empty": not lines,
    }
    body = render.body("home.html", setting.language, setting.templates, **values)
    yield Page(HERE, "home", title, body, search=(SearchEntry("", title),), hide_toc=True)


def _figures(lines: list[Line], people: Balance, setting: Setting) -> Iterator[Figure]:
    say = setting.language.text
    red = sum(one.light == "red" for one in lines)
    yield Figure(say(N_("Customers with an alarm")), str(red), f" / {len(lines)}", "", red > 0)
    covered, of = total(lines, "coverage")
    missing = say(N_("people without the manager's contact: {n}"), n=of - covered) if covered < of else ""
    yield Figure(say(N_("Coverage")), str(covered), f"/{of}", missing, covered < of)
    fresh, cells = total(lines, "freshness")
    soon = sum((one.row.figures or {}).get("cells_due_in_7_days", 0) for one in lines if one.row.managed)
    yield Figure(
        say(N_("Freshness")), str(fresh), f"/{cells}", say(N_("{n} run out within 7 days"), n=soon) if soon else ""
    )
    yield Figure(say(N_("Stance")), str(people.ours), say(N_(" with us · {n} against"), n=people.opponents), "")
    late = sum(one.late for one in lines)
    worst = max(lines, key=lambda one: one.longest, default=None)
    note = (
        say(N_("longest {days} days ({name})"), days=worst.longest, name=worst.row.name)
        if worst and worst.longest
        else ""
    )
    yield Figure(say(N_("Overdue")), str(late), "", note, late > 0)
    errors, warnings = sum(one.errors for one in lines), sum(one.warnings for one in lines)
    yield Figure(say(N_("Errors")), str(errors), "", say(N_("and {n} warnings"), n=warnings))


def _burn(one: Line, setting: Setting) -> Burn:
    say = setting.language.text
    if one.row.figures is None:
        return Burn(
            "red", one.row.name, one.href, say(N_("The file cannot be read")), one.row.file, "", None, one.manager
        )
    bad = [area for area in one.areas if area.light == one.light]
    what = " · ".join(
        f"{say(AREA_WORDS[area.name])} {area.n}/{area.of}" if area.of else say(AREA_WORDS[area.name]) for area in bad
    )
    why = setting.language.say(one.next.what) if one.next else ""
    counts = say(N_("errors: {n}"), n=one.errors) if one.errors else say(N_("warnings: {n}"), n=one.warnings)
    when = due(one.next.due, setting) if one.next else None
    return Burn(one.light, one.row.name, one.href, what, why, counts, when, one.manager)


def _steps(lines: list[Line], setting: Setting) -> Iterator[Step]:
    """The most pressing things of all accounts, a few of each at most."""
    found = [(task, one) for one in lines for task in one.row.tasks[:A_PIECE]]
    found.sort(key=lambda pair: (pair[0].due or date.max, pair[1].row.account))
    for task, one in found[:MOST]:
        yield _step(task, one, setting)


def _ahead(lines: list[Line], setting: Setting) -> Iterator[Step]:
    """What will be late if nobody acts now: contacts that one meeting renews, lead times, reviews, stances."""
    each = ([task for task in one.row.tasks if task.coming(setting.today)][:A_PIECE] for one in lines)
    coming = [(task, one) for one, tasks in zip(lines, each, strict=True) for task in tasks]
    coming.sort(key=lambda pair: (pair[0].due or date.max, pair[1].row.account))
    for task, one in coming[:MOST]:
        yield _step(task, one, setting)


def _step(task: Task, one: Line, setting: Setting) -> Step:
    say = setting.language.say
    owner = setting.company.name(task.owner) if task.owner else ""
    return Step(say(task.what), f"{one.href}#next", say(task.why), one.row.name, owner, due(task.due, setting))
