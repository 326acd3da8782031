"""What remains of an analysed account when many are looked at together: one small row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from kam.agenda import Task


class Row(NamedTuple):
    """One account among many; `figures` as in `kam.figures`, None where the file cannot be read."""

    account: str
    file: str
    name: str
    class_: str | None = None
    status: str = "active"
    manager: str | None = None
    sponsor: str | None = None
    region: str = ""
    restricted: bool = False
    figures: Mapping[str, Any] | None = None
    tasks: tuple[Task, ...] = ()
    members: tuple[str, ...] = ()
    shares: Mapping[str, float] = {}
    """The share of working time that each member gives, where the file says one."""

    @property
    def managed(self) -> bool:
        """Whether somebody has to look after this account."""
        return self.figures is not None and self.status in ("prospect", "active")
