"""One JSON object a line for each finding, as in the format `json`: for programs that read while we write."""

from __future__ import annotations

from collections.abc import Iterator

from kam.language import Language
from kam.reports import Report
from kam.reports.json import finding, written


def render(report: Report, language: Language) -> Iterator[str]:
    """A line for each finding, accepted ones too."""
    for one in report.findings:
        yield written(finding(one, language))
