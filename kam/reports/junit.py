"""JUnit XML: what build servers show as tests. A file is a test suite, a finding a test case.

What makes the command fail is a failure here; the other findings are skipped tests, which no server paints red.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from kam.finding import Finding
from kam.language import N_, Language
from kam.reports import Report, fix, message, shown


def render(report: Report, language: Language) -> Iterator[str]:
    """An XML document; accepted findings are left out, a file without findings is a test that passed."""
    found: dict[str, list[Finding]] = {file: [] for file in report.files}
    for one in report.told:
        found.setdefault(one.file, []).append(one)
    suites = sorted(found.items())
    failing = sum(_fails(one, report) for one in report.told)
    clean = sum(not those for _, those in suites)
    counts = _counts(len(report.told) + clean, failing, len(report.told) - failing)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<testsuites name="kam" {counts}>'
    for file, those in suites:
        yield from _suite(file, those, report, language)
    yield "</testsuites>"


def _suite(file: str, findings: Sequence[Finding], report: Report, language: Language) -> Iterator[str]:
    failing = sum(_fails(one, report) for one in findings)
    counts = _counts(len(findings) or 1, failing, len(findings) - failing)
    yield f'  <testsuite name="{_xml(file)}" {counts} timestamp="{report.as_of}T00:00:00">'
    if not findings:
        yield f'    <testcase classname="{_xml(file)}" name="kam check" file="{_xml(file)}" time="0"/>'
    for one in findings:
        yield from _case(one, report, language)
    yield "  </testsuite>"


def _case(one: Finding, report: Report, language: Language) -> Iterator[str]:
    file, said = _xml(one.file), _xml(message(one, language))
    yield f'    <testcase classname="{file}" name="{_xml(one.id)}" file="{file}" line="{one.place.line}" time="0">'
    if _fails(one, report):
        cure = _xml(language.text(N_("How to fix: {fix}"), fix=fix(one, language)))
        yield f'      <failure type="{one.severity}" message="{said}">{file}:{one.place.line}:{one.place.column}'
        yield f"{cure}</failure>"
    else:
        yield f'      <skipped type="{one.severity}" message="{said}"/>'
    yield "    </testcase>"


def _fails(one: Finding, report: Report) -> bool:
    return one.severity in report.failing


def _counts(tests: int, failures: int, skipped: int) -> str:
    return f'tests="{tests}" failures="{failures}" errors="0" skipped="{skipped}" time="0"'


def _xml(text: str) -> str:
    """A text within XML; `shown` spells out what no XML document may hold."""
    return escape(shown(text), quote=True)
