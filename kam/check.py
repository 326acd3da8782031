"""Checking: texts in, findings and figures out. Pure, one account at a time, so accounts may spread over processes."""

from __future__ import annotations

import copy
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache, lru_cache
from itertools import chain
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from kam import engine, figures, model, reference, rules, schema, source
from kam.company import Company
from kam.config import Selection
from kam.document import Document
from kam.engine import Found, Things
from kam.finding import Finding, Path, path_of
from kam.plan import Pair, Plan
from kam.portfolio import Row
from kam.rules import Rule
from kam.schema import custom

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
    document: Document


def analyse(
    raw: Text,
    name: str,
    company: Company,
    today: date,
    selection: Selection = Selection(),  # noqa: B008 - immutable
    *,
    whole: bool = True,
) -> Analysis:
    """Read and check the text of one account, `accounts/…/<id>.yaml`, as of a day.

    `whole`: the row holds all that the pages show; otherwise what rules over all accounts and `kam stats` need.
    """
    document = schema.settle(read_text(raw, name, "account"), "account")
    faults = numbered(
        (*document.faults, *schema.problems(document, "account"), *custom.problems(document, company.custom))
    )
    id, region = account_id(name), "/".join(PurePosixPath(name).parts[1:-1])
    if document.data is None:
        return Analysis(
            in_order(one._replace(account=id) for one in faults),
            Row(id, name, id, region=region, restricted=_closed(raw)),
            None,
            document,
        )
    data, taken_out = usable(document.data, faults)
    plan = Plan(model.account(id, data, taken_out), company, today)
    findings = in_order((*(one._replace(account=id) for one in faults), *of_account(plan, document, faults, selection)))
    return Analysis(findings, _row(plan, name, region, findings, whole), plan, document)


_CLOSED = re.compile(rb"visibility[^\n]*restrict", re.IGNORECASE)


def _closed(raw: Text) -> bool:
    """Whether a file that cannot be read seems to say that it is restricted: in doubt it is not shown."""
    return isinstance(raw, bytes) and _CLOSED.search(raw.replace(b"\0", b"")) is not None  # UTF-16 has them between


def read_text(raw: Text, name: str, kind: source.Kind) -> Document:
    """The document of a file's text, also of one that could not be read."""
    if isinstance(raw, bytes):
        return source.read(raw, name, kind)
    return source.read(b"", name, kind)._replace(faults=(raw,))


def account_id(name: str) -> str:
    """The id of an account: its file's stem."""
    return PurePosixPath(name).stem


def _row(plan: Plan, name: str, region: str, findings: Sequence[Finding], whole: bool) -> Row:
    account = plan.account
    team = account.team
    row = Row(
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
        members=tuple(plan.members),
        shares={key: one.share_of_time for key, one in plan.members.items() if one.share_of_time is not None},
    )
    if not whole:
        return row
    from kam import agenda, health  # what only pages show is not loaded to check

    working, config = account.status not in RESTING, plan.company.config
    asked = config.classes[account.class_ or "ordinary"].sections
    return row._replace(
        tasks=agenda.tasks(plan) if working else (),
        touches=agenda.touches(plan) if working else (),
        later=agenda.later(plan) if working else (),
        levels=agenda.levels(plan),
        areas=health.areas(row.figures or {}, health.wrong(findings), asked, config.health),
        plays=model.runs(account.actions.values()),
    )


def of_account(plan: Plan, document: Document, faults: Sequence[Finding], selection: Selection) -> list[Finding]:
    """What the rules say about an account, waivers applied."""
    account, settings = plan.account, plan.company.config
    needs = settings.classes[account.class_ or "ordinary"]
    chosen = engine.chosen(account.class_ or "ordinary", needs.tier, settings, selection)
    resting = account.status in RESTING
    speaks = (lambda rule: rule.family in _ALWAYS and chosen(rule)) if resting else chosen
    asked = _asked(account.sections)
    run = asked if account.waivers else [one for one in asked if speaks(one) or one.family == "ref"]
    found = engine.run(run, _things(plan), plan, document, {one.pointer for one in faults})
    matched = engine.matches(found, account.waivers, settings.mandatory, plan.today)
    told = _waiver_hits(plan, document, set(chain(*matched.values())))
    return [
        engine.finding(one, document, settings, selection, matched.get((one.rule.id, one.object), ()), account.id)
        for one in (*found, *told)
        if speaks(one.rule)
    ]


@lru_cache(maxsize=1024)
def _asked(sections: frozenset[str]) -> tuple[Rule, ...]:
    """The rules that have something to look at in an account with these sections; many accounts have the same."""
    return tuple(
        engine.in_turn(
            rule
            for name, family in rules.families().items()
            if name != "waiver" and sections.issuperset(family.needs)
            for rule in rules.family(name)
            if sections.issuperset(rule.needs)
        )
    )


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


def _waiver_hits(plan: Plan, document: Document, used: set[model.Waiver]) -> list[Found]:
    """The rules about waivers, which need to know what the others found."""
    if not plan.account.waivers:
        return []
    uses = [model.WaiverUse(one, one in used) for one in plan.account.waivers]
    return engine.run(rules.family("waiver"), lambda _: uses, plan, document, set())


def usable(data: dict[str, Any], faults: Iterable[Finding]) -> tuple[dict[str, Any], dict[Path, frozenset[str]]]:
    """The data without its faulty values, and the names of what was taken out, by the path of its parent.

    An item of a list becomes None, so that the others keep their positions. A list or a mapping that held a faulty
    value counts as written, also where nothing else is left in it.
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
            if not at and path:
                taken[path[:-1]].add(str(path[-1]))
        taken[path].add(last)
    return data, {path: frozenset(names) for path, names in taken.items()}


def numbered(faults: Sequence[Finding]) -> tuple[Finding, ...]:
    """The faults of a file in their order; the second of a kind at the same object has `#2` behind its name."""
    seen: Counter[tuple[str, str]] = Counter()
    told = []
    for one in in_order(faults):
        kind = one.rule, one.object
        seen[kind] += 1
        told.append(one if seen[kind] == 1 else one._replace(object=f"{one.object}#{seen[kind]}"))
    return tuple(told)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings in the order of every report."""
    return tuple(sorted(findings, key=order))


def order(finding: Finding) -> tuple[object, ...]:
    """Path, line, column, rule, object."""
    return finding.file, finding.place.line, finding.place.column, finding.rule, finding.object
