"""The relationship matrix."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from kam.finding import Path
from kam.model.reading import NONE, Faulty, Reader, day, items
from kam.record import record

_RECORD: Faulty = frozenset(("planned", "done", "by"))


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


@record
class Cell:
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
    rows = data.get("introductions") or {}
    members = dict.fromkeys((*rows, *read.faulty("matrix", "introductions")))
    records = {member: _introduction(member, None, rows.get(member), read) for member in members}
    introductions = {member: one for member, one in records.items() if one}
    return Matrix(day(data.get("reviewed")), cells, introductions)


def _cell(member: str, stakeholder: str, value: Any, read: Reader) -> Cell:
    if isinstance(value, str):
        return Cell(member, stakeholder, value)
    faulty = read.faulty("matrix", "cells", member, stakeholder)
    introduced = _introduction(member, stakeholder, value.get("introduced"), read)
    level, every_days, purpose = (value.get(key) for key in ("level", "every_days", "purpose"))
    return Cell(member, stakeholder, level, every_days, purpose, introduced, faulty)


def _introduction(
    member: str, stakeholder: str | None, data: Mapping[str, Any] | None, read: Reader
) -> Introduction | None:
    """The record, None where the file has none; of a faulty record every field counts as written."""
    get = (data or {}).get
    made = Introduction(member, stakeholder, day(get("planned")), day(get("done")), get("by"), NONE)
    *above, last = made.path
    faulty = _RECORD if str(last) in read.faulty(*above) else read.faulty(*made.path)
    return made._replace(faulty=faulty) if data or faulty else None
