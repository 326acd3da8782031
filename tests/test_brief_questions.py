"""The next questions: which come first, that their answers settle what they say, where they are shown."""

from __future__ import annotations

import shlex
from datetime import date
from pathlib import Path

import pytest

from kam import project, questions, rules
from kam.agenda.record import BLANK, command
from kam.check import Analysis
from kam.cli import FINE
from kam.config import Selection
from kam.language import Language
from kam.questions import TOPICS, Question
from tests.test_cli import Kam, kam, playbook

__all__ = ["kam", "playbook"]

AS_OF = date(2026, 1, 15)
ANSWERS = {
    "acquaintance": "can-talk",
    "approach": "listens to figures",
    "assignment": "takes care of it",
    "by": "am-zhao",
    "channel": "phone",
    "due": "2026-03-01",
    "owner": "pse-ye",
    "planned": "2026-02-01",
    "portfolio_decision": "grow",
    "result": "they want to see it",
    "stance": "neutral",
}
"""What a salesperson answers, by field."""


def analysed(root: Path, name: str) -> Analysis:
    loaded = project.load(root)
    return next(iter(project.analysed(loaded, AS_OF, Selection(), lambda one: one, [f"accounts/{name}.yaml"])))


def asked(root: Path, name: str, most: int = 3) -> tuple[Question, ...]:
    found = analysed(root, name)
    assert found.plan
    return questions.first(found.plan, found.findings, most)


def texts(found: tuple[Question, ...], code: str = "en") -> list[str]:
    return [Language("zh" if code == "zh" else "en").say(one.text) for one in found]


def test_every_topic_is_about_rules_that_exist() -> None:
    for topic in TOPICS:
        assert topic.rules
        for name in topic.rules:
            assert name.partition("/")[0] in rules.ids()
            assert not name.startswith(("ref.", "waiver.", "company.", "source.", "schema."))


def test_the_questions_of_the_examples(playbook: Path) -> None:
    assert texts(asked(playbook, "chengyuan-metro")) == [
        "When does the account manager get to know 设备部新任部长?",
        "What came out of the meeting of 周敏 with 分管副总经理 on 2025-01-08?",
        "Who introduced 周敏 to the customer?",
    ]
    assert texts(asked(playbook, "chengyuan-metro", 5), "zh")[3:] == [
        "谁最后拍板？",
        "设备部新任部长、合同科科长支持我们还是反对我们？凭什么判断？",
    ]
    assert texts(asked(playbook, "xinglan-roads-bureau")) == [
        "Can the account manager talk openly with 总工程师?",
        "When did we last talk to 业务副局长, 技术副局长, 总工程师, and what came out?",
    ]


def test_wrong_comes_first_then_people_then_what_is_old(playbook: Path) -> None:
    found = analysed(playbook, "chengyuan-metro")
    severities = {one.rule: one.severity for one in found.findings}
    ranks = [0 if severities[one.rule] == "error" else _rank(one) for one in asked(playbook, "chengyuan-metro", 99)]
    assert ranks == sorted(ranks)
    assert set(ranks) == {0, 1, 2, 3}


def _rank(one: Question) -> int:
    return next(topic.rank for topic in TOPICS if topic.text == one.text.text)


def test_a_young_account_is_asked_though_nothing_is_found(playbook: Path) -> None:
    found = analysed(playbook, "wangyu-logistics-park")
    assert not found.findings
    assert texts(asked(playbook, "wangyu-logistics-park")) == [
        "Who decides in the end?",
        "安全主管: for us or against us, and how do we know?",
        "When did somebody last talk to them, and what came out?",
    ]
    (playbook / "accounts/new.yaml").write_text("version: 1\nname: New\nteam: {manager: am-lin}\n", "utf-8")
    assert texts(asked(playbook, "new"))[0] == "Whom do we know there?"


def test_nobody_asks_about_what_rests_or_what_was_accepted(playbook: Path) -> None:
    path = playbook / "accounts/chengyuan-metro.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("status: active", "status: closed", 1), "utf-8")
    assert not asked(playbook, "chengyuan-metro")
    waiver = "{rule: stakeholders.no-decision-maker, at: stakeholders, why: x, by: sd-zhou, until: 2026-06-30}"
    path.write_text(text.replace("\nwaivers:", f"\nwaivers:\n  - {waiver}\n", 1), "utf-8")
    assert "Who decides in the end?" not in texts(asked(playbook, "chengyuan-metro", 99))


def test_every_answer_settles_what_it_says(kam: Kam, playbook: Path) -> None:
    """Each question with a command is answered; then there are fewer findings of its rule."""
    answered = 0
    for name in ("chengyuan-metro", "kestrel-bay-ports", "xinglan-roads-bureau"):
        for one in asked(playbook, name, 99):
            before = sum(each.rule == one.rule for each in analysed(playbook, name).findings)
            line = command(name, one.record)
            assert bool(line) != bool(one.field)
            if not line or not before:
                continue  # written by hand, or an earlier answer settled it too
            told = kam(*(_answered(word) for word in shlex.split(line)[1:]))
            assert told.code == FINE, (line, told.err)
            assert sum(each.rule == one.rule for each in analysed(playbook, name).findings) < before, line
            answered += 1
    assert answered > 20


def _answered(word: str) -> str:
    path, sign, value = word.partition("=")
    return f"{path}={ANSWERS[path.rpartition('.')[2]]}" if sign and value == BLANK else word.replace(BLANK, "as it was")


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("en", "  Next questions\n    1. Can the account manager talk openly with 总工程师?\n       kam set xinglan-"),
        ("zh", "  接下来要问的\n    1. 客户经理跟总工程师说得上话吗？\n"),
    ],
)
def test_they_lead_each_customer_of_the_grouped_report(kam: Kam, playbook: Path, code: str, lines: str) -> None:
    out = kam("--lang", code, "check", "--output-format", "grouped", "--fail-on", "never").out
    assert f"星澜州公路局 · accounts/xinglan-roads-bureau.yaml\n{lines}" in out
    assert "accounts/wangyu-logistics-park.yaml\n" in out
    selected = kam(
        "--lang", code, "check", "--output-format", "grouped", "--fail-on", "never", "--select", "contact"
    ).out
    assert lines.split("\n")[0] not in selected


def test_hostile_titles_act_on_nothing(kam: Kam, playbook: Path) -> None:
    text = 'version: 1\nname: x\nclass: key\nteam: {manager: am-lin}\nstakeholders: {a: {title: "TITLE"}}\n'
    path = playbook / "accounts/hostile.yaml"
    path.write_text(text.replace("TITLE", "\\u202e\\n::error ::x"), "utf-8")
    asked(playbook, "hostile", 99)
    out = kam("check", "--output-format", "grouped", "--fail-on", "never", "accounts/hostile.yaml").out
    assert "\\u202e\\n::error ::x: for us or against us" in out
    assert "\u202e" not in out
    assert not [line for line in out.split("\n") if line.startswith("::")]
