"""The small firm: five questions, one person, a customer of six lines; green, and quiet about what is not needed."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import subprocess
import sys
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from kam import schema, source
from kam.cli import FINE
from tests.test_cli import ROOT, Kam, kam, process

__all__ = ["kam"]
GIVEN = ("--preset", "small", "--company", "Tea", "--manager", "Lin", "--customer", "Harbour Hospital")
CONTACT = ("--contact", "Head of purchasing")
FILE = "accounts/harbour-hospital.yaml"
LARGE = re.compile("department|director|executive|budget|roadmap|goal|sponsor|部门|总监|高层|预算|路线图|目标")
"""What belongs to the plan of a key account."""


@pytest.fixture
def book(kam: Kam, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The playbook of a small firm, which is the current folder."""
    monkeypatch.setenv("KAM_AS_OF", "2026-01-15")
    assert kam("init", str(tmp_path / "p"), *GIVEN, *CONTACT, "--lang", "en").code == FINE
    monkeypatch.chdir(tmp_path / "p")
    return tmp_path / "p"


def findings(kam: Kam) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(kam("check", "--output-format", "json").out)["findings"]
    return found


def quiet(kam: Kam) -> bool:
    """Whether nothing that is found speaks of what a small customer does not need, in either language."""
    said = [kam("--lang", code, "check", "--fail-on", "never").out for code in ("en", "zh")]
    return not any(LARGE.search(one) for one in said)


def lines(file: Path) -> list[str]:
    """The lines of a file that are not remarks."""
    return [line for line in file.read_text("utf-8").splitlines() if line.strip() and not line.startswith("#")]


@pytest.mark.parametrize("code", ["zh", "en"])
@pytest.mark.parametrize("contact", [CONTACT, ()], ids=["somebody", "nobody yet"])
def test_one_person_and_one_customer_of_six_lines(
    kam: Kam, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, contact: tuple[str, ...]
) -> None:
    assert kam("init", str(tmp_path / "p"), *GIVEN, *contact, "--lang", code).code == FINE
    monkeypatch.chdir(tmp_path / "p")
    assert [path.as_posix() for path in Path("accounts").iterdir()] == [FILE]
    assert len(lines(Path(FILE))) == 6
    assert lines(Path("company/people.yaml")) == [
        "version: 1", "people:", "  am-lin:", "    name: Lin", "    function: account-manager",
    ]  # fmt: skip
    assert not LARGE.search("\n".join([*lines(Path("kam.yaml")), *lines(Path(FILE))]))
    assert findings(kam) == []


@pytest.mark.parametrize(("code", "title"), [("en", "Next questions"), ("zh", "接下来要问的")])
def test_it_is_green_with_next_questions(kam: Kam, book: Path, code: str, title: str) -> None:
    done = kam("--lang", code, "check", "--fail-on", "info", "--output-format", "grouped")
    assert done.code == FINE
    assert title in done.out
    assert len(re.findall(r"^ +[1-3]\. ", done.out, re.MULTILINE)) == 3


def test_five_questions_and_no_more(tmp_path: Path) -> None:
    leader, follower = pty.openpty()
    env = os.environ | {"KAM_LANG": "zh", "PYTHONPATH": str(ROOT), "TERM": "dumb"}
    program = [sys.executable, "-m", "kam", "init", "p", "--preset", "small"]
    running = subprocess.Popen(program, cwd=tmp_path, stdin=follower, stdout=follower, stderr=follower, env=env)
    os.close(follower)
    os.write(leader, "zh\n茶与器\n单小明\n港湾医院\n采购部主任\n".encode())
    out = b""
    while select.select([leader], [], [], 60)[0]:
        try:
            out += os.read(leader, 65536)
        except OSError:  # Linux says so when the other side is closed
            break
    os.close(leader)
    assert running.wait(60) == FINE, out.decode()
    assert len(re.findall(r"\]: |）: |称: ", out.decode())) == 5
    text = (tmp_path / "p/accounts/gangwanyiyuan.yaml").read_text("utf-8")
    assert "name: 港湾医院\n" in text
    assert "stakeholders: {caigoubuzhuren: {title: 采购部主任, acquaintance: can-talk}}" in text
    assert "am-shanxiaoming" in text


@pytest.mark.parametrize(
    ("customer", "contact", "file"),
    [
        ("Müller & Söhne: #1", 'He said: "no"', "m-ller-s-hne-1"),
        ("ABC 港湾", "yes", "abc-gangwan"),
        ("!!", "{a: b}", "first-customer"),
        ("CON", "- x", "first-customer"),
        ("index", "*a", "first-customer"),
        ("x-ray", "\u2028", "first-customer"),
        ("a" * 100, "b" * 100, "a" * 64),
        ("  ", "  ", "first-customer"),
    ],
)
def test_any_name_of_a_customer_and_a_contact(
    kam: Kam, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, customer: str, contact: str, file: str
) -> None:
    given = ("--company", "Tea", "--manager", "Lin", "--customer", customer, "--contact", contact)
    assert kam("init", str(tmp_path / "p"), *given, "--preset", "small").code == FINE
    monkeypatch.chdir(tmp_path / "p")
    name = f"accounts/{file}.yaml"
    document = source.read(Path(name).read_bytes(), name, "account")
    assert (*document.faults, *schema.problems(schema.settle(document, "account"), "account")) == ()
    assert document.data
    if customer.strip():
        assert document.data["name"] == customer
    assert len(lines(Path(name))) == 6


def test_no_rule_speaks_of_what_a_small_customer_does_not_need(kam: Kam, book: Path) -> None:
    """A person more on each side, a visit, an opponent, a stranger: step by step, as it really grows."""
    people = book / "company/people.yaml"
    steps = (
        ("person", "Harbour", "add", "head-of-it", "--title", "Head of IT", "--influence", "decisive"),
        ("set", "Harbour", "matrix.cells.am-lin.head-of-it=keep", "stakeholders.head-of-it.acquaintance=can-talk"),
        ("log", "Harbour", "--with", "head-of-it", "-m", "Talked", "--result", "Come again"),
        ("log", "Harbour", "--with", "head-of-it", "-m", "Came", "--stance", "head-of-it=opponent", "--why", "Said so"),
        ("person", "Harbour", "add", "boss", "--title", "Boss", "--role", "decision-maker"),
        ("set", "Harbour", "team.members.wang.assignment=Service"),
        ("set", "Harbour", "matrix.cells.wang.head-of-it=close"),
        ("log", "Harbour", "--with", "boss", "--by", "wang", "-m", "Met"),
        ("new", "old-mill"),
    )
    people.write_text(people.read_text("utf-8") + "  wang: {name: Wang, function: after-sales-engineer}\n", "utf-8")
    people.write_text(re.sub(r"(?m)^#.*\n", "", people.read_text("utf-8")), "utf-8")
    seen = set()
    for step in steps:
        done = kam(*step)
        assert done.code == FINE, (step, done.err)
        assert quiet(kam), step
        seen |= {one["rule"] for one in findings(kam)}
    assert {"matrix.am-uncovered", "stakeholder.opponent-no-plan"} <= seen, "the rules that matter do speak"


def test_the_class_asks_for_more_as_soon_as_it_is_raised(kam: Kam, book: Path) -> None:
    assert quiet(kam)
    assert kam("set", "Harbour", "class=key").code == FINE
    assert not quiet(kam)
    assert {"section.missing", "team.single-person"} <= {one["rule"] for one in findings(kam)}


def test_the_full_method_from_the_first_day(kam: Kam, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = ("--company", "Tea", "--manager", "Lin", "--customer", "Harbour Hospital", *CONTACT)
    assert kam("init", str(tmp_path / "p"), *given, "--preset", "key").code == FINE
    monkeypatch.chdir(tmp_path / "p")
    assert "class: key" in Path(FILE).read_text("utf-8")
    assert "required_departments: [sales, technical" in Path("kam.yaml").read_text("utf-8")
    assert "section.missing" in {one["rule"] for one in findings(kam)}


def test_from_nothing_to_the_first_customer_on_the_site(tmp_path: Path) -> None:
    """The walk-through of the manual in processes of its own, as somebody types it, in far under five minutes."""
    root, began = tmp_path / "p", monotonic()
    contact = ("--with", "Head of purchasing", "-m", "Wants one contract", "--result", "Offer by Friday")
    for place, command in (
        (tmp_path, ("init", "p", *GIVEN, *CONTACT, "--lang", "en")),
        (root, ("check", "--fail-on", "info")),
        (root, ("log", "Harbour Hospital", *contact)),
        (root, ("check", "--fail-on", "warning")),
        (root, ("build",)),
    ):
        done = process(*command, cwd=place)
        assert done.returncode == FINE, (command, done.stdout, done.stderr)
    assert monotonic() - began < 300
    page = (root / "site/accounts/harbour-hospital/index.html").read_text("utf-8")
    assert "Harbour Hospital" in page
    assert "Offer by Friday" in page
    assert "Harbour Hospital" in (root / "site/accounts/index.html").read_text("utf-8")
