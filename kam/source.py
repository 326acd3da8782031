"""Bytes of a YAML file to data, the place of every value, and the faults of the file. Never raises, whatever the bytes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import product
from typing import Any, Literal, NamedTuple, get_args
from unicodedata import normalize

import yaml

from kam import encoding, syntax
from kam.finding import START, Finding, KamError, Message, Path, Place, Severity, pointer
from kam.language import N_

try:
    from yaml._yaml import CParser
except ImportError:  # PyYAML without libyaml; said when a file is read, where the command line catches it
    CParser = None

Kind = Literal["account", "company"]
KINDS: tuple[Kind, ...] = get_args(Kind)


class Limits(NamedTuple):
    """How much of a file is read; more is a fault."""

    mebibytes: int
    nodes: int
    depth: int = 32


LIMITS: dict[Kind, Limits] = {"account": Limits(1, 50_000), "company": Limits(16, 1_000_000)}
_MOST = 100
"""So many faults of one rule are listed for one file; the last one says how many more there are."""

_SAFE = 2**53
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", re.ASCII)
_DIGITS = frozenset("-0123456789")
_GAP = re.compile(r"[ \t\r\n]*(?:#[^\n]*[ \t\r\n]*)*")


def _any_case(word: str) -> Iterator[str]:
    return map("".join, product(*({char, char.upper()} for char in word)))


_SWITCHES = {said for word in ("yes", "no", "on", "off", "y", "n") for said in _any_case(word)}
_NOT_FINITE = {sign + said for sign in ("", "-", "+") for word in (".nan", ".inf") for said in _any_case(word)}
_WORDS: dict[str, bool | str | None] = {
    "": None,
    "~": None,
    "null": None,
    "true": True,
    "false": False,
    **{word: word for word in _SWITCHES | _NOT_FINITE},
}
"""Plain scalars that are not simply text, or look as if they were not."""

Span = Any
"""`(key start, key end, value start, value end)`, for collections a list with the spans of the children behind it.

The spans of a mapping's entries stand in a dict by key, those of a list's items in a list; an item is its own key.
A tuple of plain integers costs the garbage collector nothing, and there is one for every value of every file.
"""


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
    """Of the top mapping; only this module looks inside."""

    def place(self, path: Path) -> Place:
        """Where the key of the entry or the list item stands, or the nearest parent that exists; `()` is line 1."""
        span, known = self._find(path)
        if not known:
            return START
        return encoding.place(self.text, span[0], _end(span) if span[0] == span[2] else span[1])

    def value_place(self, path: Path) -> Place:
        """Where the value itself stands, or the nearest parent's that exists."""
        span, _ = self._find(path)
        return encoding.place(self.text, span[2], _end(span))

    def pointer(self, path: Path) -> str:
        """JSON pointer of the path, or of its nearest parent that exists."""
        return pointer(path[: self._find(path)[1]])

    def excerpt(self, line: int) -> str:
        """The source of a line without its line end."""
        return encoding.excerpt(self.text, line)

    def _find(self, path: Path) -> tuple[Span, int]:
        """The span of the deepest part of the path that exists, and how many keys lead to it."""
        span = self.span
        for known, key in enumerate(path):
            inside = span[4] if len(span) > 4 else ()
            if isinstance(inside, dict):
                below = inside.get(key)
            else:
                below = inside[key] if isinstance(key, int) and 0 <= key < len(inside) else None
            if below is None:
                return span, known
            span = below
        return span, len(path)


def _end(span: Span) -> int:
    """Where a value ends; a block collection, which has no end mark (-1), ends with its last child."""
    while span[3] < 0:
        inside = span[4]
        if not inside:
            return int(span[2])
        span = inside[next(reversed(inside))] if isinstance(inside, dict) else inside[-1]
    return int(span[3])


class _Noted(NamedTuple):
    """A fault before it gets its words: cheap, because a hostile file makes very many."""

    rule: str
    start: int
    end: int
    path: Path
    message: Message
    fix: Message
    severity: Severity = "error"


class _Fatal(Exception):
    """Reading ends here, without data."""

    def __init__(self, noted: _Noted) -> None:
        super().__init__(noted.rule)
        self.noted = noted


class _Again(str):
    """A key that stood in its mapping before: equal to nothing, so that its value never replaces the first one."""

    __slots__ = ()
    __eq__ = object.__eq__
    __hash__ = object.__hash__


def excerpt(document: Document, line: int) -> str:
    """The source of a line of the document without its line end."""
    return document.excerpt(line)


def read(raw: bytes, name: str, kind: Kind) -> Document:
    """The document of a file's bytes; `name` is its path from the root. All that is wrong is in `faults`."""
    if CParser is None:
        raise KamError(
            Message(N_("PyYAML was installed without libyaml, which kam needs to read files.")),
            Message(N_("Install a PyYAML wheel for your platform: pip install --force-reinstall --only-binary :all: pyyaml")),
        )
    limits = LIMITS[kind]
    if len(raw) > limits.mebibytes << 20:
        return _unread(name, "source.too-large", START, *_too_large(limits))
    try:
        text = encoding.decode(raw)
    except encoding.Unreadable as error:
        return _unread(name, "source.encoding", error.place, error.message, error.fix)
    return _parsed(text, name, limits)


def _parsed(text: str, name: str, limits: Limits) -> Document:
    noted: list[_Noted] = [_conflict(start, end) for start, end in encoding.conflicts(text)]
    hidden = list(encoding.hidden(text))
    plain: list[Plain] = []
    data, span = None, (0, 0, 0, 0)
    if not noted:
        try:
            data, span = _build(encoding.parsable(text) if hidden else text, limits, noted, plain)
        except _Fatal as stop:
            noted.append(stop.noted)
            plain.clear()
    if hidden or " #" in text:
        noted += _between(text, data, span, hidden, noted)
    return Document(name, text, data, tuple(_worded(name, text, noted)), tuple(plain), span)


def _unread(name: str, rule: str, place: Place, message: Message, fix: Message) -> Document:
    return Document(name, "", None, (Finding(rule, "error", message, fix, name, place),))


def _build(
    text: str, limits: Limits, noted: list[_Noted], plain: list[Plain]
) -> tuple[dict[str, Any], Span]:
    """Data and spans from the event stream, in one pass; raises _Fatal where nothing sensible can be read."""
    gap = _GAP.match(text)
    if gap and text.startswith("%", gap.end()):
        raise _refused(syntax.directive(gap.end()))
    last = None
    try:
        parser = CParser(text)
        for event in iter(parser.get_event, None):
            last = event
    except yaml.MarkedYAMLError as error:
        raise _refused(syntax.explain(text, _refusal(error, last))) from None
