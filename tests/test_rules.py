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
from kam.language import Language
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


PEOPLE = "team: {manager: am-lin, members: {gm-he: {}}}\nstakeholders: {deputy: {title: Deputy head, level: 1}}\n"
TALK = "contacts: [{id: t, date: 2025-10-10, kind: call, ours: [gm-he, am-shen], theirs: [deputy]}]\n"


@pytest.mark.parametrize(
    ("id", "text", "english", "chinese"),
    [
        (
            "contact.stale",
            PEOPLE + TALK + "matrix: {cells: {gm-he: {deputy: keep}}}\n",
            "何志强 and Deputy head: no contact for 97 days, 90 allowed.",
            "何志强与 Deputy head 97 天没有接触，超过周期 90 天。",
        ),
        (
            "contact.stale",
            PEOPLE + TALK + "matrix: {cells: {am-lin: {deputy: close}}}\n",
            "林晓 and Deputy head: no contact yet, 30 days allowed.",
            "林晓与 Deputy head 还没有过接触，周期 30 天。",
        ),
        (
            "contact.executive-unreported",
            PEOPLE + TALK,
            (
                "Talk at the top of 2025-10-10 (何志强, 沈薇 and Deputy head): "
                "account manager not told for 97 days, 2 allowed."
            ),
            "2025-10-10 的高层会谈（何志强、沈薇与 Deputy head）：97 天了还没有告诉客户经理，最多 2 天。",
        ),
        (
            "ref.unknown-person",
            "team: {manager: am-lim}\n",
            "am-lim is nobody in company/people.yaml; did you mean am-lin?",
            "在 company/people.yaml 里没有 am-lim，是不是 am-lin？",
        ),
        (
            "ref.unknown-person",
            "team: {manager: somebody-else}\n",
            "somebody-else is nobody in company/people.yaml.",
            "在 company/people.yaml 里没有 somebody-else。",
        ),
        (
            "ref.unknown-id",
            "goals: {external: {tested: {promise: P}}}\nroadmap: {entries: {e: {kind: other, text: T, goal: testd}}}\n",
            "testd is no known goal; did you mean tested?",
            "目标里没有 testd，是不是 tested？",
        ),
        (
            "section.missing",
            "class: ordinary\nteam: {manager: am-lin}\n",
            "Example customer: Stakeholders (stakeholders) is empty, and ordinary customers need it.",
            "Example customer：客户联系人（stakeholders）空着，普通客户都要写。",
        ),
        (
            "matrix.level-gap",
            PEOPLE.replace("level: 1", "level: 5") + "matrix: {cells: {gm-he: {deputy: close}}}\n",
            "何志强 (level 1) and Deputy head (level 5) are 4 levels apart, 2 allowed.",
            "何志强（1 级）与 Deputy head（5 级）差 4 级，最多差 2 级。",
        ),
    ],
)
def test_a_sentence_has_names_and_numbers(id: str, text: str, english: str, chinese: str) -> None:
    (found,) = (one for one in check_text(text) if one.rule == id)
    assert Language("en").say(found.message) == english
    assert Language("zh").say(found.message) == chinese


def test_a_finding_says_where_it_stands() -> None:
    found = {one.rule: one for one in check_text("stakeholders:\n  a:\n    title: A\n    stance: unknown\n")}
    written, absent = found["stakeholder.stance-unknown"], found["stakeholder.no-approach"]
    assert (written.pointer, written.place[:2]) == ("/stakeholders/a/stance", (4, 5))
    assert (absent.pointer, absent.place[:2]) == ("/stakeholders/a", (2, 3))
    assert found["section.missing"].pointer == ""
    assert written.id == "stakeholder.stance-unknown@example/a"


def test_the_first_of_several_waivers_is_named() -> None:
    text = (
        "stakeholders: {a: {title: A}}\nwaivers:\n"
        "  - {rule: stakeholder.stance-unknown, at: a, why: first, by: am-lin, until: 2026-02-01}\n"
        "  - {rule: stakeholder.stance-unknown, at: /stakeholders/a, why: second, until: 2026-03-01}\n"
    )
    (found,) = (one for one in check_text(text) if one.rule == "stakeholder.stance-unknown")
    assert found.waived
    assert found.waived[:2] == ("first", "am-lin")


def test_the_nearest_id_is_looked_up_for_the_first_unknown_ones_only() -> None:
    names = ", ".join(f"am-lin{number}" for number in range(60))
    found = [one for one in check_text(f"swot: {{contributors: [{names}]}}\n") if one.rule == "ref.unknown-person"]
    assert len(found) == 60
    assert sum("near" in one.message.values for one in found) == 50


EXAMPLE = Path(__file__).parents[1] / "accounts/xinglan-roads-bureau.yaml"
FAMILIES = ("stakeholders", "stakeholder", "matrix", "contact", "section", "ref", "waiver", "portfolio", "value")


def test_the_worked_example_gives_what_the_method_says() -> None:
    found = [one for one in check_text(EXAMPLE.read_text(encoding="utf-8")) if one.family in FAMILIES]
    assert [(one.rule, one.object, one.severity) for one in found] == [
        ("matrix.am-not-acquainted", "chief-engineer", "warning"),
        ("contact.stale", "gm-he/deputy-business", "warning"),
        ("contact.stale", "gm-he/deputy-technology", "warning"),
        ("contact.stale", "gm-he/chief-engineer", "warning"),
    ]


def test_a_copy_of_the_worked_example_is_recognised() -> None:
    text = EXAMPLE.read_text(encoding="utf-8").replace("example: true\n", "")
    assert of_rule("matrix.copied-example", check_text(text)) == ["matrix"]
    (found,) = (one for one in check_text(text) if one.rule == "matrix.copied-example")
    assert (found.message.values["copied"], found.message.values["cells"]) == (34, 34)


def test_faults_of_one_kind_at_one_object_are_told_apart() -> None:
    text = "profile: {size: 1, size: 2, size: 3}\n# company/people.yaml\npeople: {a: {}, a: {}, a: {}}\n"
    found = [one for one in check_text(text) if one.rule == "source.duplicate-key"]
    assert [(one.file, one.object) for one in found] == [
        *(("accounts/example.yaml", f"profile/size{tail}") for tail in ("", "#2")),
        *(("company/people.yaml", f"people/a{tail}") for tail in ("", "#2")),
    ]
    assert len({one.id for one in found}) == 4
