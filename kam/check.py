"""Checking: texts in, findings and figures out. Pure, one account at a time, so accounts may spread over processes."""

from __future__ import annotations

import copy
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import chain
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from kam import agenda, config, engine, figures, health, model, plays, reference, rules, schema, source
from kam.company import Company, Department, Person
from kam.company import departments as departments_of
from kam.company import grades as grades_of
from kam.company import people as people_of
from kam.config import Selection
from kam.engine import Chosen, Found, Things
from kam.finding import Finding, Path, path_of
from kam.plan import Pair, Plan
from kam.portfolio import Managed, Portfolio, Row
from kam.rules import Rule

RESTING = ("dormant", "closed")
_ALWAYS = ("ref", "waiver")
_TAKEN_OUT = frozenset(f"schema.{name}" for name in ("type", "enum", "format", "pattern", "range")) | frozenset(
    f"source.{name}" for name in ("duplicate-key", "sharing", "tag", "number", "control-character")
)


Text = bytes | Finding
"""The bytes of a file, or the fault that kept them from being read."""


class Analysis(NamedTuple):
    """One analysed account; `plan` is None where the file cannot be read."""

    findings: tuple[Finding, ...]
    row: Row
    plan: Plan | None
    document: source.Document


def analyse(raw: Text, name: str, company: Company, today: date, selection: Selection = Selection()) -> Analysis:  # noqa: B008 - immutable
    """Read and check the text of one account, `accounts/…/<id>.yaml`, as of a day."""
    document = schema.settle(_read(raw, name, "account"), "account")
    faults = (*document.faults, *schema.problems(document, "account")) if document.data is not None else document.faults
    id, region = account_id(name), str(PurePosixPath(name).parent.relative_to("accounts")).removeprefix(".")
    if document.data is None:
        return Analysis(
            _sorted(one._replace(account=id) for one in faults),
            Row(id, name, id, region=region, restricted=_closed(document.text)),
            None,
            document,
        )
    data, taken_out = usable(document.data, faults)
    plan = Plan(model.account(id, data, taken_out), company, today)
    findings = _sorted(one._replace(account=id) for one in (*faults, *of_account(plan, document, faults, selection)))
    return Analysis(findings, _row(plan, name, region, findings), plan, document)


def _closed(text: str) -> bool:
    """Whether a file that cannot be read seems to say that it is restricted: in doubt it is not shown."""
    return re.search(r"visibility[\"']?\s*:\s*[\"']?restricted", text) is not None


def _read(raw: Text, name: str, kind: source.Kind) -> source.Document:
    if isinstance(raw, bytes):
        return source.read(raw, name, kind)
    return source.read(b"", name, kind)._replace(faults=(raw,))


def account_id(name: str) -> str:
    """The id of an account: its file's stem."""
    return PurePosixPath(name).stem


def _row(plan: Plan, name: str, region: str, findings: Sequence[Finding]) -> Row:
    account = plan.account
    team = account.team
    working = account.status not in RESTING
    return Row(
        account.id,
        name,
        account.name,
        account.class_,
        account.status,
        team.manager if team else None,
        team.sponsor if team else None,
        region,
        account.restricted,
        figures.figures(plan, findings),
        agenda.tasks(plan) if working else (),
        tuple(plan.members),
        {key: one.share_of_time for key, one in plan.members.items() if one.share_of_time is not None},
        agenda.touches(plan) if working else (),
        agenda.later(plan) if working else (),
        agenda.levels(plan),
        health.wrong(findings),
        model.runs(account.actions.values()),
    )


def of_account(plan: Plan, document: source.Document, faults: Sequence[Finding], selection: Selection) -> list[Finding]:
    """What the rules say about an account, waivers applied."""
    account, settings = plan.account, plan.company.config
    needs = settings.classes[account.class_ or "ordinary"]
    resting = account.status in RESTING
    chosen = Chosen(account.class_ or "ordinary", needs.tier, settings, selection)

    def speaks(rule: Rule) -> bool:
        return chosen(rule) and (not resting or rule.family in _ALWAYS)

    families = [
        one.name
        for one in rules.families().values()
        if one.name != "waiver" and all(map(account.sections.__contains__, one.needs))
    ]
    asked = [
        one for name in families for one in rules.family(name) if all(map(account.sections.__contains__, one.needs))
    ]
    run = asked if account.waivers else [one for one in asked if speaks(one) or one.family == "ref"]
    found = engine.run(run, _things(plan), plan, document, {one.pointer for one in faults})
    matched = engine.matches(found, account.waivers, settings.mandatory, plan.today)
    told = _waiver_hits(plan, document, set(chain(*matched.values())))
    return [
        engine.finding(one, document, settings, selection, matched.get((one.rule.id, one.object), ()))
        for one in (*found, *told)
        if speaks(one.rule)
    ]


def _things(plan: Plan) -> Things:
    """What there is of a model type in an account, looked up once and only if a rule asks."""
    account = plan.account
    makers: dict[type, Any] = {
        model.Account: lambda: (account,),
        model.Stakeholder: lambda: plan.active.values(),
        model.Cell: lambda: plan.live_cells,
        model.Introduction: lambda: plan.introductions,
        model.Contact: lambda: plan.contacts,
        model.Member: lambda: plan.members.values(),
        model.Factor: lambda: account.swot.factors.values() if account.swot else (),
        model.Action: lambda: (*(account.swot.actions.values() if account.swot else ()), *account.actions.values()),
        model.Goal: lambda: (
            [one for goals in (account.goals.external, account.goals.internal) for one in goals.values()]
            if account.goals
            else ()
        ),
        model.Entry: lambda: plan.live_entries,
        model.SignOff: lambda: account.roadmap.sign_offs.values() if account.roadmap else (),
        model.Subject: lambda: account.learning.subjects.values() if account.learning else (),
        model.Lesson: lambda: account.learning.plan if account.learning else (),
        Pair: lambda: plan.pairs,
        reference.Use: lambda: reference.of_account(plan),
    }
    return cache(lambda kind: tuple(makers[kind]()) if kind in makers else ())


def _waiver_hits(plan: Plan, document: source.Document, used: set[model.Waiver]) -> list[Found]:
    """The rules about waivers, which need to know what the others found."""
    if not plan.account.waivers:
        return []
    uses = [model.WaiverUse(one, one in used) for one in plan.account.waivers]
    return engine.run(rules.family("waiver"), lambda _: uses, plan, document, set())


def usable(data: dict[str, Any], faults: Iterable[Finding]) -> tuple[dict[str, Any], dict[Path, frozenset[str]]]:
    """The data without its faulty values, and the names of what was taken out, by the path of its parent.

    An item of a list becomes None, so that the others keep their positions.
    """
    pointers = [one.pointer for one in faults if one.severity == "error" and one.rule in _TAKEN_OUT and one.pointer]
    if not pointers:
        return data, {}
    data, taken = copy.deepcopy(data), defaultdict[Path, set[str]](set)
    for *above, last in map(path_of, pointers):
        at: Any = data
        path: Path = ()
        for key in above:
            path = (*path, int(key) if isinstance(at, list) else key)
            at = at[int(key)] if isinstance(at, list) else at.get(key) if isinstance(at, dict) else None
        if isinstance(at, list):
            at[int(last)] = None
            taken[path[:-1]].add(str(path[-1]))  # the field that holds the list counts as written
        elif isinstance(at, dict):
            at.pop(last, None)
        taken[path].add(last)
    return data, {path: frozenset(names) for path, names in taken.items()}


def _sorted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings in the order of every report."""
    return tuple(sorted(findings, key=order))


def order(finding: Finding) -> tuple[object, ...]:
    """Path, line, column, rule, object."""
    return finding.file, finding.place.line, finding.place.column, finding.rule, finding.object


class CompanyFile(NamedTuple):
    """One file of the company as read: `data` without its faulty values, empty where it could not be read."""

    kind: schema.FileKind
    document: source.Document
    data: Mapping[str, Any]
    faults: tuple[Finding, ...]
    taken: Mapping[Path, frozenset[str]] = {}
    """The names of what was taken out, by the path of its parent."""


class CompanyFiles(NamedTuple):
    """The company's files as they were read, and the company that they make."""

    company: Company
    settings: CompanyFile
    people: CompanyFile
    standards: CompanyFile | None = None
    """`company/standards.yaml`, where there is one."""
    plays: tuple[CompanyFile, ...] = ()
    """`company/plays/*.yaml`."""

    @property
    def faults(self) -> tuple[Finding, ...]:
        more = (*((self.standards,) if self.standards else ()), *self.plays)
        return (*self.settings.faults, *self.people.faults, *chain(*(one.faults for one in more)))


_BOTH = frozenset(("people", "departments"))
_NO_PLAYS: Mapping[str, Text] = {}


def company(
    settings: Text,
    people: Text,
    files: Iterable[str] = (),
    standards: Text | None = None,
    own_plays: Mapping[str, Text] = _NO_PLAYS,
) -> CompanyFiles:
    """Read the company's files; `files`: the stems of what lies under `company/`; `own_plays`: texts by file name.

    A broken file counts as empty.
    """
    kam_yaml = _company_file(settings, "kam.yaml", "kam")
    people_yaml = _company_file(people, "company/people.yaml", "people")
    standards_yaml = None if standards is None else _company_file(standards, "company/standards.yaml", "standards")
    played = tuple(_play(raw, name) for name, raw in own_plays.items())
    found = Company(
        config.config(kam_yaml.data),
        # Somebody whose entry has a fault is written all the same, and so nobody unknown.
        {id: Person(id, id) for id in people_yaml.taken.get(("people",), ())} | people_of(people_yaml.data),
        {id: Department(id, id) for id in people_yaml.taken.get(("departments",), ())}
        | departments_of(people_yaml.data),
        people_yaml.document.data is not None and _BOTH.isdisjoint(people_yaml.taken.get((), ())),
        frozenset(files),
        grades_of(standards_yaml.data) if standards_yaml else {},
        {id: model.read_play(id, one.data) for one in played if one.data and (id := account_id(one.document.name))},
    )
    return CompanyFiles(found, kam_yaml, people_yaml, standards_yaml, played)


def _play(raw: Text, name: str) -> CompanyFile:
    file = _company_file(raw, name, "play")
    return file._replace(faults=(*file.faults, *plays.problems(file.document)))


def _company_file(raw: Text, name: str, kind: schema.FileKind) -> CompanyFile:
    document = schema.settle(_read(raw, name, "company"), kind)
    if document.data is None:
        return CompanyFile(kind, document, {}, document.faults)
    faults = (*document.faults, *schema.problems(document, kind))
    data, taken = usable(document.data, faults)
    return CompanyFile(kind, document, data, faults, taken)


def of_company(
    files: CompanyFiles,
    portfolio: Portfolio,
    selection: Selection = Selection(),  # noqa: B008 - immutable
) -> tuple[Finding, ...]:
    """Faults of the company's files, and what the rules say about them and, if there are rows, about the portfolio."""
    waivers = files.company.config.waivers
    in_settings = _company_hits(files.settings, files, {Company: (files.company,), Portfolio: (portfolio,)}, portfolio)
    in_people = _company_hits(files.people, files, {Managed: tuple(portfolio.managers)}, portfolio)
    in_standards = _company_hits(files.standards, files, {}, portfolio) if files.standards else []
    hits = (*in_settings, *in_people, *in_standards)
    matched = engine.matches(hits, waivers, files.company.config.mandatory, portfolio.today)
    used = set(chain(*matched.values()))
    about_waivers = _hits(
        rules.family("waiver"),
        {model.WaiverUse: tuple(model.WaiverUse(one, one in used) for one in waivers)},
        portfolio,
        files.settings,
    )
    chosen = Chosen(None, config.TIERS["standard"], files.company.config, selection)
    told = [(files.settings, in_settings), (files.people, in_people), (files.settings, about_waivers)]
    told += [(files.standards, in_standards)] if files.standards else []
    return _sorted(
        (
            *files.faults,
            *(
                engine.finding(
                    one, file.document, files.company.config, selection, matched.get((one.rule.id, one.object), ())
                )
                for file, found in told
                for one in found
                if chosen(one.rule)
            ),
        )
    )


def _company_hits(
    file: CompanyFile, files: CompanyFiles, things: Mapping[type, Sequence[Any]], portfolio: Portfolio
) -> list[Found]:
    uses = tuple(reference.of_company(file.data, file.kind, files.company))
    families = (one.name for one in rules.families().values() if one.company and one.name != "waiver")
    return _hits(
        (one for name in families for one in rules.family(name)), {**things, reference.Use: uses}, portfolio, file
    )


def _hits(
    asked: Iterable[Rule], things: Mapping[type, Sequence[Any]], portfolio: Portfolio, file: CompanyFile
) -> list[Found]:
    if file.document.data is None:
        return []
    there = [one for one in asked if one.on in things]
    return engine.run(there, things.__getitem__, portfolio, file.document, {one.pointer for one in file.faults})
