"""One thing to do for an account."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal, NamedTuple

from kam.days import days_later
from kam.finding import Message
from kam.language import N_

Kind = Literal[
    "cover",
    "acquaint",
    "contact",
    "meeting",
    "introduction",
    "report",
    "result",
    "stance",
    "action",
    "roadmap",
    "sign-off",
    "review",
    "learning",
]
AHEAD: tuple[Kind, ...] = ("meeting", "roadmap", "review", "stance")
"""What is in time today and turns bad by itself: contacts that run out, lead times, reviews, stances."""
LOOK_AHEAD = 35
"""Days ahead within which something with a date is a thing to do now."""
WEEK = 6
"""Days ahead within which a contact that runs out is a thing to do now: with today, seven days."""
REVIEW_AHEAD = 14
"""Days before a review or a stance turns old at which it is something to do."""


class Horizon(NamedTuple):
    """The last day that counts, for each sort of task."""

    work: date
    contacts: date
    reviews: date


def standing(today: date) -> Horizon:
    """How far the pages look ahead."""
    return Horizon(*(days_later(today, days) for days in (LOOK_AHEAD, WEEK, REVIEW_AHEAD)))


def asked(today: date, days: int) -> Horizon:
    """So many days, today among them, for every sort of task."""
    last = days_later(today, days - 1)
    return Horizon(last, last, last)


class Task(NamedTuple):
    """One thing to do: verb first, the reason with its numbers, who should, until when (None: as soon as possible)."""

    kind: Kind
    what: Message
    why: Message
    owner: str | None
    due: date | None
    object: str
    anchor: str
    """The section of the account's page that it is about."""

    def coming(self, today: date) -> bool:
        """Whether it is in time still, but will not be for long."""
        return self.kind in AHEAD and self.due is not None and self.due >= today

    ours: tuple[str, ...] = ()
    """Who of ours takes part, where that is not the owner alone."""
    record: tuple[str, ...] = ()
    """The command that writes it down once it is done, as `kam.agenda.record` makes it; empty where there is none."""
    field: str = ""
    """Where it is written down by hand."""


def some(names: Iterable[str], most: int = 3) -> tuple[str | Message, ...]:
    """The first names of a list, and how many more there are."""
    every = tuple(dict.fromkeys(names))
    return every if len(every) <= most + 1 else (*every[:most], Message(N_("{n} more"), {"n": len(every) - most}))
