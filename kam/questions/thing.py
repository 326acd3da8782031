"""What a question is about, by what a rule noticed, and what it is called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from kam.agenda import record
from kam.agenda.record import BLANK, Record
from kam.agenda.task import some
from kam.finding import Finding, path_of
from kam.plan import Plan

FEW = 3
"""People or things that one question and one command name."""


class Thing(NamedTuple):
    """Somebody or something of an account for which a rule has something to say."""

    rule: str
    object: str
    path: tuple[str, ...] = ()
    """Where it stands in the file, as far as it exists."""
    wrong: bool = False

    @property
    def member(self) -> str:
        """Who of ours, where it is about two people."""
        return self.object.partition("/")[0]

    @property
    def stakeholder(self) -> str:
        """Who of the customer."""
        return self.object.rpartition("/")[2]


def thing(one: Finding) -> Thing:
    """What a finding is about; only contacts have names in which a `#` is not our own numbering."""
    path = path_of(one.pointer)
    object = one.object if one.rule.startswith("contact.") else one.object.partition("#")[0]
    return Thing(one.rule, object, path, one.severity == "error")


Things = Sequence[Thing]
Values = Callable[[Plan, Things], Mapping[str, object]]
"""What stands for the names in a question."""
Write = Callable[[Plan, Things], tuple[Record, str]]
"""The command that records an answer, or the field where it is written by hand."""


def titles(plan: Plan, things: Things) -> Mapping[str, object]:
    """People of the customer."""
    return {"titles": _some(plan.title(one.stakeholder) for one in things)}


def names(plan: Plan, things: Things) -> Mapping[str, object]:
    """People of ours."""
    return {"names": _some(plan.who(one.member) for one in things)}


def departments(plan: Plan, things: Things) -> Mapping[str, object]:
    """Departments of ours."""
    return {"departments": _some(plan.company.department_name(one.object) for one in things)}


def objects(_plan: Plan, things: Things) -> Mapping[str, object]:
    """Ids as they are."""
    ids = tuple(dict.fromkeys(one.object for one in things))
    return {"ids": (*ids[:FEW], "…") if len(ids) > FEW else ids}


def meeting(plan: Plan, things: Things) -> Mapping[str, object]:
    """The latest of some contacts: the day, and who took part."""
    known = {one.name: one for one in plan.contacts}
    found = max((known[one.object] for one in things if one.object in known), key=lambda one: str(one.date))
    return {
        "day": found.date,
        "names": _some(map(plan.who, found.ours)),
        "titles": _some(map(plan.title, found.theirs)),
    }


def _some(words: Iterable[str]) -> object:
    return some(words, FEW)


def field(path: str) -> Write:
    """Written by hand under a field; `{object}` stands in it for the first thing."""
    return lambda plan, things: ((), _filled(path, plan, things[0]))


def put(path: str, value: str = BLANK, *, why: bool = False) -> Write:
    """Set a field of each: `{object}`, `{member}`, `{stakeholder}`, `{manager}`, `{today}` may stand in both."""

    def write(plan: Plan, things: Things) -> tuple[Record, str]:
        pairs = dict.fromkeys((_filled(path, plan, one), _filled(value, plan, one)) for one in things)
        return record.put(*list(pairs)[:FEW], why=why), ""

    return write


def _filled(text: str, plan: Plan, one: Thing) -> str:
    known = {"manager": plan.manager or BLANK, "today": plan.today}
    return text.format(object=one.object, member=one.member, stakeholder=one.stakeholder, **known)


def beside(*fields: str, value: str = BLANK) -> Write:
    """Set fields of the entry that the first thing stands in: of a contact, an introduction, an action."""

    def write(plan: Plan, things: Things) -> tuple[Record, str]:
        said = _filled(value, plan, things[0])
        return record.put(*((f"{_entry(things[0])}.{name}", said) for name in fields)), ""

    return write


def _entry(one: Thing) -> str:
    """The path of the entry that a finding's place is or lies in, as `contacts.c3`; without an id by its number."""
    if one.path[:1] == ("contacts",):
        return f"contacts.{one.path[1] if '#' in one.object else one.object}"
    depth = one.path.index(one.object) + 1 if one.object in one.path else -1
    return ".".join(one.path[:depth])


def finish(_plan: Plan, things: Things) -> tuple[Record, str]:
    """An action that is done."""
    return record.done(things[0].object), ""


def log_anybody(_plan: Plan, _things: Things) -> tuple[Record, str]:
    """The first contact of all."""
    return record.log((BLANK,)), ""


def log(_plan: Plan, things: Things) -> tuple[Record, str]:
    """A contact of the one of ours who owes most of them."""
    owed = Counter(one.member for one in things)
    member = max(owed, key=lambda one: owed[one])
    people = dict.fromkeys(one.stakeholder for one in things if one.member == member)
    return record.log(list(people)[:FEW], (member,)), ""
