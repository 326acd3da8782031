"""The virtual team."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from kam.finding import Path
from kam.model.reading import NONE, Faulty, Reader, day, is_unnamed, items, mappings, texts
from kam.record import record


@record
class Member:
    """One of ours in the virtual team of an account."""

    id: str
    role: str | None = None
    since: date | None = None
    until: date | None = None
    assignment: str | None = None
    progress: str | None = None
    share_of_time: float | None = None
    evaluated: date | None = None
    faulty: Faulty = NONE

    @property
    def path(self) -> Path:
        return ("team", "members", self.id)

    @property
    def unnamed(self) -> bool:
        return is_unnamed(self.id)


class Kickoff(NamedTuple):
    """A joint meeting of the team."""

    date: date | None
    attended: tuple[str, ...]


class Team(NamedTuple):
    """The virtual team of an account."""

    manager: str | None
    sponsor: str | None
    form: str | None
    project: str | None
    until: date | None
    min_yearly_revenue: float | None
    members: dict[str, Member]
    kickoffs: tuple[Kickoff, ...]
    faulty: Faulty


def read_team(data: Mapping[str, Any], read: Reader) -> Team:
    """The virtual team of an account."""
    return Team(
        data.get("manager"),
        data.get("sponsor"),
        data.get("form"),
        data.get("project"),
        day(data.get("until")),
        data.get("min_yearly_revenue"),
        {key: _member(key, value or {}, read) for key, value in items(data.get("members"))},
        tuple(Kickoff(day(one.get("date")), texts(one.get("attended"))) for one in mappings(data.get("kickoffs"))),
        read.faulty("team"),
    )


def _member(id: str, data: Mapping[str, Any], read: Reader) -> Member:
    faulty = read.faulty("team", "members", id)
    if "date" in read.faulty("team", "members", id, "evaluation"):
        faulty |= {"evaluated"}
    return Member(
        id,
        data.get("role"),
        day(data.get("since")),
        day(data.get("until")),
        data.get("assignment"),
        data.get("progress"),
        data.get("share_of_time"),
        day((data.get("evaluation") or {}).get("date")),
        faulty,
    )
