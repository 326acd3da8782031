"""All customers in one table: filter by class, health, manager and region, sort by any column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from kam import render, schema
from kam.health import NAMES
from kam.language import N_
from kam.page import Page, SearchEntry
from kam.pages import Overview, Setting
from kam.pages.rows import AREA_WORDS, Due, Line, balance, due, line, sorted_by_trouble, stances, total

ORDER = 1
HERE = "accounts/"
TITLE = N_("Customers")
AT_ONCE = 500
"""Accounts in the table; of more, the others follow as a plain list of links."""
CHIPS = 12


class Listed(NamedTuple):
    """One line of the table, with what the chips look for."""

    line: Line
    class_: str
    manager: str
    region: str
    next: str
    due: Due | None


class Chips(NamedTuple):
    """The chips of one kind: key, label, and value with word of each."""

    key: str
    label: str
    chips: tuple[tuple[str, str], ...]


def titles(setting: Setting) -> dict[str, str]:
    """The address and title of the page."""
    return {HERE: setting.language.text(TITLE)}


def pages(overview: Overview, setting: Setting) -> Iterator[Page]:
    """The list of all customers."""
    say = setting.language.text
    lines = sorted_by_trouble(line(row, setting, HERE) for row in overview.portfolio.rows)
    shown = lines[:AT_ONCE]
    regions = {
        region: f"r{at}" for at, region in enumerate(dict.fromkeys(one.row.region for one in shown if one.row.region))
    }
    title = say(TITLE)
    values = {
        "title": title,
        "lines": tuple(_listed(one, regions, setting) for one in shown),
        "rest": tuple((one.row.name, one.href) for one in lines[AT_ONCE:]),
        "chips": tuple(one for one in _chips(shown, regions, setting) if len(one.chips) > 1),
        "heads": tuple(say(AREA_WORDS[name]) for name in NAMES),
        "sums": tuple(total(lines, name) for name in NAMES),
        "people": balance(stances(lines)),
        "late": sum(one.late for one in lines),
        "limits": setting.company.config.health,
    }
    body = render.body("accounts.html", setting.language, setting.templates, **values)
    yield Page(HERE, "accounts", title, body, search=(SearchEntry("", title),), hide_toc=True)


def _listed(one: Line, regions: dict[str, str], setting: Setting) -> Listed:
    what = setting.language.say(one.next.what) if one.next else ""
    when = due(one.next.due, setting) if one.next else None
    return Listed(one, one.row.class_ or "", one.row.manager or "nobody", regions.get(one.row.region, ""), what, when)


def _chips(lines: list[Line], regions: dict[str, str], setting: Setting) -> Iterator[Chips]:
    say, code = setting.language.text, setting.language.code
    classes = {one.row.class_ for one in lines}
    yield Chips(
        "class",
        say(N_("Class")),
        tuple((name, schema.word("class", name, code)) for name in schema.words("class") if name in classes),
    )
    there = {"red": any(one.light == "red" for one in lines), "late": any(one.late for one in lines)}
    words = {"red": say(N_("alarm")), "late": say(N_("something overdue"))}
    yield Chips("state", say(N_("Health")), tuple((name, words[name]) for name, yes in there.items() if yes))
    managers = Counter(one.row.manager for one in lines if one.row.manager).most_common(CHIPS)
    yield Chips("manager", say(N_("Account manager")), tuple((id, setting.company.name(id)) for id, _ in managers))
    yield Chips("region", say(N_("Region")), tuple((key, name) for name, key in list(regions.items())[:CHIPS]))
