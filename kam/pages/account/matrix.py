"""The relationship matrix: our members by the customer's people, each cell with its age against its cadence."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from kam.days import days_later
from kam.language import N_, Code
from kam.model import Member, Stakeholder
from kam.pages.account.scene import Mark, Scene, Who, colleague, contact_anchor, function, sentence, stance
from kam.plan import Freshness
from kam.record import record

FITS: dict[Code, int] = {"zh": 12, "en": 10}
"""Columns that fit into the page, Latin words being longer; wider ones scroll in their box."""
STEPS = 20
"""So finely the line of a cell shows how much of the cadence is used up; the style sheet has a class for each."""
_WIDTHS = (16, 20, 26, 34, 48, 80)


class Column(NamedTuple):
    """Somebody of the customer."""

    id: str
    title: str
    mark: Mark
    last: bool
    """Whether the unit ends here."""
    close: int
    keep: int
    fresh: int
    due: int
    lonely: bool
    """A key person with whom nobody is in close contact."""


@record
class Square:
    """One cell. `state`: blank, gap, fresh, soon, stale, intro, late or plain (no contact log to count from).

    `used`: the part of the cadence that is used up, in `STEPS`.
    """

    state: str
    level: str = ""
    age: str = ""
    used: int = 0
    href: str = ""
    said: str = ""
    last: bool = False


class Row(NamedTuple):
    """One of ours."""

    who: Who
    role: str
    manager: bool
    squares: tuple[Square, ...]
    close: int
    keep: int


class Matrix(NamedTuple):
    """The section."""

    units: tuple[tuple[str, int], ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    close: int
    keep: int
    fresh: int
    due: int
    by: str
    then: int
    """How many cells are past their time a week from now if nothing happens."""
    cadence: tuple[int, int]
    width: str
    reviewed: str
    introductions: str
    gaps: bool
    pending: bool


def view(scene: Scene) -> Matrix | None:
    """The section of the matrix; None where nobody asks for one."""
    if not scene.shown("matrix"):
        return None
    order = _ordered(scene)
    units = tuple((unit, sum(1 for _ in people)) for unit, people in groupby(one.unit or "" for one in order))
    columns = tuple(
        _column(scene, one, at == len(order) - 1 or (order[at + 1].unit or "") != (one.unit or ""))
        for at, one in enumerate(order)
    )
    rows = tuple(_row(scene, one, columns) for one in scene.plan.members.values())
    states = [one for one in scene.plan.freshness.values() if not one.pending]
    fresh = sum(one.fresh for one in states)
    cadence = scene.plan.company.config.cadence_days
    return Matrix(
        units,
        columns,
        rows,
        sum(one.close for one in columns),
        sum(one.keep for one in columns),
        fresh,
        len(states),
        scene.short(days_later(scene.today, 7)),
        len(states) - fresh + len(scene.plan.due_soon),
        (cadence.get("close", 0), cadence.get("keep", 0)),
        _width(len(columns), scene.setting.language.code),
        scene.account.matrix.reviewed.isoformat() if scene.account.matrix and scene.account.matrix.reviewed else "",
        _introductions(scene),
        any(square.state == "gap" for row in rows for square in row.squares),
        any(square.state in ("intro", "late") for row in rows for square in row.squares),
    )


def _width(columns: int, code: Code) -> str:
    """The class of a table that is wider than the page."""
    return "" if columns <= FITS[code] else f"n{next((one for one in _WIDTHS if one >= columns), _WIDTHS[-1])}"


def _ordered(scene: Scene) -> list[Stakeholder]:
    """The active stakeholders, unit by unit in the order of the file."""
    units = {unit: at for at, unit in enumerate(dict.fromkeys(one.unit for one in scene.plan.active.values()))}
    return sorted(scene.plan.active.values(), key=lambda one: (units[one.unit], one.level or 9))


def _column(scene: Scene, one: Stakeholder, last: bool) -> Column:
    cells = scene.plan.cells_of[one.id]
    states = [
        state for state in (scene.plan.freshness[cell.member, cell.stakeholder] for cell in cells) if not state.pending
    ]
    close = sum(cell.level == "close" for cell in cells)
    fresh = sum(state.fresh for state in states)
    lonely = one.key and not close and bool(scene.account.matrix)
    return Column(
        one.id,
        one.title,
        stance(scene, one.stance),
        last,
        close,
        sum(cell.level == "keep" for cell in cells),
        fresh,
        len(states),
        lonely,
    )


def _row(scene: Scene, member: Member, columns: tuple[Column, ...]) -> Row:
    manager = member.id == scene.plan.manager
    who = colleague(scene, member.id)
    cells = [cell for cell in scene.plan.live_cells if cell.member == member.id]
    return Row(
        who,
        function(scene, member.id),
        manager,
        tuple(_square(scene, member.id, column, manager) for column in columns),
        sum(cell.level == "close" for cell in cells),
        sum(cell.level == "keep" for cell in cells),
    )


def _square(scene: Scene, member: str, column: Column, manager: bool) -> Square:
    one = scene.plan.freshness.get((member, column.id))
    if not one:
        missing = manager and scene.account.matrix and not scene.plan.covered(column.id)
        return Square("gap" if missing else "blank", last=column.last)
    state, age = _state(scene, one)
    used = (
        min(STEPS, round(STEPS * (one.age or 0) / one.cadence))
        if one.cadence and one.age is not None
        else STEPS
        if state == "stale"
        else 0
    )
    said = scene.semicolon.join(filter(None, (sentence(scene, one), one.cell.purpose)))
    href = f"#{contact_anchor(one.last.name)}" if one.last else f"#p-{column.id}"
    return Square(state, one.cell.level or "", age, used, href, said, column.last)


def _state(scene: Scene, one: Freshness) -> tuple[str, str]:
    """The state of a cell and what stands beside its mark."""
    if one.pending:
        return "intro", scene.short(one.pending)
    introduction = scene.plan.introduction(one.cell)
    if (
        introduction
        and introduction.planned
        and not introduction.done
        and "done" not in introduction.faulty
        and not one.last
    ):
        return "late", scene.text(N_("{days} d late"), days=scene.plan.age(introduction.planned))
    if one.last:
        soon = one.fresh and (one.left or 0) < 7
        return "soon" if soon else "fresh" if one.fresh else "stale" if one.cadence else "plain", str(one.age)
    return ("stale", scene.text(N_("none"))) if scene.account.contacts else ("plain", "")


def _introductions(scene: Scene) -> str:
    """What is to say about the introductions as a whole."""
    found = scene.plan.introductions
    done = sorted(one.done for one in found if one.done)
    if not done:
        return ""
    makers = dict.fromkeys(scene.plan.who(one.by or scene.plan.manager or "") for one in found if one.done)
    values = {
        "n": len(done),
        "of": len(found),
        "first": done[0],
        "last": done[-1],
        "names": scene.listed(filter(None, _three(makers))),
    }
    every = N_("All introductions are made ({first} to {last}, by {names}).")
    some = N_("Introductions made: {n} of {of} ({first} to {last}, by {names}).")
    return scene.text(every if len(done) == len(found) else some, **values)


def _three(names: dict[str, None]) -> Iterator[str]:
    yield from list(names)[:3]
    if len(names) > 3:
        yield "…"
