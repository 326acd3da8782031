"""What every section of an account's page sees, and the few things that several of them say alike."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from markupsafe import Markup

from kam import render, schema
from kam.check import Analysis
from kam.language import N_
from kam.model import Account, Stakeholder
from kam.pages import Setting, rows
from kam.pages.rows import Due
from kam.plan import Freshness, Plan
from kam.record import record

SECTIONS = {
    "stakeholders": "people",
    "goals": "roadmap",
}
"""Sections of the file that stand on the page under another name."""


@record
class Scene:
    """One account, drawn in one language."""

    analysis: Analysis
    plan: Plan
    setting: Setting
    here: str
    """The address of the page."""

    @property
    def account(self) -> Account:
        return self.plan.account

    @property
    def today(self) -> date:
        return self.plan.today

    def text(self, text: str, **values: object) -> str:
        """A text of ours in the language of the page."""
        return self.setting.language.text(text, **values)

    def word(self, name: str, value: str | None) -> str:
        """The label of a value of an enumeration; nothing for nothing."""
        return schema.word(name, value, self.setting.language.code) if value else ""

    def listed(self, names: Iterable[str]) -> str:
        """Names in a row, with the comma of the language."""
        return ("、" if self.setting.language.code == "zh" else ", ").join(names)

    @property
    def semicolon(self) -> str:
        """What parts one statement from the next."""
        return "；" if self.setting.language.code == "zh" else "; "

    def short(self, day: date | None) -> str:
        return render.short(day, self.today) if day else ""

    def money(self, value: float) -> str:
        return render.money(value, self.account.currency, self.setting.language)

    def shown(self, section: str) -> bool:
        """Whether a section is filled or asked for."""
        return section in self.account.sections or self.plan.asked_for(section)


class Who(NamedTuple):
    """A person or thing by name, with a link if it has a place."""

    name: str
    href: str | None


def due(scene: Scene, day: date | None) -> Due:
    """How long until a day, or since."""
    return rows.due(day, scene.setting)


def ago(scene: Scene, day: date | None) -> str:
    """How long ago a day was, or how far off it is."""
    if day is None:
        return ""
    age = scene.plan.age(day)
    if age == 0:
        return scene.text(N_("today"))
    return scene.text(N_("{days} d ago"), days=age) if age > 0 else scene.text(N_("in {days} d"), days=-age)


def colleague(scene: Scene, id: str) -> Who:
    """One of ours: to the person's own page, else to the row of the team's table."""
    own = scene.setting.person(scene.here, id)
    team = f"#m-{id}" if scene.account.team and id in (*scene.account.team.members, scene.plan.manager) else None
    return Who(scene.plan.who(id), own or team)


def stakeholder(scene: Scene, id: str) -> Who:
    """Somebody of the customer, with the row of the stakeholders' table."""
    return Who(scene.plan.title(id), f"#p-{id}" if id in scene.account.stakeholders else None)


def function(scene: Scene, id: str) -> str:
    """What somebody of ours does: the role in this team, else the function in the company."""
    team = scene.account.team
    member = team.members.get(id) if team else None
    person = scene.plan.person(id)
    return (member.role if member else None) or scene.word("function", person.function)


def contact_anchor(name: str) -> str:
    """The id of a contact on the page; names that other parts of the page use are set apart."""
    plain = name.replace("#", "-")
    return f"c.{plain}" if plain in RESERVED or plain.startswith(("p-", "m-", "r-")) else plain


_FIRST = ("top", "overview", "next", "ask", "plays", "brief")
RESERVED = frozenset((*_FIRST, "people", "findings", "history", *schema.sections()))
"""The ids of the sections."""


class Mark(NamedTuple):
    """A stance: the name of its shape, and its word."""

    name: str
    word: str


def stance(scene: Scene, value: str | None) -> Mark:
    """The mark of a stance; nothing known is `unknown`."""
    name = value if value in render.ICONS else "unknown"
    return Mark(name, scene.word("stance", name))


LEVELS = ("low", "medium", "high", "decisive")


def influence(value: str | None) -> Markup | None:
    """The four bars of an influence."""
    return render.ICONS[f"inf{LEVELS.index(value) + 1}"] if value in LEVELS else None


def roles(scene: Scene, one: Stakeholder) -> str:
    """The buying roles of a stakeholder in words."""
    return scene.listed(scene.word("buying-role", role) for role in one.buying_roles if role != "none")


def sentence(scene: Scene, one: Freshness) -> str:
    """Everything about a cell in one sentence, for the pointer and for screen readers."""
    names = {
        "name": scene.plan.who(one.cell.member),
        "title": scene.plan.title(one.cell.stakeholder),
        "level": scene.word("contact-level", one.cell.level),
    }
    if one.pending:
        return scene.text(N_("{name} and {title}: {level}; introduction planned for {day}"), **names, day=one.pending)
    if one.age is None:
        return scene.text(N_("{name} and {title}: {level}; no contact on record"), **names)
    left = one.left
    if left is None:
        return scene.text(N_("{name} and {title}: {level}; last contact {age} days ago"), **names, age=one.age)
    rest = N_("{name} and {title}: {level}; last contact {age} days ago, {left} days left")
    over = N_("{name} and {title}: {level}; last contact {age} days ago, {left} days overdue")
    return scene.text(rest if left >= 0 else over, **names, age=one.age, left=abs(left))


def raw(data: Any, *path: str) -> Any:
    """What stands at a path in the data as it was read; None where it stops."""
    for key in path:
        data = data.get(key) if isinstance(data, dict) else None
    return data
