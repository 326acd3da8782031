"""Reports: one format a file, its name is the file's. A format is a function `render(report, language)`, lines out.

Whatever comes out of a file is shown with its control characters spelled out, so that it can neither drive a terminal
nor begin a command of a build server.
"""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, cast

from kam import encoding
from kam.finding import SEVERITIES, Finding, Severity
from kam.language import N_, Language

if TYPE_CHECKING:
    from kam.questions import Question

Paint = Callable[[str, str], str]
"""A text and what it is (`error`, `warning`, `info`, `path`, `quiet`, `strong`): the text as a terminal shows it."""


def plain(text: str, kind: str) -> str:
    """No colours."""
    del kind
    return text


class Report(NamedTuple):
    """What was found, ready for any format; findings in the order of file, line, column, rule, object."""

    findings: tuple[Finding, ...]
    as_of: date
    accounts: int
    """How many accounts were checked."""
    names: Mapping[str, str]
    """What each account is called, by its id."""
    source: Callable[[str, int], str]
    """The text of a line of a file."""
    paint: Paint = plain
    files: tuple[str, ...] = ()
    """The files that were checked, also those without a finding."""
    failing: tuple[Severity, ...] = ("error",)
    """The severities for which the command fails."""
    questions: Mapping[str, tuple[Question, ...]] = {}
    """What to ask next about the account of each file; files without a question may be left out."""

    @property
    def told(self) -> tuple[Finding, ...]:
        """The findings that nobody has accepted."""
        return tuple(one for one in self.findings if not one.waived)

    def count(self, severity: Severity) -> int:
        """How many findings of a severity there are, without the accepted ones."""
        return sum(one.severity == severity for one in self.told)


Render = Callable[[Report, Language], Iterable[str]]


@cache
def formats() -> tuple[str, ...]:
    """The names of all formats."""
    return tuple(module.name for module in pkgutil.iter_modules(__path__))


def render(name: str, report: Report, language: Language) -> Iterable[str]:
    """The lines of a report in a format, without line ends."""
    return cast(Render, import_module(f"{__name__}.{name}").render)(report, language)


_ENDS = re.compile(r"[\t\r\n]")
_COMMAND = re.compile(r"##(?=\[|vso\[)")
_FIRST = re.compile(r"^(\s*):(?=:)")
"""What a build server takes for a command where a line begins with it."""


def shown(text: str) -> str:
    """The text on one line, with everything spelled out that is not seen or that acts on whoever shows it."""
    # What nobody sees, tabs and line ends are not printable.
    if text.isprintable() and "##" not in text and "::" not in text:
        return text
    at = {*encoding.hidden(text), *(found.start() for found in _ENDS.finditer(text))}
    spelled = "".join(_spelled(char) if index in at else char for index, char in enumerate(text)) if at else text
    return _FIRST.sub(r"\1\\x3a", _COMMAND.sub(r"#\\x23", spelled))


def _spelled(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


def colon(language: Language) -> str:
    """What parts a word from what it announces."""
    return "：" if language.code == "zh" else ": "


SAID: Mapping[Severity, str] = {"error": N_("error"), "warning": N_("warning"), "info": N_("note")}


def message(finding: Finding, language: Language) -> str:
    """What is wrong, on one line."""
    return shown(language.say(finding.message))


def fix(finding: Finding, language: Language) -> str:
    """How to fix it, on one line."""
    return shown(language.say(finding.fix)) if finding.fix.values else _said(language, finding.fix.text)


@cache
def _said(language: Language, text: str) -> str:
    """One of our own texts: a rule says the same cure each time."""
    return shown(language.text(text))


def summary(report: Report, language: Language) -> str:
    """The last line of a report: what was checked as of which day, and what was found."""
    counts = [language.text(_COUNTS[one], n=n) for one in SEVERITIES if (n := report.count(one))]
    waived = len(report.findings) - len(report.told)
    counts += [language.text(N_("{n} accepted by a waiver"), n=waived)] if waived else []
    comma = "，" if language.code == "zh" else ", "
    found = comma.join(counts) or language.text(N_("nothing to complain about"))
    text = N_("As of {date}, customers checked: {accounts}; {found}.")
    return language.text(text, date=report.as_of, accounts=report.accounts, found=found)


_COUNTS: Mapping[Severity, str] = {
    "error": N_("errors: {n}"),
    "warning": N_("warnings: {n}"),
    "info": N_("notes: {n}"),
}
