"""What the pages about many accounts show, from rows and findings: counted by rule and account, the first few kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
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
    number: Counter[_Key] = Counter()
    first: dict[_Key, list[Finding]] = {}
    where: dict[_Key, set[str]] = {}
    by_account: dict[str, Counter[Severity]] = {}
    waived = []
    for one in chain(of_accounts, of_company):
        if one.waived:
            waived.append(one)
            continue
        key = one.severity, one.rule
        number[key] += 1
        kept, accounts = first.setdefault(key, []), where.setdefault(key, set())
        if len(kept) < MOST:
            kept.append(one)
        if one.account:
            accounts.add(one.account)
            by_account.setdefault(one.account, Counter())[one.severity] += 1
    waived.sort(key=lambda one: (one.waived.until if one.waived else date.max, order(one)))
    fired = (
        Fired(rule, severity, n, len(where[severity, rule]), tuple(first[severity, rule]))
        for (severity, rule), n in number.items()
    )
    return Overview(
        portfolio,
        of_company,
        _by_rule(number),
        tuple(sorted(fired, key=lambda one: (SEVERITIES.index(one.severity), -one.number, one.rule))),
        by_account,
        tuple(waived[:MOST]),
        len(waived),
        commands,
        concerned(portfolio.rows, portfolio.company.people),
    )


def _by_rule(number: Counter[_Key]) -> Counter[str]:
    found: Counter[str] = Counter()
    for (_, rule), n in number.items():
        found[rule] += n
    return found
