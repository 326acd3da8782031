"""What one of ours has to do with all accounts, said for the page: figures, contacts, customers, work, learning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from heapq import nsmallest
from typing import NamedTuple

from markupsafe import Markup

from kam import render, schema
from kam.agenda import Kind, Level, Task, Touch
from kam.language import N_
from kam.model import LEARNING_LEVELS
from kam.page import link
from kam.pages import Setting, account_address
from kam.pages.account.learning import STANDARD_AT
from kam.pages.account.overview import anchor
from kam.pages.rows import Due, Line, due, line, sorted_by_trouble
from kam.pages.share import Share
from kam.portfolio import Row

MOST = 50
"""Lines of each table; how many more there are is said."""
MEETINGS = 10
GROUPS: dict[str, tuple[str, tuple[Kind, ...]]] = {
    "actions": (N_("My actions"), ("action",)),
    "intro": (N_("Introductions to make"), ("introduction",)),
    "ask": (N_("Reports to ask for, results to write down"), ("report", "result")),
    "know": (N_("People to get to know"), ("cover", "acquaint", "stance")),
    "plan": (N_("Roadmap, sign-offs and reviews"), ("roadmap", "sign-off", "review")),
    "teach": (N_("Lessons and learning plans"), ("learning",)),
}
"""The sections with things to do, and the kinds of tasks that stand in each; contacts and meetings have their own."""


class Figure(NamedTuple):
    """One of the figures at the top."""

    title: str
    value: str
    of: str
    note: str
    state: str = ""


class Call(NamedTuple):
    """Somebody of a customer with whom a contact is due."""

    when: Due
    title: str
    href: str
    account: str
    home: str
    icon: Markup | None
    level: str
    last: str


class Meeting(NamedTuple):
    """A meeting that renews several contacts."""

    what: str
    why: str
    href: str
    account: str
    when: Due


class Customer(NamedTuple):
    """One of my customers and what I am to it."""

    line: Line
    role: str


class Todo(NamedTuple):
    """One thing to do."""

    when: Due
    what: str
    why: str
    href: str
    account: str
    home: str


class Group(NamedTuple):
    """Things to do of one sort, and how many there are besides."""

    id: str
    title: str
    todos: tuple[Todo, ...]
    more: int


class Subject(NamedTuple):
    """A subject to learn: level (0 to 3, -1 while nobody said) and standard; for which customer."""

    name: str
    level: int
    word: str
    at: int
    standard: str
    gap: int
    account: str
    href: str
    more: int
    """Accounts besides the one that is named."""


def figures(share: Share, setting: Setting) -> Iterator[Figure]:
    """The figures at the top of the page."""
    say, today = setting.language.text, setting.today
    others = len(share.sponsored) + len(share.member)
    note = say(N_("takes part in {n} more"), n=others) if others else ""
    yield Figure(say(N_("My customers")), str(len(share.managed)), "", note)
    days = [(one.due - today).days if one.due else -1 for one, _ in share.touches]
    soon, late = sum(0 <= left < 7 for left in days), sum(left < 0 for left in days)
    yield Figure(say(N_("Contacts due within 7 days")), str(soon), "", *_late(late, "", setting))
    ahead = min((one.due for one, _ in (*share.tasks, *share.later) if one.due and one.due >= today), default=None)
    next_ = say(N_("next: {day}"), day=render.short(ahead, today)) if ahead else ""
    yield Figure(say(N_("Things to do")), str(len(share.tasks)), "", *_late(share.late(today), next_, setting))
    planned = [one.due for one, _ in share.tasks if one.kind == "introduction" and one.due]
    overdue = sum(day < today for day in planned)
    yield Figure(say(N_("Introductions to make")), str(len(planned)), "", *_late(overdue, "", setting))
    known = [one for one, _ in share.levels if one.level in LEARNING_LEVELS]
    below = list(dict.fromkeys(one.subject for one in known if _gap(one) < 0))
    missing = say(N_("below: {names}"), names=_listed(below[:2], setting)) if below else ""
    of = f"/{len(known)}" if known else ""
    yield Figure(
        say(N_("Learning")), str(len(known) - sum(_gap(one) < 0 for one in known)) if known else "–", of, missing
    )


def _late(n: int, otherwise: str, setting: Setting) -> tuple[str, str]:
    return (setting.language.text(N_("{n} overdue"), n=n), "late") if n else (otherwise, "")


def _listed(names: list[str], setting: Setting) -> str:
    return ("、" if setting.language.code == "zh" else ", ").join(names)


def call(touch: Touch, row: Row, setting: Setting, here: str) -> Call:
    """A contact that is due, or was."""
    say, home = setting.language.text, link(here, account_address(row.account))
    icon = render.ICONS.get(touch.level or "")
    word = schema.word("contact-level", touch.level, setting.language.code) if touch.level else ""
    last = say(N_("{days} d ago"), days=(setting.today - touch.last).days) if touch.last else say(N_("never"))
    when = due(touch.due, setting) if touch.due else Due("late", say(N_("no contact yet")), "")
    return Call(when, touch.title, f"{home}#p-{touch.stakeholder}", row.name, home, icon, word, last)


def meetings(share: Share, setting: Setting, here: str) -> tuple[list[Meeting], int]:
    """The meetings of mine that renew contacts which are about to run out, the next first; and how many more."""
    found = sorted((pair for pair in share.tasks if pair[0].kind == "meeting"), key=_by_day)
    shown = [_meeting(task, row, setting, here) for task, row in found[:MEETINGS]]
    return shown, len(found) - len(shown)


def _meeting(task: Task, row: Row, setting: Setting, here: str) -> Meeting:
    say, href = setting.language.say, link(here, account_address(row.account), anchor(task))
    return Meeting(say(task.what), say(task.why), href, row.name, due(task.due, setting))


def customers(share: Share, setting: Setting, here: str, lines: dict[str, Line]) -> Iterator[Customer]:
    """My customers: those that I manage, sponsor, take part in; of each the worst first, MOST at most.

    `lines` keeps what was made for the others who have to do with the same account: all their pages are as deep.
    """
    left = MOST
    for role, rows in (
        (N_("account manager"), share.managed),
        (N_("sponsor"), share.sponsored),
        (N_("member"), share.member),
    ):
        worst = nsmallest(left, rows, key=_trouble)
        left -= len(worst)
        for row in worst:
            if row.account not in lines:
                lines[row.account] = line(row, setting, here)
        for one in sorted_by_trouble(lines[row.account] for row in worst):
            yield Customer(one, setting.language.text(role))


def _trouble(row: Row) -> tuple[int, date, str]:
    """Quick to tell for very many: what cannot be read, then errors, then what has waited longest."""
    errors = row.figures["findings"]["error"] if row.figures else 1_000_000
    return -errors, row.tasks[0].due or date.max if row.tasks else date.max, row.account


def groups(share: Share, setting: Setting, here: str) -> Iterator[Group]:
    """What there is to do, by sort; what comes later stands at the end."""
    found: dict[str, list[tuple[Task, Row]]] = {name: [] for name in GROUPS}
    of_kind = {kind: name for name, (_, kinds) in GROUPS.items() for kind in kinds}
    for task, row in (*share.tasks, *share.later):
        if task.kind in of_kind:
            found[of_kind[task.kind]].append((task, row))
    for name, (title, _) in GROUPS.items():
        pairs = sorted(found[name], key=_by_day)
        if pairs:
            todos = tuple(_todo(task, row, setting, here) for task, row in pairs[:MOST])
            yield Group(name, setting.language.text(title), todos, max(0, len(pairs) - MOST))


def _by_day(pair: tuple[Task, Row]) -> tuple[date, str, str]:
    return pair[0].due or date.max, pair[1].account, pair[0].object


def _todo(task: Task, row: Row, setting: Setting, here: str) -> Todo:
    say, home = setting.language.say, account_address(row.account)
    href = link(here, home, anchor(task))
    return Todo(due(task.due, setting), say(task.what), say(task.why), href, row.name, link(here, home))


def subjects(share: Share, setting: Setting, here: str) -> tuple[list[Subject], int]:
    """What I should know, each subject with the same level once, the greatest gap first; and how many more."""
    number = Counter(one for one, _ in share.levels)
    found = sorted(number, key=lambda one: (_gap(one) if one.level in LEARNING_LEVELS else -9, one.subject))
    first = dict(reversed(share.levels))
    shown = [_subject(one, first[one], number[one] - 1, setting, here) for one in found[:MOST]]
    return shown, len(found) - len(shown)


def _subject(one: Level, row: Row, more: int, setting: Setting, here: str) -> Subject:
    word = schema.word
    return Subject(
        one.subject,
        LEARNING_LEVELS.index(one.level) if one.level in LEARNING_LEVELS else -1,
        word("level", one.level, setting.language.code) if one.level else setting.language.text(N_("not said")),
        STANDARD_AT[one.standard],
        word("level", one.standard, setting.language.code),
        _gap(one),
        row.name,
        link(here, account_address(row.account), "learning"),
        more,
    )


def _gap(one: Level) -> int:
    """Levels above the standard, negative below; 0 while nobody said."""
    known = one.level in LEARNING_LEVELS
    return LEARNING_LEVELS.index(one.level or "") - LEARNING_LEVELS.index(one.standard) if known else 0
