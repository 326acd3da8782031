"""One sheet before a visit: whom I meet and how we know, what was said last, what is open, what to find out first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from kam import questions, schema
from kam.agenda.record import command
from kam.finding import Finding
from kam.language import N_, Language
from kam.model import Action, Contact, Stakeholder
from kam.plan import Freshness, Plan

CONTACTS = 5
"""The latest contacts that are told."""
NEEDS = 5
_DEALING = ("approach", "channel", "place", "time", "style", "topics", "background")
_MANNERS = ("dress", "manners", "greeting", "taboos")


class Visit(NamedTuple):
    """Who goes to see whom; without anybody of ours the account manager and whoever is free."""

    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    day: date | None = None
    planned: bool = True
    """Whether the people of that day stand in the file; otherwise they are those whom it is time to see."""


class Item(NamedTuple):
    """A thing on the sheet, and what there is to know of it: pairs of label and text."""

    head: str
    notes: tuple[tuple[str, str], ...] = ()


class Section(NamedTuple):
    """A part of the sheet; only parts that hold something are there."""

    title: str
    items: tuple[Item, ...]


class Sheet(NamedTuple):
    """The whole sheet in one language; plain texts as the files have them, on one line each."""

    title: str
    about: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]


def everybody(plan: Plan) -> Visit:
    """The account manager and all active people of the customer."""
    return Visit((plan.manager,) if plan.manager else (), tuple(_pressing(plan, plan.active, ())))


def of_member(plan: Plan, member: str) -> Visit:
    """One of ours and the people in this person's row; whoever has no row meets everybody."""
    row = [cell.stakeholder for cell in plan.live_cells if cell.member == member]
    return Visit((member,), tuple(_pressing(plan, row or plan.active, (member,))))


def of_stakeholder(plan: Plan, stakeholder: str) -> Visit:
    """Somebody of the customer, and those of ours who are in touch."""
    return Visit(tuple(cell.member for cell in plan.cells_of.get(stakeholder, ())), (stakeholder,))


def of_day(plan: Plan, day: date) -> Visit:
    """The contacts that the file plans for a day; without one, whom it is time to see by then."""
    planned = [one for one in plan.account.contacts if one.date == day and one.theirs]
    if planned:
        ours = dict.fromkeys(name for one in planned for name in one.ours)
        theirs = dict.fromkeys(name for one in planned for name in one.theirs)
        return Visit(tuple(ours), tuple(theirs), day)
    left = (day - plan.today).days
    due = [one.cell for one in plan.freshness.values() if not one.pending and (one.left is None or one.left <= left)]
    people = dict.fromkeys(cell.stakeholder for cell in due) or plan.active
    members = tuple(dict.fromkeys(cell.member for cell in due))
    return Visit(members, tuple(_pressing(plan, people, members)), day, planned=False)


def _pressing(plan: Plan, people: Iterable[str], ours: tuple[str, ...]) -> list[str]:
    """People in the order in which a contact is due, those without one first; then by rank."""

    def key(id: str) -> tuple[int, int]:
        cells = [one for one in _cells(plan, id, ours) if one.cadence]
        left = min((one.left if one.left is not None else -9999 for one in cells), default=9999)
        return left, plan.active[id].level or 9

    return sorted((one for one in dict.fromkeys(people) if one in plan.active), key=key)


def _cells(plan: Plan, stakeholder: str, ours: tuple[str, ...]) -> list[Freshness]:
    found = [plan.freshness[cell.member, cell.stakeholder] for cell in plan.cells_of.get(stakeholder, ())]
    return [one for one in found if one.cell.member in ours] or found


class _Words(NamedTuple):
    """What every part of the sheet needs."""

    plan: Plan
    visit: Visit
    language: Language

    def text(self, text: str, /, **values: object) -> str:
        return self.language.text(text, **values)

    def word(self, kind: str, value: str | None) -> str:
        return self.language.word(kind, value) if value else ""

    def listed(self, words: Iterable[str]) -> str:
        return ("、" if self.language.code == "zh" else ", ").join(filter(None, words))

    def label(self, *path: str | int) -> str:
        """What the schema calls a field."""
        return schema.label("account", path)[self.language.code]

    def whose(self, ours: Iterable[str], theirs: Iterable[str]) -> str:
        names, titles = self.listed(map(self.plan.who, ours)), self.listed(map(self.plan.title, theirs))
        return self.text(N_("{names} with {titles}"), names=names, titles=titles)


def sheet(plan: Plan, findings: Iterable[Finding], visit: Visit, language: Language) -> Sheet:
    """The sheet for a visit."""
    words = _Words(plan, visit, language)
    parts: tuple[tuple[str, Iterable[Item]], ...] = (
        (N_("Whom I meet"), (_person(words, plan.account.stakeholders[one]) for one in visit.theirs)),
        (N_("Manners and taboos"), _manners(words)),
        (N_("Latest contacts"), _contacts(words)),
        (N_("Open objections"), _objections(words)),
        (N_("Open actions"), _actions(words)),
        (N_("What they need"), _needs(words)),
        (N_("Find out first"), _first(words, findings)),
    )
    drawn = ((words.text(title), tuple(items)) for title, items in parts)
    sections = tuple(Section(title, items) for title, items in drawn if items)
    return Sheet(words.text(N_("Before the visit: {name}"), name=plan.account.name), tuple(_about(words)), sections)


def _about(words: _Words) -> Iterator[tuple[str, str]]:
    plan, visit = words.plan, words.visit
    yield words.text(N_("As of")), plan.today.isoformat()
    if visit.day:
        unplanned = N_("{day}; no contact is planned for it, so here is whom it is time to see")
        yield words.text(N_("Visit")), str(visit.day) if visit.planned else words.text(unplanned, day=visit.day)
    if visit.ours:
        yield words.text(N_("Who goes")), words.listed(map(plan.who, visit.ours))
    if plan.manager:
        yield words.text(N_("Account manager")), plan.who(plan.manager)


def _person(words: _Words, one: Stakeholder) -> Item:
    names = words.plan.company.config.account_levels
    level = names.get(one.level, str(one.level)) if one.level else ""
    head = " · ".join(filter(None, (" ".join(filter(None, (one.title, one.name))), one.unit or "", level)))
    return Item(head, tuple(pair for pair in _known(words, one) if pair[1]))


def _known(words: _Words, one: Stakeholder) -> Iterator[tuple[str, str]]:
    basis = one.stance_basis
    yield words.label("stakeholders", one.id, "stance"), words.word("stance", one.stance or "unknown")
    by = words.plan.who(basis.by) if basis.by else ""
    how = (basis.date.isoformat() if basis.date else "", by, line(basis.why))
    yield words.text(N_("How we know")), " · ".join(filter(None, how))
    roles = words.listed(words.word("buying-role", role) for role in one.buying_roles)
    weight = words.text(N_("influence: {what}"), what=words.word("influence", one.influence)) if one.influence else ""
    yield words.text(N_("Part in the purchase")), " · ".join(filter(None, (roles, weight)))
    yield (
        words.text(N_("In touch")),
        words.listed(_touch(words, each) for each in _cells(words.plan, one.id, words.visit.ours)),
    )
    yield words.label("stakeholders", one.id, "acquaintance"), words.word("acquaintance", one.acquaintance)
    data = _entry(words.plan.account.data, "stakeholders", one.id)
    for key in _DEALING:
        yield words.label("stakeholders", one.id, key), _value(words, key, data.get(key))


def _value(words: _Words, key: str, value: object) -> str:
    if isinstance(value, list):
        return words.listed(line(one) for one in value)
    return words.word("channel", line(value)) if key == "channel" else line(value)


def _touch(words: _Words, one: Freshness) -> str:
    name, level = words.plan.who(one.cell.member), words.word("contact-level", one.cell.level)
    if one.last is None:
        return words.text(N_("{name} ({level}; no contact yet)"), name=name, level=level)
    return words.text(N_("{name} ({level}; last {day})"), name=name, level=level, day=one.last.date)


def _manners(words: _Words) -> Iterator[Item]:
    culture = _entry(words.plan.account.profile, "culture")
    for key in _MANNERS:
        if text := line(culture.get(key)):
            yield Item(words.text(N_("{title}: {n}"), title=words.label("profile", "culture", key), n=text))


def _contacts(words: _Words) -> Iterator[Item]:
    theirs = set(words.visit.theirs)
    met = [one for one in words.plan.contacts if theirs.intersection(one.theirs)]
    met.sort(key=lambda one: (one.date or date.min, one.position), reverse=True)
    return (_contact(words, one) for one in met[:CONTACTS])


def _contact(words: _Words, one: Contact) -> Item:
    kind = words.word("contact-kind", one.kind)
    head = " · ".join(filter(None, (str(one.date), kind, words.whose(one.ours, one.theirs))))
    result = line(one.result) or words.text(N_("not on record"))
    content = ((words.label("contacts", 0, "content"), line(one.content)),) if one.content else ()
    return Item(head, (*content, (words.label("contacts", 0, "result"), result)))


def _objections(words: _Words) -> Iterator[Item]:
    """Those of the people I meet first."""
    found = []
    for each in _entry(words.plan.account.data, "opportunities").values():
        if isinstance(each, dict) and (each.get("outcome") or "open") == "open":
            found += [one for one in _entry(each, "objections").values() if isinstance(one, dict)]
    running = [one for one in found if (one.get("state") or "open") == "open" and line(one.get("text"))]
    for one in sorted(running, key=lambda one: one.get("by") not in words.visit.theirs):
        by = words.plan.title(one["by"]) if one.get("by") else ""
        about = (
            (words.text(N_("Who")), " · ".join(filter(None, (by, line(one.get("date")))))),
            (words.text(N_("Our answer")), line(one.get("answer")) or words.text(N_("none yet"))),
        )
        yield Item(line(one["text"]), tuple(pair for pair in about if pair[1]))


def _actions(words: _Words) -> Iterator[Item]:
    """The open actions for the people I meet, and those of whoever goes that are for nobody by name; by the day."""
    theirs, ours = set(words.visit.theirs), set(words.visit.ours)
    running = words.plan.open_actions
    mine = [one for one in running if theirs.intersection(one.targets) or (not one.targets and one.owner in ours)]
    return (_action(words, one) for one in sorted(mine, key=lambda one: (one.due or date.max, one.id)))


def _action(words: _Words, one: Action) -> Item:
    late = words.plan.overdue(one.due)
    due = words.text(N_("overdue since {day}") if late else N_("by {day}"), day=one.due) if one.due else ""
    owner = words.plan.who(one.owner) if one.owner else words.text(N_("nobody yet"))
    whom = (
        words.text(N_("For {titles}"), titles=words.listed(map(words.plan.title, one.targets))) if one.targets else ""
    )
    about = " · ".join(filter(None, (owner, due, whom)))
    return Item(words.text(N_("{text} ({id})"), text=line(one.text), id=one.id), (("", about),))


def _needs(words: _Words) -> Iterator[Item]:
    """What the people I meet have asked for, then what else is known, the important first."""
    order = {"high": 0, "medium": 1, "low": 2}
    found = [one for one in _entry(words.plan.account.data, "needs").values() if isinstance(one, dict)]
    found.sort(
        key=lambda one: (one.get("stated_by") not in words.visit.theirs, order.get(one.get("priority") or "", 3))
    )
    for one in found[:NEEDS]:
        by = one.get("stated_by")
        yield Item(line(one.get("text")), ((words.text(N_("Who")), words.plan.title(by)),) if by else ())


def _first(words: _Words, findings: Iterable[Finding]) -> Iterator[Item]:
    """The questions that help most, and what those who go do not know well enough."""
    plan = words.plan
    for one in questions.first(plan, findings):
        record = command(plan.account.id, one.record) or one.field
        yield Item(words.language.say(one.text), ((words.text(N_("Record")), record),))
    for pair in plan.pairs:
        if pair.below and pair.member in words.visit.ours:
            values = {"level": words.word("level", pair.level), "standard": words.word("level", pair.standard)}
            head = words.text(N_("{name}: {subject}"), name=plan.who(pair.member), subject=pair.subject.name)
            yield Item(head, (("", words.text(N_("knows it at “{level}”, the standard is “{standard}”"), **values)),))


def _entry(data: Mapping[str, Any], *path: str) -> Mapping[str, Any]:
    """The mapping at a path of the data; an empty one where there is none."""
    found: Any = data
    for key in path:
        found = found.get(key) if isinstance(found, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def line(value: object) -> str:
    """A text of a file on one line."""
    return " ".join(value.split()) if isinstance(value, str) else ""
