"""The people of the customer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from kam.finding import Path
from kam.model.reading import Faulty, Reader, day, mappings, texts
from kam.record import record


class Basis(NamedTuple):
    """What a stance rests on."""

    date: date | None = None
    by: str | None = None
    why: str | None = None


class Line(NamedTuple):
    """An informal line from one stakeholder to another."""

    to: str | None
    kind: str | None


@record
class Stakeholder:
    """A person or position of the customer."""

    id: str
    title: str
    name: str | None
    unit: str | None
    level: int | None
    reports_to: str | None
    stance: str | None
    stance_basis: Basis
    influence: str | None
    buying_roles: tuple[str, ...]
    side: str | None
    approach: str | None
    channel: str | None
    topics: tuple[str, ...]
    acquaintance: str | None
    lines: tuple[Line, ...]
    status: str
    successor: str | None
    faulty: Faulty

    @property
    def path(self) -> Path:
        return ("stakeholders", self.id)

    @property
    def active(self) -> bool:
        return self.status == "active" and "status" not in self.faulty

    @property
    def key(self) -> bool:
        """A key person: decides, or weighs much."""
        return self.active and (self.influence in ("high", "decisive") or "decision-maker" in self.buying_roles)


def read_stakeholder(id: str, data: Mapping[str, Any], read: Reader) -> Stakeholder:
    """One of the people of the customer."""
    get = data.get
    basis = get("stance_basis")
    return Stakeholder(
        id,
        get("title") or id,
        get("name"),
        get("unit"),
        get("level"),
        get("reports_to"),
        get("stance"),
        Basis(day(basis.get("date")), basis.get("by"), basis.get("why")) if basis else Basis(),
        get("influence"),
        texts(get("buying_roles")),
        get("side"),
        get("approach"),
        get("channel"),
        texts(get("topics")),
        get("acquaintance"),
        tuple(Line(one.get("to"), one.get("kind")) for one in mappings(get("lines"))),
        get("status") or "active",
        get("successor"),
        read.faulty("stakeholders", id),
    )
