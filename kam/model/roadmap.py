"""The customer roadmap."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from kam.finding import Path
from kam.model.reading import Faulty, Reader, added, day, items, texts
from kam.record import record


@record
class Entry:
    """An entry of the customer roadmap."""

    id: str
    kind: str | None
    text: str
    goal: str | None
    departments: tuple[str, ...]
    owner: str | None
    deployed: date | None
    starts: date | None
    ends: date | None
    cost: float | None
    status: str
    faulty: Faulty

    @property
    def path(self) -> Path:
        return ("roadmap", "entries", self.id)

    @property
    def live(self) -> bool:
        return self.status not in ("done", "dropped")


class Budget(NamedTuple):
    """Money approved for the roadmap in one year."""

    approved: float | None
    by: str | None
    date: date | None
    faulty: Faulty


class SignOff(NamedTuple):
    """A department's signature under the roadmap."""

    department: str
    by: str | None
    date: date | None
    version: int
    faulty: Faulty

    @property
    def path(self) -> Path:
        return ("roadmap", "sign_offs", self.department)


class Roadmap(NamedTuple):
    """What we carry out for the customer, with money and signatures."""

    version: int
    entries: dict[str, Entry]
    budgets: dict[int, Budget]
    sign_offs: dict[str, SignOff]
    shared_with: tuple[str, ...]
    faulty: Faulty

    def starting(self, year: int) -> list[Entry]:
        """What begins in a year and was not given up, in the order of the file."""
        return [
            one for one in self.entries.values() if one.status != "dropped" and one.starts and one.starts.year == year
        ]

    def cost(self, year: int) -> float:
        """What the entries that begin in a year cost together."""
        return added(one.cost or 0 for one in self.starting(year))


def read_roadmap(data: Mapping[str, Any], read: Reader) -> Roadmap:
    """The roadmap of an account."""
    return Roadmap(
        data.get("version") or 1,
        {
            key: _entry(key, value or {}, read.faulty("roadmap", "entries", key))
            for key, value in items(data.get("entries"))
        },
        {
            int(year): Budget(
                one.get("approved"), one.get("by"), day(one.get("date")), read.faulty("roadmap", "budgets", year)
            )
            for year, value in items(data.get("budgets"))
            for one in (value or {},)
        },
        {
            key: SignOff(
                key,
                one.get("by"),
                day(one.get("date")),
                one.get("version") or 1,
                read.faulty("roadmap", "sign_offs", key),
            )
            for key, value in items(data.get("sign_offs"))
            for one in (value or {},)
        },
        texts(data.get("shared_with")),
        read.faulty("roadmap"),
    )


def _entry(id: str, data: Mapping[str, Any], faulty: Faulty) -> Entry:
    get = data.get
    return Entry(
        id,
        get("kind"),
        get("text") or id,
        get("goal"),
        texts(get("departments")),
        get("owner"),
        day(get("deployed")),
        day(get("starts")),
        day(get("ends")),
        get("cost"),
        get("status") or "planned",
        faulty,
    )
