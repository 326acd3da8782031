"""An account as values: what rules, figures and pages read. Built from data whose faulty values were taken out.

Every thing knows its `path` in the file. `faulty` names the fields that stand in the file but could not be used:
they count as written, so a rule that asks for an empty field goes through `blank`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from kam.finding import Path

Faulty = frozenset[str]
_NONE: Faulty = frozenset()
FIELDS = {"strengths": "S", "weaknesses": "W", "opportunities": "O", "threats": "T"}
QUADRANTS = ("SO", "WO", "ST", "WT")
LEARNING_LEVELS = ("none", "aware", "proficient", "expert")


class Basis(NamedTuple):
    """What a stance rests on."""

    date: date | None = None
    by: str | None = None
    why: str | None = None


class Line(NamedTuple):
    """An informal line from one stakeholder to another."""

    to: str | None
    kind: str | None


class Stakeholder(NamedTuple):
    """A person or position of the customer."""

    id: str
    title: str
    name: str | None
    unit: str | None
    level: int | None
    reports_to: str | None
    stance: str | None
    stance_basis: Basis
    influence: str | None
    buying_roles: tuple[str, ...]
    side: str | None
    approach: str | None
    channel: str | None
    topics: tuple[str, ...]
    acquaintance: str | None
    lines: tuple[Line, ...]
    status: str
    successor: str | None
    faulty: Faulty

    @property
    def path(self) -> Path:
        return ("stakeholders", self.id)

    @property
    def active(self) -> bool:
        return self.status == "active"

    @property
    def key(self) -> bool:
        """A key person: decides, or weighs much."""
        return self.active and (self.influence in ("high", "decisive") or "decision-maker" in self.buying_roles)


class Member(NamedTuple):
    """One of ours in the virtual team of an account."""

    id: str
    role: str | None = None
    since: date | None = None
    until: date | None = None
    assignment: str | None = None
    progress: str | None = None
    share_of_time: float | None = None
    evaluated: date | None = None
    evaluation: str | None = None
    faulty: Faulty = _NONE

    @property
    def path(self) -> Path:
        return ("team", "members", self.id)

    @property
    def unnamed(self) -> bool:
        return is_unnamed(self.id)


class Kickoff(NamedTuple):
    """A joint meeting of the team."""

    date: date | None
    attended: tuple[str, ...]


class Team(NamedTuple):
    """The virtual team of an account."""

    manager: str | None
    sponsor: str | None
    form: str | None
    project: str | None
    until: date | None
    min_yearly_revenue: float | None
    members: dict[str, Member]
    kickoffs: tuple[Kickoff, ...]
    faulty: Faulty


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


class Cell(NamedTuple):
    """One cell of the relationship matrix; `level` is None only where the file has a faulty one."""

    member: str
    stakeholder: str
    level: str | None
    every_days: int | None = None
    purpose: str | None = None
    introduced: Introduction | None = None

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


class Contact(NamedTuple):
    """An entry of the contact log; `name` is its id, or `DATE#N`."""

    index: int
    name: str
    id: str | None
    date: date | None
    kind: str | None
    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    content: str | None
    result: str | None
    reported: date | None
    leads_to: tuple[str, ...] | None
    faulty: Faulty

    @property
    def path(self) -> Path:
        return ("contacts", self.index)


class Competitor(NamedTuple):
    """A rival at this account."""

    id: str
    name: str
    offers: str | None
    substitute: bool


class Factor(NamedTuple):
    """A SWOT factor; `field` is strengths, weaknesses, opportunities or threats."""

    id: str
    field: str
    area: str | None
    aspect: str | None
    text: str
    versus: tuple[str, ...]
    about: tuple[str, ...]
    need: str | None
    affects_all: bool
    faulty: Faulty

    @property
    def path(self) -> Path:
        return ("swot", self.field, self.id)


class Action(NamedTuple):
    """An action of the SWOT, or of the section `actions` (then without quadrant and uses)."""

    id: str
    section: str
    quadrant: str | None
    text: str
    uses: tuple[str, ...]
    targets: tuple[str, ...]
    owner: str | None
    due: date | None
    status: str
    faulty: Faulty

    @property
    def path(self) -> Path:
        return ("swot", "actions", self.id) if self.section == "swot" else ("actions", self.id)

    @property
    def open(self) -> bool:
        return self.status in ("open", "running")


class Swot(NamedTuple):
    """The SWOT: factors and actions by id, in file order."""

    reviewed: date | None
    contributors: tuple[str, ...]
    factors: dict[str, Factor]
    actions: dict[str, Action]
    faulty: Faulty

    def field(self, name: str) -> list[Factor]:
        """The factors of strengths, weaknesses, opportunities or threats."""
        return [factor for factor in self.factors.values() if factor.field == name]


class Goal(NamedTuple):
    """A promise to the customer (`external`) or a gain of ours (`internal`)."""

    id: str
    side: str
    text: str
    measure: str | None
    target: float | None
    due: date | None
    strategy: str | None
    financial: bool
    faulty: Faulty

    @property
    def path(self) -> Path:
        return ("goals", self.side, self.id)


class Announcement(NamedTuple):
    """Goals told to staff or customer."""

    audience: str | None
    who: tuple[str, ...]
    date: date | None
    how: str | None
    version: int


class Goals(NamedTuple):
    """What we promise and what we gain."""

    version: int
    external: dict[str, Goal]
    internal: dict[str, Goal]
    communicated: tuple[Announcement, ...]
    faulty: Faulty


class Entry(NamedTuple):
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


class Subject(NamedTuple):
    """A trade subject that our people should know."""

    id: str
    name: str
    groups: tuple[str, ...]

    @property
    def path(self) -> Path:
        return ("learning", "subjects", self.id)


class Lesson(NamedTuple):
    """An item of the learning plan."""

    index: int
    person: str
    subject: str
    text: str
    due: date | None
    done: date | None
    faulty: Faulty

    @property
    def path(self) -> Path:
        return ("learning", "plan", self.index)


class Learning(NamedTuple):
    """Subjects, who knows them how well, and who learns what; `overrides` are standards of single persons."""

    subjects: dict[str, Subject]
    levels: dict[str, dict[str, str]]
    plan: tuple[Lesson, ...]
    overrides: dict[tuple[str, str], str]
    faulty_levels: frozenset[tuple[str, str]]
    faulty: Faulty


class Handover(NamedTuple):
    """A change of the account manager."""

    date: date | None
    giver: str | None
    taker: str | None


class Waiver(NamedTuple):
    """A finding that the business accepts until a day."""

    index: int
    rule: str
    at: str
    why: str
    by: str | None
    until: date

    @property
    def path(self) -> Path:
        return ("waivers", self.index)

    @property
    def object(self) -> str:
        return f"{self.rule} at {self.at}"


class WaiverUse(NamedTuple):
    """A waiver, and whether it accepts anything."""

    waiver: Waiver
    used: bool


class Account(NamedTuple):
    """One customer. Sections that the file lacks are None or empty; `data` holds the rest as it was read."""

    id: str
    name: str
    status: str
    class_: str | None
    currency: str
    restricted: bool
    example: bool
    profile: Mapping[str, Any]
    team: Team | None
    stakeholders: dict[str, Stakeholder]
    matrix: Matrix | None
    contacts: tuple[Contact, ...]
    competitors: dict[str, Competitor]
    swot: Swot | None
    goals: Goals | None
    roadmap: Roadmap | None
    learning: Learning | None
    actions: dict[str, Action]
    handovers: tuple[Handover, ...]
    waivers: tuple[Waiver, ...]
    data: Mapping[str, Any]
    sections: frozenset[str]
    faulty: Faulty

    @property
    def path(self) -> Path:
        return ()


def is_unnamed(person: str) -> bool:
    """Whether a member's key stands for somebody whom a department still has to name."""
    return person == "tbd" or person.startswith("tbd-")


def empty(value: object) -> bool:
    """Absent, null, blank, `[]` or `{}`; 0 and false are not empty."""
    return value is None or (
        isinstance(value, (str, list, tuple, dict)) and not (value.strip() if isinstance(value, str) else value)
    )


def blank(thing: Any, field: str) -> bool:
    """Whether a field of a thing is empty in the file; a faulty value counts as written."""
    return empty(getattr(thing, field)) and field not in thing.faulty


@cache
def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def day(value: object) -> date | None:
    """A date as it is written in the files, None for anything else."""
    return _day(value) if isinstance(value, str) and len(value) == 10 else None


class _Reader(NamedTuple):
    """The data of an account and the fields that were taken out of it, by the path of their parent."""

    faults: Mapping[Path, Faulty]

    def faulty(self, *path: str | int) -> Faulty:
        return self.faults.get(path, _NONE) if self.faults else _NONE


def account(id: str, data: Mapping[str, Any], faults: Mapping[Path, Faulty] | None = None) -> Account:
    """The account in data that the schema accepts, apart from what `faults` names (parent path to field names)."""
    read = _Reader(faults or {})
    team = data.get("team")
    swot, goals, roadmap, learning, matrix = (
        data.get(key) for key in ("swot", "goals", "roadmap", "learning", "matrix")
    )
    return Account(
        id=id,
        name=data.get("name") or id,
        status=data.get("status") or "active",
        class_=data.get("class"),
        currency=data.get("currency") or "CNY",
        restricted=data.get("visibility") == "restricted",
        example=bool(data.get("example")),
        profile=data.get("profile") or {},
        team=_team(team, read) if team else None,
        stakeholders={key: _stakeholder(key, value or {}, read) for key, value in _items(data.get("stakeholders"))},
        matrix=_matrix(matrix, read) if matrix else None,
        contacts=_contacts(data.get("contacts") or (), read),
        competitors={key: _competitor(key, value or {}) for key, value in _items(data.get("competitors"))},
        swot=_swot(swot, read) if swot else None,
        goals=_goals(goals, read) if goals else None,
        roadmap=_roadmap(roadmap, read) if roadmap else None,
        learning=_learning(learning, read) if learning else None,
        actions={
            key: _action(key, "actions", value or {}, read.faulty("actions", key))
            for key, value in _items(data.get("actions"))
        },
        handovers=tuple(
            Handover(day(one.get("date")), one.get("from"), one.get("to")) for one in _dicts(data.get("handovers"))
        ),
        waivers=waivers(data.get("waivers") or ()),
        data=data,
        sections=frozenset(key for key, value in data.items() if not empty(value)),
        faulty=read.faulty(),
    )


def _items(value: Mapping[str, Any] | None) -> Iterable[tuple[str, Any]]:
    return value.items() if value else ()


def _dicts(values: Sequence[Any] | None) -> Iterable[Mapping[str, Any]]:
    return (one for one in values or () if one)


def _texts(value: Sequence[Any] | None) -> tuple[str, ...]:
    return tuple(one for one in value if one is not None) if value else ()


def _stakeholder(id: str, data: Mapping[str, Any], read: _Reader) -> Stakeholder:
    get = data.get
    basis = get("stance_basis")
    return Stakeholder(
        id,
        get("title") or id,
        get("name"),
        get("unit"),
        get("level"),
        get("reports_to"),
        get("stance"),
        Basis(day(basis.get("date")), basis.get("by"), basis.get("why")) if basis else Basis(),
        get("influence"),
        _texts(get("buying_roles")),
        get("side"),
        get("approach"),
        get("channel"),
        _texts(get("topics")),
        get("acquaintance"),
        tuple(Line(one.get("to"), one.get("kind")) for one in _dicts(get("lines"))),
        get("status") or "active",
        get("successor"),
        read.faulty("stakeholders", id),
    )


def _team(data: Mapping[str, Any], read: _Reader) -> Team:
    return Team(
        data.get("manager"),
        data.get("sponsor"),
        data.get("form"),
        data.get("project"),
        day(data.get("until")),
        data.get("min_yearly_revenue"),
        {
            key: _member(key, value or {}, read.faulty("team", "members", key))
            for key, value in _items(data.get("members"))
        },
        tuple(Kickoff(day(one.get("date")), _texts(one.get("attended"))) for one in _dicts(data.get("kickoffs"))),
        read.faulty("team"),
    )


def _member(id: str, data: Mapping[str, Any], faulty: Faulty) -> Member:
    evaluation = data.get("evaluation") or {}
    return Member(
        id,
        data.get("role"),
        day(data.get("since")),
        day(data.get("until")),
        data.get("assignment"),
        data.get("progress"),
        data.get("share_of_time"),
        day(evaluation.get("date")),
        evaluation.get("result"),
        faulty,
    )


def _matrix(data: Mapping[str, Any], read: _Reader) -> Matrix:
    cells: dict[tuple[str, str], Cell] = {}
    for member, row in _items(data.get("cells")):
        for stakeholder, value in _items(row):
            if value is not None:
                cells[member, stakeholder] = _cell(member, stakeholder, value, read)
        for stakeholder in read.faulty("matrix", "cells", member):
            cells[member, stakeholder] = Cell(member, stakeholder, None)
    introductions = {
        member: _introduction(member, None, value, read.faulty("matrix", "introductions", member))
        for member, value in _items(data.get("introductions"))
        if value
    }
    return Matrix(day(data.get("reviewed")), cells, introductions)


def _cell(member: str, stakeholder: str, value: Any, read: _Reader) -> Cell:
    if isinstance(value, str):
        return Cell(member, stakeholder, value)
    own = value.get("introduced")
    return Cell(
        member,
        stakeholder,
        value.get("level"),
        value.get("every_days"),
        value.get("purpose"),
        _introduction(member, stakeholder, own, read.faulty("matrix", "cells", member, stakeholder, "introduced"))
        if own
        else None,
    )


def _introduction(member: str, stakeholder: str | None, data: Mapping[str, Any], faulty: Faulty) -> Introduction:
    return Introduction(member, stakeholder, day(data.get("planned")), day(data.get("done")), data.get("by"), faulty)


def _contacts(data: Sequence[Any], read: _Reader) -> tuple[Contact, ...]:
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
                _texts(one.get("ours")),
                _texts(one.get("theirs")),
                one.get("content"),
                one.get("result"),
                day(one.get("reported")),
                _texts(one.get("leads_to")) if "leads_to" in one else None,
                read.faulty("contacts", index),
            )
        )
    return tuple(contacts)


def _competitor(id: str, data: Mapping[str, Any]) -> Competitor:
    return Competitor(id, data.get("name") or id, data.get("offers"), bool(data.get("substitute")))


def _swot(data: Mapping[str, Any], read: _Reader) -> Swot:
    factors = {
        key: _factor(key, field, value or {}, read.faulty("swot", field, key))
        for field in FIELDS
        for key, value in _items(data.get(field))
    }
    actions = {
        key: _action(key, "swot", value or {}, read.faulty("swot", "actions", key))
        for key, value in _items(data.get("actions"))
    }
    return Swot(day(data.get("reviewed")), _texts(data.get("contributors")), factors, actions, read.faulty("swot"))


def _factor(id: str, field: str, data: Mapping[str, Any], faulty: Faulty) -> Factor:
    return Factor(
        id,
        field,
        data.get("area"),
        data.get("aspect"),
        data.get("text") or id,
        _texts(data.get("versus")),
        _texts(data.get("about")),
        data.get("need"),
        data.get("affects_all") is True,
        faulty,
    )


def _action(id: str, section: str, data: Mapping[str, Any], faulty: Faulty) -> Action:
    return Action(
        id,
        section,
        data.get("quadrant"),
        data.get("text") or id,
        _texts(data.get("uses")),
        _texts(data.get("for")),
        data.get("owner"),
        day(data.get("due")),
        data.get("status") or "open",
        faulty,
    )


def _goals(data: Mapping[str, Any], read: _Reader) -> Goals:
    def goals(side: str) -> dict[str, Goal]:
        return {
            key: _goal(key, side, value or {}, read.faulty("goals", side, key)) for key, value in _items(data.get(side))
        }

    return Goals(
        data.get("version") or 1,
        goals("external"),
        goals("internal"),
        tuple(
            Announcement(
                one.get("audience"),
                _texts(one.get("who")),
                day(one.get("date")),
                one.get("how"),
                one.get("version") or 1,
            )
            for one in _dicts(data.get("communicated"))
        ),
        read.faulty("goals"),
    )


def _goal(id: str, side: str, data: Mapping[str, Any], faulty: Faulty) -> Goal:
    financial = data.get("financial") or {}
    return Goal(
        id,
        side,
        data.get("promise") or data.get("text") or id,
        data.get("measure") or financial.get("measure"),
        financial.get("target"),
        day(data.get("due")),
        data.get("strategy"),
        bool(financial),
        faulty,
    )


def _roadmap(data: Mapping[str, Any], read: _Reader) -> Roadmap:
    return Roadmap(
        data.get("version") or 1,
        {
            key: _entry(key, value or {}, read.faulty("roadmap", "entries", key))
            for key, value in _items(data.get("entries"))
        },
        {
            int(year): Budget(
                one.get("approved"), one.get("by"), day(one.get("date")), read.faulty("roadmap", "budgets", year)
            )
            for year, value in _items(data.get("budgets"))
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
            for key, value in _items(data.get("sign_offs"))
            for one in (value or {},)
        },
        _texts(data.get("shared_with")),
        read.faulty("roadmap"),
    )


def _entry(id: str, data: Mapping[str, Any], faulty: Faulty) -> Entry:
    get = data.get
    return Entry(
        id,
        get("kind"),
        get("text") or id,
        get("goal"),
        _texts(get("departments")),
        get("owner"),
        day(get("deployed")),
        day(get("starts")),
        day(get("ends")),
        get("cost"),
        get("status") or "planned",
        faulty,
    )


def _learning(data: Mapping[str, Any], read: _Reader) -> Learning:
    levels = {
        person: {subject: level for subject, level in _items(row) if level is not None}
        for person, row in _items(data.get("levels"))
    }
    return Learning(
        {
            key: Subject(key, (one or {}).get("name") or key, _texts((one or {}).get("groups")))
            for key, one in _items(data.get("subjects"))
        },
        levels,
        tuple(
            Lesson(
                index,
                one.get("person") or "",
                one.get("subject") or "",
                one.get("text") or "",
                day(one.get("due")),
                day(one.get("done")),
                read.faulty("learning", "plan", index),
            )
            for index, one in enumerate(data.get("plan") or ())
            if one
        ),
        {
            (one.get("person") or "", one.get("subject") or ""): one.get("level") or "none"
            for one in _dicts(data.get("overrides"))
        },
        frozenset((person, subject) for person in levels for subject in read.faulty("learning", "levels", person)),
        read.faulty("learning"),
    )


def waivers(data: Sequence[Any]) -> tuple[Waiver, ...]:
    """The complete waivers of a list; one without rule, place, reason or end has a fault and does nothing."""
    return tuple(
        Waiver(index, one["rule"], one["at"], one["why"], one.get("by"), until)
        for index, one in enumerate(data)
        if one and all(one.get(key) for key in ("rule", "at", "why")) and (until := day(one.get("until")))
    )
