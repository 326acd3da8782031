"""The page of one of ours over all accounts: whom to call, my customers, what to do, what to learn."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from kam import render, schema
from kam.company import Person
from kam.health import NAMES
from kam.language import N_
from kam.page import Heading, Page, SearchEntry, link
from kam.pages import Overview, Setting, has_page, mine, person_address
from kam.pages.fortnight import fortnight
from kam.pages.mine import MOST
from kam.pages.people import function, level
from kam.pages.rows import AREA_WORDS, Line
from kam.pages.share import Share, share

ORDER = 2


def addresses(setting: Setting) -> Iterator[str]:
    """The address of everybody's page."""
    return (person_address(id) for id in setting.company.people if has_page(id))


def pages(overview: Overview, setting: Setting) -> Iterator[Page]:
    """The page of everybody, also of those who have no account and those who left."""
    teams: dict[str | None, list[Person]] = {}
    for person in setting.company.people.values():
        if not person.left:
            teams.setdefault(person.reports_to, []).append(person)
    lines: dict[str, Line] = {}
    for id, person in setting.company.people.items():
        if has_page(id) and overview.asks(person_address(id)):
            yield _page(person, share(id, overview.concerned[id]), teams.get(id, []), lines, setting)


def _page(person: Person, share: Share, team: list[Person], lines: dict[str, Line], setting: Setting) -> Page:
    say = setting.language.text
    here = f"people/{person.id}/"
    calls = sorted(share.touches, key=lambda one: (one[0].due or date.min, one[1].account))
    meetings, more_meetings = mine.meetings(share, setting, here)
    customers = tuple(mine.customers(share, setting, here, lines))
    groups = tuple(mine.groups(share, setting, here))
    subjects, more_subjects = mine.subjects(share, setting, here)
    titles = {
        **({"due": say(N_("Whom to contact"))} if calls or meetings else {}),
        **({"mine": say(N_("My customers"))} if customers else {}),
        **{one.id: one.title for one in groups},
        **({"learn": say(N_("What I should know"))} if subjects else {}),
    }
    place = _place(person, setting, here)
    about = " · ".join(filter(None, (place["function"], place["department"])))
    values = {
        "name": person.name,
        "up": link(here, "people/"),
        **place,
        "left": person.left,
        "team": tuple((one.name, setting.person(here, one.id)) for one in team),
        "as_of": " · ".join(filter(None, (setting.today.isoformat(), setting.commit))),
        "titles": titles,
        "figures": tuple(mine.figures(share, setting)) if titles else (),
        "chart": fortnight((one.due for one, _ in calls), setting.today, setting.language),
        "meetings": meetings,
        "more_meetings": more_meetings,
        "calls": tuple(mine.call(touch, row, setting, here) for touch, row in calls[:MOST]),
        "more_calls": max(0, len(calls) - MOST),
        "customers": customers,
        "more_customers": share.accounts - len(customers),
        "accounts": link(here, "accounts/"),
        "heads": tuple(say(AREA_WORDS[name]) for name in NAMES),
        "groups": groups,
        "subjects": subjects,
        "more_subjects": more_subjects,
    }
    body = render.body("person.html", setting.language, setting.templates, **values)
    return Page(
        here,
        "person",
        person.name,
        body,
        description=" · ".join(filter(None, (person.name, about))),
        headings=tuple(Heading(key, text) for key, text in titles.items()),
        search=(SearchEntry("", person.name, about),),
        source="company/people.yaml",
    )


def _place(person: Person, setting: Setting, here: str) -> dict[str, Any]:
    """What somebody is in the company: department, function, level, boss."""
    company = setting.company
    department = company.departments.get(person.department or "")
    return {
        "department": company.department_name(person.department) if person.department else "",
        "department_href": link(here, "people/", f"d-{person.department}") if department and not person.left else None,
        "function": function(person, setting),
        "grade": schema.word("grade", person.grade, setting.language.code) if person.grade else "",
        "head": bool(department and department.head == person.id),
        "level": level(person, setting),
        "boss": company.name(person.reports_to) if person.reports_to else "",
        "boss_href": setting.person(here, person.reports_to),
    }
