"""All findings for other programs; the shape is a contract and has a version."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from kam.finding import SEVERITIES, Finding
from kam.language import Language
from kam.reports import Report

VERSION = 1


def render(report: Report, language: Language) -> Iterator[str]:
    """One JSON object."""
    summary = {"accounts": report.accounts, **{one: report.count(one) for one in SEVERITIES}}
    value = {
        "version": VERSION,
        "as_of": report.as_of.isoformat(),
        "summary": {**summary, "waived": len(report.findings) - len(report.told)},
        "findings": [finding(one, language) for one in report.findings],
    }
    yield json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)


def finding(one: Finding, language: Language) -> dict[str, Any]:
    """A finding as JSON has it; accepted ones too."""
    waived = one.waived
    return {
        "id": one.id,
        "rule": one.rule,
        "severity": one.severity,
        "message": language.say(one.message),
        "path": one.file,
        "line": one.place.line,
        "column": one.place.column,
        "end_line": one.place.end_line,
        "end_column": one.place.end_column,
        "pointer": one.pointer,
        "account": one.account,
        "object": one.object,
        "fix": language.say(one.fix),
        "waived": {"why": waived.why, "by": waived.by, "until": waived.until.isoformat()} if waived else None,
    }
