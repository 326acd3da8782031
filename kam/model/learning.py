"""Learning the trade of the customer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from kam.finding import Path
from kam.model.reading import Faulty, Reader, day, items, mappings, texts

LEARNING_LEVELS = ("none", "aware", "proficient", "expert")


class Subject(NamedTuple):
    """A trade subject that our people should know."""

    id: str
    name: str
    groups: tuple[str, ...]
    faulty: Faulty

    @property
    def path(self) -> Path:
        return ("learning", "subjects", self.id)


class Lesson(NamedTuple):
    """An item of the learning plan."""

    position: int
    person: str
    subject: str
    text: str
    due: date | None
    done: date | None
    faulty: Faulty

    @property
    def path(self) -> Path:
        return ("learning", "plan", self.position)


class Learning(NamedTuple):
    """Subjects, who knows them how well, and who learns what; `overrides` are standards of single persons."""

    subjects: dict[str, Subject]
    levels: dict[str, dict[str, str]]
    plan: tuple[Lesson, ...]
    overrides: dict[tuple[str, str], str]
    faulty_levels: frozenset[tuple[str, str]]
    faulty: Faulty


def read_learning(data: Mapping[str, Any], read: Reader) -> Learning:
    """What the team learns about the trade."""
    levels = {
        person: {subject: level for subject, level in items(row) if level is not None}
        for person, row in items(data.get("levels"))
    }
    return Learning(
        {
            key: Subject(
                key,
                (one or {}).get("name") or key,
                texts((one or {}).get("groups")),
                read.faulty("learning", "subjects", key),
            )
            for key, one in items(data.get("subjects"))
        },
        levels,
        tuple(
            Lesson(
                index,
                one.get("person") or "",
                one.get("subject") or "",
                one.get("text") or "",
                day(one.get("due")),
                day(one.get("done")),
                read.faulty("learning", "plan", index),
            )
            for index, one in enumerate(data.get("plan") or ())
            if one
        ),
        {
            (one.get("person") or "", one.get("subject") or ""): one.get("level") or "none"
            for one in mappings(data.get("overrides"))
        },
        frozenset((person, subject) for person in levels for subject in read.faulty("learning", "levels", person)),
        read.faulty("learning"),
    )
