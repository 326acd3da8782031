"""Reading a file, for any bytes: data or faults, and every value's place leads back to the value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kam.document import Document
from kam.encoding import hidden
from kam.finding import Path, Place
from kam.language import language
from kam.source import Kind, read

SAMPLE = """\
# yaml-language-server: $schema=../schema/account.schema.json
version: 1
name: 星澜公路局  # 客户
class: key
team:
  manager: am-lin
  members:
    am-lin: {role: "account manager", since: 2025-03-10}
    sm-wu:
      role: 'sales manager'
      phone: 13800138000
matrix:
  cells:
    am-lin: {bureau-head: close, chief: {level: keep, every_days: 30}}
contacts:
- date: 2025-12-18
  ours: [am-lin, sm-wu]
  content: |
    First line, with "quotes" & signs: 5 > 3
      indented 😀

  result: >-
    folded
    text
"""

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12).filter(
    lambda text: not hidden(text)
) | st.sampled_from(
    ["yes", "1", "a: b", "- x", "x #y", "x\ny\n", " x", "'", '"', "@x", "null", "~", "", "2026-01-01", "#"]
)
NUMBERS = st.integers(-(2**53), 2**53) | st.integers(-9999, 9999).map(lambda n: n / 100)
KEYS = st.text("abxyz -_:#'\"1客é", min_size=1, max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


class _Dumper(yaml.SafeDumper):
    """Writes no anchors, and a text with line ends in any style."""

    style: str | None = None

    def ignore_aliases(self, data: object) -> bool:
        return True


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, dumper.style if "\n" in text else None)


_Dumper.add_representer(str, _text)


@st.composite
def files(draw: st.DrawFn) -> tuple[dict[str, Any], str]:
    """Data and a text that says it, in one of the many ways to write YAML."""
    data = draw(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4))
    _Dumper.style = draw(st.sampled_from([None, "|", ">", '"', "'"]))
    text = yaml.dump(
        data,
        Dumper=_Dumper,
        allow_unicode=draw(st.booleans()),
        default_flow_style=draw(st.sampled_from([True, False, None])),
        width=draw(st.sampled_from([10, 80])),
        indent=draw(st.integers(2, 5)),
        sort_keys=False,
    )
    # PyYAML folds some texts so that they read differently: a no-break space and a blank, at a width of 10.
    assume(yaml.safe_load(text) == data)
    return data, text


def _read(text: str | bytes, kind: Kind = "account") -> Document:
    return read(text.encode() if isinstance(text, str) else text, "accounts/x.yaml", kind)


def _scalars(data: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    if isinstance(data, dict | list) and data:
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from _scalars(value, (*path, key))
    else:
        yield path, data


def _slice(text: str, place: Place) -> str:
    lines = [*re.findall(r"[^\n]*\n|[^\n]+$", text), ""]
    offset = [sum(map(len, lines[:n])) for n in range(len(lines) + 1)]
    return text[offset[place.line - 1] + place.column - 1 : offset[place.end_line - 1] + place.end_column - 1]


def _read_back(text: str, value: Any) -> Any:
    again = _read(f"k: {text}").data
    assert again is not None
    return again["k"]


@given(files())
@settings(max_examples=150)
def test_the_text_at_the_place_of_a_value_is_the_value(file: tuple[dict[str, Any], str]) -> None:
    data, text = file
    document = _read(text)
    assert document.data == data
    assert [one for one in document.faults if one.severity == "error"] == []
    for path, value in _scalars(data):
        there = _slice(text, document.value_place(path))
        if not re.match(r"[|>]\S*\d", there):  # indentation counts from the parent, which is cut off here
            assert _read_back(there, value) == value
        assert document.pointer(path).count("/") == len(path)


@given(files())
@settings(max_examples=60)
def test_line_ends_and_byte_order_mark_change_no_place(file: tuple[dict[str, Any], str]) -> None:
    data, text = file
    plain, other = _read(text), _read("\ufeff" + text.replace("\n", "\r\n"))
    assert other.data == data
    for path, _ in _scalars(data):
        assert other.place(path)[:2] == plain.place(path)[:2]
        assert other.value_place(path)[:2] == plain.value_place(path)[:2]


@given(files(), st.integers(0, 30))
@settings(max_examples=60)
def test_the_place_of_a_key_is_the_key(file: tuple[dict[str, Any], str], above: int) -> None:
    data, text = file
    document = _read("# 😀 客\n" * above + text) if not text.startswith("%") else _read(text)
    for path, _ in _scalars(data):
        if isinstance(path[-1], str):
            there = _slice(document.text, document.place(path))
            assert list(_read(f"{there} :\n").data or ()) == [path[-1]]


def _holds(document: Document) -> None:
    assert document.data is not None or document.faults
    lines = document.text.count("\n") + 2
    for fault in document.faults:
        assert fault.place.line >= 1 <= fault.place.column
        assert not document.text or fault.place.end_line <= lines
        assert (fault.place.line, fault.place.column) <= (fault.place.end_line, fault.place.end_column)
        for code in ("en", "zh"):
            assert language(code).say(fault.message)
            assert language(code).say(fault.fix)
    for path, value in _scalars(document.data or {}):
        assert document.place(path)[:2] <= document.value_place(path)[2:]
        if isinstance(value, str):
            assert not re.search("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]", value)
    for one in document.plain:
        at: Any = document.data
        for key in one.path:
            at = at[key]
        assert _slice(document.text, one.place).endswith(one.raw)


@given(st.binary(max_size=200))
@settings(max_examples=200)
def test_any_bytes(raw: bytes) -> None:
    _holds(_read(raw))


@given(st.text(max_size=100) | st.text("ab:-?[]{}#&*!|>'\"%@` \n\t\r\\0u~<=,.1客\u200b\u2028\0\ufeff", max_size=60))
@settings(max_examples=500)
def test_any_text(text: str) -> None:
    _holds(_read(text.encode("utf-8", "surrogatepass")))


MARKS = (
    *(b"\t", b"\n", b"  ", b": ", b"- ", b"? ", b'"', b"'", b"[", b"]", b"{", b"}", b"|", b">", b"#", b" #", b"&a "),
    *(b"*a", b"!", b"!!str ", b"<<: ", b"%", b"@", b"---\n", b"...\n", b"<<<<<<< x\n", b"name: 2\n", b"\\", b"~", b""),
    *(b"\0", b"\xff", b"\r", b"\xe2\x80\xa8", b"\xef\xbb\xbf", b"\xe2\x80\x8b", b"\xe2\x80\xae"),
)
PIECES = st.sampled_from(MARKS) | st.binary(max_size=3)
CHANGES = st.lists(st.tuples(st.integers(0, len(SAMPLE.encode())), st.integers(0, 5), PIECES), min_size=1, max_size=4)


@given(CHANGES)
@settings(max_examples=500)
def test_any_change_of_a_file(changes: list[tuple[int, int, bytes]]) -> None:
    raw = SAMPLE.encode()
    for at, cut, piece in changes:
        raw = raw[:at] + piece + raw[at + cut :]
    _holds(_read(raw))


def test_the_sample_has_no_faults() -> None:
    assert _read(SAMPLE).faults == ()
