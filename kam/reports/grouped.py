"""Findings customer by customer, within a customer section by section."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from kam import schema
from kam.finding import Finding, path_of
from kam.language import N_, Language
from kam.reports import SAID, Report, colon, message, shown, summary


def render(report: Report, language: Language) -> Iterator[str]:
    """A heading for each file and section, below it a line for each finding."""
    for file, found in groupby(report.told, key=lambda one: one.file):
        findings = list(found)
        name = report.names.get(findings[0].account or "", "")
        yield " · ".join(filter(None, (report.paint(shown(name), "strong"), report.paint(shown(file), "path"))))
        for section in dict.fromkeys(map(_section, findings)):
            yield f"  {_title(section, language)}"
            for one in (one for one in findings if _section(one) == section):
                place = f"{one.place.line}:{one.place.column}"
                severity = report.paint(language.text(SAID[one.severity]), one.severity)
                yield f"    {place:<8}{severity}{colon(language)}{message(one, language)} [{one.rule}]"
        yield ""
    yield summary(report, language)


def _section(finding: Finding) -> str:
    return (*path_of(finding.pointer), "")[0]


def _title(section: str, language: Language) -> str:
    """What the schema calls a section of an account; anything else stands as it is written."""
    if not section:
        return language.text(N_("The whole file"))
    return shown(schema.label("account", (section,))[language.code])
