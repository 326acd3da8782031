"""Markdown for the comment of a bot on a pull request or merge request.

Whatever comes out of a file stands in a code span: there no platform finds markup, links, names to notify, or numbers
of issues. Our own sentences are escaped as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import groupby

from kam.finding import SEVERITIES, Finding, Message, Word
from kam.language import N_, Language
from kam.reports import SAID, Report, shown, summary

LIMIT = 60_000
"""Characters of a comment; GitHub takes 65,536."""
MANY = 10
"""So many findings of a file are listed openly; longer lists are folded."""
LONG = 200
"""Characters of one value; of a longer one the beginning is shown."""
_NUMBER = N_("findings: {n}")
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>()#!|~&@$^]")
_SPAN = re.compile("\ue000([0-9]+)\ue001")


def render(report: Report, language: Language) -> Iterator[str]:
    """The summary, a table of the numbers, and the findings account by account, as many as a comment takes."""
    yield text(summary(report, language))
    yield ""
    yield from _table(report, language)
    room, left = LIMIT, 0
    for file, those in groupby(report.told, key=lambda one: one.file):
        findings = list(those)
        lines = list(_fitting(findings, room, language))
        left += len(findings) - len(lines)
        if lines:
            titles = [one for one in (report.names.get(findings[0].account or ""), file) if one]
            group = list(_group(titles, lines, len(findings), language))
            room -= sum(len(line) + 1 for line in group)
            yield from group
    if left:
        yield ""
        yield text(language.text(N_("Not listed here, because the comment would become too long: {n}."), n=left))


def _table(report: Report, language: Language) -> Iterator[str]:
    heads = (N_("Errors"), N_("Warnings"), N_("Notes"), N_("Accepted"))
    numbers = (*map(report.count, SEVERITIES), len(report.findings) - len(report.told))
    yield f"| {' | '.join(language.text(one) for one in heads)} |"
    yield f"| {' | '.join('---:' for _ in heads)} |"
    yield f"| {' | '.join(map(str, numbers))} |"


def _group(titles: Sequence[str], lines: Sequence[str], number: int, language: Language) -> Iterator[str]:
    """The findings of one file below its account's name; a long list is folded."""
    yield ""
    if number <= MANY:
        yield f"**{' · '.join(map(code, titles))}**"
        yield ""
        yield from lines
        return
    said = " · ".join(f"<code>{escape(_short(one))}</code>" for one in titles)
    yield f"<details><summary>{said} · {language.text(_NUMBER, n=number)}</summary>"
    yield ""
    yield from lines
    yield ""
    yield "</details>"


def _fitting(findings: Iterable[Finding], room: int, language: Language) -> Iterator[str]:
    """The lines of the first findings, as many as there is room for."""
    for one in findings:
        line = _line(one, language)
        room -= len(line) + 1
        if room < 0:
            return
        yield line


def _line(one: Finding, language: Language) -> str:
    severity = text(language.text(SAID[one.severity]))
    place = code(f"{one.file}:{one.place.line}")
    return f"- **{severity}** {place} {sentence(one.message, language)} {code(one.rule)}"


def sentence(message: Message, language: Language) -> str:
    """A message as Markdown: our words are text, the values in it are code."""
    spans: list[str] = []

    def span(value: str) -> str:
        spans.append(code(value))
        return f"\ue000{len(spans) - 1}\ue001"

    def marked(value: object) -> object:
        if isinstance(value, Message):
            return Message(value.text, {name: marked(one) for name, one in value.values.items()})
        if isinstance(value, Word):
            said = language.word(*value)
            return span(said) if said == value.value else said  # a word that no schema knows
        if isinstance(value, Mapping):
            return span(str(value[language.code]))
        if isinstance(value, tuple):
            return tuple(map(marked, value))
        return span(value) if isinstance(value, str) else value

    said = language.say(Message(message.text, {name: marked(one) for name, one in message.values.items()}))
    return _SPAN.sub(lambda found: spans[int(found[1])], text(said))


def text(said: str) -> str:
    """Words of our own on one line as Markdown."""
    return _SPECIAL.sub(r"\\\g<0>", shown(said))


def code(value: str) -> str:
    """A code span of a value, whatever stands in it."""
    said = _short(value)
    fence = "`" * (max(map(len, re.findall("`+", said)), default=0) + 1)
    pad = " " if said.startswith("`") or said.endswith("`") or not said.strip() else ""
    return f"{fence}{pad}{said}{pad}{fence}"


def _short(value: str) -> str:
    return shown(value if len(value) <= LONG else f"{value[:LONG]}…")
