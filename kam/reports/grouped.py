"""Findings customer by customer, within a customer section by section; first what to ask next."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import PurePosixPath

from kam import schema
from kam.agenda.record import command
from kam.finding import Finding, path_of
from kam.language import N_, Language
from kam.reports import SAID, Report, colon, message, shown, summary


def render(report: Report, language: Language) -> Iterator[str]:
    """A heading for each file, its questions, then for each section a line for each finding."""
    found = {file: list(those) for file, those in groupby(report.told, key=lambda one: one.file)}
    for file in sorted({*found, *(file for file, asked in report.questions.items() if asked)}):
        findings, account = found.get(file, []), PurePosixPath(file).stem
        name = report.names.get(account, "") if file.startswith("accounts/") else ""
        yield " · ".join(filter(None, (report.paint(shown(name), "strong"), report.paint(shown(file), "path"))))
        yield from _questions(report, file, account, language)
        for section in dict.fromkeys(map(_section, findings)):
            yield f"  {_title(section, language)}"
            for one in (one for one in findings if _section(one) == section):
                place = f"{one.place.line}:{one.place.column}"
                severity = report.paint(language.text(SAID[one.severity]), one.severity)
                yield f"    {place:<8}{severity}{colon(language)}{message(one, language)} [{one.rule}]"
        yield ""
    yield summary(report, language)


def _questions(report: Report, file: str, account: str, language: Language) -> Iterator[str]:
    """What to ask next, each with the command or the field that takes the answer."""
    asked = report.questions.get(file, ())
    if asked:
        yield f"  {report.paint(language.text(N_('Next questions')), 'strong')}"
    for number, one in enumerate(asked, 1):
        yield f"    {number}. {shown(language.say(one.text))}"
        yield f"       {report.paint(shown(command(account, one.record) or one.field), 'quiet')}"


def _section(finding: Finding) -> str:
    return (*path_of(finding.pointer), "")[0]


def _title(section: str, language: Language) -> str:
    """What the schema calls a section of an account; anything else stands as it is written."""
    if not section:
        return language.text(N_("The whole file"))
    return shown(schema.label("account", (section,))[language.code])
