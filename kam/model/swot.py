"""Competitors, SWOT factors and actions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from kam.finding import Path
from kam.model.reading import Faulty, Reader, day, items, texts
from kam.record import record

FIELDS = {"strengths": "S", "weaknesses": "W", "opportunities": "O", "threats": "T"}
QUADRANTS = ("SO", "WO", "ST", "WT")


class Competitor(NamedTuple):
    """A rival at this account."""

    id: str
    name: str
    offers: str | None
    substitute: bool


@record
class Factor:
    """A SWOT factor; `field` is strengths, weaknesses, opportunities or threats."""

    id: str
    field: str
    area: str | None
    aspect: str | None
    text: str
    versus: tuple[str, ...]
    about: tuple[str, ...]
    need: str | None
    affects_all: bool
    faulty: Faulty

    @property
    def path(self) -> Path:
        return ("swot", self.field, self.id)


@record
class Action:
    """An action of the SWOT, or of the section `actions` (then without quadrant and uses)."""

    id: str
    section: str
    quadrant: str | None
    text: str
    uses: tuple[str, ...]
    targets: tuple[str, ...]
    owner: str | None
    due: date | None
    status: str
    faulty: Faulty
    play: str | None = None
    """The play that it is a step of."""
    begun: date | None = None
    """The day from which that play counts."""
    outcome: str | None = None
    """Whether the play worked."""

    @property
    def path(self) -> Path:
        return ("swot", "actions", self.id) if self.section == "swot" else ("actions", self.id)

    @property
    def open(self) -> bool:
        return self.status in ("open", "running") and "status" not in self.faulty


class Swot(NamedTuple):
    """The SWOT: factors and actions by id, in file order."""

    reviewed: date | None
    contributors: tuple[str, ...]
    factors: dict[str, Factor]
    actions: dict[str, Action]
    faulty: Faulty

    def field(self, name: str) -> list[Factor]:
        """The factors of strengths, weaknesses, opportunities or threats."""
        return [factor for factor in self.factors.values() if factor.field == name]


def read_competitor(id: str, data: Mapping[str, Any]) -> Competitor:
    """A rival."""
    return Competitor(id, data.get("name") or id, data.get("offers"), bool(data.get("substitute")))


def read_swot(data: Mapping[str, Any], read: Reader) -> Swot:
    """The SWOT of an account."""
    factors = {
        key: _factor(key, field, value or {}, read.faulty("swot", field, key))
        for field in FIELDS
        for key, value in items(data.get(field))
    }
    actions = {
        key: read_action(key, "swot", value or {}, read.faulty("swot", "actions", key))
        for key, value in items(data.get("actions"))
    }
    return Swot(day(data.get("reviewed")), texts(data.get("contributors")), factors, actions, read.faulty("swot"))


def _factor(id: str, field: str, data: Mapping[str, Any], faulty: Faulty) -> Factor:
    return Factor(
        id,
        field,
        data.get("area"),
        data.get("aspect"),
        data.get("text") or id,
        texts(data.get("versus")),
        texts(data.get("about")),
        data.get("need"),
        data.get("affects_all") is True,
        faulty,
    )


def read_action(id: str, section: str, data: Mapping[str, Any], faulty: Faulty) -> Action:
    """An action of the SWOT or of the section `actions`."""
    return Action(
        id,
        section,
        data.get("quadrant"),
        data.get("text") or id,
        texts(data.get("uses")),
        texts(data.get("for")),
        data.get("owner"),
        day(data.get("due")),
        data.get("status") or "open",
        faulty,
        data.get("play"),
        day(data.get("begun")),
        data.get("outcome"),
    )
