"""The customer's people: influence by stance, the newest judgements, and the table of everybody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from markupsafe import Markup

from kam.figures import STANCES
from kam.language import N_
from kam.model import Stakeholder
from kam.pages.account import fields
from kam.pages.account.chart import Chart, chart
from kam.pages.account.scene import LEVELS, Mark, Scene, Who, influence, raw, roles, stakeholder, stance

_COLUMNS = ("opponent", "unknown", "neutral", "supporter", "helper")
RECENT, RECENTLY = 90, 5
_TABLED = frozenset(
    ("title", "name", "unit", "level", "reports_to", "stance", "stance_basis", "influence", "buying_roles", "side")
) | {"approach", "channel", "topics", "acquaintance", "lines", "status", "successor"}


class Square(NamedTuple):
    """One place of the table influence by stance."""

    class_: str
    people: tuple[Who, ...]


class Person(NamedTuple):
    """A row of the table of stakeholders."""

    id: str
    title: str
    name: str
    about: str
    status: str
    mark: Mark
    basis: str
    bars: Markup | None
    influence: str
    roles: str
    acquaintance: str
    stranger: bool
    approach: str
    means: str
    more: tuple[tuple[str, str], ...]


class People(NamedTuple):
    """The section."""

    chart: Chart | None
    columns: tuple[tuple[Mark, int], ...]
    rows: tuple[tuple[str, Markup | None, tuple[Square, ...]], ...]
    recent: tuple[tuple[Who, Mark, str, str], ...]
    people: tuple[Person, ...]


def view(scene: Scene) -> People | None:
    """The section about the customer's people."""
    if not scene.shown("stakeholders"):
        return None
    columns = [
        one
        for one in _COLUMNS
        if one != "unknown" or any((p.stance or "unknown") == "unknown" for p in scene.plan.active.values())
    ]
    counts = {name: sum((one.stance or "unknown") == name for one in scene.plan.active.values()) for name in STANCES}
    return People(
        chart(scene),
        tuple((stance(scene, name), counts[name]) for name in columns),
        tuple(_rows(scene, columns)),
        tuple(_recent(scene)),
        tuple(
            _person(scene, one) for one in sorted(scene.account.stakeholders.values(), key=lambda one: not one.active)
        ),
    )


def _rows(scene: Scene, columns: list[str]) -> Iterator[tuple[str, Markup | None, tuple[Square, ...]]]:
    for level in (*reversed(LEVELS), None):
        here = [
            one for one in scene.plan.active.values() if (one.influence if one.influence in LEVELS else None) == level
        ]
        if level or here:
            word = scene.word("influence", level) if level else scene.text(N_("not said"))
            yield word, influence(level), tuple(_square(scene, here, level, name) for name in columns)


def _square(scene: Scene, people: list[Stakeholder], level: str | None, name: str) -> Square:
    here = tuple(stakeholder(scene, one.id) for one in people if (one.stance or "unknown") == name)
    weighty = bool(here) and level in ("high", "decisive")
    return Square(
        "risk" if weighty and name == "opponent" else "lean" if weighty and name in ("supporter", "helper") else "",
        here,
    )


def _recent(scene: Scene) -> Iterator[tuple[Who, Mark, str, str]]:
    """Who was judged in the last weeks, the newest first."""
    judged = [
        one
        for one in scene.plan.active.values()
        if one.stance_basis.date and 0 <= scene.plan.age(one.stance_basis.date) <= RECENT
    ]
    judged.sort(key=lambda one: one.stance_basis.date or date.min, reverse=True)
    for one in judged[:RECENTLY]:
        by = scene.plan.who(one.stance_basis.by) if one.stance_basis.by else ""
        yield stakeholder(scene, one.id), stance(scene, one.stance), by, scene.short(one.stance_basis.date)


def _person(scene: Scene, one: Stakeholder) -> Person:
    basis = one.stance_basis
    by = " ".join(filter(None, (scene.plan.who(basis.by) if basis.by else "", scene.short(basis.date))))
    why = scene.text(N_("{what} ({more})"), what=basis.why, more=by) if basis.why and by else basis.why or by
    status = "" if one.active else scene.word("stakeholder-status", one.status)
    if one.successor:
        status = f"{status} → {scene.plan.title(one.successor)}"
    return Person(
        one.id,
        one.title,
        one.name or "",
        " · ".join(filter(None, (one.unit, scene.word("side", one.side)))),
        status,
        stance(scene, one.stance),
        why or "",
        influence(one.influence),
        scene.word("influence", one.influence),
        roles(scene, one),
        scene.word("acquaintance", one.acquaintance) or (scene.text(N_("not said")) if one.active else ""),
        one.active and one.acquaintance not in ("can-talk", "familiar"),
        one.approach or "",
        " · ".join(filter(None, (scene.word("channel", one.channel), *one.topics))),
        fields.rest(scene, ("stakeholders", one.id), raw(scene.account.data, "stakeholders", one.id), _TABLED),
    )
