"""Findings that the business accepts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from kam.finding import Path
from kam.model.reading import day


class Waiver(NamedTuple):
    """A finding that the business accepts until a day."""

    position: int
    rule: str
    at: str
    why: str
    by: str | None
    until: date

    @property
    def path(self) -> Path:
        return ("waivers", self.position)

    @property
    def object(self) -> str:
        return f"{self.rule} at {self.at}"


class WaiverUse(NamedTuple):
    """A waiver, and whether it accepts anything."""

    waiver: Waiver
    used: bool


def waivers(data: Sequence[Any]) -> tuple[Waiver, ...]:
    """The complete waivers of a list; one without rule, place, reason or end has a fault and does nothing."""
    return tuple(
        Waiver(index, one["rule"], one["at"], one["why"], one.get("by"), until)
        for index, one in enumerate(data)
        if one and all(one.get(key) for key in ("rule", "at", "why")) and (until := day(one.get("until")))
    )
