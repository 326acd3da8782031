"""The company's own files: read, checked, and made into the company that every account is read with. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from kam import config, engine, model, reference, rules, schema
from kam.check import Text, in_order, numbered, read_text, usable
from kam.company import Company, Department, Person
from kam.company import departments as departments_of
from kam.company import grades as grades_of
from kam.company import people as people_of
from kam.config import Selection
from kam.document import Document
from kam.engine import Found
from kam.finding import Finding, Path
from kam.portfolio import Managed, Portfolio
from kam.rules import Rule
from kam.schema import custom

SETTINGS = "kam.yaml"
PEOPLE = "company/people.yaml"
STANDARDS = "company/standards.yaml"
PLAYS = "company/plays"


class CompanyFile(NamedTuple):
    """One file of the company as read: `data` without its faulty values, empty where it could not be read."""

    kind: schema.FileKind
    document: Document
    data: Mapping[str, Any]
    faults: tuple[Finding, ...]
    taken: Mapping[Path, frozenset[str]] = {}
    """The names of what was taken out, by the path of its parent."""


class CompanyFiles(NamedTuple):
    """The company's files as they were read, and the company that they make."""

    company: Company
    settings: CompanyFile
    people: CompanyFile
    others: tuple[CompanyFile, ...] = ()
    """`company/standards.yaml` and `company/plays/*.yaml`, where there are any."""
    custom: tuple[Finding, ...] = ()
    """What is wrong with `company/custom.schema.json`."""

    @property
    def faults(self) -> tuple[Finding, ...]:
        files = (self.settings, self.people, *self.others)
        return (*chain(*(one.faults for one in files)), *self.custom)


_BOTH = frozenset(("people", "departments"))


def read(texts: Mapping[str, Text], names: Iterable[str] = ()) -> CompanyFiles:
    """Read the company's files; `texts` by file name, of which `kam.yaml` and `company/people.yaml` must be there.

    `names`: the stems of all that lies under `company/`. A broken file counts as empty.
    """
    settings, people = _file(texts[SETTINGS], SETTINGS, "kam"), _file(texts[PEOPLE], PEOPLE, "people")
    standards = tuple(_file(texts[name], name, "standards") for name in (STANDARDS,) if name in texts)
    played = tuple(_play(raw, name) for name, raw in texts.items() if name.startswith(PLAYS + "/"))
    own_fields = custom.read(texts.get(custom.NAME))
    company = Company(
        config.config(settings.data),
        # Somebody whose entry has a fault is written all the same, and so nobody unknown.
        {id: Person(id, id) for id in people.taken.get(("people",), ())} | people_of(people.data),
        {id: Department(id, id) for id in people.taken.get(("departments",), ())} | departments_of(people.data),
        people.document.data is not None and _BOTH.isdisjoint(people.taken.get((), ())),
        frozenset(names),
        {grade: most for one in standards for grade, most in grades_of(one.data).items()},
        {id: model.read_play(id, one.data) for one in played if one.data and (id := _stem(one.document.name))},
        own_fields.text,
    )
    return CompanyFiles(company, settings, people, (*standards, *played), own_fields.faults)


def _stem(name: str) -> str:
    return PurePosixPath(name).stem


def _play(raw: Text, name: str) -> CompanyFile:
    from kam import plays  # few companies have any

    file = _file(raw, name, "play")
    return file._replace(faults=(*file.faults, *plays.problems(file.document)))


def _file(raw: Text, name: str, kind: schema.FileKind) -> CompanyFile:
    document = schema.settle(read_text(raw, name, "company"), kind)
    if document.data is None:
        return CompanyFile(kind, document, {}, numbered(document.faults))
    faults = numbered((*document.faults, *schema.problems(document, kind)))
    data, taken = usable(document.data, faults)
    return CompanyFile(kind, document, data, faults, taken)


def findings(
    files: CompanyFiles,
    portfolio: Portfolio,
    selection: Selection = Selection(),  # noqa: B008 - immutable
) -> tuple[Finding, ...]:
    """Faults of the company's files, and what the rules say about them and, if there are rows, about the portfolio."""
    settings, everything = files.company.config, _everything()
    things: Mapping[str, Mapping[type, Sequence[Any]]] = {
        "kam": {Company: (files.company,), Portfolio: (portfolio,)},
        "people": {Managed: tuple(portfolio.managers)},
    }
    told: list[tuple[CompanyFile, Found]] = []
    for file in (files.settings, files.people, *files.others):
        uses = tuple(reference.of_company(file.data, file.kind, files.company))
        there = {**things.get(file.kind, {}), reference.Use: uses}
        told += [(file, one) for one in _hits(everything, there, portfolio, file)]
    matched = engine.matches([one for _, one in told], settings.waivers, settings.mandatory, portfolio.today)
    used = set(chain(*matched.values()))
    waivers: Mapping[type, Sequence[Any]] = {
        model.WaiverUse: tuple(model.WaiverUse(one, one in used) for one in settings.waivers)
    }
    told += [(files.settings, one) for one in _hits(rules.family("waiver"), waivers, portfolio, files.settings)]
    speaks = engine.chosen(None, config.TIERS["standard"], settings, selection)
    found = (
        engine.finding(one, file.document, settings, selection, matched.get((one.rule.id, one.object), ()))
        for file, one in told
        if speaks(one.rule)
    )
    return in_order((*files.faults, *found))


def _everything() -> list[Rule]:
    """The rules that may look at the company's files, those about waivers apart."""
    families = (one.name for one in rules.families().values() if one.company and one.name != "waiver")
    return [one for name in families for one in rules.family(name)]


def _hits(
    asked: Iterable[Rule], things: Mapping[type, Sequence[Any]], portfolio: Portfolio, file: CompanyFile
) -> list[Found]:
    if file.document.data is None:
        return []
    there = engine.in_turn(one for one in asked if one.on in things)
    return engine.run(there, things.__getitem__, portfolio, file.document, {one.pointer for one in file.faults})
