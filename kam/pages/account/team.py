"""Our virtual team: who does what, who keeps which contacts, what runs out next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kam.days import days_later
from kam.language import N_
from kam.model import Member
from kam.pages.account import fields
from kam.pages.account.scene import Scene, Who, colleague, due, raw
from kam.pages.rows import Due

_TABLED = frozenset(("role", "since", "until", "assignment"))
_SAID = frozenset(("manager", "sponsor", "form", "project", "until", "members", "kickoffs"))


class Row(NamedTuple):
    """One of ours."""

    id: str
    who: Who
    role: str
    assignment: str
    close: int
    keep: int
    next: Due | None
    since: str
    gone: bool
    more: tuple[tuple[str, str], ...]


class Team(NamedTuple):
    """The section."""

    lead: str
    rows: tuple[Row, ...]
    more: tuple[tuple[str, str], ...]


def view(scene: Scene) -> Team | None:
    """The section about our team."""
    if not scene.shown("team"):
        return None
    team = scene.account.team
    listed = {
        **scene.plan.members,
        **{key: one for key, one in (team.members if team else {}).items() if key not in scene.plan.members},
    }
    rows = tuple(_row(scene, one) for one in listed.values())
    return Team(" ".join(_lead(scene)), rows, fields.rest(scene, ("team",), raw(scene.account.data, "team"), _SAID))


def _lead(scene: Scene) -> Iterator[str]:
    team = scene.account.team
    if not team:
        return
    if team.project:
        form = scene.word("team-form", team.form)
        yield (
            scene.text(N_("{form} for “{project}”."), form=form, project=team.project)
            if form
            else scene.text(N_("For “{project}”."), project=team.project)
        )
    for one in sorted((one for one in team.kickoffs if one.date), key=lambda one: str(one.date))[-1:]:
        absent = len([key for key in scene.plan.members if key not in one.attended])
        text = (
            N_("Latest joint meeting {day}; {n} of today's members were not there.")
            if absent
            else N_("Latest joint meeting {day}, everybody was there.")
        )
        yield scene.text(text, day=one.date, n=absent)


def _row(scene: Scene, member: Member) -> Row:
    states = [one for (person, _), one in scene.plan.freshness.items() if person == member.id]
    left = [one.left for one in states if one.left is not None and not one.pending]
    current = member.id in scene.plan.members
    until = scene.text(N_("until {day}"), day=member.until) if member.until else ""
    since = member.since.isoformat() if member.since else ""
    return Row(
        member.id,
        colleague(scene, member.id)._replace(href=scene.setting.person(scene.here, member.id)),
        member.role or scene.word("function", scene.plan.person(member.id).function),
        member.assignment or "",
        sum(one.cell.level == "close" for one in states),
        sum(one.cell.level == "keep" for one in states),
        due(scene, days_later(scene.today, min(left))) if left else None,
        " ".join(filter(None, (since, until))),
        not current,
        fields.rest(
            scene, ("team", "members", member.id), raw(scene.account.data, "team", "members", member.id), _TABLED
        ),
    )
