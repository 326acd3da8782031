"""Things to do as a calendar that Outlook, Google and phones can read (RFC 5545). The library is optional."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from kam.finding import KamError, Message
from kam.language import N_
from kam.reports import shown

if TYPE_CHECKING:
    from icalendar import Event as Component
    from icalendar import Todo

INSTALL = "pip install 'kam-playbook[ics]'"


class Event(NamedTuple):
    """One entry; `id` stays the same from one day to the next, without a day it is a to-do."""

    id: str
    day: date | None
    summary: str
    notes: tuple[str, ...]
    category: str


def calendar(name: str, events: Iterable[Event], as_of: date) -> bytes:
    """The calendar, the same bytes for the same input. Raises KamError without the library."""
    try:
        from icalendar import Calendar
    except ImportError:
        text = N_("Calendars need the Python package {name}, which is not installed.")
        hint = Message(N_("Install it: {command}"), {"command": INSTALL})
        raise KamError(Message(text, {"name": "icalendar"}), hint) from None
    made = Calendar()
    made.add("prodid", "-//kam//agenda//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", shown(name))
    for one in events:
        made.add_component(_component(one, as_of))
    raw: bytes = made.to_ical()
    return raw


def _component(one: Event, as_of: date) -> Component | Todo:
    from icalendar import Event as Component
    from icalendar import Todo

    made: Component | Todo = Component() if one.day else Todo()
    made.add("uid", f"{shown(one.id)}@kam")
    made.add("dtstamp", datetime.combine(as_of, time(), UTC))
    made.add("summary", shown(one.summary))
    made.add("description", "\n".join(map(shown, one.notes)))
    made.add("categories", [shown(one.category)])
    if one.day:
        made.add("dtstart", one.day)
        made.add("dtend", one.day + timedelta(days=one.day < date.max))
        made.add("transp", "TRANSPARENT")  # a reminder does not make anybody busy
    return made
