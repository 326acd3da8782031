"""All findings for other programs; the shape is a contract and has a version."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from kam import encoding
from kam.finding import SEVERITIES, Finding
from kam.language import Language
from kam.reports import Report

VERSION = 1
_COMMAND = re.compile(r"##(?=\[|vso\[)")


def render(report: Report, language: Language) -> Iterator[str]:
    """One JSON object."""
    yield written({**head(report), "findings": [finding(one, language) for one in report.findings]}, indent=2)


def head(report: Report) -> dict[str, Any]:
    """What was checked as of which day, and how much was found."""
    counts: dict[str, int] = {one: report.count(one) for one in SEVERITIES}
    summary = {"accounts": report.accounts, **counts, "waived": len(report.findings) - len(report.told)}
    return {"version": VERSION, "as_of": report.as_of.isoformat(), "summary": summary}


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


def written(value: object, indent: int | None = None) -> str:
    """A value as JSON in which nothing hidden stands as it is, so that the text can be shown anywhere."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)
    parts, start = [], 0
    for at in encoding.hidden(text):
        parts += [text[start:at], f"\\u{ord(text[at]):04x}"]
        start = at + 1
    return _COMMAND.sub(r"#\\u0023", "".join((*parts, text[start:])))


def listed(values: Iterable[object]) -> Iterator[str]:
    """The inside of a JSON list, an item a line: many times faster than indented JSON."""
    held = ""
    for value in values:
        if held:
            yield f"{held},"
        held = written(value)
    if held:
        yield held
