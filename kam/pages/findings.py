"""All findings: by rule, by customer, and the accepted ones; what is wrong first, then what to ask, then the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kam import render, rules
from kam.finding import SEVERITIES, Finding, Severity
from kam.language import N_
from kam.page import Heading, Page, SearchEntry, link
from kam.pages import Fired, Overview, Setting, account_address, plays
from kam.pages.account import findings
from kam.pages.account.findings import SEVERITY_WORDS, Told
from kam.pages.account.scene import Who

ORDER = 3
HERE = "findings/"
TITLE = N_("Findings")
TITLES = {"byrule": N_("By rule"), "byaccount": N_("By customer"), "waived": N_("Accepted findings")}
WORTH = {
    "error": N_("Wrong: put right first"),
    "warning": N_("To ask next"),
    "info": N_("Later, when there is time"),
}
AT_ONCE = 3
"""Rules that are unfolded at once."""
ACCOUNTS = 200
"""Customers in the table; the others are one line."""
_BAR = 230


class Line(NamedTuple):
    """One finding and where it stands."""

    where: str
    href: str | None
    place: str
    told: Told


class Rule(NamedTuple):
    """One rule with its first findings."""

    id: str
    title: str
    href: str | None
    severity: str
    word: str
    number: int
    accounts: int
    lines: tuple[Line, ...]
    more: int
    open: bool
    fix: tuple[str, ...]
    plays: tuple[Who, ...]
    """Plays that answer it."""


class Weight(NamedTuple):
    """The rules of one severity."""

    id: str
    title: str
    number: int
    rules: tuple[Rule, ...]


class Account(NamedTuple):
    """One customer with the number of its findings; the bar's parts are as wide as there are errors and warnings."""

    name: str
    href: str | None
    error: int
    warning: int
    info: int
    bad: float
    soon: float

    @property
    def total(self) -> int:
        return self.error + self.warning + self.info


class Figure(NamedTuple):
    """One of the figures at the top."""

    title: str
    value: int
    note: str


def titles(setting: Setting) -> dict[str, str]:
    """The address and title of the page."""
    return {HERE: setting.language.text(TITLE)}


def pages(overview: Overview, setting: Setting) -> Iterator[Page]:
    """The page of all findings."""
    say = setting.language.text
    names = {row.account: row.name for row in overview.portfolio.rows}
    weights = tuple(_weights(overview, names, setting))
    accounts = tuple(_accounts(overview, names, setting))
    titles = {
        **({"byrule": say(TITLES["byrule"])} if weights else {}),
        **({"byaccount": say(TITLES["byaccount"])} if accounts else {}),
        **({"waived": say(TITLES["waived"])} if overview.waived else {}),
    }
    title = say(TITLE)
    values = {
        "title": title,
        "n": sum(one.number for one in overview.fired),
        "today": setting.today,
        "figures": tuple(_figures(overview, setting)),
        "titles": titles,
        "weights": weights,
        "accounts": accounts,
        "width": _BAR,
        "waived": tuple(line(one, names, setting, HERE) for one in overview.waived),
        "more_waived": overview.waivings - len(overview.waived),
        "rules": link(HERE, "rules/"),
    }
    body = render.body("findings.html", setting.language, setting.templates, **values)
    headings = tuple(Heading(key, text) for key, text in titles.items())
    yield Page(HERE, "findings", title, body, headings=headings, search=(SearchEntry("", title),))


def line(one: Finding, names: Mapping[str, str], setting: Setting, here: str) -> Line:
    """A finding with the customer or the file in which it stands."""
    where, href = one.file, setting.source(one.file)
    if one.account:
        where, href = names.get(one.account, one.account), link(here, account_address(one.account), "findings")
    place = one.pointer.strip("/").replace("/", ".") or one.object.strip("/")
    return Line(where, href, place, findings.told(one, setting, here, ()))


def _weights(overview: Overview, names: Mapping[str, str], setting: Setting) -> Iterator[Weight]:
    opened, answers = {one.rule for one in overview.fired[:AT_ONCE]}, plays.answering(setting, HERE)
    for severity in SEVERITIES:
        found = [one for one in overview.fired if one.severity == severity]
        if found:
            title = setting.language.text(WORTH[severity])
            shown = tuple(_rule(one, names, setting, one.rule in opened, answers.get(one.rule, ())) for one in found)
            yield Weight(severity, title, sum(one.number for one in found), shown)


def _rule(one: Fired, names: Mapping[str, str], setting: Setting, open: bool, answers: tuple[Who, ...]) -> Rule:
    say, known = setting.language.text, rules.find(one.rule)
    lines = tuple(line(finding, names, setting, HERE) for finding in one.first)
    return Rule(
        one.rule,
        say(known.texts.title) if known else say(FAULTS.get(one.rule.partition(".")[0], N_("Fault of form"))),
        findings.rule_link(one.rule, HERE),
        one.severity,
        say(SEVERITY_WORDS[one.severity]),
        one.number,
        one.accounts,
        lines,
        one.number - len(lines),
        open,
        tuple(dict.fromkeys(each.told.fix for each in lines if each.told.fix))[:3],
        answers,
    )


FAULTS = {"source": N_("The file cannot be read as it is written"), "schema": N_("Not as the format wants it")}
"""Families of faults, which are no rules and have no page."""


def _accounts(overview: Overview, names: Mapping[str, str], setting: Setting) -> Iterator[Account]:
    """The customers with most errors first; many of them end in one line for the rest."""
    counts = [(id, found) for id, found in overview.by_account.items() if id in names]
    counts.sort(key=lambda pair: (*(-pair[1].get(name, 0) for name in SEVERITIES), names[pair[0]]))
    most = max((one.get("error", 0) + one.get("warning", 0) for _, one in counts), default=0) or 1
    for id, found in counts[:ACCOUNTS]:
        yield _account(names[id], link(HERE, account_address(id), "findings"), found, most)
    rest = counts[ACCOUNTS:]
    if rest:
        sums: dict[Severity, int] = {name: sum(one.get(name, 0) for _, one in rest) for name in SEVERITIES}
        name = setting.language.text(N_("The other {n} customers"), n=len(rest))
        yield _account(name, None, sums, sums["error"] + sums["warning"] or 1)


def _account(name: str, href: str | None, found: Mapping[Severity, int], most: int) -> Account:
    error, warning, info = (found.get(one, 0) for one in SEVERITIES)
    return Account(name, href, error, warning, info, *(round(n * (_BAR - 2) / most, 1) for n in (error, warning)))


def _figures(overview: Overview, setting: Setting) -> Iterator[Figure]:
    say = setting.language.text
    for severity, title in zip(SEVERITIES, (N_("Errors"), N_("Warnings"), N_("Notes")), strict=True):
        fired = [one for one in overview.fired if one.severity == severity]
        accounts = sum(bool(one.get(severity)) for one in overview.by_account.values())
        note = say(N_("rules: {rules}, customers: {accounts}"), rules=len(fired), accounts=accounts) if fired else ""
        yield Figure(say(title), sum(one.number for one in fired), note)
    first = overview.waived[0].waived if overview.waived else None
    note = say(N_("the first until {day}"), day=first.until) if first else ""
    yield Figure(say(N_("Accepted")), overview.waivings, note)
