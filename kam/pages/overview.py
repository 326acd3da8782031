"""What the pages about many accounts show, from rows and findings: counted by rule and account, the first few kept."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import chain

from kam.check import order
from kam.finding import SEVERITIES, Finding, Severity
from kam.pages import MOST, Fired, Overview
from kam.pages.reference_commands import Command
from kam.pages.share import concerned
from kam.portfolio import Portfolio

_Key = tuple[Severity, str]


def overview(
    portfolio: Portfolio, of_accounts: Iterable[Finding], of_company: tuple[Finding, ...], commands: tuple[Command, ...]
) -> Overview:
    """Everything in one: findings are passed through once, so they may come from anywhere, one at a time."""
    first: defaultdict[_Key, list[Finding]] = defaultdict(list)
    where: defaultdict[_Key, Counter[str | None]] = defaultdict(Counter)
    waived = []
    for one in chain(of_accounts, of_company):
        if one.waived:
            waived.append(one)
            continue
        key = one.severity, one.rule
        if len(kept := first[key]) < MOST:
            kept.append(one)
        where[key][one.account] += 1
    waived.sort(key=lambda one: (one.waived.until if one.waived else date.max, order(one)))
    fired = (
        Fired(rule, severity, accounts.total(), len(accounts.keys() - {None}), tuple(first[severity, rule]))
        for (severity, rule), accounts in where.items()
    )
    return Overview(
        portfolio,
        of_company,
        _by_rule(where),
        tuple(sorted(fired, key=lambda one: (SEVERITIES.index(one.severity), -one.number, one.rule))),
        _by_account(where),
        tuple(waived[:MOST]),
        len(waived),
        commands,
        concerned(portfolio.rows, portfolio.company.people),
    )


def _by_rule(where: Mapping[_Key, Counter[str | None]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for (_, rule), accounts in where.items():
        found[rule] += accounts.total()
    return found


def _by_account(where: Mapping[_Key, Counter[str | None]]) -> dict[str, Counter[Severity]]:
    found: defaultdict[str, Counter[Severity]] = defaultdict(Counter)
    for (severity, _), accounts in where.items():
        for account, n in accounts.items():
            if account:
                found[account][severity] += n
    return found
