"""A file as it was read: text, data, and where everything stands."""

from __future__ import annotations

from typing import Any, NamedTuple

from kam import encoding
from kam import span as spans
from kam.finding import START, Finding, Path, Place, pointer
from kam.span import Span


class Plain(NamedTuple):
    """A plain (unquoted) scalar whose characters matter: read as number or boolean, or looking like one."""

    path: Path
    raw: str
    """The characters as written."""
    start: int
    end: int
    source: str
    """The text of the whole file, from which the place is counted."""

    @property
    def place(self) -> Place:
        """Where the scalar stands."""
        return encoding.place(self.source, self.start, self.end)


class Document(NamedTuple):
    """One file as read: its text, its data, where everything stands, and what is wrong with the file."""

    name: str
    """Path from the root, forward slashes."""
    text: str
    """Decoded, without byte order mark; "" when it could not be decoded."""
    data: dict[str, Any] | None
    """None: it could not be read."""
    faults: tuple[Finding, ...]
    plain: tuple[Plain, ...] = ()
    span: Span = (0, 0, 0, 0)
    """Of the top mapping, see `kam.span`; only reading and editing look inside."""

    def place(self, path: Path) -> Place:
        """Where the key of the entry or the list item stands, or of the nearest parent that exists; `()` is line 1."""
        span, known = spans.find(self.span, path)
        if not known:
            return START
        return encoding.place(self.text, span[0], spans.end(span) if span[0] == span[2] else span[1])

    def value_place(self, path: Path) -> Place:
        """Where the value itself stands; where it does not exist, as `place`."""
        span, known = spans.find(self.span, path)
        return encoding.place(self.text, span[2], spans.end(span)) if known == len(path) else self.place(path)

    def pointer(self, path: Path) -> str:
        """JSON pointer of the path, or of its nearest parent that exists."""
        return pointer(path[: spans.find(self.span, path)[1]])

    def excerpt(self, line: int) -> str:
        """The source of a line, counted from 1, without its line end."""
        return encoding.excerpt(self.text, line)
