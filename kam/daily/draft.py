"""What the planning of changes looks at and what comes out of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from kam.edit import Change, Put
from kam.finding import KamError, Message, Path
from kam.language import N_
from kam.plan import Plan

BLANK = "…"
"""Where the commands that kam itself proposes leave something to say."""


class State(NamedTuple):
    """An account as it stands, who writes, and what the file holds besides what the plan understands."""

    plan: Plan
    data: Mapping[str, Any]
    author: str | None
    """One of ours; None where nobody is known to manage the account."""

    def value(self, path: Path) -> Any:
        """What stands at a path of the file; None where nothing does."""
        found: Any = self.data
        for key in path:
            if isinstance(found, dict):
                found = found.get(key)
            elif isinstance(found, list) and isinstance(key, int) and key < len(found):
                found = found[key]
            else:
                return None
        return found


class Draft(NamedTuple):
    """Changes of one file, and the sentence that tells a salesperson what happened."""

    changes: tuple[Change, ...]
    sentence: Message


def stance(stakeholder: str, value: Any, on: date, by: str | None, why: str | None) -> tuple[Change, ...]:
    """A stance, and what it rests on; raises KamError where nobody says why."""
    if not bare(why or ""):
        raise KamError(Message(N_("A stance needs a reason: how do we know?")), Message(N_("Say it with --why.")))
    at: Path = ("stakeholders", stakeholder)
    basis = {"date": on, **({"by": by} if by else {}), "why": said(why or "", "--why")}
    return Put((*at, "stance"), value), Put((*at, "stance_basis"), basis)


def said(text: str, option: str) -> str:
    """A text that somebody wrote; raises KamError where nothing is said."""
    found = bare(text)
    if found in ("", BLANK):
        raise KamError(Message(N_("{option}: nothing is said there."), {"option": option}), Message(N_("In one line.")))
    return found


def bare(text: str) -> str:
    """Without blanks around; whatever else is no letter shall be refused, not lost."""
    return text.strip(" \t\r\n")


def happened(day: date, today: date) -> date:
    """The day of something that has happened; raises KamError for a day to come."""
    if day > today:
        text = N_("{day} has not happened yet; today is {today}.")
        raise KamError(Message(text, {"day": day, "today": today}), Message(N_("Record it when it has happened.")))
    return day
