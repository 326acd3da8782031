"""What `kam` says about a file: a message, its severity and its place. Plain values, no I/O, no language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, NamedTuple

Path = tuple[str | int, ...]
"""Where a value stands in a file: keys and list positions from the top, `()` for the whole file."""

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")

_NOTHING: Mapping[str, object] = {}  # a plain dict: findings travel between processes


class Message(NamedTuple):
    """A sentence before it is said in a language: English text with `{names}`, and what stands for them."""

    text: str
    values: Mapping[str, object] = _NOTHING

    def __str__(self) -> str:
        """In English, for programmers."""
        return self.text.format(**self.values) if self.values else self.text


class Word(NamedTuple):
    """A word of one of the schema's enumerations, such as `Word("stance", "helper")`, before it is said."""

    kind: str
    value: str


class Place(NamedTuple):
    """Lines and columns count from 1, lines by LF and CRLF, columns by code point; the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


START = Place(1, 1, 1, 1)


class Waived(NamedTuple):
    """Who accepted a finding, why, and up to which day."""

    why: str
    by: str | None
    until: date


class Finding(NamedTuple):
    """One thing that is wrong, thin or old in one file; a fault is a finding of the families source and schema."""

    rule: str
    severity: Severity
    message: Message
    fix: Message
    file: str
    """Path from the root of the playbook repository, with forward slashes."""
    place: Place = START
    pointer: str = ""
    """JSON pointer of the value (RFC 6901); of the nearest existing parent where the value does not exist."""
    object: str = "/"
    account: str | None = None
    waived: Waived | None = None

    @property
    def id(self) -> str:
        """A name for this finding that stays when lines move."""
        return f"{self.rule}@{self.account or self.file}/{self.object}"

    @property
    def family(self) -> str:
        return self.rule.partition(".")[0]


class KamError(Exception):
    """Something in the user's environment stops the work: what, and what to do next."""

    def __init__(self, message: Message, hint: Message | None = None) -> None:
        super().__init__(str(message))
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[Any, ...]:
        """A process that works for another one hands its error over."""
        return type(self), (self.message, self.hint)


def pointer(path: Path) -> str:
    """RFC 6901 pointer of a path: `("a", 0)` is `/a/0`, `()` is the empty text."""
    return "".join("/" + str(key).replace("~", "~0").replace("/", "~1") for key in path)


def path_of(text: str) -> tuple[str, ...]:
    """The keys of a JSON pointer, list positions as text; `/` and the empty text are the whole file."""
    if text in ("", "/"):
        return ()
    return tuple(key.replace("~1", "/").replace("~0", "~") for key in text.removeprefix("/").split("/"))
