"""The relationship matrix."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from kam.finding import Path
from kam.model.reading import NONE, Faulty, Reader, day, items


class Introduction(NamedTuple):
    """The record of an introduction, in a cell or, with `stakeholder` None, for a whole row."""

    member: str
    stakeholder: str | None
    planned: date | None
    done: date | None
    by: str | None
    faulty: Faulty

    @property
    def path(self) -> Path:
        if self.stakeholder is None:
            return ("matrix", "introductions", self.member)
        return ("matrix", "cells", self.member, self.stakeholder, "introduced")

    @property
    def object(self) -> str:
        return self.member if self.stakeholder is None else f"{self.member}/{self.stakeholder}"


class Cell(NamedTuple):
    """One cell of the relationship matrix; `level` is None only where the file has a faulty one."""

    member: str
    stakeholder: str
    level: str | None
    every_days: int | None = None
    purpose: str | None = None
    introduced: Introduction | None = None
    faulty: Faulty = NONE

    @property
    def path(self) -> Path:
        return ("matrix", "cells", self.member, self.stakeholder)

    @property
    def object(self) -> str:
        return f"{self.member}/{self.stakeholder}"


class Matrix(NamedTuple):
    """The relationship matrix: cells by (member, stakeholder), introductions by member."""

    reviewed: date | None
    cells: dict[tuple[str, str], Cell]
    introductions: dict[str, Introduction]


def read_matrix(data: Mapping[str, Any], read: Reader) -> Matrix:
    """The cells and introductions of the matrix; a faulty cell stays, without a level."""
    cells: dict[tuple[str, str], Cell] = {}
    for member, row in items(data.get("cells")):
        for stakeholder, value in items(row):
            if value is not None:
                cells[member, stakeholder] = _cell(member, stakeholder, value, read)
        for stakeholder in read.faulty("matrix", "cells", member):
            cells[member, stakeholder] = Cell(member, stakeholder, None)
    rows = data.get("introductions")
    introductions = {member: _introduction(member, None, value, read) for member, value in items(rows) if value}
    for member in read.faulty("matrix", "introductions"):
        introductions[member] = _introduction(member, None, {}, read)
    return Matrix(day(data.get("reviewed")), cells, introductions)


def _cell(member: str, stakeholder: str, value: Any, read: Reader) -> Cell:
    if isinstance(value, str):
        return Cell(member, stakeholder, value)
    own, faulty = value.get("introduced"), read.faulty("matrix", "cells", member, stakeholder)
    introduced = _introduction(member, stakeholder, own or {}, read) if own or "introduced" in faulty else None
    return Cell(
        member, stakeholder, value.get("level"), value.get("every_days"), value.get("purpose"), introduced, faulty
    )


def _introduction(member: str, stakeholder: str | None, data: Mapping[str, Any], read: Reader) -> Introduction:
    """The record in `data`; without data the whole record is faulty."""
    made = Introduction(member, stakeholder, day(data.get("planned")), day(data.get("done")), data.get("by"), NONE)
    return made._replace(faulty=read.faulty(*made.path) if data else frozenset(("planned", "done", "by")))
