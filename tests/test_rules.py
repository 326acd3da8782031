"""Every rule: its page is whole, in both languages, its examples do what they show; edge cases stand in `cases/`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from kam import rules
from kam.config import Selection
from kam.finding import Finding
from kam.rules import Rule
from tests.building import check_text, files, marked, of_rule
from tools import messages

RULES = {one.id: one for one in rules.load_all()}
CASES = Path(__file__).parent / "cases"
FAULTS = ("source", "schema")

every_rule = pytest.mark.parametrize("rule", RULES.values(), ids=RULES)


def at_lines(rule: Rule, found: list[Finding]) -> set[tuple[str, int]]:
    return {(one.file, one.place.line) for one in found if one.rule == rule.id}


def faults(found: list[Finding]) -> list[str]:
    return [f"{one.file}:{one.place.line} {one.rule}" for one in found if one.family in FAULTS]


@every_rule
def test_a_bad_example_is_found_at_its_marked_lines(rule: Rule) -> None:
    text = rule.texts.bad
    found = check_text(text, selection=Selection(select=(rule.id,)))
    assert marked(text)
    assert at_lines(rule, found) == marked(text)
    assert not faults(found)


@every_rule
def test_a_good_example_is_not_found(rule: Rule) -> None:
    found = check_text(rule.texts.good, selection=Selection(select=(rule.id,)))
    assert not marked(rule.texts.good)
    assert not at_lines(rule, found)
    assert not faults(found)


@every_rule
def test_a_rule_has_a_whole_page(rule: Rule) -> None:
    texts = rule.texts
    assert all(texts)
    assert "\n" not in texts.title
    assert not texts.title.endswith(".")
    assert all(text.rstrip().endswith((".", "?", "!")) for text in (texts.what, texts.why, texts.fix))
    for name in rule.options:  # an option that decides more than the classes is told of
        assert name == "classes" or f"`{name}`" in " ".join(texts), name


@every_rule
def test_a_rule_is_where_its_id_says_and_fits_the_method(rule: Rule) -> None:
    assert rules.find(rule.id) is rule
    assert rule.tier in (1, 2, 3)
    assert rule.rows
    assert rule.tier < 3 or rule.severity == "info"


@every_rule
def test_a_rule_speaks_chinese(rule: Rule) -> None:
    family, name = rule.id.replace("-", "_").split(".")
    for text in (*rule.texts[:4], *texts_by_module().get(f"kam/rules/{family}/{name}.py", ())):
        assert chinese().get(text), text


@cache
def chinese() -> dict[str, str]:
    return {one.english: one.chinese for one in messages.entries() if not one.fuzzy}


@cache
def texts_by_module() -> dict[str, list[str]]:
    """The messages that each module marks first."""
    found: dict[str, list[str]] = {}
    for text, file in messages.collected().items():
        found.setdefault(file, []).append(text)
    return found


def test_there_is_one_rule_for_one_id() -> None:
    assert len(RULES) == len(list(rules.load_all()))
    assert set(rules.ids()) == set(RULES)


def test_an_unknown_rule_is_none() -> None:
    assert rules.find("matrix.no-such-rule") is None
    assert rules.find("no-such-family.rule") is None


def cases() -> list[Any]:
    """Every edge case: `base` names a beginning of `bases` that `text` goes on from."""
    found = []
    for file in sorted(CASES.glob("*.yaml")):
        table = yaml.safe_load(file.read_text(encoding="utf-8"))
        for case in table["cases"]:
            text = table.get("bases", {}).get(case.get("base"), "") + case.get("text", "")
            found.append(pytest.param(case, text, id=f"{case['rule']}: {case['name']}"))
    return found


@pytest.mark.parametrize(("case", "text"), cases())
def test_an_edge_case(case: dict[str, Any], text: str) -> None:
    """`want`: the objects that the rule names; `waived`: those that a waiver accepts; `faults`: which there are."""
    selection = Selection(tuple(case.get("select", ())), tuple(case.get("ignore", ())))
    under = frozenset(case.get("company", ("people",)))
    found = check_text(
        text, str(case.get("as_of", "2026-01-15")), selection=selection, company=under, **case.get("settings", {})
    )
    assert sorted(of_rule(case["rule"], found)) == sorted(case["want"])
    assert sorted(one.object for one in found if one.rule == case["rule"] and one.waived) == sorted(
        case.get("waived", [])
    )
    assert sorted({one.rule for one in found if one.family in FAULTS}) == sorted(case.get("faults", []))
    assert {one.severity for one in found if one.rule == case["rule"]} <= {
        case.get("severity", RULES[case["rule"]].severity)
    }


def test_a_piece_may_hold_several_files() -> None:
    parts = files("name: a\n# kam.yaml\nx: 1 # <- here\n# accounts/b.yaml\nname: b\n")
    assert parts == {
        "accounts/example.yaml": "name: a\n",
        "kam.yaml": "x: 1 # <- here\n",
        "accounts/b.yaml": "name: b\n",
    }
    assert marked("name: a\n# kam.yaml\nx: 1 # <- here\n") == {("kam.yaml", 1)}
