"""The plays of an account: those that run, and the few that fit it best."""

from __future__ import annotations

from typing import NamedTuple

from kam import plays
from kam.page import link
from kam.pages.account.scene import Scene

MOST = 3
"""Plays that are suggested."""


class Line(NamedTuple):
    """One play: its name, the way to it, and how far it is or why it fits."""

    name: str
    href: str | None
    words: str


def lines(scene: Scene) -> tuple[Line, ...]:
    """What runs first, then what fits."""
    say, company = scene.setting.language.say, scene.setting.company
    begun = [one for one in scene.analysis.row.plays if one.state in ("running", "ended")]
    fits = plays.fitting(scene.analysis, company)[:MOST]
    return (
        *(_line(scene, one.play, say(plays.progress(one))) for one in begun),
        *(_line(scene, one.play.id, _why(one, scene)) for one in fits),
    )


def _line(scene: Scene, play: str, words: str) -> Line:
    known = plays.library(scene.setting.company).get(play)
    if known is None:
        return Line(play, None, words)
    return Line(known.name[scene.setting.language.code], link(scene.here, "plays/", f"play-{play}"), words)


def _why(fit: plays.Fit, scene: Scene) -> str:
    """The first finding that asks for the play; else the situation in words."""
    if fit.findings:
        return scene.setting.language.say(fit.findings[0].message)
    return fit.play.when[scene.setting.language.code] if fit.play.when else fit.conditions[0]
