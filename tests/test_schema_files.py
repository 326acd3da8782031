"""The schema files: closed where keys are fixed, described in both languages, classed for privacy, portable."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema_rs
import pytest
from jsonschema import Draft202012Validator

from kam import resources, schema
from kam.schema import FileKind, Uses
from kam.schema.shape import uses

CHINESE = re.compile("[一-鿿]")
PRIVACY = ("public", "internal", "restricted", "personal")
CLOSED = ("id", "year", "rule", "factor-s", "factor-w", "factor-o", "factor-t", "action-id")

KIND = pytest.mark.parametrize("kind", schema.KINDS)


def _nodes(node: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Mapping[str, Any]]]:
    """Every schema inside a schema, with the path to it; `if` and `then` only narrow others."""
    yield path, node
    for keyword in ("properties", "$defs"):
        for name, one in node.get(keyword, {}).items():
            yield from _nodes(one, (*path, keyword, name))
    for keyword in ("additionalProperties", "items", "propertyNames"):
        if isinstance(node.get(keyword), dict):
            yield from _nodes(node[keyword], (*path, keyword))
    for one in node.get("anyOf", ()):
        yield from _nodes(one, (*path, "anyOf"))


def _keywords(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield key, one
            yield from _keywords(one)
    elif isinstance(value, list):
        for one in value:
            yield from _keywords(one)


@KIND
def test_the_file_has_one_layout(kind: FileKind) -> None:
    text = (resources.path("schema") / f"{kind}.schema.json").read_text("utf-8")
    assert text == schema.written(json.loads(text))


@KIND
def test_it_is_a_schema(kind: FileKind) -> None:
    Draft202012Validator.check_schema(schema.load(kind))


@KIND
def test_nothing_on_which_validators_and_editors_differ(kind: FileKind) -> None:
    forbidden = {"multipleOf", "unevaluatedProperties", "unevaluatedItems", "$dynamicRef", "$dynamicAnchor", "$id"}
    said = list(_keywords(schema.load(kind)))
    assert not {key for key, _ in said} & forbidden
    patterns = [one for key, one in said if key == "pattern"]
    assert patterns
    assert [one for one in patterns if re.search(r"\\[dwspPZbDWSB]|\(\?<", one)] == []
    assert [one for one in patterns if not (one.startswith("^") and one.endswith("$"))] == []
    assert [one for key, one in said if key == "$ref" and not one.startswith("#/$defs/")] == []
    assert {one for key, one in said if key == "format"} <= {"date"}


@KIND
def test_every_field_says_what_it_is_in_both_languages(kind: FileKind) -> None:
    for path, node in _nodes(schema.load(kind)):
        if path[-2:-1] == ("properties",):
            texts = node["x-zh"]
            assert node["title"], path
            assert node["description"].endswith((".", "?")), path
            assert CHINESE.search(texts["title"]) or texts["title"].isascii(), path
            assert texts["description"].endswith(("。", "？")), path
            assert CHINESE.search(texts["description"]), path
            assert not re.search("[一-鿿][,;:?!()]", texts["description"]), path
            assert not re.search("[一-鿿][A-Za-z0-9]|[A-Za-z0-9][一-鿿]", texts["description"]), path


@KIND
def test_every_field_has_a_privacy_class(kind: FileKind) -> None:
    for path, node in _nodes(schema.load(kind)):
        if path[-2:-1] == ("properties",):
            assert node.get("x-privacy") in PRIVACY, path


def test_a_container_is_as_private_as_its_strictest_field() -> None:
    def strictest(kind: FileKind, path: tuple[str, ...]) -> int:
        node = schema.field(kind, path) or {}
        inner = [(*path, name) for name in node.get("properties", {})]
        if isinstance(node.get("additionalProperties"), dict):
            inner.append((*path, "some-key"))
        found = [strictest(kind, one) for one in inner]
        own = PRIVACY.index(node["x-privacy"]) if "x-privacy" in node else 0
        assert not found or not path or "x-privacy" not in node or own >= max(found), path
        return max([own, *found])

    for kind in schema.KINDS:
        strictest(kind, ())


@pytest.mark.parametrize(
    ("path", "privacy"),
    [
        (("name",), "public"),
        (("status",), "internal"),
        (("profile", "portfolio_decision"), "restricted"),
        (("stakeholders", "x", "name"), "personal"),
        (("stakeholders", "x", "stance"), "restricted"),
        (("stakeholders", "x"), "personal"),
        (("team", "members", "x", "share_of_time"), "personal"),
        (("contacts", 0, "content"), "restricted"),
        (("contacts", 0, "kind"), "internal"),
        (("swot", "strengths", "S1", "text"), "restricted"),
        (("swot", "actions", "SO1", "due"), "internal"),
        (("goals", "external", "x", "promise"), "public"),
        (("goals", "external", "x"), "public"),
        (("offers", "x", "price"), "restricted"),
        (("services", "x", "by"), "personal"),
        (("matrix", "cells", "a", "b", "purpose"), "restricted"),
        (("opportunities", "x", "steps", "close", "date"), "restricted"),
    ],
)
def test_privacy_of(path: tuple[str | int, ...], privacy: str) -> None:
    assert (schema.field("account", path) or {})["x-privacy"] == privacy


@KIND
def test_fixed_keys_are_closed_and_chosen_keys_have_a_form(kind: FileKind) -> None:
    for path, node in _nodes(schema.load(kind)):
        if "properties" in node:
            assert node["additionalProperties"] is False, path
            assert node["patternProperties"] == {"^x-": {}}, path
        elif isinstance(node.get("additionalProperties"), dict) and path[-1] != "additionalProperties":
            assert node["propertyNames"]["$ref"].removeprefix("#/$defs/") in CLOSED, path


@KIND
def test_what_is_not_required_may_be_empty(kind: FileKind) -> None:
    defs = schema.load(kind)["$defs"]

    def takes_null(node: Mapping[str, Any]) -> bool:
        return jsonschema_rs.Draft202012Validator({**node, "$defs": defs}).is_valid(None)

    for path, node in _nodes(schema.load(kind)):
        for name, one in node.get("properties", {}).items():
            assert takes_null(one) != (name in node.get("required", ())), (*path, name)
        inner = node.get("additionalProperties")
        if isinstance(inner, dict):
            resolved = defs[inner["$ref"].removeprefix("#/$defs/")] if "$ref" in inner else inner
            assert takes_null(inner) != bool(resolved.get("required")), path


@KIND
def test_words_have_labels_in_both_languages(kind: FileKind) -> None:
    found = 0
    for path, node in _nodes(schema.load(kind)):
        if "enum" in node and path[:1] == ("$defs",):
            labels = node["x-words"]
            assert list(labels) == [one for one in node["enum"] if one is not None], path
            assert all(one["en"] and CHINESE.search(one["zh"]) for one in labels.values()), path
            assert None in node["enum"], path
            found += 1
    assert found >= 2


def test_words_of_one_name_are_the_same_in_every_file() -> None:
    seen: dict[str, Any] = {}
    for kind in schema.KINDS:
        for name, node in schema.load(kind)["$defs"].items():
            assert seen.setdefault(name, node) == node, name


def test_the_words_of_an_enumeration() -> None:
    assert list(schema.words("stance")) == ["helper", "supporter", "neutral", "opponent", "unknown"]
    assert schema.word("stance", "opponent", "zh") == "反对者"
    assert schema.word("contact-level", "close", "en") == "Close contact"
    assert schema.word("level", "proficient", "zh") == "掌握"
    assert schema.word("stance", "friend", "zh") == "friend"
    with pytest.raises(KeyError):
        schema.words("nonsense")


@KIND
def test_examples_are_valid(kind: FileKind) -> None:
    defs = schema.load(kind)["$defs"]
    for path, node in _nodes(schema.load(kind)):
        check = jsonschema_rs.Draft202012Validator({**node, "$defs": defs}, validate_formats=True)
        for one in node.get("examples", ()):
            assert check.is_valid(one), (path, one)


def test_sections_are_those_that_a_class_may_ask_for() -> None:
    assert schema.sections() == tuple(schema.words("section"))
    assert schema.sections()[0] == "profile"
    assert {"matrix", "swot", "value_chain", "waivers", "reviews"} <= set(schema.sections())
    assert not {"name", "status", "class", "example"} & set(schema.sections())
    for name, said in schema.words("section").items():
        assert said == schema.label("account", (name,))


def test_a_field_is_what_its_definition_and_its_place_say() -> None:
    node = schema.field("account", ("matrix", "cells", "a", "b", "introduced", "done"))
    assert node is not None
    assert (node["title"], node["format"]) == ("Done", "date")
    assert schema.field("account", ("stakeholders", "x", "nonsense")) is None
    assert schema.field("account", ("stakeholders", "x", "x-own", "anything")) == {}
    assert schema.label("kam", ("nonsense",)) == {"en": "nonsense", "zh": "nonsense"}


@KIND
@pytest.mark.parametrize("code", ["zh", "en"])
def test_a_schema_in_one_language(kind: FileKind, code: str) -> None:
    said = schema.localised(kind, code)
    assert "x-zh" not in {key for key, _ in _keywords(said)}
    assert bool(CHINESE.search(json.dumps(said, ensure_ascii=False))) == (code == "zh")
    Draft202012Validator.check_schema(said)
    fields = {"account": "name", "kam": "company", "people": "people", "standards": "resources", "play": "name"}
    title = said["properties"][fields[kind]]["title"]
    assert bool(CHINESE.search(title)) == (code == "zh")


def test_editors_see_what_each_word_means() -> None:
    stance = schema.localised("account", "zh")["$defs"]["stance"]
    assert dict(zip(stance["enum"], stance["enumDescriptions"], strict=True))["neutral"] == "中立者"


REFERENCES: dict[FileKind, dict[str, str]] = {
    "account": {
        "person": """actions.*.owner allocation.developed_by allocation.relation_of assessments.[].by
            authority.*.accountable authority.*.accountable.[] authority.*.consulted.[] authority.*.decides
            contacts.[].ours.[] feedback.*.collected_by handovers.[].from handovers.[].to learning.levels.{}
            learning.overrides.[].person learning.plan.[].person matrix.cells.*.*.introduced.by
            matrix.introductions.*.by receptions.*.agenda.[].by receptions.*.agenda.[].substitute reviews.[].by
            risks.*.owner roadmap.budgets.*.by roadmap.entries.*.owner roadmap.sign_offs.*.by services.*.owner
            stakeholders.*.stance_basis.by swot.actions.*.owner swot.contributors.[] team.kickoffs.[].attended.[]
            team.manager team.members.{} team.sponsor waivers.[].by""",
        "member": "matrix.cells.{} matrix.introductions.{}",
        "stakeholder": """actions.*.for.[] advice.[].to contacts.[].theirs.[] feedback.*.from matrix.cells.*.{}
            needs.*.stated_by opportunities.*.objections.*.by opportunities.*.steps.present.audience.[] services.*.by
            stakeholders.*.lines.[].to stakeholders.*.reports_to stakeholders.*.successor swot.actions.*.for.[]
            swot.opportunities.*.about.[] swot.threats.*.about.[]""",
        "audience": "goals.communicated.[].who.[]",
        "department": """authority.*.may_call_on.[] roadmap.entries.*.departments.[] roadmap.sign_offs.{}
            services.*.department""",
        "competitor": """opportunities.*.lost_to stakeholders.*.rivals.{} swot.strengths.*.versus.[]
            swot.weaknesses.*.versus.[] white_space.*.*.rival""",
        "factor": "swot.actions.*.uses.[]",
        "lead": "contacts.[].leads_to.[]",
        "goal": "roadmap.entries.*.goal",
        "need": """actions.*.need advice.[].need opportunities.*.need profile.positioning.target_need
            swot.actions.*.need swot.opportunities.*.need swot.threats.*.need""",
        "offer": "needs.*.offer white_space.*.{}",
        "contact": "needs.*.learned_from",
        "subject": "learning.levels.*.{} learning.overrides.[].subject learning.plan.[].subject",
        "action": "lessons.*.from_action",
    },
    "kam": {"department": "required_departments.[]", "person": "waivers.[].by"},
    "people": {"person": "departments.*.head people.*.reports_to", "department": "people.*.department"},
    "standards": {"person": "resources.*.owner"},
    "play": {"rule": "fits.rules.[]"},
}
"""Every place where an id is used, by the kind of thing that it names; `{}` is a key, `*` any key, `[]` a list item."""


def _flat(where: Uses, path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    if where.value:
        yield where.value, ".".join(path)
    if where.key:
        yield where.key, ".".join((*path, "{}"))
    for name, one in where.fields.items():
        yield from _flat(one, (*path, name))
    for name, inner in (("*", where.other), ("[]", where.item)):
        if inner:
            yield from _flat(inner, (*path, name))


@KIND
def test_every_use_of_an_id_is_marked(kind: FileKind) -> None:
    where = uses(schema.load(kind), schema.load(kind)["$defs"])
    assert where
    expected = {(name, place) for name, places in REFERENCES[kind].items() for place in places.split()}
    assert set(_flat(where)) == expected


def test_uses_of_ids() -> None:
    data = {
        "team": {"members": {"b": None, "a": {}}, "manager": "a", "sponsor": None},
        "matrix": {"cells": {"a": {"boss": "keep", "cfo": {"introduced": {"by": "b"}}}}},
        "authority": {"x": {"accountable": ["a", "b"]}, "y": {"accountable": "a"}},
        "contacts": [{"ours": ["a", " "], "leads_to": ["SO1"]}, None],
        "x-own": {"manager": "a"},
    }
    wanted: list[tuple[object, ...]] = [
        (("team", "members", "b"), "b", "person"),
        (("team", "members", "a"), "a", "person"),
        (("team", "manager"), "a", "person"),
        (("matrix", "cells", "a"), "a", "member"),
        (("matrix", "cells", "a", "boss"), "boss", "stakeholder"),
        (("matrix", "cells", "a", "cfo"), "cfo", "stakeholder"),
        (("matrix", "cells", "a", "cfo", "introduced", "by"), "b", "person"),
        (("authority", "x", "accountable", 0), "a", "person"),
        (("authority", "x", "accountable", 1), "b", "person"),
        (("authority", "y", "accountable"), "a", "person"),
        (("contacts", 0, "ours", 0), "a", "person"),
        (("contacts", 0, "leads_to", 0), "SO1", "lead"),
    ]
    assert sorted(map(str, map(tuple, schema.references(data, "account")))) == sorted(map(str, wanted))


def test_the_slow_library_is_not_loaded_for_what_is_valid() -> None:
    code = (
        "import sys; from kam import schema, source\n"
        "d = source.read(b'version: 1\\nname: A\\n', 'accounts/a.yaml', 'account')\n"
        "assert schema.problems(schema.settle(d, 'account'), 'account') == ()\n"
        "print('jsonschema' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
