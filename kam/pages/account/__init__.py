"""The page of one customer: what a file says, what follows from it today, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kam import render, schema
from kam.check import Analysis
from kam.language import N_
from kam.page import Heading, Page, SearchEntry, link
from kam.pages import Setting, account_address
from kam.pages.account import (
    ask,
    brief,
    contacts,
    extras,
    fields,
    findings,
    learning,
    matrix,
    overview,
    people,
    play,
    roadmap,
    spec,
    swot,
    team,
)
from kam.pages.account.scene import Scene

CORE = {
    "people": ("stakeholders",),
    "matrix": ("matrix",),
    "team": ("team",),
    "contacts": ("contacts",),
    "swot": ("swot",),
    "roadmap": ("goals", "roadmap"),
    "learning": ("learning",),
}
"""The sections with a drawing of their own, and the sections of the file that they show."""
VIEWS = {
    "people": people.view,
    "matrix": matrix.view,
    "team": team.view,
    "contacts": contacts.view,
    "swot": swot.view,
    "roadmap": roadmap.view,
    "learning": learning.view,
}
TITLES = {
    "overview": N_("Overview"),
    "next": N_("What to do next"),
    "ask": N_("Next questions"),
    "plays": N_("Plays"),
    "brief": N_("In two minutes"),
    "people": N_("People and how they stand"),
    "matrix": N_("Relationship matrix"),
    "team": N_("Team"),
    "contacts": N_("Contacts"),
    "swot": N_("SWOT"),
    "roadmap": N_("Goals and roadmap"),
    "learning": N_("Learning"),
    "findings": N_("Findings"),
}
_CORE_NAMES = frozenset(name for names in CORE.values() for name in names)


class Section(NamedTuple):
    """A section of the page: its id, its title, its findings, its content and the company's own fields."""

    id: str
    title: str
    found: findings.Group | None
    view: object
    extras: tuple[extras.Extra, ...]


def page(analysis: Analysis, setting: Setting) -> Page:
    """The page of an account; of one that cannot be read, its faults."""
    here = account_address(analysis.row.account)
    if analysis.plan is None:
        return _broken(analysis, setting, here)
    scene = Scene(analysis, analysis.plan, setting, here)
    views = [(name, view(scene)) for name, view in VIEWS.items()]
    core = [(name, view) for name, view in views if view is not None]
    others = [(name, view) for name in schema.sections() if name not in _CORE_NAMES and (view := _other(scene, name))]
    shown = {name for name, _ in core} | {name.replace("_", "-") for name, _ in others}
    told = [findings.told(one, setting, here, shown) for one in analysis.findings]
    own = extras.possible(scene)
    sections = tuple(_section(scene, name, view, told, own) for name, view in (*core, *others))
    places = ["overview", *(one.id for one in sections), "findings"]
    steps, ahead, short = overview.steps(scene), overview.ahead(scene), brief.brief(scene)
    asked, played = ask.asked(scene), play.lines(scene)
    titles = {name: _title(scene, name) for name in (*TITLES, *shown)}
    values = {
        "head": overview.head(scene),
        "up": link(here, "accounts/"),
        "whole": findings.group(one for one in told if one.section == "overview"),
        "steps": steps,
        "questions": asked,
        "played": played,
        "ahead": ahead,
        "later": max(0, len(analysis.row.tasks) - len(steps) - len(ahead)),
        "brief": short,
        "sections": sections,
        "own": extras.of_file(scene),
        "told": sorted((one for one in told if not one.until), key=lambda one: places.index(one.section)),
        "waived": [one for one in told if one.until],
        "counted": findings.counted(told, setting.language),
        "titles": titles,
        "core": frozenset(CORE),
    }
    first = {"overview": True, "next": steps, "ask": asked, "plays": played, "brief": short is not None}
    body = render.body("account.html", setting.language, setting.templates, **values)
    return Page(
        here,
        "account",
        scene.account.name,
        body,
        description=_description(scene),
        headings=tuple(_headings(scene, first, sections)),
        search=tuple(_search(scene)),
        source=analysis.document.name,
    )


class Other(NamedTuple):
    """A section without a drawing of its own."""

    node: fields.Node | None


def _other(scene: Scene, name: str) -> Other | None:
    if not scene.shown(name) or name == "waivers":
        return None
    return Other(fields.section(scene, name))


def _section(scene: Scene, name: str, view: object, told: list[findings.Told], own: bool) -> Section:
    id = name.replace("_", "-")
    found = findings.group(one for one in told if one.section == id)
    more = extras.in_sections(scene, *CORE.get(name, (name,))) if own else ()
    return Section(id, _title(scene, name), found, view, more)


def _title(scene: Scene, name: str) -> str:
    if name in TITLES:
        return scene.text(TITLES[name])
    return spec.section_title(name.replace("-", "_"), scene.setting.language)


def _headings(scene: Scene, first: Mapping[str, object], sections: tuple[Section, ...]) -> Iterator[Heading]:
    """The table of contents; of what stands first only that which is there."""
    yield from (Heading(name, scene.text(TITLES[name])) for name, there in first.items() if there)
    yield from (Heading(one.id, one.title) for one in sections)
    yield Heading("findings", scene.text(TITLES["findings"]))


def _description(scene: Scene) -> str:
    manager = scene.plan.who(scene.plan.manager) if scene.plan.manager else ""
    return scene.listed(filter(None, (scene.account.name, scene.word("class", scene.account.class_), manager)))


def _search(scene: Scene) -> Iterator[SearchEntry]:
    name = scene.account.name
    yield SearchEntry("", name, _description(scene))
    for one in scene.account.stakeholders.values():
        text = scene.listed(filter(None, (name, one.unit)))
        yield SearchEntry(f"p-{one.id}", " ".join(filter(None, (one.title, one.name))), text)


def _broken(analysis: Analysis, setting: Setting, here: str) -> Page:
    """The page of a file that cannot be read: what is wrong with it, and where."""
    row, language = analysis.row, setting.language
    told = [findings.told(one, setting, here, ()) for one in analysis.findings]
    values = {
        "name": row.name,
        "up": link(here, "accounts/"),
        "file": row.file,
        "source": setting.source(row.file),
        "as_of": " · ".join(filter(None, (setting.today.isoformat(), setting.commit))),
        "found": findings.group(told),
    }
    body = render.body("broken.html", language, setting.templates, **values)
    title = language.text(N_("Findings"))
    return Page(
        here,
        "account",
        row.name,
        body,
        headings=(Heading("findings", title),),
        search=(SearchEntry("", row.name),),
        source=row.file,
    )
