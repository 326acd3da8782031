"""Each finding with the line of the file, a caret under what it means, and how to fix it."""

from __future__ import annotations

from collections.abc import Iterator

from kam.finding import Finding, Place
from kam.language import N_, Language
from kam.reports import SAID, Report, colon, fix, message, shown, summary

_WIDTH = 100
"""Cells of a source line that are shown; of a longer one the part around the caret."""
_BEFORE = 40


def render(report: Report, language: Language) -> Iterator[str]:
    """Findings as paragraphs, then a summary."""
    for one in report.told:
        yield from _paragraph(one, report, language)
        yield ""
    yield summary(report, language)


def _paragraph(one: Finding, report: Report, language: Language) -> Iterator[str]:
    paint = report.paint
    severity = paint(language.text(SAID[one.severity]), one.severity)
    yield f"{severity}{colon(language)}{paint(message(one, language), 'strong')} [{one.rule}]"
    number = str(one.place.line)
    margin = " " * len(number)
    yield f"{margin}{paint('-->', 'quiet')} {paint(f'{shown(one.file)}:{number}:{one.place.column}', 'path')}"
    line = report.source(one.file, one.place.line) if one.pointer or one.family == "source" else ""
    if line.strip():
        text, indent, length = marked(line, one.place)
        yield paint(f"{margin} |", "quiet")
        yield f"{paint(f'{number} |', 'quiet')} {text}"
        yield f"{paint(f'{margin} |', 'quiet')} {' ' * indent}{paint('^' * length, one.severity)}"
    cure = language.text(N_("How to fix: {fix}"), fix=fix(one, language))
    yield f"{paint(f'{margin} =', 'quiet')} {cure}"


def marked(line: str, place: Place) -> tuple[str, int, int]:
    """A source line as shown, and the caret below it: cells before it, and its length in cells."""
    start = min(place.column - 1, len(line))
    end = min(place.end_column - 1, len(line)) if place.end_line == place.line else len(line.rstrip())
    left = max(0, start - _BEFORE) if len(line) > _WIDTH else 0
    right = left + _WIDTH
    seen = shown(line[left:right])  # as one text: two of its parts could together be a command
    first, last = (len(shown(line[left : min(at, right)])) for at in (start, max(start, end)))
    before, under, behind = seen[:first], seen[first:last], seen[last:]
    before = ("…" if left else "") + before
    room = _WIDTH - len(before)
    under, behind = under[:room], behind[: max(0, room - len(under))]
    cut = "…" if left + _WIDTH < len(line) else ""
    return f"{before}{under}{behind}{cut}".rstrip(), cells(before), max(1, cells(under))


def cells(text: str) -> int:
    """How many columns of a terminal a text takes: a Chinese character takes two."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)
