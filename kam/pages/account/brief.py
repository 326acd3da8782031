"""The account in two minutes, for somebody who never heard of it: put together from what the file says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import NamedTuple

from kam import render
from kam.language import N_
from kam.model import Stakeholder
from kam.pages.account.scene import Mark, Scene, Who, contact_anchor, raw, stakeholder, stance


class Part(NamedTuple):
    """A piece of a line: a text, or a person with a link and a stance, and what follows."""

    text: str
    who: Who | None = None
    mark: Mark | None = None


class Brief(NamedTuple):
    """The account for somebody who never heard of it."""

    lines: tuple[tuple[str, tuple[Part, ...]], ...]
    contacts: tuple[tuple[str, str, str, str], ...]
    """Day, who met whom, what it was about, anchor."""


def brief(scene: Scene) -> Brief | None:
    """The account in two minutes; None when the file says nothing of it."""
    lines = tuple((scene.text(title), tuple(parts)) for title, parts in _lines(scene) if parts)
    contacts = tuple(_contact(scene, one) for one in _latest(scene))
    return Brief(lines, contacts) if lines or contacts else None


def _latest(scene: Scene) -> list[int]:
    order = sorted(
        range(len(scene.plan.contacts)), key=lambda at: scene.plan.contacts[at].date or date.min, reverse=True
    )
    return order[:4]


def _contact(scene: Scene, at: int) -> tuple[str, str, str, str]:
    one = scene.plan.contacts[at]
    names, titles = scene.listed(map(scene.plan.who, one.ours)), scene.listed(map(scene.plan.title, one.theirs))
    what = render.plain((one.content or "").strip().partition("\n")[0])
    return (
        scene.short(one.date),
        scene.text(N_("{names} with {titles}"), names=names, titles=titles),
        what,
        contact_anchor(one.name),
    )


def _lines(scene: Scene) -> Iterator[tuple[str, list[Part]]]:
    yield N_("What they want"), _wants(scene)
    deciding = [one for one in scene.plan.active.values() if "decision-maker" in one.buying_roles]
    weighty = [one for one in scene.plan.active.values() if one.influence == "decisive" or one in deciding]
    yield N_("Who decides") if deciding or not weighty else N_("Who probably decides"), _persons(scene, weighty)
    yield (
        N_("Who is in the way"),
        _persons(scene, (one for one in scene.plan.active.values() if one.stance == "opponent")),
    )
    yield N_("How we win"), _winning(scene)
    yield N_("Rivals"), _rivals(scene)


def _wants(scene: Scene) -> list[Part]:
    order = {"high": 0, "medium": 1, "low": 2}
    needs = [one for one in (raw(scene.account.data, "needs") or {}).values() if one and one.get("text")]
    needs.sort(key=lambda one: order.get(one.get("priority") or "", 3))
    target = raw(scene.account.profile, "positioning", "target_need")
    parts = [
        _said(scene, one["text"], scene.plan.title(one["stated_by"]) if one.get("stated_by") else "")
        for one in needs[:3]
    ]
    return parts or ([Part(target)] if target else [])


def _said(scene: Scene, text: str, more: str) -> Part:
    return Part(scene.text(N_("{what} ({more})"), what=text, more=more) if more else text)


def _persons(scene: Scene, found: Iterable[Stakeholder]) -> list[Part]:
    colon = ": " if scene.setting.language.code == "en" else "："
    named = ((one, stakeholder(scene, one.id)) for one in islice(found, 4))
    return [
        Part(colon + one.stance_basis.why if one.stance_basis.why else "", who, stance(scene, one.stance))
        for one, who in named
    ]


def _winning(scene: Scene) -> list[Part]:
    parts = []
    for one in islice(scene.account.goals.internal.values(), 3) if scene.account.goals else ():
        target = (
            f"{one.measure or ''} {render.number(one.target)}".strip()
            if one.target is not None
            else (one.measure or "")
        )
        day = scene.text(N_("by {day}"), day=one.due) if one.due else ""
        parts.append(_said(scene, one.text, scene.listed(filter(None, (target, day)))))
    why = raw(scene.account.profile, "positioning", "why_us")
    return [*parts, Part(why)] if why else parts


def _rivals(scene: Scene) -> list[Part]:
    colon = "：" if scene.setting.language.code == "zh" else ": "
    found = islice(scene.account.competitors.values(), 4)
    return [
        _said(
            scene,
            one.name + (colon + one.offers if one.offers else ""),
            scene.text(N_("can replace us")) if one.substitute else "",
        )
        for one in found
    ]
