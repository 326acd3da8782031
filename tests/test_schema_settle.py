"""Plain scalars read as the schema wants them, and the faults that only the schema can show."""

from __future__ import annotations

import math
from typing import Any

import pytest

from kam import schema, source
from kam.document import Document
from kam.language import Language

HEAD = "version: 1\nname: A\n"


def _settled(text: str) -> Document:
    return schema.settle(source.read(text.encode(), "accounts/a.yaml", "account"), "account")


def _at(document: Document, *path: str | int) -> Any:
    value: Any = document.data
    for key in path:
        value = value[key]
    return value


@pytest.mark.parametrize(
    ("text", "path", "value"),
    [
        ("version: 1\nname: 360\n", ("name",), "360"),
        ("version: 1\nname: true\n", ("name",), "true"),
        ("version: 1\nname: 1.10\n", ("name",), "1.10"),
        ("version: 1\nname: 12345678901234567890\n", ("name",), "12345678901234567890"),
        ("version: 1\nname: .nan\n", ("name",), ".nan"),
        ("version: 1\nname: -0\n", ("name",), "-0"),
        (HEAD + "stakeholders: {a: {title: T, phone: 13800138000}}\n", ("stakeholders", "a", "phone"), "13800138000"),
        (HEAD + "stakeholders: {a: {title: T, topics: [1, x]}}\n", ("stakeholders", "a", "topics"), ["1", "x"]),
        (HEAD + "stakeholders: {a: {title: T, stance: 1}}\n", ("stakeholders", "a", "stance"), "1"),
        (HEAD + "team: {manager: 7, kickoffs: [{date: 2026, attended: [8]}]}\n", ("team", "manager"), "7"),
        (HEAD + "matrix: {cells: {am: {boss: 1}}}\n", ("matrix", "cells", "am", "boss"), "1"),
        (HEAD + "authority: {a: {text: 1, accountable: [2]}}\n", ("authority", "a", "accountable"), ["2"]),
        (HEAD + "profile: {size: 640, purchase_use_separated: true}\n", ("profile", "size"), 640),
        (HEAD + "profile: {size: 640, purchase_use_separated: true}\n", ("profile", "purchase_use_separated"), True),
        (HEAD + "value: {discount: 0.08}\n", ("value", "discount"), 0.08),
        (HEAD + "x-own: {a: 1.50, b: yes, c: [true]}\n", ("x-own",), {"a": 1.5, "b": "yes", "c": [True]}),
        (HEAD + "team: {x-room: 12}\n", ("team", "x-room"), 12),
        (HEAD + "nonsense: 12\n", ("nonsense",), 12),
        (HEAD + "name2: {a: 1}\nprofile: [{x: 1}]\n", ("profile",), [{"x": 1}]),
    ],
)
def test_the_reading_that_the_schema_wants(text: str, path: tuple[str | int, ...], value: object) -> None:
    document = _settled(text)
    assert _at(document, *path) == value
    assert type(_at(document, *path)) is type(value)
    assert document.faults == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("version: 1\nname: no\n", ["source.looks-boolean /name 2:7"]),
        ("version: 1\nname: Off\n", ["source.looks-boolean /name 2:7"]),
        ('version: 1\nname: "no"\n', []),
        ("version: 1\nname: NO, thanks\n", []),
        (HEAD + "stakeholders: {a: {title: y, topics: [on]}}\n", ["source.looks-boolean /stakeholders/a/title 3:27"] * 1
         + ["source.looks-boolean /stakeholders/a/topics/0 3:39"]),
        (HEAD + "contacts: [{date: 2026-01-01, kind: call, ours: [a], theirs: [], result: yes}]\n",
         ["source.looks-boolean /contacts/0/result 3:74"]),
        (HEAD + "stakeholders: {a: {title: T, stance: no}}\n", []),
        (HEAD + "team: {manager: no}\n", []),
        (HEAD + "profile: {since: no}\n", []),
        (HEAD + "example: no\n", []),
        (HEAD + "x-own: no\n", []),
        (HEAD + "value: {discount: .inf}\n", ["source.number /value/discount 3:19"]),
        (HEAD + "profile: {size: 9007199254740993}\n", ["source.number /profile/size 3:17"]),
        (HEAD + "profile: {size: 9007199254740992}\n", []),
        (HEAD + "value: {years: {2025: {revenue: -.INF}}}\n", ["source.number /value/years/2025/revenue 3:33"]),
        (HEAD + "example: .nan\n", ["source.number /example 3:10"]),
        (HEAD + "x-own: [.nan, 99999999999999999999]\n", []),
        (HEAD + "stakeholders: {a: {title: T, phone: 138 #2\n}}\n",
         ["source.cut-by-hash /stakeholders/a/phone 3:40"]),
        (HEAD + "stakeholders: {a: {title: T, approach: no #2\n}}\n",
         ["source.cut-by-hash /stakeholders/a/approach 3:42", "source.looks-boolean /stakeholders/a/approach 3:40"]),
        (HEAD + "stakeholders: {a: {title: T, phone: 138 # 2\n}}\n", []),
        (HEAD + "stakeholders: {a: {title: T, level: 3 #2\n}}\n", []),
        (HEAD + "team: {manager: am\u200b}\nclass: key\u200b\nprofile: {since: 2026-01-01\u200b}\n",
         [f"source.control-character {at}" for at in ("/team/manager 3:19", "/class 4:11", "/profile/since 5:28")]),
        (HEAD + "x-own: [a\u200b]\nstakeholders: {a: {title: T\u200b}}\n",
         ["source.control-character /x-own/0 3:10", "source.control-character /stakeholders/a/title 4:28"]),
    ],
)  # fmt: skip
def test_faults_that_only_the_schema_shows(text: str, expected: list[str]) -> None:
    found = _settled(text).faults
    assert [f"{one.rule} {one.pointer} {one.place.line}:{one.place.column}" for one in found] == expected
    mild = ("source.looks-boolean", "source.cut-by-hash")
    free = "title" in text and "\u200b" in text
    assert {one.severity for one in found} <= {"warning" if one.rule in mild or free else "error" for one in found}
    assert all(one.object == one.pointer[1:] for one in found)


def test_nothing_that_cannot_be_counted_is_left() -> None:
    data = _settled(HEAD + "x-own: [.nan, -.inf]\nvalue: {discount: .nan}\nnonsense: .nan\n").data
    assert data is not None
    numbers = [one for one in (*data["x-own"], data["value"]["discount"], data["nonsense"]) if isinstance(one, float)]
    assert not any(map(math.isnan, numbers))
    assert numbers == []


def test_the_document_that_was_read_stays_as_it_was() -> None:
    before = source.read((HEAD + "team: {manager: 7, members: {a: }}\n").encode(), "accounts/a.yaml", "account")
    after = schema.settle(before, "account")
    assert before.data is not None
    assert before.data["team"]["manager"] == 7
    assert after.data is not None
    assert after.data["team"]["manager"] == "7"
    assert after.data["team"]["members"] is before.data["team"]["members"]


def test_a_document_without_data_passes_through() -> None:
    document = source.read(b"- 1\n", "accounts/a.yaml", "account")
    assert schema.settle(document, "account") is document


def test_what_is_said_in_both_languages() -> None:
    (number,) = _settled(HEAD + "value: {discount: .nan}\n").faults
    (switch,) = _settled("version: 1\nname: no\n").faults
    assert Language("en").say(number.message) == "Discount: one cannot reckon with .nan."
    assert Language("zh").say(number.message) == "折现率：.nan 不是可以计算的数字。"
    assert Language("zh").say(switch.fix) == '如果就是这段文字，请加引号："no"。'
