"""Reading a file: what is data, what is a fault, and where; whatever the bytes."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from typing import Any

import pytest

from kam import source
from kam.document import Document
from kam.finding import KamError, Place
from kam.language import language
from kam.source import read

Row = tuple[str | bytes, list[tuple[str, int, int]]]

SYNTAX = [
    ("a:\n\tb: 1\n", (2, 1), "tab"),
    ("a: 1\n\tb: 2\n", (2, 1), "tab"),
    ("\ta: 1", (1, 1), "tab"),
    ("a: |\n\tx\n", (2, 1), "tab"),
    ("a: @alice\n", (1, 4), "cannot begin with @"),
    ("a: `x`\n", (1, 4), "cannot begin with `"),
    ("a: %x\n", (1, 4), "cannot begin with %"),
    ("a: **bold**\n", (1, 4), "cannot begin with *"),
    ("a: & b\n", (1, 4), "cannot begin with &"),
    ("a: ? b\n", (1, 4), "cannot begin with ?"),
    ("a: }\n", (1, 4), "cannot begin with }"),
    ("%x: 1", (1, 1), "begins with %"),
    ("# first\n%YAML 1.2\n---\na: 1\n", (2, 1), "begins with %"),
    ("a: he said: x\n", (1, 11), "colon and a blank"),
    ("a: b:\n", (1, 5), "colon and a blank"),
    ("a: 1\nname Acme\nc: d\n", (2, 1), "no colon"),
    ("name Acme\nc: d\n", (1, 1), "no colon"),
    ("a: 1\nname", (2, 1), "no colon"),
    ("a:b\nc: d\n", (1, 2), "colon a blank is missing"),
    ("name：Acme\nb: 2\n", (1, 5), "full-width"),
    ("a: 1\nname：Acme\nb: 2\n", (2, 5), "full-width"),
    ("a:\n  - b\n  -d\n", (3, 3), "dash"),
    ("a: - b\n", (1, 4), "list cannot begin"),
    ("a: 1\n  b: 2\n", (2, 3), "already has its value"),
    ("a:\n- x\n  b: 1\n", (3, 3), "already has its value"),
    ("a:\n  b: 1\n c: 2\n", (3, 2), "fits none"),
    (" a: 1\nb: 2\n", (2, 1), "further left"),
    ('a: "x\nb: 1\nc: 2\n', (1, 4), "not closed"),
    ('a: "x\nb: "y"\nc: 2\n', (1, 4), "not closed"),
    ("a: 'x\nb: 1\n---\nc: 2\n", (1, 4), "not closed"),
    ('"a\nb": 1', (1, 1), "not closed"),
    ("a: 'Bob's'\nb: 1", (1, 9), "ends before"),
    ('a: "x" y\nb: 1\n', (1, 8), "ends before"),
    ("a: [1, 2\nb: 3\n", (1, 4), "bracket [ is opened"),
    ("x: 1\na:\u3000b\n", (2, 3), "U+3000 IDEOGRAPHIC SPACE stands here"),
    ("x: 1\na:\xa0b\n", (2, 3), "U+00A0 NO-BREAK SPACE stands here"),
    ("a: ｛b: c｝\n", (1, 4), "｛ stands here"),
    ("a: {b: c，d: e}\n", (1, 9), "， stands here"),
    ("a:\n-b: 1\n c: 2\n", (2, 1), "Behind the dash"),
    ("a:\n－ b: 1\n  c: 2\n", (2, 1), "－ stands here"),
    ("a:\n— b: 1\n  c: 2\n", (2, 1), "— stands here"),
    ("a: [\n", (1, 4), "bracket [ is opened"),
    ("a: [1,", (1, 4), "bracket [ is opened"),
    ("a: 1\nb: {c: 1,\n\n", (2, 4), "bracket { is opened"),
    ("a: [1, {b: [ # more\n", (1, 12), "bracket [ is opened"),
    ("{", (1, 1), "bracket { is opened"),
    ("a: {x: 1\nb: 3\nc: 4", (1, 4), "bracket { is opened"),
    ('a: ["x" "y"]\n', (1, 9), "comma"),
    ("name: [Draft] report\n", (1, 15), "closing bracket"),
    ("name: {{ x }}\n", (1, 8), "where a key should be"),
    ("[a]: 1\n", (1, 1), "where a key should be"),
    ("? [a]\n: 1\n", (1, 3), "where a key should be"),
    (": 1\n", (1, 1), "key is missing"),
    ("{: 1}", (1, 2), "key is missing"),
    ('"": 1', (1, 1), "key is missing"),
    ('a: "C:\\path"\n', (1, 7), "backslash"),
    ('a: "\\xZZ"\n', (1, 5), "backslash"),
    ("a: |x\n  y\n", (1, 4), "Behind | or >"),
    ("a: >5x\n", (1, 4), "Behind | or >"),
    ("a: 1\n--- b\n: c\n", (2, 1), None),
    ("--- a: 1\n", (1, 6), "colon"),
]

FAULTS: list[Row] = [
    ("a: 1\na: 2\n", [("duplicate-key", 2, 1)]),
    ("é: 1\nx: 1\ne\u0301: 2\n", [("duplicate-key", 3, 1)]),
    ("e\u0301: 1\né: 2\n", [("duplicate-key", 2, 1)]),
    ("K: 1\n\u212a: 2\n", [("duplicate-key", 2, 1)]),
    ("\u212a: 1\nK: 2\n", [("duplicate-key", 2, 1)]),
    ("1: a\n'1': b\n", [("duplicate-key", 2, 1)]),
    ("a: 1\na:\n  b: 1\n  b: 2\nc: &x 3\n", [("duplicate-key", 2, 1), ("duplicate-key", 4, 3), ("sharing", 5, 4)]),
    ("a\u200bb: 1\nab: 2\n", [("control-character", 1, 1)]),
    ('"a\\u202eb": 1\n', [("control-character", 1, 1)]),
    ("? |\n  a\n  b\n: 1\n", [("control-character", 1, 3)]),
    ('a: "\\0"\n', [("control-character", 1, 4)]),
    ('a: "\\e[31m"\n', [("control-character", 1, 4)]),
    ('a: "\\x85"\n', [("control-character", 1, 4)]),
    ('a: "\\L\\P"\n', [("control-character", 1, 4)] * 2),
    ('a: "\\ud800"\n', [("control-character", 1, 5)]),
    ('a: "\\ud83d\\ude00"\n', [("control-character", 1, 5)]),
    (b"a: b\0c\n", [("control-character", 1, 5)]),
    (b"a: b\x1b[31m\n# \x07\nd: \x7f\n", [("control-character", n, c) for n, c in ((1, 5), (2, 3), (3, 4))]),
    ("a: b\x85c\nd: b\u2028c\ne: b\u2029c\nf: \ufffe\n", [("control-character", n, 4 + (n < 4)) for n in (1, 2, 3, 4)]),
    ("\ufeff\ufeffa: 1\n", [("control-character", 1, 1)]),
    ("a: x\ufeffy\n", [("control-character", 1, 5)]),
    ("a: x\u202ey\u202e\u200b\n", [("control-character", 1, 5), ("control-character", 1, 8)]),
    ("a: d\u200db\n# \u200c\n", [("control-character", 1, 5), ("control-character", 2, 3)]),
    ("a: deal #4 lost\n", [("cut-by-hash", 1, 8)]),
    ("a:\n  - yes #2\n", [("cut-by-hash", 2, 8)]),
    ("a: &x 1\n", [("sharing", 1, 4)]),
    ("a: 1\nb: *x\n", [("sharing", 2, 4)]),
    ("*x : 1\n", [("sharing", 1, 1)]),
    ("a: 1\n*x : 1\n", [("sharing", 2, 1)]),
    ("<<: *x\na: 1\n", [("sharing", 1, 1)]),
    ("a: &a [*a]\n", [("sharing", 1, 4), ("sharing", 1, 8)]),
    ("<<: {a: 1}\n<<: {b: 1}\n", [("sharing", 1, 1), ("sharing", 2, 1)]),
    ('a: !!binary "@@@"\n', [("tag", 1, 4)]),
    ("a: !!python/object/apply:os.system [ls]\n", [("tag", 1, 4)]),
    (
        "a: !!set {x}\nb: !!omap []\nc: !secret x\nd: !x!y z\n",
        [("tag", 1, 4), ("tag", 2, 4), ("tag", 3, 4), ("tag", 4, 4)],
    ),
    ("a: !\n!k b: 1\n", [("tag", 1, 4), ("tag", 2, 1)]),
    ("!x\na: 1\n", [("tag", 1, 1)]),
    ("a: 1\n---\nb: 2\n", [("documents", 2, 1)]),
    ("a: 1\n---\n", [("documents", 2, 1)]),
    ("a: 1\n...\n# x\nb: 2\n", [("documents", 4, 1)]),
    ("", [("not-a-mapping", 1, 1)]),
    ("# only\n", [("not-a-mapping", 1, 1)]),
    ("# x\n- a\n- b\n", [("not-a-mapping", 2, 1)]),
    ("text\n", [("not-a-mapping", 1, 1)]),
    ("a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> x\n", [("conflict-marker", 2, 1), ("conflict-marker", 6, 1)]),
    ("a: |\n  <<<<<<< HEAD\n  b\n", [("conflict-marker", 2, 3)]),
    ("a: 1\n".encode("utf-16"), [("encoding", 1, 1)]),
    ("a: 1\nb: 2\n".encode("utf-16-le"), [("encoding", 1, 1)]),
    ("a: 1\nb: 2\n".encode("utf-16-be"), [("encoding", 1, 1)]),
    ("a: 1\nb: 2\n".encode("utf-32"), [("encoding", 1, 1)]),
    ("a: 1\nb: 2\n".encode("utf-32-be"), [("encoding", 1, 1)]),
    ("a: 1\nb: 客户经理\n".encode("gbk"), [("encoding", 2, 4)]),
    ("a: é\r\nb: Müller\r\n".encode("latin-1"), [("encoding", 1, 4)]),
    ("a: é\nb: 客".encode()[:-1], [("encoding", 2, 4)]),
    (b"a: \xed\xa0\x80\n", [("encoding", 1, 4)]),
    (b"a: 1\rb: 2\r", [("encoding", 1, 5)]),
    (b"a: " + b"x" * 2**20, [("too-large", 1, 1)]),
    ("a: " + "[" * 32 + "]" * 32, [("too-large", 1, 35)]),
    ("a:\n" + "- 1\n" * 50_000, [("too-large", 49_999, 3)]),
]

FINE: list[tuple[str | bytes, dict[str, Any]]] = [
    ("a: true\nb: false\nc: null\nd: ~\ne:\n", {"a": True, "b": False, "c": None, "d": None, "e": None}),
    ("a: True\nb: NULL\nc: no\nd: 'true'\ne: \"1\"\n", {"a": "True", "b": "NULL", "c": "no", "d": "true", "e": "1"}),
    ("2026: 1\n", {"2026": 1}),
    ("true: 1\n'null': 2\n~: 3\n1.5: 4\n", {"true": 1, "null": 2, "~": 3, "1.5": 4}),
    ("a: 0\nb: -0\nc: 12\nd: -1.50\ne: 0.5\n", {"a": 0, "b": 0, "c": 12, "d": -1.5, "e": 0.5}),
    (
        "a: 01067\nb: 0x1F\nc: 1_000\nd: +49\ne: 12:30\nf: 1e3\ng: .5\nh: 1.\ni: 2026-01-05\nj: =\nk: -\u0661\n",
        {
            "a": "01067", "b": "0x1F", "c": "1_000", "d": "+49", "e": "12:30", "f": "1e3", "g": ".5", "h": "1.",
            "i": "2026-01-05", "j": "=", "k": "-\u0661",
        },
    ),
    ("a: 9007199254740992\nb: 9007199254740993\n", {"a": 2**53, "b": "9007199254740993"}),
    ("a: .nan\nb: -.Inf\n", {"a": ".nan", "b": "-.Inf"}),
    ("a: |\n  x\n\n  y\nb: >-\n  x\n  y\n", {"a": "x\n\ny\n", "b": "x y"}),
    ("a: [1, b: 2, {c}]\n", {"a": [1, {"b": 2}, {"c": None}]}),
    ("{a: {}, b: []}", {"a": {}, "b": []}),
    ("---\na: 1\n...\n# end\n", {"a": 1}),
    ("\ufeffa: 1\r\nb: x\r\n", {"a": 1, "b": "x"}),
    ("a: x # y\nb: x  #y\nc: 'x' #y\nd: 3 #y\ne: #y\nf: R&D, 5 > 3! http://x\n", {
        "a": "x", "b": "x", "c": "x", "d": 3, "e": None, "f": "R&D, 5 > 3! http://x",
    }),
    ("a: |\n  =======\n  x\n", {"a": "=======\nx\n"}),
    ("a: 👨\u200d👩\u200d👧 ❤️\u200d🔥\n", {"a": "👨\u200d👩\u200d👧 ❤️\u200d🔥"}),
    ("a: می\u200cخواهم\n", {"a": "می\u200cخواهم"}),
    ("a: " + "[" * 31 + "]" * 31, {"a": json.loads("[" * 31 + "]" * 31)}),
    ('a: "tab\\tline\\nnext\\r"\n', {"a": "tab\tline\nnext\r"}),
]  # fmt: skip


def _read(text: str | bytes) -> Document:
    return read(text.encode() if isinstance(text, str) else text, "accounts/x.yaml", "account")


def _faults(document: Document) -> list[tuple[str, int, int]]:
    return [(one.rule.removeprefix("source."), one.place.line, one.place.column) for one in document.faults]


@pytest.mark.parametrize(("text", "place", "words"), SYNTAX)
def test_syntax_is_said_in_our_words_at_the_right_place(text: str, place: tuple[int, int], words: str | None) -> None:
    document = _read(text)
    assert document.data is None
    if words is None:
        assert _faults(document) == [("documents", *place)]
        return
    assert _faults(document) == [("syntax", *place)]
    assert words in language("en").say(document.faults[0].message)


@pytest.mark.parametrize(("text", "expected"), FAULTS, ids=lambda value: ascii(value)[:40])
def test_a_fault_stands_at_its_place(text: str | bytes, expected: list[tuple[str, int, int]]) -> None:
    assert _faults(_read(text)) == expected


@pytest.mark.parametrize(("text", "data"), FINE, ids=lambda value: ascii(value)[:40])
def test_data_without_faults(text: str | bytes, data: dict[str, Any]) -> None:
    document = _read(text)
    assert document.faults == ()
    assert document.data == data
    assert [type(value) for value in document.data.values()] == [type(value) for value in data.values()]


def test_every_fault_has_a_cure_in_both_languages() -> None:
    for text in [*(row[0] for row in SYNTAX), *(row[0] for row in FAULTS)]:
        for found in _read(text).faults:
            for message in (found.message, found.fix):
                assert language("en").say(message)
                assert language("zh").say(message)


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a: 1\na: {b: 2}\nc: 3\n", {"a": 1, "c": 3}),
        ("a: &x b\nc: !t d\ne: *x\n", {"a": "b", "c": "d", "e": None}),
        ("<<: {x: 1, x: 2}\na: 1\n", {"a": 1}),
        ("a: b\0c\n", {"a": "b\ufffdc"}),
        ('a: "b\\0c"\n', {"a": "b\ufffdc"}),
        ("a: b\u2028c\n", {"a": "b\ufffdc"}),
        ("a: b\u200bc\n", {"a": "b\u200bc"}),
        ("a: b\ufeffc\n", {"a": "b\u2060c"}),
        ('"a\\nb": 1\n', {"a\ufffdb": 1}),
        ("a: deal #4\n", {"a": "deal"}),
    ],
)
def test_reading_goes_on_behind_a_fault(text: str, data: dict[str, Any]) -> None:
    document = _read(text)
    assert document.faults
    assert document.data == data


def test_a_fault_names_its_value() -> None:
    faults = _read("a:\n  - {b/c: &x 1}\n  - u\u202ev\n# \u200b\nd:\n  e: x #y\n").faults
    assert [(one.pointer, one.object) for one in faults] == [
        ("/a/0/b~1c", "a/0/b~1c"),
        ("/a/1", "a/1"),
        ("", "/"),
        ("/d/e", "d/e"),
    ]
    assert [one.severity for one in faults] == ["error", "warning", "warning", "warning"]
    assert {one.file for one in faults} == {"accounts/x.yaml"}
    assert {one.account for one in faults} == {None}


def test_invisible_characters_are_errors_in_keys_and_said_once() -> None:
    (fault,) = _read("a\u200bb: 1\n").faults
    assert (fault.severity, fault.place) == ("error", Place(1, 1, 1, 4))
    assert "ZERO WIDTH SPACE" in language("en").say(fault.message)


def test_a_duplicate_key_names_the_first_line() -> None:
    (fault,) = _read("x: 1\na: 1\nb: 2\na: 3\n").faults
    assert language("en").say(fault.message) == "The key “a” stands here a second time; the first is on line 2."


@pytest.mark.parametrize(
    ("raw", "named"),
    [("客户".encode("gbk"), "GBK"), ("模板: 客户".encode("gbk"), "GBK"), ("a: 1\n".encode("utf-16-be"), "UTF-16")],
)
def test_a_likely_encoding_is_named(raw: bytes, named: str) -> None:
    assert named in language("en").say(_read(raw).faults[0].message)


@pytest.mark.parametrize("raw", ["Müller straße".encode("latin-1"), "a: 客".encode()[:-1], "客户: ".encode() + b"\xff"])
def test_no_encoding_is_named_by_guess(raw: bytes) -> None:
    assert "GBK" not in language("en").say(_read(raw).faults[0].message)


def test_very_many_faults_end_in_a_count() -> None:
    faults = _read("a: 1\n" * 1000).faults
    assert len(faults) == 100
    assert language("en").say(faults[-1].message) == "900 more faults of this kind follow from here on."
    assert "\n".join(language("en").say(one.message) for one in faults).count("second time") == 99


def test_plain_scalars_whose_characters_matter() -> None:
    document = _read(
        "a: 13800138000\nb:\n  - yes\n  - N\n  - 'no'\n  - 2026-01-01\n  - .NaN\na: 7\nc: true\nd: ~\ne: 1.10\n"
    )
    assert [(one.path, one.raw, one.place.line) for one in document.plain] == [
        (("a",), "13800138000", 1),
        (("b", 0), "yes", 3),
        (("b", 1), "N", 4),
        (("b", 4), ".NaN", 7),
        (("c",), "true", 9),
        (("e",), "1.10", 11),
    ]
    assert document.plain[1].place == document.value_place(("b", 0)) == Place(3, 5, 3, 8)


def test_places() -> None:
    document = _read("a: 1\nb:\n  c: [x, 'y😀', z]\n  d:\n    - e: 1\n      f: |\n        t\n\n\n# c\n\ng:\n")
    for path, key, value in [
        ((), (1, 1, 1, 1), (1, 1, 12, 3)),
        (("a",), (1, 1, 1, 2), (1, 4, 1, 5)),
        (("b",), (2, 1, 2, 2), (3, 3, 10, 1)),
        (("b", "c"), (3, 3, 3, 4), (3, 6, 3, 18)),
        (("b", "c", 2), (3, 16, 3, 17), (3, 16, 3, 17)),
        (("b", "d", 0), (5, 7, 10, 1), (5, 7, 10, 1)),
        (("b", "d", 0, "e"), (5, 7, 5, 8), (5, 10, 5, 11)),
        (("g",), (12, 1, 12, 2), (12, 3, 12, 3)),
        (("b", "nothing", "here"), (2, 1, 2, 2), (2, 1, 2, 2)),
        (("b", "c", 3), (3, 3, 3, 4), (3, 3, 3, 4)),
        (("nothing",), (1, 1, 1, 1), (1, 1, 1, 1)),
    ]:
        assert document.place(path) == Place(*key), path
        assert document.value_place(path) == Place(*value), path
    assert document.pointer(("b", "d", 0, "x", "y")) == "/b/d/0"
    assert document.pointer(("b", "c", 2)) == "/b/c/2"
    assert document.pointer(("x",)) == ""


def test_an_unreadable_file_still_has_places() -> None:
    document = _read(b"\xff")
    assert (document.text, document.data, document.plain) == ("", None, ())
    assert document.place(("a",)) == document.value_place(("a", 1)) == Place(1, 1, 1, 1)
    assert document.pointer(("a",)) == ""


def test_excerpt() -> None:
    document = _read("a: 1\r\nb: 2\n\nc: 3")
    assert [document.excerpt(line) for line in range(6)] == ["", "a: 1", "b: 2", "", "c: 3", ""]


def test_a_document_can_be_pickled() -> None:
    document = _read("a: [1, {b: yes}]\nc: 1\nc: deal #4\n")
    assert document.faults
    assert pickle.loads(pickle.dumps(document)) == document


def test_company_files_may_be_larger() -> None:
    raw = b"a:\n" + b"- 1\n" * 60_000
    assert read(raw, "company/people.yaml", "company").faults == ()
    assert _faults(read(b"# " + b"x" * 2**24, "kam.yaml", "company")) == [("too-large", 1, 1)]


def test_libyaml_is_required(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "CParser", None)
    with pytest.raises(KamError, match="libyaml"):
        _read("a: 1")


STEPS = "".join(" " * level + "- \n" for level in range(900))
BOMBS = ("[" * 30_000, "a: " + "{a: " * 30_000, "- " * 30_000, "? " * 30_000, "a:\n" + STEPS)


@pytest.mark.parametrize("bomb", BOMBS, ids=lambda value: value[:8])
def test_a_nesting_bomb_is_refused_and_kills_nothing(bomb: str) -> None:
    code = (
        "import sys; from kam.source import read; print(read(sys.stdin.buffer.read(), 'x', 'account').faults[0].rule)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=bomb.encode(), capture_output=True, timeout=20, check=False
    )
    assert done.returncode == 0
    assert done.stdout.split()[0] in (b"source.too-large", b"source.syntax", b"source.not-a-mapping")


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"%TAG !a{n}! x\n" for n in range(60_000)),
        "a: 1\n...\n" + "".join(f"%TAG !a{n}! x\n" for n in range(60_000)) + "---\nb: 1\n",
        "a: " + "\0" * 200_000,
        "a: " + "\u200b" * 60_000,
        "\u200b: 1\n" * 20_000,
        "a: x #y\n" * 20_000,
        "".join(f"k{n}: x #y\n" for n in range(8_000)),
        "".join(f"e\u0301{n}: x\u200b\n" for n in range(8_000)),
        "a: &x *x\n" * 20_000,
        "a:\n" + "- &x [*x, !t y]\n" * 3_000,
        "a: [" + "1," * 60_000,
        "a: " + "9" * 1_000_000,
        "a: 0." + "9" * 1_000_000,
        "a: '" + "x\n" * 500_000,
        "a: x\n" + " y\n" * 300_000,
        "<<<<<<< x\n" * 20_000,
        "a: 1\n" + "#" * 1_000_000,
        "a: 1\n" + " \t" * 500_000 + "x",
    ],
    ids=lambda value: ascii(value)[:24],
)
def test_a_hostile_file_ends_in_few_faults(text: str) -> None:
    document = _read(text)
    assert document.faults or document.data is not None
    assert len(document.faults) <= 400
