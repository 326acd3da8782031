"""What our people know of the customer's trade, against the standard of their group."""

from __future__ import annotations

from typing import NamedTuple

from kam.language import N_
from kam.model import LEARNING_LEVELS, Lesson
from kam.pages.account import fields
from kam.pages.account.scene import Scene, Who, colleague, raw
from kam.plan import Pair

STANDARD_AT = {"none": 1, "aware": 27, "proficient": 55, "expert": 83}


class Row(NamedTuple):
    """One of ours and one subject."""

    who: Who
    group: str
    subject: str
    level: int
    """0 to 3; -1: nobody has said."""
    word: str
    line: int
    standard: str
    gap: int
    """Levels above the standard, negative below."""
    lessons: tuple[tuple[str, str, bool], ...]
    """What, until when, whether it is late."""
    lost: bool
    """Below the standard and nothing planned."""


class Learning(NamedTuple):
    """The section."""

    subject: str
    """The only subject, if there is one only."""
    rows: tuple[Row, ...]
    at: int
    of: int
    more: tuple[tuple[str, str], ...]


def view(scene: Scene) -> Learning | None:
    """The section about learning."""
    if not scene.shown("learning"):
        return None
    learning = scene.account.learning
    subjects = list(learning.subjects.values()) if learning else []
    pairs = sorted(scene.plan.pairs, key=lambda pair: list(scene.plan.members).index(pair.member))
    counts = scene.analysis.row.figures or {}
    return Learning(
        subjects[0].name if len(subjects) == 1 else "",
        tuple(_row(scene, pair) for pair in pairs),
        counts.get("learning_at_standard", 0),
        counts.get("learning_levels", 0),
        fields.rest(scene, ("learning",), {"overrides": raw(scene.account.data, "learning", "overrides")}, ()),
    )


def _row(scene: Scene, pair: Pair) -> Row:
    plan = scene.account.learning.plan if scene.account.learning else ()
    lessons = [one for one in plan if one.person == pair.member and one.subject == pair.subject.id and not one.done]
    level = LEARNING_LEVELS.index(pair.level) if pair.level in LEARNING_LEVELS else -1
    gap = level - LEARNING_LEVELS.index(pair.standard) if level >= 0 else 0
    return Row(
        colleague(scene, pair.member),
        scene.word("learning-group", scene.plan.person(pair.member).learning_group),
        pair.subject.name,
        level,
        scene.word("level", pair.level) or scene.text(N_("not said")),
        STANDARD_AT[pair.standard],
        scene.word("level", pair.standard),
        gap,
        tuple(_lesson(scene, one) for one in lessons),
        gap < 0 and not lessons,
    )


def _lesson(scene: Scene, one: Lesson) -> tuple[str, str, bool]:
    return one.text, scene.short(one.due), scene.plan.overdue(one.due)
