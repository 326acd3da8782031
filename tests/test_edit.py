"""Changing files: what is asked, in the file's own layout, and not one character more."""

from __future__ import annotations

from datetime import date
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest

from kam.document import Document
from kam.edit import Append, Change, Put, Refused, Remove, changed
from kam.language import language
from kam.source import read
from kam.writer import order

VISIT = {"date": date(2026, 1, 15), "kind": "visit", "ours": ["am-lin"], "theirs": ["cfo"]}

CASES: dict[str, tuple[str, Change, str]] = {
    "a text for a text": ("a: x\nb: y\n", Put(("a",), "z"), "a: z\nb: y\n"),
    "nothing to change": ("a:   'x'  # c\n", Put(("a",), "x"), "a:   'x'  # c\n"),
    "the comment behind stays": ("a: x  # c\nb: y\n", Put(("a",), "z"), "a: z  # c\nb: y\n"),
    "quotes stay quotes": ("a: 'x'\nb: \"y\"\n", Put(("a",), "it's"), "a: 'it''s'\nb: \"y\"\n"),
    "double quotes too": ('a: "x"\n', Put(("a",), "客户"), 'a: "客户"\n'),
    "blanks behind the colon stay": ("a:   x\nbcd: y\n", Put(("a",), 1), "a:   1\nbcd: y\n"),
    "a number for a text": ("a: x\n", Put(("a",), -1.5), "a: -1.5\n"),
    "a small number has no exponent": ("a: x\n", Put(("a",), 1e-7), "a: 0.0000001\n"),
    "a switch": ("a: x\n", Put(("a",), True), "a: true\n"),
    "nothing": ("a: x\n", Put(("a",), None), "a: null\n"),
    "a date is not quoted": ("a: x\n", Put(("a",), date(2026, 1, 15)), "a: 2026-01-15\n"),
    "where nothing was": ("a:  # c\nb: y\n", Put(("a",), "z"), "a: z  # c\nb: y\n"),
    "several lines": ("a: x\nb: y\n", Put(("a",), "1: #\n\n- 2\n"), "a: |\n  1: #\n\n  - 2\nb: y\n"),
    "several lines above a comment": ("a: x  # c\nb: y\n", Put(("a",), "1\n2"), "a: |-  # c\n  1\n  2\nb: y\n"),
    "one line for several": ("a: >-  # c\n  1\n  2\n\nb: y\n", Put(("a",), "z"), "a: z  # c\n\nb: y\n"),
    "several for several": (
        "a:\n  - b: |\n      1\n    c: 2\n",
        Put(("a", 0, "b"), "3\n4\n"),
        "a:\n  - b: |\n      3\n      4\n    c: 2\n",
    ),
    "a folded text": ("a: 1 2\n  3\nb: y\n", Put(("a",), "z"), "a: z\nb: y\n"),
    "in brackets": ("a: {b: x, c: [1, 2]}  # c\n", Put(("a", "b"), "1, 2"), 'a: {b: "1, 2", c: [1, 2]}  # c\n'),
    "several lines in brackets": ("a: {b: x}\n", Put(("a", "b"), "1\n2"), 'a: {b: "1\\n2"}\n'),
    "a list for a text": ("a: x\n", Put(("a",), ["w", "1"]), 'a: [w, "1"]\n'),
    "a mapping for a text": (
        "a:\n  b: keep  # c\n",
        Put(("a", "b"), {"level": "close", "every_days": 9}),
        "a:\n  b:  # c\n    level: close\n    every_days: 9\n",
    ),
    "as its neighbours": (
        "a:\n  c: {level: keep}\n  b: keep\n",
        Put(("a", "b"), {"level": "close"}),
        "a:\n  c: {level: keep}\n  b: {level: close}\n",
    ),
    "part of a mapping": (
        "a:\n  b: 1  # one\n  c: 2\n",
        Put(("a",), {"b": 1, "c": 3, "d": 4}),
        "a:\n  b: 1  # one\n  c: 3\n  d: 4\n",
    ),
    "part of a list": ("a: [x, y]\n", Put(("a",), ["x", "z", "y"]), "a: [x, z, y]\n"),
    "a list in lines": ("a:\n- x\n- y  # c\n- z\n", Put(("a",), ["x", "w", "z"]), "a:\n- x\n- w  # c\n- z\n"),
    "a text for a mapping": ("a:\n  b: 1\nc: 2\n", Put(("a",), "x"), "a: x\nc: 2\n"),
    "a new key": ("a:\n  b: 1\n\nc: 2\n", Put(("a", "d"), 3), "a:\n  b: 1\n  d: 3\n\nc: 2\n"),
    "a new key with its parents": ("a: 1\n", Put(("b", "c", "d"), 3), "a: 1\nb:\n  c:\n    d: 3\n"),
    "below an empty key": ("b:  # c\na: 1\n", Put(("b", "c"), 3), "b:  # c\n  c: 3\na: 1\n"),
    "below an empty key with a comment": ("b:\n  # c\na: 1\n", Put(("b", "c"), 3), "b:\n  c: 3\n  # c\na: 1\n"),
    "below brackets without content": ("b: {}  # c\na: 1\n", Put(("b", "c"), 3), "b:  # c\n  c: 3\na: 1\n"),
    "four blanks a level": (
        "a:\n    b:\n        c: 1\n",
        Put(("a", "d"), {"e": 1}),
        "a:\n    b:\n        c: 1\n    d:\n        e: 1\n",
    ),
    "behind the comments of a section": (
        "a:\n  b: 1\n  # c\n\n# d\ne: 2\n",
        Put(("a", "f"), 3),
        "a:\n  b: 1\n  # c\n  f: 3\n\n# d\ne: 2\n",
    ),
    "a comment belongs to the next key": ("a: 1\n# b\nb: 2\n", Put(("a",), {"c": 1}), "a:\n  c: 1\n# b\nb: 2\n"),
    "in brackets on several lines": (
        "a: {\n  b: 1,  # c\n  d: 2\n}\n",
        Put(("a", "e"), 3),
        "a: {\n  b: 1,  # c\n  d: 2,\n  e: 3\n}\n",
    ),
    "behind the last comma": ("a: [\n  1,  # c\n]\n", Append(("a",), 2), "a: [\n  1,  # c\n  2,\n]\n"),
    "no line end at the end": ("a: 1", Put(("b",), 2), "a: 1\nb: 2"),
    "no line end behind a list": ("a:\n  - 1", Append(("a",), 2), "a:\n  - 1\n  - 2"),
    "CRLF": ("a:\r\n  b: 1\r\n", Put(("a", "c"), "1\n2\n"), "a:\r\n  b: 1\r\n  c: |\r\n    1\r\n    2\r\n"),
    "an item of words": ("a: [x]\n", Append(("a",), "w"), "a: [x, w]\n"),
    "the first item": ("a: []\n", Append(("a",), "w"), "a: [w]\n"),
    "the first mapping": (
        "a: []  # c\nb: 1\n",
        Append(("a",), {"c": 1, "d": 2}),
        "a:  # c\n  - c: 1\n    d: 2\nb: 1\n",
    ),
    "of no list yet": ("a:\nb: 1\n", Append(("a",), {"c": 1}), "a:\n  - c: 1\nb: 1\n"),
    "the list of a new section": ("a: 1\n", Append(("b",), {"c": [1]}), "a: 1\nb:\n  - c: [1]\n"),
    "dashes below the key": (
        "a:\n- x: 1\n  y: 2\nb: 1\n",
        Append(("a",), {"x": 3, "y": 4}),
        "a:\n- x: 1\n  y: 2\n- x: 3\n  y: 4\nb: 1\n",
    ),
    "dashes far out": (
        "a:\n  -   x: 1\n",
        Append(("a",), {"x": 3, "y": 4}),
        "a:\n  -   x: 1\n  -   x: 3\n      y: 4\n",
    ),
    "a blank line between": (
        "a:\n  - x: 1\n\n  - x: 2\n\nb: 1\n",
        Append(("a",), {"x": 3}),
        "a:\n  - x: 1\n\n  - x: 2\n\n  - x: 3\n\nb: 1\n",
    ),
    "items in brackets": (
        "a:\n  - {x: 1, y: [2]}\n",
        Append(("a",), {"x": 3, "y": [4]}),
        "a:\n  - {x: 1, y: [2]}\n  - {x: 3, y: [4]}\n",
    ),
    "behind several lines": (
        "a:\n  - x: |\n      1\n\n\nb: 1\n",
        Append(("a",), {"x": "2\n3\n"}),
        "a:\n  - x: |\n      1\n  - x: |\n      2\n      3\n\n\nb: 1\n",
    ),
    "behind lines that are kept": (
        "a:\n  - x: |+\n      1\n\nb: 1\n",
        Append(("a",), {"x": 2}),
        "a:\n  - x: |+\n      1\n\n  - x: 2\nb: 1\n",
    ),
    "an entry goes": ("a: 1  # c\n# d\nb: 2\n", Remove(("a",)), "# d\nb: 2\n"),
    "the last entry goes": ("a: 1\nb:\n  c: 2", Remove(("b",)), "a: 1"),
    "one gap goes too": ("a: 1\n\nb:\n  c: 2\n\nd: 3\n", Remove(("b",)), "a: 1\n\nd: 3\n"),
    "the only entry goes": ("a:  # c\n  # d\n  b: 2\ne: 1\n", Remove(("a", "b")), "a: {}  # c\n  # d\ne: 1\n"),
    "the only item goes": ("a:\n- 1\nb: 2\n", Remove(("a", 0)), "a: []\nb: 2\n"),
    "the first key of an item": ("a:\n  - b: 1\n    c: 2\n", Remove(("a", 0, "b")), "a:\n  - c: 2\n"),
    "one of two equal items": ("a:\n- 1  # first\n- 1  # second\n", Remove(("a", 0)), "a:\n- 1  # second\n"),
    "the first word": ("a: [x, y, z]\n", Remove(("a", 0)), "a: [y, z]\n"),
    "the last word": ("a: [x, y, z]\n", Remove(("a", 2)), "a: [x, y]\n"),
    "the only word": ("a: [x,]\n", Remove(("a", 0)), "a: []\n"),
    "a key in brackets": ("a: {b: 1, c: 2}\n", Remove(("a", "b")), "a: {c: 2}\n"),
    "keys that look otherwise": ("a:\n  x: 1\n", Put(("a", "2026"), 1), "a:\n  x: 1\n  2026: 1\n"),
    "a key with a colon": ("a:\n  x: 1\n", Put(("a", "b: c"), 1), 'a:\n  x: 1\n  "b: c": 1\n'),
    "lines above a deeper comment": ("a:\n  b:\n    # c\n", Put(("a", "b"), "1\n2"), 'a:\n  b: "1\\n2"\n    # c\n'),
    "beside a second file mark": ("---\na: 1\n", Put(("b",), 2), "---\na: 1\nb: 2\n"),
}


def _read(text: str) -> Document:
    return read(text.encode(), "accounts/x.yaml", "account")


def _text(before: str, *changes: Change) -> str:
    result = changed(_read(before), changes, "account")
    assert isinstance(result, Document), language("en").say(result.message)
    return result.text


@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_a_change_and_nothing_else(case: tuple[str, Change, str]) -> None:
    before, change, after = case
    assert _text(before, change) == after


HOSTILE = {
    "plain": "plain",
    "客户要求：月底前答复": "客户要求：月底前答复",
    "2026-01-15": "2026-01-15",
    "012": "012",
    "12:30": "12:30",
    "a#b": "a#b",
    "no such thing": "no such thing",
    ": #": '": #"',
    "- x": '"- x"',
    "a: b": '"a: b"',
    "a #b": '"a #b"',
    "{{7*7}}": '"{{7*7}}"',
    "yes": '"yes"',
    "No": '"No"',
    "null": '"null"',
    "~": '"~"',
    "": '""',
    "360": '"360"',
    "-1.5": '"-1.5"',
    ".nan": '".nan"',
    "true": '"true"',
    " x": '" x"',
    "x ": '"x "',
    "x:": '"x:"',
    "'": '"\'"',
    '"': "'\"'",
    '\\ "': '\\ "',
    "it's": "it's",
    "@bob": '"@bob"',
    "&a *b !c": '"&a *b !c"',
    "<script>alert(1)</script>": "<script>alert(1)</script>",
    "=1+1": "=1+1",
    "---": "---",
    "x\ty": "x\ty",
}


@pytest.mark.parametrize("value", HOSTILE)
def test_a_text_is_quoted_only_where_it_must_be(value: str) -> None:
    after = _text("a: 1\nb: [1]\n", Put(("a",), value), Append(("b",), value), Append(("c",), value))
    assert _read(after).data == {"a": value, "b": [1, value], "c": [value]}
    assert after.startswith(f"a: {HOSTILE[value]}\n")


@pytest.mark.parametrize(
    "value", ["a\r\nb", "\n", "a\n\n", " a\nb", "a\n  b\n", "a\n<<<<<<< b\nc", "a \n b", "#\n#", "\ta\nb"]
)
def test_lines_come_back_as_they_were(value: str) -> None:
    after = _text("a: 1  # c\nb:\n  - c: 1\n", Put(("a",), value), Put(("b", 0, "c"), value), Append(("b",), value))
    assert _read(after).data == {"a": value, "b": [{"c": value}, value]}
    assert "# c" in after.partition("\n")[0]


REFUSED: dict[str, tuple[str, Change, str]] = {
    "a file that cannot be read": ("a: [1\n", Put(("a",), 1), "The file cannot be read, so nothing is written to it."),
    "an empty file": ("# only\n", Put(("a",), 1), "The file cannot be read, so nothing is written to it."),
    "below a text": ("a: x\n", Put(("a", "b"), 1), "/a is a single value; nothing can stand below it."),
    "behind a text": ("a: x\n", Append(("a",), 1), "/a is no list; nothing can be added to it."),
    "behind a mapping": ("a: {}\n", Append(("a",), 1), "/a is no list; nothing can be added to it."),
    "an item that is not there": ("a: [1]\n", Put(("a", 1), 2), "There is no /a/1 in the file."),
    "an item from behind": ("a: [1]\n", Put(("a", -1), 2), "There is no /a/-1 in the file."),
    "a word in a list": ("a: [1]\n", Put(("a", "b"), 2), "There is no /a/b in the file."),
    "a number in a mapping": ("a: {b: 1}\n", Put(("a", 0), 2), "There is no /a/0 in the file."),
    "what is gone": ("a: 1\n", Remove(("b",)), "There is no /b in the file."),
    "below what is gone": ("a: 1\n", Remove(("b", "c")), "There is no /b in the file."),
    "the file itself": ("a: 1\n", Remove(()), "There is no / in the file."),
    "all there is": (
        "a: 1\n",
        Remove(("a",)),
        "/a on line 1 cannot be changed without touching what stands around it.",
    ),
    "comments inside": (
        "a:\n  # c\n  b: 1\n",
        Put(("a",), 1),
        "Comments stand inside /a on line 1; they would be lost.",
    ),
    "comments in brackets": (
        "a: [1, # c\n  2]\n",
        Put(("a",), 1),
        "Comments stand inside /a on line 1; they would be lost.",
    ),
    "a comment between": (
        "a:\n  - b: 1\n    # c\n    d: 2\n",
        Remove(("a", 0, "b")),
        "/a/0/b on line 2 cannot be changed without touching what stands around it.",
    ),
    "a control character": ("a: 1\n", Put(("a",), "x\x1by"), "A control character stands here: U+001B ESCAPE."),
    "a control character in a key": (
        "a: 1\n",
        Put(("b\0",), 1),
        "A character that nobody sees stands in this key: U+0000 NUL.",
    ),
    "half a character": ("a: 1\n", Append(("b",), {"c": ["\ud800"]}), "A control character stands here: U+D800."),
    "a byte order mark": (
        "a: 1\n",
        Put(("a",), "x\ufeff"),
        "A character that nobody sees stands in this text: U+FEFF ZERO WIDTH NO-BREAK SPACE.",
    ),
    "a number that nobody reads": (
        "a: 1\n",
        Put(("a",), 2**60),
        "/a on line 1 cannot be changed without touching what stands around it.",
    ),
    "a key like another": (
        "\u00e9: 1\n",
        Put(("e\u0301",), 1),
        "The key “e\u0301” stands here a second time; the first is on line 1.",
    ),
    "too much": (
        "a: 1\n",
        Put(("a",), "x" * (1 << 20)),
        "The file is too large: at most 1 MiB, 32 levels and 50,000 keys and values are read.",
    ),
}


@pytest.mark.parametrize("case", REFUSED.values(), ids=list(REFUSED))
def test_what_cannot_be_done_safely_is_refused(case: tuple[str, Change, str]) -> None:
    before, change, said = case
    result = changed(_read(before), [change], "account")
    assert isinstance(result, Refused)
    assert language("en").say(result.message) == said
    assert language("en").say(result.fix)


def test_a_later_change_may_build_on_an_earlier_one() -> None:
    changes: list[Change] = [
        Append(("contacts",), VISIT),
        Put(("contacts", 0, "result"), "好"),
        Append(("contacts",), VISIT),
    ]
    data: Any = _read(_text("name: x\n", *changes)).data
    visit = {**VISIT, "date": "2026-01-15"}
    assert data["contacts"] == [{**visit, "result": "好"}, visit]


def test_one_refused_change_refuses_all() -> None:
    document = _read("a: 1\n")
    assert isinstance(changed(document, [Put(("a",), 2), Remove(("b",))], "account"), Refused)


def test_only_texts_numbers_lists_and_dicts_are_written() -> None:
    with pytest.raises(TypeError, match="set cannot be written"):
        changed(_read("a: 1\n"), [Put(("a",), {1})], "account")


ACCOUNT = """\
version: 1
name: 客户
class: key

stakeholders:
  cfo:
    name: 王
    stance: neutral
    approach: 慢慢来

swot:
  actions: {}
"""


def test_new_keys_stand_where_the_schema_has_them() -> None:
    after = changed(
        _read(ACCOUNT),
        [
            Put(("matrix", "cells", "am-lin", "cfo"), "keep"),
            Put(("stakeholders", "cfo", "stance_basis"), {"date": date(2026, 1, 1), "by": "am-lin"}),
            Put(("status",), "active"),
            Put(("stakeholders", "ceo"), {"title": "总"}),
            Put(("stakeholders", "cfo", "title"), "财务总监"),
        ],
        "account",
        order("account"),
    )
    assert isinstance(after, Document)
    assert (
        after.text
        == """\
version: 1
name: 客户
status: active
class: key

stakeholders:
  cfo:
    title: 财务总监
    name: 王
    stance: neutral
    stance_basis:
      date: 2026-01-01
      by: am-lin
    approach: 慢慢来
  ceo:
    title: 总

matrix:
  cells:
    am-lin:
      cfo: keep

swot:
  actions: {}
"""
    )


def test_a_comment_above_keeps_its_place_over_the_first_key() -> None:
    before = "stakeholders:\n  cfo:\n    # his name\n    name: 王\n"
    after = changed(_read(before), [Put(("stakeholders", "cfo", "title"), "总")], "account", order("account"))
    assert isinstance(after, Document)
    assert after.text == f"{before}    title: 总\n"


ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("file", sorted((ROOT / "accounts").glob("*.yaml")), ids=lambda file: file.stem)
def test_a_visit_with_what_came_of_it_in_the_shipped_accounts(file: Path) -> None:
    before = _read(file.read_text("utf-8"))
    data: Any = before.data
    cfo = next(iter(data["stakeholders"]))
    person = data["team"]["manager"]
    after = changed(
        before,
        [
            Append(("contacts",), {**VISIT, "content": "one\ntwo\n"}),
            Put(("stakeholders", cfo, "stance"), "unknown"),
            Put(("matrix", "cells", person, "x-new"), "close"),
            Put(("actions", "call-back"), {"text": "回电话", "due": date(2026, 2, 1)}),
        ],
        "account",
        order("account"),
    )
    assert isinstance(after, Document)
    lines = list(unified_diff(before.text.split("\n"), after.text.split("\n"), n=0, lineterm=""))[2:]
    (gone,) = [line for line in lines if line[0] == "-"]
    old = f"stance: {data['stakeholders'][cfo]['stance']}"
    assert gone.replace("-", "+", 1).replace(old, "stance: unknown", 1) in lines
    assert {"+      x-new: close", "+    text: 回电话", "+      one", "+    due: 2026-02-01"} <= {*lines}
    assert len([line for line in lines if line[0] == "+"]) <= 20
