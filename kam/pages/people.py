"""The team directory: our people by department, what each of them has to do with accounts, and who left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from kam import render, schema
from kam.company import Person
from kam.language import N_
from kam.page import Heading, Page, SearchEntry
from kam.pages import Overview, Setting
from kam.pages.share import Share, share

ORDER = 2
HERE = "people/"
TITLE = N_("Our people")


class Line(NamedTuple):
    """One of ours in the table."""

    name: str
    href: str | None
    head: bool
    function: str
    level: str
    managed: int
    others: int
    todo: int
    late: int


class Department(NamedTuple):
    """A department with its people, the highest level first."""

    id: str
    title: str
    lines: tuple[Line, ...]


def titles(setting: Setting) -> dict[str, str]:
    """The address and title of the page."""
    return {HERE: setting.language.text(TITLE)}


def pages(overview: Overview, setting: Setting) -> Iterator[Page]:
    """The directory of all of ours."""
    say, people = setting.language.text, setting.company.people
    shares = {id: share(id, rows) for id, rows in overview.concerned.items()}
    departments = tuple(_departments(shares, setting))
    title = say(TITLE)
    values = {
        "title": title,
        "departments": departments,
        "n": sum(not one.left for one in people.values()),
        "customers": sum(row.manager in people for row in overview.portfolio.rows),
    }
    body = render.body("people.html", setting.language, setting.templates, **values)
    headings = tuple(Heading(one.id, one.title) for one in departments)
    yield Page(HERE, "people", title, body, headings=headings, search=(SearchEntry("", title),))


def function(person: Person, setting: Setting) -> str:
    """What somebody is; nothing where the company does not say."""
    return schema.word("function", person.function, setting.language.code) if person.function else ""


def level(person: Person, setting: Setting) -> str:
    """The level by the company's own word, else by its number."""
    if person.level is None:
        return ""
    return setting.company.config.account_levels.get(person.level) or str(person.level)


def _departments(shares: Mapping[str, Share], setting: Setting) -> Iterator[Department]:
    company, say = setting.company, setting.language.text
    found: dict[str, list[Person]] = {}
    for one in company.people.values():
        named = f"d-{one.department}" if one.department in company.departments else "others"
        found.setdefault("left" if one.left else named, []).append(one)
    titles = {f"d-{id}": one.name for id, one in company.departments.items()}
    titles |= {"others": say(N_("Without a department")), "left": say(N_("Have left"))}
    for id, title in titles.items():
        yield from _one(id, title, found.get(id, ()), shares, setting)


def _one(
    id: str, title: str, people: Iterable[Person], shares: Mapping[str, Share], setting: Setting
) -> Iterator[Department]:
    ordered = sorted(people, key=lambda one: (one.level is None, one.level or 0))
    if ordered:
        yield Department(id, title, tuple(_line(one, shares[one.id], setting) for one in ordered))


def _line(person: Person, share: Share, setting: Setting) -> Line:
    department = setting.company.departments.get(person.department or "")
    return Line(
        person.name,
        setting.person(HERE, person.id),
        bool(department and department.head == person.id and not person.left),
        function(person, setting),
        level(person, setting),
        len(share.managed),
        len(share.sponsored) + len(share.member),
        len(share.tasks),
        share.late(setting.today),
    )
