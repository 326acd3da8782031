"""Changing random files at random places: the data changes as asked, comments and all other lines stay."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kam.document import Document
from kam.edit import Append, Change, Put, Refused, Remove, changed
from kam.encoding import hidden
from kam.finding import Path
from kam.source import read

WORDS = ["yes", "012", "null", "~", "1.0", "#x", "{{7*7}}", "2026-01-01", "客户：王总", "😀", "%x", "---", "...", '\\"']
SIGNS = st.text("[]{}'\"@`&*!|>?:-#,= x", min_size=1, max_size=4)
PHRASES = ["", "- x", "a: b", ": #", "x #y", "? x", " x", "x ", "\t"]
LINES = [
    "x\ny",
    "x\ny\n",
    "\n",
    "x\n\n",
    " x\ny",
    "x\n  y\n\nz",
    "x \ny",
    "<<<<<<< x\n",
    "a\n# b\n",
    "\tx\ny",
    "x\r\ny",
]
ANY = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)
TEXTS = ANY.filter(lambda text: not hidden(text)) | SIGNS | st.sampled_from([*WORDS, *PHRASES, *LINES])
SCALARS = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.integers(-9999, 9999).map(lambda n: n / 64)
KEYS = st.sampled_from(
    ["name", "cfo", "head-of-it", "a b", "2026", "yes", "客户", "x:y", "-", "#", "it's", '"q"', "[k]"]
)
VALUES = st.recursive(
    SCALARS | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)
DATA = st.dictionaries(KEYS, VALUES, min_size=1, max_size=5)
COMMENT = re.compile(r"# note \d+")


class _Dumper(yaml.SafeDumper):
    """Writes no anchors, and a text with line ends in any style."""

    style: str | None = None
    flush = False

    def ignore_aliases(self, data: object) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, indentless and self.flush)


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, dumper.style if "\n" in text else None)


_Dumper.add_representer(str, _text)


def _read(text: str) -> Document:
    return read(text.encode(), "accounts/x.yaml", "account")


@st.composite
def files(draw: st.DrawFn) -> Document:
    """A file in one of the many layouts, with comments and blank lines wherever they change nothing."""
    data = draw(DATA)
    _Dumper.style, _Dumper.flush = draw(st.sampled_from([None, "|", ">", '"', "'"])), draw(st.booleans())
    text = yaml.dump(
        data,
        Dumper=_Dumper,
        allow_unicode=draw(st.booleans()),
        default_flow_style=draw(st.sampled_from([False, False, None, True])),
        width=draw(st.sampled_from([10, 80])),
        indent=draw(st.integers(2, 5)),
        sort_keys=False,
    )
    lines = text.split("\n")
    for number in range(draw(st.integers(0, 5))):
        at = draw(st.integers(0, len(lines) - 1))
        more = draw(st.sampled_from(["", "comment", "above", "above"]))
        note = f"# note {number}"
        new = list(lines)
        if more == "comment":
            new[at] += f"  {note}" if new[at] else note
        else:
            new.insert(at, " " * draw(st.integers(0, 6)) + note if more else "")
        if _read("\n".join(new)).data == data:
            lines = new
    text = draw(st.sampled_from(["\n", "\n", "\r\n"])).join(lines)
    if draw(st.booleans()) and _read(text.rstrip("\r\n")).data == data:
        text = text.rstrip("\r\n")
    document = _read(text)
    assume(document.data is not None and not document.faults)
    return document


def _places(data: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    yield path, data
    if isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from _places(value, (*path, key))


@st.composite
def edits(draw: st.DrawFn) -> tuple[Document, list[Change], Any]:
    """A file, one to three changes, and the data that they lead to."""
    document = draw(files())
    data: Any = deepcopy(document.data)
    changes: list[Change] = []
    for _ in range(draw(st.integers(1, 3))):
        path, there = draw(st.sampled_from(list(_places(data))))
        value = draw(VALUES)
        above = data
        for key in path[:-1]:
            above = above[key]
        if isinstance(there, list):
            changes.append(Append(path, value))
            there.append(deepcopy(value))
        elif isinstance(there, dict) and (not path or draw(st.booleans())):
            key = draw(KEYS)
            changes.append(Put((*path, key), value))
            there[key] = deepcopy(value)
        elif draw(st.booleans()) and (len(path) > 1 or len(data) > 1):
            changes.append(Remove(path))
            del above[path[-1]]
        else:
            changes.append(Put(path, value))
            above[path[-1]] = deepcopy(value)
    return document, changes, data


def _typed(value: Any) -> Any:
    """The value with its types, so that 1, 1.0 and True differ."""
    if isinstance(value, dict):
        return {key: _typed(below) for key, below in value.items()}
    if isinstance(value, list):
        return [_typed(below) for below in value]
    return type(value), value


@given(edits())
@settings(max_examples=150)
def test_any_change_of_any_file(edit: tuple[Document, list[Change], Any]) -> None:
    document, changes, data = edit
    result = changed(document, changes, "account")
    if isinstance(result, Refused):
        assert result.fix.text
        return
    assert _typed(result.data) == _typed(data)
    assert not result.faults
    assert result.text == _read(result.text).text


@st.composite
def additions(draw: st.DrawFn) -> tuple[Document, Change]:
    """A file, and a change that takes nothing away: a new key, a further item, another single value."""
    document = draw(files())
    path, there = draw(st.sampled_from(list(_places(document.data))))
    if isinstance(there, list):
        return document, Append(path, draw(VALUES))
    if isinstance(there, dict):
        return document, Put((*path, draw(KEYS.filter(lambda key: key not in there))), draw(VALUES))
    return document, Put(path, draw(VALUES))


@given(additions())
@settings(max_examples=150)
def test_comments_stay(addition: tuple[Document, Change]) -> None:
    document, change = addition
    result = changed(document, [change], "account")
    if isinstance(result, Document):
        assert sorted(COMMENT.findall(result.text)) == sorted(COMMENT.findall(document.text))


@given(additions())
@settings(max_examples=150)
def test_all_other_values_are_written_as_they_were(addition: tuple[Document, Change]) -> None:
    document, change = addition
    result = changed(document, [change], "account")
    if isinstance(result, Refused):
        return
    for path, value in _places(document.data):
        if path != change.path and not isinstance(value, dict | list):
            assert _slice(result, path) == _slice(document, path)
    assert ("\r\n" in document.text) >= ("\r\n" in result.text)
    assert document.text.endswith("\n") == result.text.endswith("\n")


@given(files(), st.integers(-999, 999), st.data())
@settings(max_examples=100)
def test_one_word_for_another_is_all_that_differs(document: Document, value: int, data: st.DataObject) -> None:
    paths = [path for path, old in _places(document.data) if isinstance(old, int) and path]
    assume(paths)
    path = data.draw(st.sampled_from(paths))
    result = changed(document, [Put(path, value)], "account")
    assert isinstance(result, Document)
    start, end = _offsets(document, path)
    assert result.text == f"{document.text[:start]}{value}{document.text[end:]}" or value == _at(document.data, path)


def _offsets(document: Document, path: Path) -> tuple[int, int]:
    span = document.span
    for key in path:
        span = span[4][key]
    return span[2], span[3]


def _at(data: Any, path: Path) -> Any:
    for key in path:
        data = data[key]
    return data


def _slice(document: Document, path: Path) -> str:
    start, end = _offsets(document, path)
    return document.text[start:end].rstrip()
