"""The company's own schema for its own fields: what it finds, and what a broken or hostile one can do."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from kam import check, company_files, source
from kam.schema import custom

TEXT = """\
version: 1
name: Example
x-region: nrth
stakeholders:
  cfo:
    title: CFO
    x-loyalty: 9
contacts:
  - date: 2026-01-05
    kind: visit
    x-room: {number: 12}
"""
SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["/x-region", "/x-segment"],
    "properties": {"/x-region": {"enum": ["north", "south"]}},
    "patternProperties": {
        "^/stakeholders/[^/]+/x-loyalty$": {"type": "integer", "maximum": 5},
        "^/contacts/[0-9]+/x-room$": {"properties": {"number": {"type": "string"}}},
    },
}


def told(schema: object, text: str = TEXT) -> list[tuple[str, str, int]]:
    read = custom.read(json.dumps(schema).encode())
    assert not read.faults
    document = source.read(text.encode(), "accounts/example.yaml", "account")
    return [(one.rule, one.pointer, one.place.line) for one in custom.problems(document, read.text)]


def test_each_misfit_stands_at_its_value() -> None:
    assert sorted(told(SCHEMA)) == [
        ("schema.enum", "/x-region", 3),
        ("schema.missing-key", "", 1),
        ("schema.range", "/stakeholders/cfo/x-loyalty", 7),
        ("schema.type", "/contacts/0/x-room/number", 11),
    ]


def test_fields_that_fit_are_no_finding() -> None:
    good = (
        TEXT.replace("nrth", "north\nx-segment: roads").replace("9", "5", 1).replace("{number: 12}", '{number: "12"}')
    )
    assert told(SCHEMA, good) == []


def test_fields_that_the_schema_forbids() -> None:
    assert {rule for rule, _, _ in told({"additionalProperties": False})} == {"schema.unknown-key"}


def test_without_a_schema_nothing_is_asked() -> None:
    assert custom.read(None) == custom.Custom()
    assert custom.problems(source.read(TEXT.encode(), "accounts/example.yaml", "account"), None) == ()


DOUBLING = json.dumps(
    {
        "$ref": "#/$defs/a0",
        "$defs": {f"a{n}": {"allOf": [{"$ref": f"#/$defs/a{n + 1}"}] * 2} for n in range(40)} | {"a40": {}},
    }
).encode()
"""Small, and yet it asks a million million questions of each value."""


@pytest.mark.parametrize(
    ("raw", "rule", "line"),
    [
        (b'{\n "type": }', "source.syntax", 2),
        (b"\xff\xfe{}", "source.encoding", 1),
        (b"[]", "schema.format", 1),
        (b'{"maximum": NaN}', "schema.format", 1),
        (b'{"type": "strin"}', "schema.format", 1),
        (b'{"$ref": "http://example.com/schema.json"}', "schema.format", 1),
        (b'{"$ref": "file:///etc/passwd"}', "schema.format", 1),
        (b'{"pattern": "(?=a)b"}', "schema.format", 1),
        (b"[" * 100_000, "schema.format", 1),
        (DOUBLING, "schema.format", 1),
        (b" " * (custom.LARGEST + 1), "source.too-large", 1),
    ],
)
def test_a_schema_that_cannot_be_used_is_a_fault_of_its_file(raw: bytes, rule: str, line: int) -> None:
    read = custom.read(raw)
    assert read.text is None
    assert [(one.rule, one.file, one.place.line) for one in read.faults] == [(rule, custom.NAME, line)]


def test_a_pattern_runs_in_linear_time() -> None:
    text = TEXT.replace("nrth", "a" * 5_000 + "!")
    assert ("schema.pattern", "/x-region", 3) in told({"properties": {"/x-region": {"pattern": "^(a+)+$"}}}, text)


def test_many_misfits_are_counted() -> None:
    text = "version: 1\n" + "".join(f"x-{n}: 1\n" for n in range(300))
    found = told({"additionalProperties": {"type": "string"}}, text)
    assert [len(found), found[-1][1]] == [101, ""]


def test_an_account_is_checked_with_it_and_a_broken_one_is_a_fault_of_the_company() -> None:
    people = b"people: {am-lin: {name: Lin, function: account-manager}}"
    texts: dict[str, bytes] = {"kam.yaml": b"company: Example", "company/people.yaml": people}
    files = company_files.read(texts | {custom.NAME: json.dumps(SCHEMA).encode()})
    assert files.faults == ()
    found = check.analyse(TEXT.encode(), "accounts/example.yaml", files.company, date(2026, 1, 15)).findings
    assert ("schema.enum", "/x-region", "error") in [(one.rule, one.pointer, one.severity) for one in found]
    broken = company_files.read(texts | {custom.NAME: b"{"})
    assert [(one.rule, one.file) for one in broken.faults] == [("source.syntax", custom.NAME)]
    assert broken.company.custom is None
