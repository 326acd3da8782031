"""Findings beside the part that they concern, and all of them once more at the end."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from kam import rules
from kam.finding import Finding, path_of
from kam.language import N_, Language
from kam.page import link
from kam.pages import Setting, rule_address
from kam.pages.account.scene import SECTIONS
from kam.record import record

SEVERITY_WORDS = {"error": N_("Error"), "warning": N_("Warning"), "info": N_("Note")}
AT_ONCE = 6
"""Findings of a section that are open at once; the others unfold."""


@record
class Told:
    """One finding in the words of the page."""

    severity: str
    word: str
    message: str
    rule: str
    href: str | None
    """The page of the rule; faults of form have none."""
    line: int
    source: str | None
    section: str
    fix: str
    at: str
    """The line in words."""
    why: str = ""
    by: str = ""
    until: str = ""


class Group(NamedTuple):
    """The findings of a section: those that are open at once, and the rest."""

    first: tuple[Told, ...]
    rest: tuple[Told, ...]
    worst: str


def section_of(finding: Finding, shown: Collection[str]) -> str:
    """The section of the page where a finding stands; `overview` for the file as a whole."""
    path = path_of(finding.pointer)
    named = finding.object.partition("/")[0]
    name = path[0] if path else named if named in shown or named in SECTIONS else ""
    name = SECTIONS.get(name, name).replace("_", "-")
    return name if name in shown else "overview"


def told(finding: Finding, setting: Setting, here: str, shown: Collection[str]) -> Told:
    """A finding in the language of the page."""
    language = setting.language
    waived = finding.waived
    return Told(
        finding.severity,
        language.text(SEVERITY_WORDS[finding.severity]),
        language.say(finding.message),
        finding.rule,
        rule_link(finding.rule, here),
        finding.place.line,
        _source(finding, setting),
        section_of(finding, shown),
        language.say(finding.fix),
        language.text(N_("line {n}"), n=finding.place.line),
        waived.why if waived else "",
        setting.company.name(waived.by) if waived and waived.by else "",
        waived.until.isoformat() if waived else "",
    )


def rule_link(id: str, here: str) -> str | None:
    """The link from an address to the page of a rule."""
    return link(here, rule_address(id)) if rules.find(id) else None


def _source(finding: Finding, setting: Setting) -> str | None:
    source = setting.source(finding.file)
    return f"{source}#L{finding.place.line}" if source else None


def group(found: Iterable[Told]) -> Group | None:
    """The findings of one section that nobody accepted; None if there are none."""
    mine = [one for one in found if not one.until]
    ranks, turns = list(SEVERITY_WORDS), list(dict.fromkeys(one.rule for one in mine))
    # Errors first, and what one advice mends together.
    every = sorted(mine, key=lambda one: (ranks.index(one.severity), turns.index(one.rule)))
    return Group(tuple(every[:AT_ONCE]), tuple(every[AT_ONCE:]), every[0].severity) if every else None


def counted(found: Collection[Told], language: Language) -> str:
    """How many there are of each severity, accepted ones apart."""
    counts = {name: sum(one.severity == name and not one.until for one in found) for name in SEVERITY_WORDS}
    text = N_(
        "Errors: {error}, warnings: {warning}, notes: {info}; accepted: {waived}. Each also stands in its section."
    )
    return language.text(text, **counts, waived=sum(bool(one.until) for one in found))
