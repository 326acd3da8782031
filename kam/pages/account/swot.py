"""The SWOT: factors around the edge, actions where two fields meet."""

from __future__ import annotations

from typing import NamedTuple

from kam.agenda import LOOK_AHEAD
from kam.days import days_later
from kam.language import N_
from kam.model import QUADRANTS, Action, Factor
from kam.pages.account.scene import Scene, Who, stakeholder


class Told(NamedTuple):
    """A factor; `used`: whether an action uses it."""

    id: str
    text: str
    about: str
    used: bool


class Do(NamedTuple):
    """An action."""

    id: str
    text: str
    owner: str
    due: str
    state: str
    status: str
    whom: tuple[Who, ...]
    uses: tuple[Who, ...]
    over: bool


class Swot(NamedTuple):
    """The section."""

    reviewed: str
    by: str
    used: int
    factors: int
    open: int
    running: int
    fields: dict[str, tuple[Told, ...]]
    actions: dict[str, tuple[str, tuple[Do, ...]]]
    ahead: int


def view(scene: Scene) -> Swot | None:
    """The section of the SWOT."""
    if not scene.shown("swot"):
        return None
    swot = scene.account.swot
    actions = list(swot.actions.values()) if swot else []
    return Swot(
        swot.reviewed.isoformat() if swot and swot.reviewed else "",
        scene.listed(map(scene.plan.who, swot.contributors)) if swot else "",
        len(scene.plan.used_factors),
        len(swot.factors) if swot else 0,
        sum(one.open for one in actions),
        sum(one.status == "running" for one in actions),
        {
            name: tuple(_told(scene, one) for one in swot.field(name)) if swot else ()
            for name in ("strengths", "weaknesses", "opportunities", "threats")
        },
        {
            name: (scene.word("quadrant", name), tuple(_do(scene, one) for one in actions if _quadrant(one) == name))
            for name in QUADRANTS
        },
        LOOK_AHEAD,
    )


def _quadrant(action: Action) -> str:
    """The quadrant of an action, in doubt by its id."""
    return action.quadrant if action.quadrant in QUADRANTS else action.id[:2]


def _told(scene: Scene, one: Factor) -> Told:
    about = [scene.plan.title(id) for id in one.about] or [
        scene.account.competitors[id].name for id in one.versus if id in scene.account.competitors
    ]
    return Told(one.id, one.text, scene.listed(about), one.id in scene.plan.used_factors)


def _do(scene: Scene, one: Action) -> Do:
    late = one.open and scene.plan.overdue(one.due)
    swot = scene.account.swot
    near = one.open and one.due is not None and one.due <= days_later(scene.today, LOOK_AHEAD)
    return Do(
        one.id,
        one.text,
        scene.plan.who(one.owner) if one.owner else scene.text(N_("nobody yet")),
        scene.short(one.due) or scene.text(N_("no date")),
        "late" if late else "soon" if near else "",
        scene.word("action-status", one.status),
        tuple(stakeholder(scene, id) for id in one.targets),
        tuple(Who(id, f"#{id}" if swot and id in swot.factors else None) for id in one.uses),
        not one.open,
    )
