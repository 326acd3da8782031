"""The contact log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from kam.finding import Path
from kam.model.reading import Day, Faulty, Reader, day, texts
from kam.record import record


@record
class Contact:
    """An entry of the contact log; `name` is its id, or `DATE#N`."""

    position: int
    name: str
    id: str | None
    date: date | None
    kind: str | None
    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    content: str | None
    result: str | None
    reported: Day | None
    leads_to: tuple[str, ...] | None
    faulty: Faulty

    @property
    def path(self) -> Path:
        return ("contacts", self.position)


def read_contacts(data: Sequence[Any], read: Reader) -> tuple[Contact, ...]:
    """The contact log of an account, in file order; each without an id is named by its day and number."""
    contacts, of_day = [], dict[str, int]()
    for index, one in enumerate(data):
        if not one:
            continue
        written = one.get("date") or ""
        of_day[written] = of_day.get(written, 0) + 1
        contacts.append(
            Contact(
                index,
                one.get("id") or f"{written}#{of_day[written]}",
                one.get("id"),
                day(written),
                one.get("kind"),
                texts(one.get("ours")),
                texts(one.get("theirs")),
                one.get("content"),
                one.get("result"),
                day(one.get("reported")),
                texts(one.get("leads_to")) if "leads_to" in one else None,
                read.faulty("contacts", index),
            )
        )
    return tuple(contacts)
