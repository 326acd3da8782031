"""SARIF 2.1.0: findings for code scanning and for the viewers of editors, with the page of each rule.

In a SARIF text braces hold the place of an argument and brackets begin a link (OASIS, 3.11.5 and 3.11.6), so both
are escaped in every text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from kam import __version__, rules
from kam.finding import Finding, Place, Severity
from kam.language import N_, Language
from kam.reports import Report, fix, message, shown
from kam.reports.gitlab import fingerprints
from kam.reports.json import listed

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
_CODES = {"en": "en", "zh": "zh-CN"}
_FAULTS = {
    "source": N_("Something in the file cannot be read as it was meant"),
    "schema": N_("A field is missing, is not known, or holds what it may not hold"),
}
_FAULT = N_("A fault of the file is always reported and cannot be waived: the message says where it is and what to do.")


def render(report: Report, language: Language) -> Iterator[str]:
    """A log with one run; accepted findings are in it as suppressed."""
    ids = {id: index for index, id in enumerate(sorted({one.rule for one in report.findings}))}
    results = zip(report.findings, fingerprints(report.findings), strict=True)
    yield f'{{"$schema": "{SCHEMA}", "version": "2.1.0", "runs": [{{'
    yield f'"tool": {{"driver": {{"name": "kam", "semanticVersion": "{__version__}", "rules": ['
    yield from listed(_rule(id, language) for id in ids)
    yield f']}}}}, "language": "{_CODES[language.code]}", "columnKind": "unicodeCodePoints", "results": ['
    yield from listed(_result(one, mark, ids, language) for one, mark in results)
    yield "]}]}"


def _rule(id: str, language: Language) -> dict[str, Any]:
    """What stands on the page of a rule; for the faults of a file one text a family."""
    rule, say = rules.find(id), language.text
    if rule is None:
        family = id.partition(".")[0]
        title, what, parts = say(_FAULTS[family]) if family in _FAULTS else id, say(_FAULT), []
    else:
        title, what = say(rule.texts.title), say(rule.texts.what)
        parts = [(say(N_("Why it matters")), say(rule.texts.why)), (say(N_("How to fix")), say(rule.texts.fix))]
    return {
        "id": id,
        "shortDescription": _text(title),
        "fullDescription": _text(what),
        "help": {
            **_text("\n\n".join((what, *(f"{name}\n{text}" for name, text in parts)))),
            "markdown": _braces("\n\n".join((what, *(f"**{name}**\n\n{text}" for name, text in parts)))),
        },
        **({"defaultConfiguration": {"level": _LEVELS[rule.severity]}} if rule else {}),
    }


def _result(one: Finding, fingerprint: str, ids: Mapping[str, int], language: Language) -> dict[str, Any]:
    said = language.text(N_("How to fix: {fix}"), fix=fix(one, language))
    return {
        "ruleId": one.rule,
        "ruleIndex": ids[one.rule],
        "level": _LEVELS[one.severity],
        "message": _text(f"{message(one, language)}\n{said}"),
        "locations": [{"physicalLocation": {"artifactLocation": _file(one.file), "region": _region(one.place)}}],
        "partialFingerprints": {"primaryLocationLineHash": fingerprint, "kamFinding/v1": fingerprint},
        "suppressions": _suppressions(one, language),
    }


def _file(name: str) -> dict[str, str]:
    """The address of a file from the root of the playbook; no name can become another scheme or folder."""
    return {"uri": quote(name.encode("utf-8", "backslashreplace"), safe="/"), "uriBaseId": "%SRCROOT%"}


def _region(place: Place) -> dict[str, int]:
    line, column, end_line, end_column = place
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}


def _suppressions(one: Finding, language: Language) -> list[dict[str, str]]:
    if not one.waived:
        return []
    why, by, until = one.waived
    said = language.text(N_("{why} (accepted by {by} until {until})"), why=shown(why), by=shown(by or "–"), until=until)
    return [{"kind": "inSource", "status": "accepted", "justification": said}]


def _text(text: str) -> dict[str, str]:
    return {"text": re.sub(r"[\[\]\\]", r"\\\g<0>", _braces(text))}


def _braces(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
