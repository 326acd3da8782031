"""An account on one day, its company beside it: what rules, figures and pages ask. Every answer is computed once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from kam.company import Company, Person
from kam.model import (
    LEARNING_LEVELS,
    Account,
    Action,
    Announcement,
    Cell,
    Contact,
    Entry,
    Introduction,
    Member,
    Stakeholder,
    Subject,
    blank,
    is_unnamed,
)
from kam.record import record

MOST_PAIRS = 10_000
"""So many pairs of member and subject are looked at: a small file could name millions."""


@record
class Freshness:
    """How a live cell stands: its latest contact, the days since then, and the days that its cadence allows."""

    cell: Cell
    last: Contact | None
    age: int | None
    cadence: int | None
    pending: date | None
    """The day of an introduction that is still to come: until then nobody asks for a contact."""
    left: int | None
    """Days until the cadence is used up; negative when it is over, None without a contact or a cadence."""

    @property
    def fresh(self) -> bool:
        return self.left is not None and self.left >= 0


class Pair(NamedTuple):
    """A current member and a subject that the member's learning group should know."""

    member: str
    subject: Subject
    level: str | None
    standard: str
    faulty: bool

    @property
    def object(self) -> str:
        return f"{self.member}/{self.subject.id}"

    @property
    def below(self) -> bool:
        """Whether the level is known and below the standard."""
        return self.level in LEARNING_LEVELS and LEARNING_LEVELS.index(self.level) < LEARNING_LEVELS.index(
            self.standard
        )


class Plan:
    """An account as of a day. Days in the future of that day have not happened yet."""

    def __init__(self, account: Account, company: Company, today: date) -> None:
        self.account = account
        self.company = company
        self.today = today
        self._names: dict[str, str] = {}

    def asked_for(self, section: str) -> bool:
        """Whether the account's class asks for a section."""
        return section in self.company.config.classes[self.account.class_ or "ordinary"].sections

    def age(self, day: date) -> int:
        """Days from `day` to today."""
        return (self.today - day).days

    def older(self, day: date | None, days: int) -> bool:
        """Whether a day is missing or more than `days` ago."""
        return day is None or self.age(day) > days

    def happened(self, day: date | None) -> bool:
        return day is not None and day <= self.today

    def option(self, rule: str, name: str, default: int) -> int:
        """What `kam.yaml` says of a rule's option, which has the given default."""
        return int(self.company.config.options.get(rule, {}).get(name, default))

    # --- our people -------------------------------------------------------------------------------------------------

    @cached_property
    def manager(self) -> str | None:
        """The account manager; None while nobody known is named."""
        named = self.account.team.manager if self.account.team else None
        return named if named and self.known(named) else None

    def known(self, person: str) -> bool:
        """Whether an id is one of our people; nobody is unknown while the people cannot be read."""
        return not self.company.known or person in self.company.people

    def manager_on(self, day: date | None) -> str | None:
        """Who was account manager on a day, by the handovers since; without a day, the manager."""
        if day is None:
            return self.manager
        later = bisect_right(self._handovers, day, key=lambda one: one[0])
        return self._handovers[later][1] if later < len(self._handovers) else self.manager

    @cached_property
    def _handovers(self) -> list[tuple[date, str]]:
        """The days of the handovers that happened, and who gave the account away, the earliest first."""
        given = ((one.date, one.giver) for one in self.account.handovers)
        done = ((day, giver) for day, giver in given if day and giver and self.known(giver))
        return sorted((one for one in done if one[0] <= self.today), key=lambda one: one[0])

    @cached_property
    def former_managers(self) -> frozenset[str]:
        return frozenset(one.giver for one in self.account.handovers if one.giver and self.happened(one.date))

    @cached_property
    def members(self) -> dict[str, Member]:
        """The current members, the manager first even when not listed."""
        team = self.account.team
        if not team:
            return {}
        found = {self.manager: team.members.get(self.manager, Member(self.manager))} if self.manager else {}
        return found | {key: one for key, one in team.members.items() if key != self.manager and self._current(one)}

    def _current(self, member: Member) -> bool:
        begun = member.since is None or member.since <= self.today
        return (
            begun and (member.until is None or member.until >= self.today) and not self.company.person(member.id).left
        )

    @cached_property
    def others(self) -> dict[str, Member]:
        """The current members besides the manager; nobody while it is not known who manages."""
        return {key: one for key, one in self.members.items() if key != self.manager} if self.manager else {}

    def person(self, id: str) -> Person:
        return self.company.person(id)

    def who(self, id: str) -> str:
        """What we call one of ours; somebody still unnamed by the role."""
        if id not in self._names:
            team = self.account.team
            unnamed = team.members.get(id) if team and is_unnamed(id) else None
            self._names[id] = (unnamed.role or id) if unnamed else self.company.name(id)
        return self._names[id]

    # --- the customer's people --------------------------------------------------------------------------------------

    @cached_property
    def active(self) -> dict[str, Stakeholder]:
        return {key: one for key, one in self.account.stakeholders.items() if one.active}

    def title(self, id: str) -> str:
        """What we call somebody of the customer."""
        one = self.account.stakeholders.get(id)
        return one.title if one else id

    # --- the matrix -------------------------------------------------------------------------------------------------

    @cached_property
    def live_cells(self) -> list[Cell]:
        """The cells of current members and active stakeholders, in file order."""
        cells = self.account.matrix.cells.values() if self.account.matrix else ()
        return [cell for cell in cells if cell.member in self.members and cell.stakeholder in self.active]

    @cached_property
    def cells_of(self) -> dict[str, list[Cell]]:
        """The live cells of each active stakeholder."""
        found: dict[str, list[Cell]] = {key: [] for key in self.active}
        for cell in self.live_cells:
            found[cell.stakeholder].append(cell)
        return found

    @cached_property
    def in_touch(self) -> frozenset[str]:
        """The current members with at least one live cell."""
        return frozenset(cell.member for cell in self.live_cells)

    def covered(self, stakeholder: str) -> bool:
        """Whether the manager's row has a cell for somebody."""
        matrix = self.account.matrix
        return bool(matrix and self.manager and (self.manager, stakeholder) in matrix.cells)

    def introduction(self, cell: Cell) -> Introduction | None:
        """The introduction of a cell: its own, else that of the row."""
        matrix = self.account.matrix
        return cell.introduced or (matrix.introductions.get(cell.member) if matrix else None)

    @cached_property
    def introductions(self) -> list[Introduction]:
        """Every introduction record, in cells and for rows."""
        matrix = self.account.matrix
        if not matrix:
            return []
        return [cell.introduced for cell in matrix.cells.values() if cell.introduced] + list(
            matrix.introductions.values()
        )

    # --- contacts ---------------------------------------------------------------------------------------------------

    @cached_property
    def contacts(self) -> list[Contact]:
        """The contacts that happened and had somebody of the customer, in file order."""
        return [one for one in self.account.contacts if one.theirs and one.date and one.date <= self.today]

    @cached_property
    def latest(self) -> dict[tuple[str, str], Contact]:
        """The latest contact of the two of each live cell."""
        found: dict[tuple[str, str], Contact] = {}
        for contact in sorted(self.contacts, key=lambda one: one.date or date.min):
            ours = frozenset(contact.ours)
            for theirs in contact.theirs:
                for cell in self.cells_of.get(theirs, ()):
                    if cell.member in ours:
                        found[cell.member, theirs] = contact
        return found

    @cached_property
    def contacts_with(self) -> dict[str, list[Contact]]:
        """The contacts with each stakeholder, the latest last."""
        found: dict[str, list[Contact]] = {}
        for contact in sorted(self.contacts, key=lambda one: one.date or date.min):
            for theirs in contact.theirs:
                found.setdefault(theirs, []).append(contact)
        return found

    def unreported(self, contact: Contact, days: int) -> bool:
        """Whether the manager took no part and was not told within `days`; nobody asks while there is no manager."""
        present = self.manager is None or self.manager_on(contact.date) in contact.ours
        return not present and blank(contact, "reported") and self.older(contact.date, days)

    def executive(self, contact: Contact) -> bool:
        """Whether somebody of level 1 or 2 took part, on either side."""
        theirs = (self.account.stakeholders.get(one) for one in contact.theirs)
        levels = {self.person(one).level for one in contact.ours} | {one.level for one in theirs if one}
        return not levels.isdisjoint((1, 2))

    def parties(self, contact: Contact) -> dict[str, object]:
        """When a contact was and who took part, as values of a message."""
        ours, theirs = tuple(map(self.who, contact.ours)), tuple(map(self.title, contact.theirs))
        return {"day": contact.date, "ours": ours, "theirs": theirs}

    @cached_property
    def freshness(self) -> dict[tuple[str, str], Freshness]:
        """How each live cell stands, by member and stakeholder."""
        return {(cell.member, cell.stakeholder): self._freshness(cell) for cell in self.live_cells}

    def _freshness(self, cell: Cell) -> Freshness:
        last = self.latest.get((cell.member, cell.stakeholder))
        age = self.age(last.date) if last and last.date else None
        introduction = self.introduction(cell)
        to_come = introduction and not introduction.done and "done" not in introduction.faulty and introduction.planned
        pending = to_come if to_come and to_come >= self.today else None
        of_level = None if "every_days" in cell.faulty else self.company.config.cadence_days.get(cell.level or "")
        cadence = cell.every_days or of_level
        left = None if age is None or cadence is None else cadence - age
        return Freshness(cell, last, age, cadence, pending, left)

    @cached_property
    def due_soon(self) -> list[Freshness]:
        """The fresh cells that turn stale within the next seven days, the most pressing first."""
        soon = [one for one in self.freshness.values() if not one.pending and one.fresh and (one.left or 0) < 7]
        return sorted(soon, key=lambda one: one.left or 0)

    @cached_property
    def best_meeting(self) -> tuple[Contact, list[Freshness]] | None:
        """The past contact whose repetition renews most of the cells due within seven days, the latest of equals."""
        renewed = [(one, self.renewed_by(one)) for one in self.contacts]
        best = max(renewed, key=lambda pair: (len(pair[1]), pair[0].date or date.min), default=None)
        return best if best and best[1] else None

    def renewed_by(self, contact: Contact) -> list[Freshness]:
        """The soon-stale cells that the same meeting again would renew."""
        return [
            one for one in self.due_soon if one.cell.member in contact.ours and one.cell.stakeholder in contact.theirs
        ]

    # --- SWOT, roadmap, learning ------------------------------------------------------------------------------------

    @cached_property
    def open_actions(self) -> list[Action]:
        """The open actions of the SWOT and of the section `actions`."""
        swot = self.account.swot.actions.values() if self.account.swot else ()
        return [one for one in (*swot, *self.account.actions.values()) if one.open]

    @cached_property
    def aimed_at(self) -> frozenset[str]:
        """The stakeholders at whom an open action is aimed."""
        return frozenset(target for action in self.open_actions for target in action.targets)

    def overdue(self, day: date | None) -> bool:
        return day is not None and day < self.today

    @cached_property
    def used_factors(self) -> frozenset[str]:
        """The factors that an action uses, dropped actions apart."""
        swot = self.account.swot
        if not swot:
            return frozenset()
        return frozenset(
            used
            for one in swot.actions.values()
            if one.status != "dropped"
            for used in one.uses
            if used in swot.factors
        )

    @cached_property
    def announcements(self) -> list[Announcement]:
        """Who was told the present version of the goals in time, before the first planned roadmap entry starts."""
        goals, roadmap = self.account.goals, self.account.roadmap
        starts = (
            [one.starts for one in roadmap.entries.values() if one.status == "planned" and one.starts]
            if roadmap
            else []
        )
        last = min([*starts, self.today])
        return (
            [one for one in goals.communicated if one.version == goals.version and one.date and one.date <= last]
            if goals
            else []
        )

    @cached_property
    def live_entries(self) -> list[Entry]:
        return [one for one in self.account.roadmap.entries.values() if one.live] if self.account.roadmap else []

    @cached_property
    def signing_departments(self) -> tuple[str, ...]:
        """The departments that live roadmap entries name, apart from unknown ones, in file order."""
        named = dict.fromkeys(one for entry in self.live_entries for one in entry.departments)
        return tuple(one for one in named if not self.company.known or one in self.company.departments)

    @cached_property
    def pairs(self) -> list[Pair]:
        """Each current member with each subject that the member's learning group should know; never very many."""
        learning = self.account.learning
        if not learning or not self.account.team:
            return []
        both = ((member, one) for one in learning.subjects.values() for member in self._learners(one))
        return [self._pair(member, subject) for member, subject in islice(both, MOST_PAIRS)]

    def _learners(self, subject: Subject) -> Iterable[str]:
        groups = self._learning_groups
        return groups if blank(subject, "groups") else (one for one, group in groups.items() if group in subject.groups)

    @cached_property
    def _learning_groups(self) -> dict[str, str | None]:
        """The learning group of every member."""
        return {one: self.person(one).learning_group for one in self.members}

    def _pair(self, member: str, subject: Subject) -> Pair:
        learning = self.account.learning
        assert learning
        standards = self.company.config.learning_standards
        standard = learning.overrides.get((member, subject.id)) or standards.get(
            self.person(member).learning_group, "aware"
        )
        level = learning.levels.get(member, {}).get(subject.id)
        return Pair(member, subject, level, standard, (member, subject.id) in learning.faulty_levels)
