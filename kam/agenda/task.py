"""One thing to do for an account."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal, NamedTuple

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
LOOK_AHEAD = 35
"""Days ahead within which something with a date is a thing to do now."""


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


def some(names: Iterable[str], most: int = 3) -> tuple[str | Message, ...]:
    """The first names of a list, and how many more there are."""
    every = tuple(dict.fromkeys(names))
    return every if len(every) <= most + 1 else (*every[:most], Message(N_("{n} more"), {"n": len(every) - most}))
