"""The contact log as a timeline, the newest first."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from kam.model import Contact
from kam.pages.account import fields
from kam.pages.account.scene import Scene, Who, ago, contact_anchor, raw

AT_ONCE = 30
"""Contacts that are told in full; older ones stand in a list that unfolds."""
_SAID = frozenset(("id", "date", "kind", "ours", "theirs", "content", "result", "leads_to"))


class Told(NamedTuple):
    """One contact."""

    id: str
    day: str
    ago: str
    kind: str
    ours: str
    theirs: str
    content: str
    result: str
    follows: tuple[Who, ...] | None
    """None: the file does not say."""
    more: tuple[tuple[str, str], ...]


class Contacts(NamedTuple):
    """The section."""

    latest: tuple[Told, ...]
    older: tuple[Told, ...]


def view(scene: Scene) -> Contacts | None:
    """The contacts of an account."""
    if not scene.shown("contacts"):
        return None
    every = sorted(scene.account.contacts, key=lambda one: (one.date or date.min, -one.position), reverse=True)
    found = tuple(_told(scene, one) for one in every)
    return Contacts(found[:AT_ONCE], found[AT_ONCE:])


def _told(scene: Scene, one: Contact) -> Told:
    data = scene.account.data["contacts"][one.position]
    return Told(
        contact_anchor(one.name),
        one.date.isoformat() if one.date else "",
        ago(scene, one.date),
        scene.word("contact-kind", one.kind),
        scene.listed(map(scene.plan.who, one.ours)),
        scene.listed(map(scene.plan.title, one.theirs)),
        (one.content or "").strip(),
        (one.result or "").strip(),
        None if one.leads_to is None else tuple(fields.target(scene, id) for id in one.leads_to),
        fields.rest(scene, ("contacts", ""), raw(data), _SAID),
    )
