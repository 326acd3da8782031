"""Goals and who was told of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from kam.finding import Path
from kam.model.reading import Faulty, Reader, day, items, mappings, texts


class Goal(NamedTuple):
    """A promise to the customer (`external`) or a gain of ours (`internal`)."""

    id: str
    side: str
    text: str
    measure: str | None
    target: float | None
    due: date | None
    strategy: str | None
    financial: bool
    faulty: Faulty

    @property
    def path(self) -> Path:
        return ("goals", self.side, self.id)


class Announcement(NamedTuple):
    """Goals told to staff or customer."""

    audience: str | None
    who: tuple[str, ...]
    date: date | None
    how: str | None
    version: int


class Goals(NamedTuple):
    """What we promise and what we gain."""

    version: int
    external: dict[str, Goal]
    internal: dict[str, Goal]
    communicated: tuple[Announcement, ...]
    faulty: Faulty


def read_goals(data: Mapping[str, Any], read: Reader) -> Goals:
    """The goals of an account."""

    def of(side: str) -> dict[str, Goal]:
        return {
            key: _goal(key, side, value or {}, read.faulty("goals", side, key)) for key, value in items(data.get(side))
        }

    return Goals(
        data.get("version") or 1,
        of("external"),
        of("internal"),
        tuple(
            Announcement(
                one.get("audience"),
                texts(one.get("who")),
                day(one.get("date")),
                one.get("how"),
                one.get("version") or 1,
            )
            for one in mappings(data.get("communicated"))
        ),
        read.faulty("goals"),
    )


def _goal(id: str, side: str, data: Mapping[str, Any], faulty: Faulty) -> Goal:
    financial = data.get("financial") or {}
    return Goal(
        id,
        side,
        data.get("promise") or data.get("text") or id,
        data.get("measure") or financial.get("measure"),
        financial.get("target"),
        day(data.get("due")),
        data.get("strategy"),
        bool(financial),
        faulty,
    )
