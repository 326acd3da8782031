"""Bytes of a YAML file to data, the place of every value, and the faults of the file. Whatever the bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from typing import Any, Literal, NamedTuple, get_args
from unicodedata import normalize

import yaml

from kam import encoding, fault, suspect, syntax
from kam.document import Document, Plain
from kam.fault import Noted
from kam.finding import Finding, KamError, Message, Path
from kam.language import N_
from kam.span import Span

try:
    from yaml._yaml import CParser
except ImportError:  # PyYAML without libyaml; said when a file is read, where the command line catches it
    CParser = None  # type: ignore[assignment,misc]

Kind = Literal["account", "company"]
KINDS: tuple[Kind, ...] = get_args(Kind)


class Limits(NamedTuple):
    """How much of a file is read; more is a fault."""

    mebibytes: int
    nodes: int
    depth: int = 32


LIMITS: dict[Kind, Limits] = {"account": Limits(1, 50_000), "company": Limits(16, 1_000_000)}

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

_ITEM: Any = object()
"""Stands for a key while the loop is in a list; its items have none."""


class _FatalError(Exception):
    """Reading ends here, without data."""

    def __init__(self, noted: Noted) -> None:
        super().__init__(noted.rule)
        self.noted = noted


class _Found(NamedTuple):
    """What the loop collects on its way."""

    noted: list[Noted]
    plain: list[Plain]
    odd_keys: list[tuple[int, int]]
    """Where keys with hidden characters stand; the loop has said so already."""


class _Again(str):
    """A key that stood in its mapping before: equal to nothing, so that its value never replaces the first one."""

    __slots__ = ()
    __eq__ = object.__eq__
    __hash__ = object.__hash__


def read(raw: bytes, name: str, kind: Kind) -> Document:
    """The document of a file's bytes; `name` is its path from the root. All that is wrong is in `faults`."""
    if CParser is None:
        raise KamError(
            Message(N_("PyYAML was installed without libyaml, which kam needs to read files.")),
            Message(N_("Install it from a wheel: pip install --force-reinstall --only-binary :all: pyyaml")),
        )
    limits = LIMITS[kind]
    if len(raw) > limits.mebibytes << 20:
        return Document(name, "", None, fault.findings(name, "", [_large(0, limits)]))
    try:
        text = encoding.decode(raw)
    except encoding.UnreadableError as error:
        found = Finding("source.encoding", "error", error.message, error.fix, name, error.place)
        return Document(name, "", None, (found,))
    return _parsed(text, name, limits)


def _parsed(text: str, name: str, limits: Limits) -> Document:
    found = _Found([fault.conflict(start, end) for start, end in encoding.conflicts(text)], [], [])
    hidden = encoding.hidden(text)
    data: dict[str, Any] | None = None
    span: Span = (0, 0, 0, 0)
    if not found.noted:
        try:
            data, span = _build(text, encoding.parsable(text) if hidden else text, limits, found)
        except _FatalError as stop:
            found.noted.append(stop.noted)
            found.plain.clear()
    found.noted.extend(suspect.noted(text, hidden, data, span, found.odd_keys))
    faults = fault.findings(name, text, found.noted) if found.noted else ()
    return Document(name, text, data, faults, tuple(found.plain), span)


def _large(start: int, limits: Limits) -> Noted:
    return fault.too_large(start, limits.mebibytes, limits.depth, limits.nodes)


def _build(text: str, parsable: str, limits: Limits, found: _Found) -> tuple[dict[str, Any], Span]:
    """Data and spans of the one document; raises _FatalError where nothing sensible can be read.

    One long loop on purpose: it runs for every value of every file, and a call costs as much as all it does.
    """
    _no_directive(text)
    noted, plain, _ = found
    number, words, digits, item = _NUMBER.fullmatch, _WORDS, _DIGITS, _ITEM  # locals: looked up for every value
    scalar, mapping_start, mapping_end, sequence_end = (
        yaml.ScalarEvent,
        yaml.MappingStartEvent,
        yaml.MappingEndEvent,
        yaml.SequenceEndEvent,
    )
    most, deepest = limits.nodes, limits.depth - 2  # the top mapping and the one that begins are not on the stack
    marked, escaped = "&" in text or "!" in text, "\\" in text
    odd, usual = ("", "<<"), set[str]()
    twins: dict[tuple[int, str], str] = {}
    again: list[tuple[dict[Any, Any], dict[Any, Any], _Again]] = []
    stack: list[tuple[Any, Any, Any, Any]] = []
    event: Any = None
    span: Span = (0, 0, 0, -1)
    get = CParser(parsable).get_event
    try:
        for expected in (yaml.StreamStartEvent, yaml.DocumentStartEvent, yaml.MappingStartEvent):
            event = get()
            if type(event) is not expected:
                if type(event) is yaml.ScalarEvent:
                    get()  # a missing colon makes the file one text: then this is refused, which says more
                raise _FatalError(_not_a_mapping(event))
        if marked and (event.tag is not None or event.anchor is not None):
            _unmarked(event, (), noted)
        start = event.start_mark.index
        data: dict[str, Any] = {}
        node: Any = data
        inside: Any = {}
        key: Any = None  # None: a key comes next
        span = [start, start, start, 0 if event.flow_style else -1, inside]  # 0 until the bracket closes
        nodes = 1
        while True:
            event = get()
            kind = type(event)
            if key is None and kind is scalar:
                nodes += 1
                key = event.value
                key_start, key_end = event.start_mark.index, event.end_mark.index
                if marked and (event.tag is not None or event.anchor is not None):
                    _unmarked(event, _path(stack, node, key), noted)
                if key in node or key not in usual or twins:
                    if twins or key in node or key in odd or not (key.isascii() and key.isprintable()):
                        key = _unusual_key(key, event, (text, stack, node, inside), twins, found)
                        if type(key) is _Again:
                            again.append((node, inside, key))
                    else:
                        usual.add(key)
                event = get()
                kind = type(event)
            if kind is scalar:
                nodes += 1
                value: Any = event.value
                start, end = event.start_mark.index, event.end_mark.index
                if marked and (event.tag is not None or event.anchor is not None):
                    _unmarked(event, _path(stack, node, key), noted)
                style = event.style
                if not style:
                    if value in words:
                        written, value = value, words[value]
                        if value is not None:
                            plain.append(Plain(_path(stack, node, key), written, start, end, text))
                    elif value[0] in digits and number(value):
                        plain.append(Plain(_path(stack, node, key), value, start, end, text))
                        value = _number(value)
                elif escaped and style == '"':
                    value = _visible(value, (text, start, end), _path(stack, node, key), noted)
                if key is item:
                    node.append(value)
                    inside.append((start, end, start, end))
                else:
                    node[key] = value
                    inside[key] = (key_start, key_end, start, end)
                    key = None
            elif kind is mapping_end or kind is sequence_end:
                if not span[3]:
                    span[3] = event.end_mark.index
                if not stack:
                    break
                node, inside, key, span = stack.pop()
                if key is not item:
                    key = None
            elif kind is yaml.AliasEvent:
                if key is None:
                    raise _FatalError(_shared(event, ()))
                if type(key) is not _Again:  # `<<: *x` is one fault
                    noted.append(_shared(event, _path(stack, node, key)))
                start, end = event.start_mark.index, event.end_mark.index
                if key is item:
                    node.append(None)
                    inside.append((start, end, start, end))
                else:
                    node[key] = None
                    inside[key] = (key_start, key_end, start, end)
                    key = None
            else:
                nodes += 1
                start = event.start_mark.index
                if key is None:
                    raise _FatalError(syntax.not_a_word(start, start + 1))
                if len(stack) > deepest:
                    raise _FatalError(_large(start, limits))
                if marked and (event.tag is not None or event.anchor is not None):
                    _unmarked(event, _path(stack, node, key), noted)
                mapping = kind is mapping_start
                child: Any = {} if mapping else []
                below: Any = {} if mapping else []
                end = 0 if event.flow_style else -1
                if key is item:
                    node.append(child)
                    entry: Span = [start, start, start, end, below]
                    inside.append(entry)
                else:
                    node[key] = child
                    entry = [key_start, key_end, start, end, below]
                    inside[key] = entry
                stack.append((node, inside, key, span))
                node, inside, span = child, below, entry
                key = None if mapping else item
            if nodes > most:
                raise _FatalError(_large(start, limits))
        event = get()
        _nothing_behind(text, event.end_mark.index, event.explicit)
    except yaml.YAMLError as error:
        raise _FatalError(syntax.explain(text, _refusal(error, event, None if span[3] else span[2]))) from None
    for node, inside, twin in again:
        del node[twin], inside[twin]
    if again:
        plain[:] = [one for one in plain if not any(type(key) is _Again for key in one.path)]
    return data, span


def _path(stack: list[tuple[Any, Any, Any, Any]], node: Any, key: Any) -> Path:
    """The path of the value that comes next in `node`."""
    above = tuple(len(parent) - 1 if over is _ITEM else over for parent, _, over, _ in stack)
    return (*above, len(node) if key is _ITEM else key)


def _number(written: str) -> int | float | str:
    """The number, or the characters where a program elsewhere would round them: beyond 2^53."""
    whole, _, fraction = written.partition(".")
    if len(whole) > 17:
        return written
    value = float(written) if fraction else int(written)
    return value if abs(value) <= _SAFE else written


def _visible(value: str, where: tuple[str, int, int], path: Path, noted: list[Noted]) -> str:
    """The value without the control characters that its escapes stand for; the raw ones are found in the text."""
    text, start, end = where
    hidden = [value[at] for at in encoding.hidden(value)]
    if hidden:
        raw = set(text[start:end])
        noted += [fault.hidden(char, start, end, path) for char in dict.fromkeys(hidden) if char not in raw]
        return encoding.shown(value)
    return value


def _unusual_key(
    name: str,
    event: Any,
    here: tuple[str, list[Any], Any, Any],
    twins: dict[tuple[int, str], str],
    found: _Found,
) -> str:
    """The key to store: as written, cleaned of control characters, or one of its own if it stood there before."""
    text, stack, node, inside = here
    start, end = event.start_mark.index, event.end_mark.index
    path = _path(stack, node, name)
    if not name:
        raise _FatalError(syntax.no_key(start, max(end, start + 1)))
    if name == "<<" and not event.style:
        found.noted.append(_shared(event, path))
        return _Again(name)
    if hidden := encoding.hidden_in_key(name):
        name = encoding.shown_key(name)
        raw = encoding.hidden_in_key(text[start:end])
        found.odd_keys.append((start, end))
        found.noted.append(fault.hidden_in_key((raw or hidden)[0], start, end, _path(stack, node, name)))
    composed = normalize("NFC", name)
    first = name if name in node else twins.get((id(inside), composed), composed)
    if first in node:
        line = encoding.line(text, inside[first][0])
        found.noted.append(fault.duplicate(name, start, end, line, path))
        return _Again(name)
    if not name.isascii():
        twins[id(inside), composed] = name
    return name


def _no_directive(text: str) -> None:
    # very many %TAG lines would also keep the parser busy for seconds
    gap = _GAP.match(text)
    if gap and text.startswith("%", gap.end()):
        raise _FatalError(syntax.directive(gap.end()))


def _nothing_behind(text: str, end: int, explicit: bool) -> None:
    """Looks behind the document without asking the parser; text there is a second document or badly indented."""
    gap = _GAP.match(text, end)
    at = gap.end() if gap else end
    if at == len(text):
        return
    if explicit or text.startswith("---", at):
        raise _FatalError(fault.documents(at))
    raise _FatalError(syntax.behind_the_end(at))


def _refusal(error: Any, event: Any, bracket: int | None) -> syntax.Refusal:
    scalar = type(event) is yaml.ScalarEvent
    last = (event.start_mark.index, event.end_mark.index, event.style or "") if scalar else (0, 0, "")
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return syntax.Refusal("", "", last[1], last[1], last, bracket)
    at = error.problem_mark.index
    began = error.context_mark.index if error.context_mark else at
    return syntax.Refusal(error.problem or "", error.context or "", at, began, last, bracket)


def _unmarked(event: Any, path: Path, noted: list[Noted]) -> None:
    """Notes the anchor and the tag before a value."""
    start = event.start_mark.index
    if event.anchor is not None:
        noted.append(fault.sharing(start, start + 1, path))
    if event.tag is not None:
        noted.append(fault.tag(start, start + 1, path))


def _shared(event: Any, path: Path) -> Noted:
    return fault.sharing(event.start_mark.index, event.end_mark.index, path)


def _not_a_mapping(event: Any) -> Noted:
    empty = type(event) is yaml.StreamEndEvent
    return fault.not_a_mapping(0 if empty else event.start_mark.index, empty)
