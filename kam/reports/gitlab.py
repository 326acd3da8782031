"""A Code Quality report for GitLab: findings in the merge request and beside its changed lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256

from kam.finding import Finding, Severity
from kam.language import Language
from kam.reports import Report, message
from kam.reports.json import listed

_LEVELS: Mapping[Severity, str] = {"error": "major", "warning": "minor", "info": "info"}


def render(report: Report, language: Language) -> Iterator[str]:
    """A JSON list with the fields that GitLab reads; accepted findings are left out."""
    told = report.told
    yield "["
    yield from listed(_issue(one, mark, language) for one, mark in zip(told, fingerprints(told), strict=True))
    yield "]"


def _issue(one: Finding, fingerprint: str, language: Language) -> dict[str, object]:
    return {
        "description": message(one, language),
        "check_name": one.rule,
        "fingerprint": fingerprint,
        "severity": _LEVELS[one.severity],
        "location": {"path": one.file, "lines": {"begin": one.place.line}},
    }


def fingerprints(findings: Iterable[Finding]) -> Iterator[str]:
    """A name for each finding that stays when lines move; of several with one id each gets its own."""
    seen: Counter[str] = Counter()
    for one in findings:
        seen[one.id] += 1
        name = one.id if seen[one.id] == 1 else f"{one.id}#{seen[one.id]}"
        yield sha256(name.encode("utf-8", "backslashreplace")).hexdigest()
