"""Goals and the customer roadmap: what is promised, when it happens, what it costs, who signed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from kam import model, render
from kam.days import months_later, whole_months
from kam.language import N_
from kam.model import Entry, Goal
from kam.pages.account.chart import cut, width
from kam.pages.account.scene import Scene

AXIS, ROOM = 196, 548
"""Where the axis of time begins and how long it is, in SVG units; 908 is the whole width."""
TOP, ROW = 38, 46
BUDGET = 700
_MONTHS = 20
"""Months that get a line each; longer axes have one a quarter, then one a year."""


class GoalRow(NamedTuple):
    """A goal."""

    text: str
    side: str
    measure: str
    due: str
    late: bool
    entries: int


class Bar(NamedTuple):
    """An entry on the axis; lengths in SVG units from its left edge."""

    id: str
    y: int
    title: str
    full: str
    kind: str
    deployed: float | None
    start: float
    length: float
    lead: str
    owner: str
    cost: str
    departments: str
    over: bool


class Tick(NamedTuple):
    """A line of the axis with its name."""

    x: float
    name: str


class Axis(NamedTuple):
    """The drawing of the roadmap."""

    height: int
    today: float
    today_word: str
    window: tuple[float, float] | None
    ticks: tuple[Tick, ...]
    bars: tuple[Bar, ...]
    description: str


class Segment(NamedTuple):
    """A part of a year's budget."""

    x: float
    length: float
    name: str
    cost: str
    over: bool


class Year(NamedTuple):
    """A year's budget."""

    year: int
    segments: tuple[Segment, ...]
    rest: tuple[float, float, str] | None
    limit: float | None
    sum: str
    share: str
    approved: str
    over: str


class Signed(NamedTuple):
    """A department's signature."""

    department: str
    by: str
    day: str
    version: int
    state: str
    """done, old (an earlier version) or missing."""


class Roadmap(NamedTuple):
    """The section."""

    goals: tuple[GoalRow, ...]
    version: int
    axis: Axis | None
    undated: tuple[Entry, ...]
    years: tuple[Year, ...]
    signed: tuple[Signed, ...]
    given: int
    told: tuple[tuple[str, str, str, str], ...]
    """Audience, day, how, who."""
    unit: str


def view(scene: Scene) -> Roadmap | None:
    """The section about goals and the roadmap."""
    if not (scene.shown("goals") or scene.shown("roadmap")):
        return None
    roadmap = scene.account.roadmap
    entries = list(roadmap.entries.values()) if roadmap else []
    signed = tuple(_signed(scene))
    return Roadmap(
        tuple(_goals(scene)),
        roadmap.version if roadmap else 1,
        _axis(scene, sorted((one for one in entries if one.starts), key=lambda one: one.starts or date.max)),
        tuple(one for one in entries if not one.starts),
        tuple(_years(scene)),
        signed,
        sum(one.state == "done" for one in signed),
        tuple(_told(scene)),
        scene.text(N_("yuan")) if scene.account.currency == "CNY" else scene.account.currency,
    )


def _goals(scene: Scene) -> Iterator[GoalRow]:
    goals = scene.account.goals
    for one in (*goals.external.values(), *goals.internal.values()) if goals else ():
        yield _goal(scene, one)


def _goal(scene: Scene, one: Goal) -> GoalRow:
    entries = scene.account.roadmap.entries.values() if scene.account.roadmap else ()
    target = scene.money(one.target) if one.target is not None else ""
    return GoalRow(
        one.text,
        scene.text(N_("to the customer")) if one.side == "external" else scene.text(N_("for ourselves")),
        " ".join(filter(None, (one.measure, target))),
        one.due.isoformat() if one.due else "",
        scene.plan.overdue(one.due),
        sum(entry.goal == one.id for entry in entries),
    )


def _told(scene: Scene) -> Iterator[tuple[str, str, str, str]]:
    goals = scene.account.goals
    for one in goals.communicated if goals else ():
        name = scene.plan.who if one.audience == "staff" else scene.plan.title
        who = scene.listed(map(name, one.who)) if len(one.who) <= 4 else scene.text(N_("{n} people"), n=len(one.who))
        yield scene.word("audience", one.audience), one.date.isoformat() if one.date else "", one.how or "", who


class _Scale(NamedTuple):
    first: date
    last: date

    def x(self, day: date) -> float:
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return round(AXIS + ROOM * min(1.0, max(0.0, share)), 1)


def _axis(scene: Scene, entries: list[Entry]) -> Axis | None:
    if not entries:
        return None
    days = [day for one in entries for day in (one.deployed, one.starts, one.ends) if day] + [scene.today]
    first, last = min(days).replace(day=1), months_later(max(days).replace(day=1), 1)
    scale = _Scale(first, last)
    near, far = months_later(scene.today, 3), months_later(scene.today, 6)
    leads = [whole_months(one.deployed, one.starts) for one in entries if one.deployed and one.starts]
    text = N_("{n} entries, {least} to {most} months from deployment to start") if leads else N_("{n} entries")
    return Axis(
        TOP + ROW * len(entries) + 8,
        scale.x(scene.today),
        scene.text(N_("today {day}"), day=f"{scene.today:%m-%d}"),
        (scale.x(near), scale.x(far)) if near < last else None,
        tuple(_ticks(scene, scale)),
        tuple(_bar(scene, one, scale, at) for at, one in enumerate(entries)),
        scene.text(text, n=len(entries), least=min(leads, default=0), most=max(leads, default=0)),
    )


def _ticks(scene: Scene, scale: _Scale) -> Iterator[Tick]:
    months = whole_months(scale.first, scale.last)
    step = 1 if months <= _MONTHS else 3 if months <= 3 * _MONTHS else 12
    for at in range(months):
        day = months_later(scale.first, at)
        if (day.month - 1) % step:
            continue
        yield Tick(scale.x(day), _month(scene, day, step))


def _month(scene: Scene, day: date, step: int) -> str:
    if step == 12:
        return str(day.year)
    if step == 3:
        return f"{day:%Y-%m}" if day.month == 1 else f"{day:%m}"
    names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return f"{day.month}月" if scene.setting.language.code == "zh" else names[day.month - 1]


def _bar(scene: Scene, one: Entry, scale: _Scale, at: int) -> Bar:
    assert one.starts
    start, end = scale.x(one.starts), scale.x(one.ends or one.starts)
    length = min(max(5.0, end - start), AXIS + ROOM - start + 5)
    months = whole_months(one.deployed, one.starts) if one.deployed else None
    span = scene.short(one.starts) + (f"–{scene.short(one.ends)}" if one.ends and one.ends != one.starts else "")
    status = scene.word("entry-status", one.status) if one.status != "planned" else ""
    return Bar(
        one.id,
        TOP + ROW * at,
        cut(one.text, 188, 12.5),
        one.text,
        cut(" · ".join(filter(None, (scene.word("entry-kind", one.kind), span, status))), 190, 12),
        scale.x(one.deployed) if one.deployed else None,
        start,
        round(length, 1),
        scene.text(N_("{n} months ahead"), n=months) if months is not None else "",
        cut(scene.plan.who(one.owner), 90, 12) if one.owner else "",
        render.number(one.cost) if one.cost is not None else "",
        cut(scene.listed(scene.plan.company.department_name(id) for id in one.departments), 150, 12),
        not one.live,
    )


def _years(scene: Scene) -> Iterator[Year]:
    roadmap = scene.account.roadmap
    if not roadmap:
        return
    years = {one.starts.year for one in roadmap.entries.values() if one.starts} | roadmap.budgets.keys()
    for year in sorted(years):
        if roadmap.cost(year) or year in roadmap.budgets:
            yield _year(scene, roadmap, year)


def _year(scene: Scene, roadmap: model.Roadmap, year: int) -> Year:
    entries = sorted((one for one in roadmap.starting(year) if one.cost), key=lambda one: one.starts or date.max)
    budget, total = roadmap.budgets.get(year), roadmap.cost(year)
    approved = budget.approved if budget else None
    scale = BUDGET / (max(total, approved or 0) or 1)
    segments, x = [], 0.0
    for one in entries:
        length = (one.cost or 0) * scale
        name, cost = cut(one.text, max(0, length - 4), 12), render.number(one.cost or 0)
        fits = length > width(cost, 12) + 2
        segments.append(
            Segment(
                round(x, 1),
                round(max(1.0, length - 1.5), 1),
                name if len(name) > 1 else "",
                cost if fits else "",
                approved is not None and x + length > approved * scale + 0.5,
            )
        )
        x += length
    rest = (approved or 0) - total
    by = " ".join(
        filter(
            None,
            (
                scene.plan.who(budget.by) if budget and budget.by else "",
                budget.date.isoformat() if budget and budget.date else "",
            ),
        )
    )
    return Year(
        year,
        tuple(segments),
        (round(x + 0.5, 1), round(max(1.0, rest * scale - 1), 1), render.number(rest))
        if approved and rest > 0
        else None,
        round(approved * scale, 1) if approved else None,
        f"{render.number(total)} / {render.number(approved)}" if approved is not None else render.number(total),
        scene.text(N_("{share}% planned"), share=render.number(round(100 * total / approved, 1)))
        if approved
        else scene.text(N_("no budget approved")),
        scene.text(N_("approved by {name}"), name=by) if by else "",
        scene.text(N_("{amount} over the budget"), amount=render.number(-rest))
        if approved is not None and rest < 0
        else "",
    )


def _signed(scene: Scene) -> Iterator[Signed]:
    roadmap = scene.account.roadmap
    for id in scene.plan.signing_departments if roadmap else ():
        assert roadmap
        one = roadmap.sign_offs.get(id)
        given = one and one.by and one.date
        state = "missing" if not given else "done" if one and one.version >= roadmap.version else "old"
        by, day = (scene.plan.who(one.by) if one and one.by else ""), (one.date.isoformat() if one and one.date else "")
        yield Signed(scene.plan.company.department_name(id), by, day, one.version if one else 0, state)
