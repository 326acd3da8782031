"""Annotations for GitHub Actions: findings beside the changed lines of a pull request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kam.finding import Finding, Severity
from kam.language import Language
from kam.reports import Report, fix, message, shown, summary

_LEVELS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}


def render(report: Report, language: Language) -> Iterator[str]:
    """A workflow command for each finding; the summary is ordinary text."""
    for one in report.told:
        yield _command(one, language)
    yield summary(report, language)


def _command(one: Finding, language: Language) -> str:
    place = one.place
    values = {
        "file": shown(one.file),
        "line": place.line,
        "endLine": place.end_line,
        "col": place.column,
        "endColumn": place.end_column,
        "title": one.rule,
    }
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in values.items())
    said = f"{message(one, language)}\n{fix(one, language)}"
    return f"::{_LEVELS[one.severity]} {properties}::{_data(said)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
