"""One line a finding, as compilers write it: editors jump to the place."""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import Language
from kam.reports import SAID, Report, message, shown, summary


def render(report: Report, language: Language) -> Iterator[str]:
    """`path:line:column: severity: message [rule]`, and how many."""
    for one in report.told:
        place = report.paint(f"{shown(one.file)}:{one.place.line}:{one.place.column}:", "path")
        severity = report.paint(language.text(SAID[one.severity]), one.severity)
        yield f"{place} {severity}: {message(one, language)} [{one.rule}]"
    yield summary(report, language)
