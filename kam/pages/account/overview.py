"""The head of an account's page: who it is, its health, three facts; and what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from kam import health, render
from kam.agenda import Task
from kam.figures import STANCES
from kam.language import N_
from kam.model import QUADRANTS
from kam.pages.account.scene import Mark, Scene, Who, colleague, contact_anchor, due, function, raw, stance
from kam.pages.rows import AREA_WORDS, LIGHT_WORDS, Due

ANCHORS = {
    "people": "people",
    "coverage": "matrix",
    "freshness": "matrix",
    "swot": "swot",
    "roadmap": "roadmap",
    "learning": "learning",
}


class Tile(NamedTuple):
    """One area of the health strip."""

    href: str | None
    title: str
    light: str
    word: str
    n: str
    of: str
    note: str
    soon: str


class Fact(NamedTuple):
    """One of the facts below the strip."""

    title: str
    value: str
    note: str


class Head(NamedTuple):
    """Name, class and people of an account, and its health."""

    name: str
    tags: tuple[str, ...]
    class_: str
    manager: Who | None
    grade: str
    sponsor: Who | None
    sponsor_role: str
    team: str
    as_of: str
    file: str
    source: str | None
    tiles: tuple[Tile, ...]
    stances: tuple[tuple[Mark, int], ...]
    people: int
    facts: tuple[Fact, ...]


class Step(NamedTuple):
    """One thing to do."""

    what: str
    href: str
    why: str
    owner: str
    role: str
    when: Due


def head(scene: Scene) -> Head:
    """The head of the page."""
    account, team = scene.account, scene.account.team
    counts = scene.analysis.row.figures or {}
    sponsor = team.sponsor if team else None
    tags = [scene.word("status", account.status)]
    if account.restricted:
        tags.append(scene.word("visibility", "restricted"))
    if account.example:
        tags.append(scene.text(N_("Invented example")))
    stances = counts.get("stances", {})
    return Head(
        account.name,
        tuple(tags),
        _class(scene),
        colleague(scene, scene.plan.manager) if scene.plan.manager else None,
        scene.word("grade", scene.plan.person(scene.plan.manager).grade) if scene.plan.manager else "",
        colleague(scene, sponsor) if sponsor else None,
        function(scene, sponsor) if sponsor else "",
        _team(scene),
        " · ".join(filter(None, (scene.today.isoformat(), scene.setting.commit))),
        scene.analysis.document.name,
        scene.setting.source(scene.analysis.document.name),
        tuple(_tiles(scene)),
        tuple((stance(scene, name), stances[name]) for name in STANCES if name != "unknown" or stances[name])
        if stances
        else (),
        len(scene.plan.active),
        tuple(_facts(scene)),
    )


def _class(scene: Scene) -> str:
    return scene.word("class", scene.account.class_)


def _team(scene: Scene) -> str:
    team = scene.account.team
    if not team or not scene.plan.members:
        return ""
    n = scene.text(N_("{n} of ours"), n=len(scene.plan.members))
    until = scene.text(N_("until {day}"), day=team.until) if team.until else ""
    return " · ".join(filter(None, (scene.word("team-form", team.form), n, until)))


def _tiles(scene: Scene) -> Iterator[Tile]:
    for area in scene.analysis.row.areas:
        note, soon = _note(scene, area)
        here = area.of or scene.shown(health.SECTION[area.name])
        n, of = (str(area.n), f"/{area.of}") if area.of else ("–", "")
        yield Tile(
            f"#{ANCHORS[area.name]}" if here else None,
            scene.text(AREA_WORDS[area.name]),
            area.light,
            "" if area.light == "none" else scene.text(LIGHT_WORDS[area.light]),
            n,
            of,
            note,
            soon,
        )


def _note(scene: Scene, area: health.Area) -> tuple[str, str]:
    """What the figure counts and what is missing; then what is soon to go wrong."""
    if area.light == "none":
        return scene.text(N_("not needed for this class")), ""
    if not area.of:
        return scene.text(N_("nothing filled in yet")), ""
    return {
        "people": _people,
        "coverage": _coverage,
        "freshness": _freshness,
        "swot": _swot,
        "roadmap": _roadmap,
        "learning": _learning,
    }[area.name](scene, area)


def _people(scene: Scene, area: health.Area) -> tuple[str, str]:
    strangers = [one.title for one in scene.plan.active.values() if one.acquaintance not in ("can-talk", "familiar")]
    if not strangers:
        return scene.text(N_("the manager can talk with everybody")), ""
    names = scene.listed(strangers[:2]) + ("…" if len(strangers) > 2 else "")
    return scene.text(N_("the manager can talk with; not yet: {names}"), names=names), ""


def _coverage(scene: Scene, area: health.Area) -> tuple[str, str]:
    close = (scene.analysis.row.figures or {})["stakeholders_with_close"]
    if area.n == area.of == close:
        return scene.text(N_("all in the manager's row, all with a close contact")), ""
    return scene.text(N_("in the manager's row; {n} with a close contact"), n=close), ""


def _freshness(scene: Scene, area: health.Area) -> tuple[str, str]:
    stale = area.of - area.n
    soon = len(scene.plan.due_soon)
    note = scene.text(N_("cells past their time: {n}"), n=stale) if stale else scene.text(N_("no cell past its time"))
    return note, scene.text(N_("{n} run out within 7 days"), n=soon) if soon else ""


def _swot(scene: Scene, area: health.Area) -> tuple[str, str]:
    found = (scene.analysis.row.figures or {})["swot"]
    late = found["actions_overdue"]
    text = (
        N_("factors used; open actions: {n}, overdue: {late}")
        if late
        else N_("factors used; open actions: {n}, none overdue")
    )
    return scene.text(text, n=found["actions_open"], late=late), ""


def _roadmap(scene: Scene, area: health.Area) -> tuple[str, str]:
    years = (scene.analysis.row.figures or {})["roadmap"]["years"]
    year = years.get(str(scene.today.year)) or {}
    if year.get("approved"):
        text = N_("departments signed; budget {cost} of {approved}")
        return scene.text(text, cost=render.number(year["cost"]), approved=render.number(year["approved"])), ""
    return scene.text(N_("departments signed")), ""


def _learning(scene: Scene, area: health.Area) -> tuple[str, str]:
    planned = (
        {(one.person, one.subject) for one in scene.account.learning.plan if not one.done}
        if scene.account.learning
        else set()
    )
    ranks = ("none", "aware", "proficient", "expert")
    below = [
        pair
        for pair in scene.plan.pairs
        if pair.level in ranks and ranks.index(pair.level) < ranks.index(pair.standard)
    ]
    lost = sum((pair.member, pair.subject.id) not in planned for pair in below)
    return scene.text(N_("at standard; without a plan: {n}"), n=lost) if lost else scene.text(N_("at standard")), ""


def _facts(scene: Scene) -> Iterator[Fact]:
    entries = [one for one in scene.plan.live_entries if one.starts and one.starts >= scene.today]
    if entries:
        first = min(entries, key=lambda one: one.starts or date.max)
        when = due(scene, first.starts)
        note = " · ".join(filter(None, (when.words, scene.plan.who(first.owner) if first.owner else "")))
        yield Fact(scene.text(N_("Next on the roadmap")), f"{when.day} {first.text}", note)
    opportunity = _opportunity(scene)
    if opportunity:
        yield opportunity
    elif scene.plan.contacts:
        last = max(scene.plan.contacts, key=lambda one: one.date or date.min)
        whom = scene.listed(scene.plan.title(one) for one in last.theirs[:3])
        yield Fact(scene.text(N_("Latest contact")), scene.short(last.date), whom)


def _opportunity(scene: Scene) -> Fact | None:
    found = [
        one
        for one in (raw(scene.account.data, "opportunities") or {}).values()
        if one and (one.get("outcome") or "open") == "open"
    ]
    found.sort(key=lambda one: -(one.get("amount") or 0))
    if not found:
        return None
    amount, step = found[0].get("amount"), scene.word("step", found[0].get("step") or "find")
    more = scene.text(N_("and {n} more"), n=len(found) - 1) if len(found) > 1 else ""
    return Fact(
        scene.text(N_("Open opportunity")),
        scene.money(amount) if amount else step,
        " · ".join(filter(None, (step if amount else "", more))),
    )


MOST = 5


def ahead(scene: Scene) -> tuple[Step, ...]:
    """What is not among the next things and will be late if nobody acts, five at most."""
    coming = [one for one in scene.analysis.row.tasks[MOST:] if one.coming(scene.today)]
    return tuple(_step(scene, one) for one in coming[:MOST])


def steps(scene: Scene) -> tuple[Step, ...]:
    """The next things to do, five at most."""
    return tuple(_step(scene, one) for one in scene.analysis.row.tasks[:MOST])


def _step(scene: Scene, task: Task) -> Step:
    say = scene.setting.language.say
    owner = scene.plan.who(task.owner) if task.owner else ""
    return Step(
        say(task.what),
        f"#{anchor(task)}",
        say(task.why),
        owner,
        function(scene, task.owner) if task.owner else "",
        due(scene, task.due),
    )


def anchor(task: Task) -> str:
    """The place of a task on the page of its account."""
    if task.kind == "action":
        return task.object if task.object[:2] in QUADRANTS else f"actions.{task.object}"
    return contact_anchor(task.object) if task.kind in ("report", "result") else task.anchor
