"""The quick validator and the reference agree on every document, and what is invalid has a finding."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam import schema, source
from kam.document import Document
from kam.finding import Finding
from kam.schema import FileKind, invalid

ROOT = Path(__file__).parents[1]
SKETCH = ROOT / "tests/data/optional-sections.yaml"
FILES: tuple[tuple[FileKind, Path], ...] = (
    *(("account", one) for one in sorted((ROOT / "accounts").rglob("*.yaml"))),
    ("account", SKETCH),
    ("kam", ROOT / "kam.yaml"),
    ("people", ROOT / "company/people.yaml"),
    *(("play", one) for one in sorted((ROOT / "templates/plays").glob("*.yaml"))[:2]),
)


def _document(kind: FileKind, file: Path) -> Document:
    read = source.read(
        file.read_bytes(), file.relative_to(ROOT).as_posix(), "account" if kind == "account" else "company"
    )
    return schema.settle(read, kind)


DOCUMENTS = [(kind, _document(kind, file)) for kind, file in FILES]


def _merged(first: Any, second: Any) -> Any:
    if isinstance(first, dict) and isinstance(second, dict):
        return {**first, **{key: _merged(first.get(key), one) for key, one in second.items()}}
    return first + second if isinstance(first, list) and isinstance(second, list) else second


@pytest.mark.parametrize(("kind", "document"), DOCUMENTS, ids=[file.stem for _, file in FILES])
def test_the_examples_are_valid(kind: FileKind, document: Document) -> None:
    assert document.faults == ()
    assert schema.problems(document, kind) == ()
    assert list(invalid.validator(kind).iter_errors(document.data)) == []


def test_the_example_with_every_optional_section_is_valid() -> None:
    data = _merged(
        _document("account", ROOT / "accounts/xinglan-roads-bureau.yaml").data, _document("account", SKETCH).data
    )
    assert set(data) >= set(schema.sections())
    assert schema.is_valid(data, "account")
    assert list(invalid.validator("account").iter_errors(data)) == []


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from([0, 1, 1.0, -1, 5, 6, 0.5, 1.5, 2**53, -0.0]),
    st.sampled_from(
        ["", "a", "x-a", "A", "a\n", "a--b", "a" * 64, "a" * 65, "keep", "key", "person", "SO1", "S0", "天", "🙂"]
    ),
    st.sampled_from(
        ["2026", "2026\n", "1899", "١٢٣٤", "CNY", "CNY\n", "https://a.b/{path}", "https://a b", "javascript:x"]
    ),
    st.sampled_from(["2026-01-15", "2026-02-29", "2024-02-29", "1899-12-31", "0000-01-01", "2026-1-5", "2026-01-15\n"]),
    st.sampled_from(
        ["2026-W01-1", "9999-12-31", "2026-01-15T00:00:00", "٢٠٢٦-٠١-١٥", " 2026-01-15", "temporary", "active"]
    ),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(SCALARS.map(str), inner, max_size=3)),
    max_leaves=5,
)


def _paths(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, one in inner for found in _paths(one, (*path, key)))]


PLACES = [[path for path in _paths(document.data) if path] for _, document in DOCUMENTS]


@st.composite
def _mutated(draw: st.DrawFn) -> tuple[FileKind, dict[str, Any]]:
    """An example in which a few values were replaced, taken out, renamed or added."""
    number = draw(st.integers(0, len(DOCUMENTS) - 1))
    kind, document = DOCUMENTS[number]
    data = copy.deepcopy(document.data)
    assert data is not None
    for path in draw(st.lists(st.sampled_from(PLACES[number]), min_size=1, max_size=3)):
        _change(draw, data, path)
    return kind, data


def _change(draw: st.DrawFn, data: Any, path: tuple[str | int, ...]) -> None:
    inside = data
    for key in path[:-1]:
        if not isinstance(inside, dict | list) or (isinstance(inside, dict) and key not in inside):
            return
        if isinstance(inside, list) and not (isinstance(key, int) and key < len(inside)):
            return
        inside = inside[key]  # type: ignore[index] # a list has an integer here
    last = path[-1]
    there = isinstance(inside, dict) or (isinstance(inside, list) and isinstance(last, int) and last < len(inside))
    how = draw(st.sampled_from(["replace", "delete", "rename", "twice"]))
    if isinstance(inside, dict):
        if how == "replace" or last not in inside:
            inside[str(last)] = draw(VALUES)
        elif how == "delete":
            del inside[last]
        else:
            inside[draw(SCALARS.map(str))] = inside.pop(last) if how == "rename" else draw(VALUES)
    elif there and how == "delete":
        del inside[last]
    elif there:
        inside.append(inside[last] if how == "twice" else draw(VALUES))


@settings(max_examples=200, deadline=None)
@given(_mutated())
def test_both_validators_agree_and_what_is_invalid_has_a_finding(changed: tuple[FileKind, dict[str, Any]]) -> None:
    kind, data = changed
    valid = schema.is_valid(data, kind)
    assert valid == (not list(invalid.validator(kind).iter_errors(data)))
    found = schema.problems(Document("accounts/a.yaml", "", data, ()), kind)
    assert valid == (not found)
    assert len({one.id for one in found}) == len(found)
    assert {_stated(one) for one in found} <= {True}


def _stated(finding: Finding) -> bool:
    """Whether the sentences of a finding have all that they speak of."""
    said = [text.text.format(**text.values) for text in (finding.message, finding.fix)]
    return all(said) and finding.severity == "error"


@settings(max_examples=60, deadline=None)
@given(_mutated())
def test_leaving_out_sound_sections_loses_no_error(changed: tuple[FileKind, dict[str, Any]]) -> None:
    kind, data = changed
    reference = invalid.validator(kind)
    suspects = invalid.suspects(data, kind)
    errors = [
        {(tuple(one.absolute_path), one.validator) for one in reference.iter_errors(some)} for some in (data, suspects)
    ]
    assert errors[0] == errors[1]


@settings(max_examples=60, deadline=None)
@given(_mutated())
def test_uses_of_ids_are_found_in_any_data(changed: tuple[FileKind, dict[str, Any]]) -> None:
    kind, data = changed
    for one in schema.references(data, kind):
        above: Any = data
        for key in one.path[:-1]:
            above = above[key]
        assert one.id in (above[one.path[-1]], one.path[-1])
