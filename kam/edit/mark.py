"""The text around keys and values: where a value really ends, where its line ends, which comments belong to whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kam import span as spans
from kam.document import Document
from kam.edit.layout import column
from kam.finding import Path
from kam.span import Span

TAIL = re.compile(r"[ \t]*(#[^\r\n]*)?(?=\r?\n|\Z)")
"""What may follow a value on its line outside brackets: nothing but a comment."""

_COLON = re.compile(r"[ \t]*:")
_DASH = re.compile(r"-[ \t]*\Z")
_BLANK_LINE = re.compile(r"\n[ \t]*\r?\n")
_COMMENT_LINE = re.compile(r"\r?\n([ \t]*)#[^\r\n]*")


def chain(document: Document, path: Path) -> list[Span]:
    """The spans from the top to the path."""
    found = [document.span]
    for key in path:
        found.append(found[-1][4][key])
    return found


def in_brackets(span: Span) -> bool:
    """Whether a span is that of a collection in brackets; False for single values."""
    return len(span) > 4 and bool(span[3] >= 0)


def in_lines(span: Span) -> bool:
    """Whether a span is that of a collection without brackets."""
    return len(span) > 4 and bool(span[3] < 0)


def is_literal(text: str, span: Span) -> bool:
    """Whether a value is a text behind `|` or `>`."""
    return bool(span[2] < span[3]) and text[span[2]] in "|>"


def first(parent: Span) -> str | int:
    """The first key of a mapping, or 0."""
    return next(iter(parent[4])) if isinstance(parent[4], dict) else 0


def neighbours(parent: Span, key: str | int) -> tuple[Span | None, Span | None]:
    """The spans before and behind an entry or item."""
    inside = parent[4]
    keys: list[str | int] = list(inside) if isinstance(inside, dict) else [*range(len(inside))]
    at = keys.index(key)
    return inside[keys[at - 1]] if at else None, inside[keys[at + 1]] if at + 1 < len(keys) else None


def start(text: str, parent: Span, key: str | int) -> int:
    """Where an entry or item begins outside brackets: its key, or its dash."""
    at: int = parent[4][key][0] if isinstance(key, str) else parent[2]
    if isinstance(key, str) or not key:
        return at
    margin = " " * column(text, at)
    return text.rindex(f"\n{margin}-", 0, parent[4][key][2] + 1) + 1 + len(margin)


def end(text: str, span: Span) -> int:
    """Where the last word of a value ends; of a text behind `|` without `+`, the last line that is not blank."""
    last = span
    while in_lines(last) and last[4]:
        last = last[4][next(reversed(last[4]))] if isinstance(last[4], dict) else last[4][-1]
    if not is_literal(text, last):
        return spans.end(last)
    begin, written = int(last[2]), text[last[2] : last[3]]
    if "+" in text[begin : line_end(text, begin)].partition("#")[0]:
        return begin + len(written.rstrip(" ").removesuffix("\n").removesuffix("\r"))
    return begin + len(written.rstrip())


def after_sign(text: str, span: Span) -> int:
    """Behind the colon of an entry, or behind the dash of an item."""
    at: int = span[2]
    if span[0] != at and (colon := _COLON.match(text, span[1])):
        return colon.end()
    dash = _DASH.search(text, text.rfind("\n", 0, at) + 1, at)
    return dash.start() + 1 if dash else at


def line_end(text: str, at: int) -> int:
    """The end of the line of an offset, before CRLF or LF."""
    found = text.find("\n", at)
    if found < 0:
        return len(text)
    return found - 1 if found > at and text[found - 1] == "\r" else found


def below(text: str, at: int, least: int) -> int:
    """Behind the comment lines that follow a line's end with at least this indentation."""
    while (found := _COMMENT_LINE.match(text, at)) and len(found[1]) >= least:
        at = found.end()
    return at


def comment_above(text: str, at: int) -> bool:
    """Whether the line above that of the offset is a comment."""
    above = text[: at - column(text, at)].removesuffix("\n")
    return above[above.rfind("\n") + 1 :].lstrip().startswith("#")


def blank_line(text: str, begin: int, until: int) -> bool:
    """Whether a blank line stands between two offsets."""
    return _BLANK_LINE.search(text, begin, until) is not None


def comment_within(document: Document, path: Path, begin: int, until: int) -> bool:
    """Whether a comment stands in the collection at the path, between two offsets around it."""
    span, data = document.span, document.data
    for key in path:
        span, data = span[4][key], data[key]  # type: ignore[index]  # the path leads through them
    return len(span) > 4 and any("#" in gap for gap in _gaps(document.text, data, span, (begin, until)))


def _gaps(text: str, data: Any, span: Span, around: tuple[int, int]) -> Iterator[str]:
    """The text between keys and values, and the headers of texts behind `|`."""
    at, until = around
    for leaf in spans.leaves(data, span):
        yield text[at : leaf.start]
        at = leaf.end
        if text[leaf.start : leaf.end][:1] in ("|", ">"):
            yield text[leaf.start : line_end(text, leaf.start)]
    yield text[at:until]
