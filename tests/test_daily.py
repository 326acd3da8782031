"""`kam log`, `set`, `done`, `person`: what is written, what is said, what is refused; on real files."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from kam import source
from kam.cli import FINE, USAGE
from kam.document import Document
from kam.edit import commented
from kam.reports import shown
from tests.test_cli import Kam, kam, playbook, process

__all__ = ["kam", "playbook"]
PORT = "accounts/kestrel-bay-ports.yaml"
METRO = "accounts/chengyuan-metro.yaml"
PARK = "accounts/wangyu-logistics-park.yaml"
ROADS = "accounts/xinglan-roads-bureau.yaml"
LOG = ("log", "kestrel-bay-ports", "--with", "chief-executive", "-m", "talked")

HOSTILE = (
    "two\nlines",
    "ends with a line end\n",
    "a: b # c",
    "- one\n- two",
    "# all of it",
    "'single' and \"double\"",
    "{{ 7 * 7 }} {% raw %}",
    "[a, b]: {c",
    "😀 👩‍👩‍👧 中文，“引号”",
    "yes",
    "2026-01-15",
    "0123",
    "&anchor *alias !tag",
    "%TAG",
    "---",
    "...",
    "\tTab",
    "| literal",
    "=1+1",
    "--option",
    "-m",
    "tail \\",
    "\r\nCRLF\r\n",
    "~",
    "<script>alert(1)</script>",
)
REFUSED = ("bell \x07", "\x1b[31mred", "nul\x00", "\u2028", "\x85", "\ud800", "\ufeffmark", "\x9b31m")


def data(root: Path, name: str) -> dict[str, Any]:
    """The data of a file that must be without a fault."""
    document = source.read((root / name).read_bytes(), name, "account")
    assert document.data is not None
    assert not [one for one in document.faults if one.severity == "error"]
    return document.data


def added(before: str, after: str) -> list[str]:
    """The new lines, where nothing but new lines came in at the end of a section."""
    old, new = before.splitlines(), after.splitlines()
    at = next(number for number, line in enumerate(new) if number >= len(old) or line != old[number])
    length = len(new) - len(old)
    assert new[:at] + new[at + length :] == old
    return new[at : at + length]


# --- kam log ------------------------------------------------------------------------------------------------------


def test_a_contact_is_one_line_of_typing(kam: Kam, playbook: Path) -> None:
    before = (playbook / PORT).read_text("utf-8")
    result = ("--result", "wants a plan: #2", "--leads-to", "WO1")
    done = kam(
        "log", "kestrel", "--with", "tobias,chief-fin", "--by", "am-shen,周敏", "-m", "quarterly review", *result
    )
    assert done.code == FINE, done.err
    assert added(before, (playbook / PORT).read_text("utf-8")) == [
        "  - date: 2026-01-15",
        "    kind: visit",
        "    ours: [am-shen, sd-zhou]",
        "    theirs: [chief-operating-officer, chief-financial-officer]",
        "    content: quarterly review",
        '    result: "wants a plan: #2"',
        "    leads_to: [WO1]",
    ]
    assert "+    content: quarterly review\n" in done.out
    assert "Next question" in done.out
    assert done.err == f"Written: {PORT}.\n"


def test_what_a_contact_solves_is_said(kam: Kam, playbook: Path) -> None:
    done = kam("log", "chengyuan-metro", "--with", "zongjingli,line-supervisor", "-m", "问候", "--result", "约下周见")
    assert done.code == FINE, done.err
    solved = done.out.partition("Solved (")[2].partition("\n\n")[0]
    assert "[contact.stale]" in solved
    assert data(playbook, METRO)["contacts"][-1]["ours"] == ["am-zhao"]


def test_nothing_follows_is_written_as_such(kam: Kam, playbook: Path) -> None:
    assert kam(*LOG, "--leads-to", "-").code == FINE
    assert data(playbook, PORT)["contacts"][-1]["leads_to"] == []
    assert kam(*LOG).code == FINE
    assert "leads_to" not in data(playbook, PORT)["contacts"][-1]


@pytest.mark.parametrize(
    ("ours", "day", "reported"),
    [
        ("am-shen", "2026-01-10", None),
        ("am-shen,gm-he", "2026-01-10", None),
        ("gm-he", "2026-01-10", "2026-01-15"),
        ("gm-he", "2026-01-15", "2026-01-15"),
        ("am-ma", "2025-08-30", None),
        ("am-shen", "2025-08-30", "2026-01-15"),
    ],
)
def test_the_manager_hears_of_it_with_the_lines_written(
    kam: Kam, playbook: Path, ours: str, day: str, reported: str | None
) -> None:
    """am-ma managed the account until 2025-09-01."""
    assert kam(*LOG, "--by", ours, "--date", day).code == FINE
    assert data(playbook, PORT)["contacts"][-1].get("reported") == reported


def test_a_stance_comes_with_its_basis(kam: Kam, playbook: Path) -> None:
    said = ("--stance", "chief-exec=帮助者", "--why", "asked us to speak first")
    assert kam(*LOG, "--by", "gm-he", "--date", "2026-01-14", *said).code == FINE
    one = data(playbook, PORT)["stakeholders"]["chief-executive"]
    assert one["stance"] == "helper"
    assert one["stance_basis"] == {"date": "2026-01-14", "by": "gm-he", "why": "asked us to speak first"}


def test_who_writes_is_named_by_option_by_git_or_is_the_manager(
    kam: Kam, playbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(playbook / "gitconfig"))
    assert kam(*LOG).code == FINE
    (playbook / "gitconfig").write_text("[user]\n\tname = 石岩\n", "utf-8")
    assert kam(*LOG).code == FINE
    assert kam(*LOG, "--as", "hezhiqiang").code == FINE
    (playbook / "gitconfig").write_text("[user]\n\tname = X\n\temail = LUO@example.com\n", "utf-8")
    people = playbook / "company/people.yaml"
    people.write_text(
        people.read_text("utf-8").replace("name: 罗文\n", "name: 罗文\n    email: luo@example.com\n"), "utf-8"
    )
    assert kam(*LOG).code == FINE
    ours = [one["ours"] for one in data(playbook, PORT)["contacts"][-4:]]
    assert ours == [["am-shen"], ["pe-shi"], ["gm-he"], ["pm-luo"]]


def test_an_account_without_contacts_gets_its_first(kam: Kam, playbook: Path) -> None:
    assert kam("new", "harbour", "--manager", "am-lin").code == FINE
    assert kam("log", "harbour", "--with", "first-contact", "-m", "hello", "--kind", "call").code == FINE
    contact = {
        "date": "2026-01-15",
        "kind": "call",
        "ours": ["am-lin"],
        "theirs": ["first-contact"],
        "content": "hello",
    }
    assert data(playbook, "accounts/harbour.yaml")["contacts"] == [contact]


def test_layout_stays_as_it_was(kam: Kam, playbook: Path) -> None:
    raw = b"\xef\xbb\xbf" + (playbook / PORT).read_bytes().replace(b"\n", b"\r\n")
    (playbook / PORT).write_bytes(raw)
    assert kam(*LOG).code == FINE
    after = (playbook / PORT).read_bytes()
    assert after.startswith(b"\xef\xbb\xbf")
    assert after.count(b"\r\n") == after.count(b"\n") == raw.count(b"\n") + 5


# --- hostile text -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_a_text(kam: Kam, playbook: Path, text: str) -> None:
    before = data(playbook, PORT)
    done = kam("log", "kestrel", "--with", "chief-executive", f"--message={text}", f"--result={text}")
    assert done.code == FINE, done.err
    after = data(playbook, PORT)
    assert after["contacts"][-1]["content"] == text.strip()
    assert {**after, "contacts": after["contacts"][:-1]} == before
    assert kam("set", "kestrel", f"chief-executive.approach={text}").code == FINE
    assert data(playbook, PORT)["stakeholders"]["chief-executive"]["approach"] == text
    done = kam("person", "kestrel", "add", "new-one", f"--title={text}", f"--name={text}")
    assert done.code == FINE, done.err
    assert data(playbook, PORT)["stakeholders"]["new-one"]["name"] == text


@pytest.mark.parametrize("text", REFUSED)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_control_characters_are_refused_with_a_message(kam: Kam, playbook: Path, text: str, language: str) -> None:
    before = (playbook / PORT).read_bytes()
    for arguments in (
        ("log", "kestrel", "--with", "chief-executive", "-m", text),
        ("log", "kestrel", "--with", "chief-executive", "-m", "x", "--stance", "chief-exec=helper", "--why", text),
        ("set", "kestrel", f"chief-executive.approach={text}"),
        ("person", "kestrel", "add", "new-one", "--title", text),
    ):
        done = kam("--lang", language, *arguments)
        assert done.code == USAGE
        assert PORT in done.err
        assert "U+" in done.err
        assert not {*text} & {*done.err} & {*"\x07\x1b\x00\u2028\x85\ud800\ufeff\x9b"}
    assert (playbook / PORT).read_bytes() == before


@pytest.mark.parametrize("text", [*HOSTILE, *REFUSED])
def test_hostile_text_is_no_id(kam: Kam, playbook: Path, text: str) -> None:
    before = (playbook / PORT).read_bytes()
    for arguments in (
        ("log", text, "--with", "chief-executive", "-m", "x"),
        ("log", "kestrel", f"--with={text}", "-m", "x"),
        ("log", "kestrel", "--with", "chief-executive", "-m", "x", f"--by={text}"),
        ("set", "kestrel", f"{text}=x"),
        ("set", "kestrel", f"stakeholders.{text}.name=x"),
        ("done", "kestrel", text),
        ("person", "kestrel", "add", f"{text}.", "--title", "x"),
        ("person", "kestrel", "left", text),
    ):
        words = (
            [*arguments[:1], "--dry-run", "--", *arguments[1:]]
            if not any("--" in one for one in arguments[1:])
            else arguments
        )
        done = kam(*words)
        assert (done.code, done.err[:1] != "") == (USAGE, True), words
        assert not {*done.err} & {*"\x07\x1b\x00\u2028\x85\ud800\x9b"}
        assert "fault of kam" not in done.err
    assert (playbook / PORT).read_bytes() == before


# --- kam set ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "path", "value"),
    [
        (("stakeholders.chief-executive.influence=high",), "stakeholders chief-executive influence", "high"),
        (("/stakeholders/chief-executive/influence=high",), "stakeholders chief-executive influence", "high"),
        (("chief-executive.influence=高",), "stakeholders chief-executive influence", "high"),
        (("influence", "chief-exec=Low"), "stakeholders chief-executive influence", "low"),
        (("acquaintance.chief-executive=familiar",), "stakeholders chief-executive acquaintance", "familiar"),
        (("chief-executive.level=2",), "stakeholders chief-executive level", 2),
        (("chief-executive.phone=13800138000",), "stakeholders chief-executive phone", "13800138000"),
        (("chief-executive.buying_roles=user，buyer",), "stakeholders chief-executive buying_roles", ["user", "buyer"]),
        (
            ("chief-executive.reports_to=tobias renn",),
            "stakeholders chief-executive reports_to",
            "chief-operating-officer",
        ),
        (("WO1.due=2026-03-31",), "swot actions WO1 due", "2026-03-31"),
        (("WO1.status=done",), "swot actions WO1 status", "done"),
        (("WO1.status＝done",), "swot actions WO1 status", "done"),
        (
            ("chief-executive.buying_roles=[user, buyer]",),
            "stakeholders chief-executive buying_roles",
            ["user", "buyer"],
        ),
        (("swot.actions.WO1.owner=shiyan",), "swot actions WO1 owner", "pe-shi"),
        (("swot.reviewed=today",), "swot reviewed", "2026-01-15"),
        (("matrix.cells.am-shen.chief-executive=close",), "matrix cells am-shen chief-executive", "close"),
        (("am-shen.chief-executive=close",), "matrix cells am-shen chief-executive", "close"),
        (("matrix.introductions.sm-gao.done=2026-01-02",), "matrix introductions sm-gao done", "2026-01-02"),
        (("introductions.高远.done=2026-01-02",), "matrix introductions sm-gao done", "2026-01-02"),
        (("profile.purchase_use_separated=no",), "profile purchase_use_separated", False),
        (("team.min_yearly_revenue=250000.5",), "team min_yearly_revenue", 250000.5),
        (("contacts.0.result=agreed",), "contacts 0 result", "agreed"),
        (("learning.levels.am-shen.port-operations=aware",), "learning levels am-shen port-operations", "aware"),
        (("x-crm=0042",), "x-crm", "0042"),
        (("status=dormant",), "status", "dormant"),
    ],
)
def test_a_path_in_each_form(kam: Kam, playbook: Path, words: tuple[str, ...], path: str, value: object) -> None:
    done = kam("set", "kestrel-bay-ports", *words)
    assert done.code == FINE, done.err
    found: Any = data(playbook, PORT)
    for key in path.split():
        found = found[int(key) if isinstance(found, list) else key]
    assert found == value


def test_a_cell_keeps_what_else_it_says(kam: Kam, playbook: Path) -> None:
    assert (
        kam("set", "xinglan", "am-lin.bureau-head=close", "matrix.cells.am-lin.bureau-head.every_days=14").code == FINE
    )
    assert data(playbook, ROADS)["matrix"]["cells"]["am-lin"]["bureau-head"] == {"level": "close", "every_days": 14}
    assert kam("set", "xinglan", "am-lin.bureau-head=keep").code == FINE
    assert data(playbook, ROADS)["matrix"]["cells"]["am-lin"]["bureau-head"] == {"level": "keep", "every_days": 14}


def test_a_stance_is_set_and_taken_away(kam: Kam, playbook: Path) -> None:
    assert kam("set", "kestrel", "stance", "chief-executive=helper", "--why", "said so", "--as", "gm-he").code == FINE
    one = data(playbook, PORT)["stakeholders"]["chief-executive"]
    assert (one["stance"], one["stance_basis"]) == ("helper", {"date": "2026-01-15", "by": "gm-he", "why": "said so"})
    assert kam("set", "kestrel", "chief-executive.topics=").code == FINE
    assert "topics" not in data(playbook, PORT)["stakeholders"]["chief-executive"]


def test_a_new_action_needs_all_that_it_must_have(kam: Kam, playbook: Path) -> None:
    assert kam("set", "kestrel", "swot.actions.WO9.text=x").code == USAGE
    words = ("swot.actions.WO9.text=go", "swot.actions.WO9.quadrant=WO", "swot.actions.WO9.owner=am-shen")
    assert kam("set", "kestrel", *words).code == FINE
    assert data(playbook, PORT)["swot"]["actions"]["WO9"] == {"quadrant": "WO", "text": "go", "owner": "am-shen"}


def test_the_same_again_writes_nothing(kam: Kam, playbook: Path) -> None:
    before = (playbook / PORT).stat().st_ino
    done = kam("set", "kestrel", "status=active")
    assert (done.code, "says so already" in done.err) == (FINE, True)
    assert (playbook / PORT).stat().st_ino == before


@pytest.mark.parametrize("language", ["en", "zh"])
def test_another_class_brings_what_it_asks_for(kam: Kam, playbook: Path, language: str) -> None:
    before = data(playbook, PARK)
    text = (playbook / PARK).read_text("utf-8")
    done = kam("--lang", language, "set", "wangyu", "class=重点客户")
    assert done.code == FINE, done.err
    after = (playbook / PARK).read_text("utf-8")
    assert data(playbook, PARK) == {**before, "class": "key"}
    missing = [name for name in ("profile", "matrix", "swot", "goals", "roadmap", "learning") if name not in before]
    assert missing
    for name in missing:
        assert f"\n# {name}:\n#   " in after
    assert ("now needs" if language == "en" else "还缺") in done.err
    assert all(line.startswith("#") or not line for line in after.splitlines()[len(text.splitlines()) :])
    assert kam("set", "wangyu", "class=special").code == FINE
    assert (playbook / PARK).read_text("utf-8").count("# roadmap:") == 1


# --- kam done -----------------------------------------------------------------------------------------------------


def test_an_action_is_done(kam: Kam, playbook: Path) -> None:
    assert kam("done", "kestrel", "wo1", "--date", "2026-01-12").code == FINE
    one = data(playbook, PORT)["swot"]["actions"]["WO1"]
    assert (one["status"], one["done"]) == ("done", "2026-01-12")
    again = kam("done", "kestrel", "WO1")
    assert (again.code, "done already" in again.err) == (USAGE, True)


def test_an_entry_of_the_roadmap_is_done(kam: Kam, playbook: Path) -> None:
    id = next(key for key, one in data(playbook, ROADS)["roadmap"]["entries"].items() if one.get("status") != "done")
    assert kam("done", "xinglan", id).code == FINE
    assert data(playbook, ROADS)["roadmap"]["entries"][id]["status"] == "done"


def test_an_item_of_the_learning_plan_is_done(kam: Kam, playbook: Path) -> None:
    plan = data(playbook, ROADS)["learning"]["plan"]
    at, one = next((at, one) for at, one in enumerate(plan) if not one.get("done"))
    assert kam("done", "xinglan", f"{one['person']}/{one['subject']}").code == FINE
    assert data(playbook, ROADS)["learning"]["plan"][at]["done"] == "2026-01-15"


def test_an_introduction_is_done(kam: Kam, playbook: Path) -> None:
    assert kam("done", "chengyuan", "pse-ye", "--date", "2026-01-09").code == FINE
    assert data(playbook, METRO)["matrix"]["introductions"]["pse-ye"]["done"] == "2026-01-09"


# --- kam person ---------------------------------------------------------------------------------------------------


def test_somebody_is_new(kam: Kam, playbook: Path) -> None:
    said = ("--title", "CIO", "--level", "2", "--reports-to", "ines", "--role", "user,Buyer", "--stance", "neutral")
    assert kam("person", "kestrel", "add", "cio", *said, "--why", "first talk").code == FINE
    assert data(playbook, PORT)["stakeholders"]["cio"] == {
        "title": "CIO",
        "level": 2,
        "reports_to": "chief-executive",
        "buying_roles": ["user", "buyer"],
        "stance": "neutral",
        "stance_basis": {"date": "2026-01-15", "by": "am-shen", "why": "first talk"},
    }


def test_somebody_left(kam: Kam, playbook: Path) -> None:
    assert kam("person", "kestrel", "left", "tobias", "--successor", "chief-fin").code == FINE
    one = data(playbook, PORT)["stakeholders"]["chief-operating-officer"]
    assert (one["status"], one["successor"]) == ("left", "chief-financial-officer")


def test_a_successor_takes_the_position_and_the_cells(kam: Kam, playbook: Path) -> None:
    before = data(playbook, ROADS)["matrix"]["cells"]
    old = "bureau-head"
    mapped = {member: row[old] for member, row in before.items() if old in row}
    assert mapped
    assert kam("person", "xinglan", "replace", old, "new-head", "--name", "新局长").code == FINE
    after = data(playbook, ROADS)
    assert after["stakeholders"][old]["successor"] == "new-head"
    new = after["stakeholders"]["new-head"]
    assert (new["title"], new["name"]) == (after["stakeholders"][old]["title"], "新局长")
    assert not new.keys() & {"stance", "acquaintance", "status"}
    for member, cell in mapped.items():
        row = after["matrix"]["cells"][member]
        assert old not in row
        level = cell["level"] if isinstance(cell, dict) else cell
        assert (row["new-head"]["level"] if isinstance(row["new-head"], dict) else row["new-head"]) == level
        assert "introduced" not in row["new-head"]
    assert not [one for one in after["stakeholders"].values() if one.get("reports_to") == old]


# --- wrong in many ways -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("log", "kestrl-bay-port", "--with", "x", "-m", "x"), "kestrel-bay-ports"),
        (("log", "kestrel"), "--with"),
        (("log", "kestrel", "--with", "chief-executive"), "-m"),
        (("log", "kestrel", "--with", "chief", "-m", "x"), "chief-financial-officer (Chief financial officer)"),
        (("log", "kestrel", "--with", "chief-executiv3", "-m", "x"), "chief-executive"),
        (("log", "kestrel", "--with", "zzz", "-m", "x"), "kam person ID add"),
        (("log", "kestrel", "--with", "chief-executive", "-m", " "), "-m"),
        (("log", "kestrel", "--with", "chief-executive", "-m", "…"), "-m"),
        ((*LOG, "--by", "am-shem"), "am-shen"),
        ((*LOG, "--date", "2026-01-16"), "2026-01-16"),
        ((*LOG, "--date", "tomorrow"), "2026-01-15"),
        ((*LOG, "--kind", "dinner"), "dinner"),
        ((*LOG, "--leads-to", "WO77"), "WO77"),
        ((*LOG, "--stance", "chief-executive=helper"), "--why"),
        ((*LOG, "--stance", "chief-executive", "--why", "x"), "cfo=supporter"),
        ((*LOG, "--stance", "chief-executive=happy", "--why", "x"), "happy"),
        ((*LOG, "--why", "x"), "--why"),
        ((*LOG, "--as", "nobody-of-ours"), "nobody-of-ours"),
        (("set", "kestrel"), "PATH=VALUE"),
        (("set", "kestrel", "class"), "PATH=VALUE"),
        (("set", "kestrel", "=x"), "PATH=VALUE"),
        (("set", "kestrel", "a..b=x"), "PATH=VALUE"),
        (("set", "kestrel", "clas=key"), "class"),
        (("set", "kestrel", "class=huge"), "huge"),
        (("set", "kestrel", "stance", "chief-executive=helper"), "--why"),
        (("set", "kestrel", "status=active", "--why", "x"), "--why"),
        (("set", "kestrel", "stakeholders.chief-executive=x"), "stance"),
        (("set", "kestrel", "stakeholders.chief-executiv3.name=x"), "chief-executive"),
        (("set", "kestrel", "name.first=x"), "/name"),
        (("set", "kestrel", "chief-executive.influenc=high"), "influence"),
        (("set", "kestrel", "chief-executive.colour=red"), "/stakeholders/chief-executive"),
        (("set", "kestrel", "nonsense=x"), "stakeholders"),
        (("set", "kestrel", "chief-executive.level=high"), PORT),
        (("set", "kestrel", "WO1.due=2026-02-30"), "2026-02-30"),
        (("set", "kestrel", "contacts.99.result=x"), "99"),
        (("set", "kestrel", "version="), PORT),
        (("set", "kestrel", "profile.nonsense="), "nonsense"),
        (("set", "kestrel", "name=…"), "/name"),
        (("done", "kestrel"), "WHAT"),
        (("done", "kestrel", "WO77"), "WO77"),
        (("done", "kestrel", "w"), "WO1"),
        (("done", "kestrel", "WO1", "--date", "2027-01-01"), "2027-01-01"),
        (("done", "kestrel", "WO1", "--date", "1"), "2026-01-15"),
        (("person", "kestrel", "fire", "x"), "fire"),
        (("person", "kestrel", "add", "cio"), "--title"),
        (("person", "kestrel", "add", "C I O", "--title", "x"), "C I O"),
        (("person", "kestrel", "add", "chief-executive", "--title", "x"), "chief-executive"),
        (("person", "kestrel", "add", "cio", "--title", "x", "--stance", "neutral"), "--why"),
        (("person", "kestrel", "left", "chief-executive", "--successor", "chief-executive"), "chief-executive"),
        (("person", "kestrel", "left", "chief-executive", "--title", "x"), "replace"),
        (("person", "kestrel", "replace", "chief-executive"), "NEW"),
        (("person", "kestrel", "add", "cio", "other", "--title", "x"), "replace"),
        (("person", "kestrel", "replace", "chief-executive", "cio", "--successor", "x"), "--successor"),
    ],
)
def test_wrong_words_are_answered_and_nothing_is_written(
    kam: Kam, playbook: Path, arguments: tuple[str, ...], said: str, language: str
) -> None:
    before = (playbook / PORT).read_bytes()
    done = kam("--lang", language, *arguments)
    assert done.code == USAGE, done.out
    assert said in done.err
    assert done.out == ""
    assert (playbook / PORT).read_bytes() == before
    assert language == "en" or not done.err.isascii()


@pytest.mark.parametrize("broken", [b"a: [\n", b"version: 1\nname: x\nstakeholders: 5\n", b"\xff", b""])
def test_a_broken_file_stays_as_it_is(kam: Kam, playbook: Path, broken: bytes) -> None:
    (playbook / PORT).write_bytes(broken)
    for arguments in (
        LOG,
        ("set", "kestrel-bay-ports", "stance", "x=helper", "--why", "x"),
        ("done", "kestrel-bay-ports", "WO1"),
    ):
        done = kam(*arguments)
        assert done.code == USAGE
        assert "fault of kam" not in done.err
        assert done.err
    assert (playbook / PORT).read_bytes() == broken


def test_a_dry_run_shows_the_difference_and_writes_nothing(kam: Kam, playbook: Path) -> None:
    before = (playbook / PORT).read_bytes()
    done = kam(*LOG, "--dry-run", "--commit")
    assert done.code == FINE
    assert done.out.startswith(f"--- {PORT}\n+++ {PORT}\n@@ ")
    assert "\n+    content: talked\n" in done.out
    assert (playbook / PORT).read_bytes() == before
    assert not (playbook / ".kam").exists()


def test_what_a_file_holds_does_not_drive_the_terminal(kam: Kam, playbook: Path) -> None:
    text = (playbook / PORT).read_text("utf-8").replace("content: ", "content: \u202e##vso[task]", 1)
    (playbook / PORT).write_text(text, "utf-8")
    done = kam("set", "kestrel", "contacts.0.result=x", "--dry-run")
    assert done.code == FINE
    assert "\u202e" not in done.out
    assert "##vso[" not in done.out


# --- many at once, and git ----------------------------------------------------------------------------------------


def test_ten_processes_lose_nothing(playbook: Path) -> None:
    def one(number: int) -> int:
        words = ("log", "kestrel-bay-ports", "--with", "chief-executive", "-m", f"talk {number}")
        return process(*words, cwd=playbook).returncode

    with ThreadPoolExecutor(10) as pool:
        assert [*pool.map(one, range(10))] == [FINE] * 10
    written = [one["content"] for one in data(playbook, PORT)["contacts"]]
    assert {f"talk {number}" for number in range(10)} <= {*written}


def git(root: Path, *arguments: str) -> str:
    command = ("git", "-C", str(root), "-c", "core.quotePath=false", *arguments)
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


@pytest.fixture
def repository(playbook: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The playbook under git, with one commit."""
    for name, value in (("AUTHOR", "沈薇"), ("COMMITTER", "沈薇")):
        monkeypatch.setenv(f"GIT_{name}_NAME", value)
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "shen@example.com")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(playbook.parent / "none"))
    git(playbook, "init", "-q")
    git(playbook, "add", ".")
    git(playbook, "commit", "-qm", "first")
    return playbook


def test_a_commit_holds_the_file_alone_and_says_it_in_the_teams_language(kam: Kam, repository: Path) -> None:
    (repository / METRO).write_bytes((repository / METRO).read_bytes() + b"# mine\n")
    git(repository, "add", METRO)
    assert kam(*LOG, "--commit").code == FINE
    assert git(repository, "log", "-1", "--format=%s").strip() == (
        "Kestrel Bay Ports Group：拜访 Chief executive（沈薇，2026-01-15）"
    )
    assert git(repository, "show", "--format=", "--name-only").split() == [PORT]
    assert git(repository, "diff", "--cached", "--name-only").split() == [METRO]


@pytest.mark.parametrize("text", ["--amend", "-m x", "# comment", "$(touch pwned)", "`id`", "two\nlines", "--"])
def test_hostile_text_is_no_option_of_git(kam: Kam, repository: Path, text: str) -> None:
    assert kam("set", "kestrel", f"chief-executive.title={text}").code == FINE
    assert kam("set", "kestrel", f"name={text}", "--commit").code == FINE
    assert git(repository, "rev-list", "--count", "HEAD").strip() == "2"
    said = git(repository, "log", "-1", "--format=%B").strip()
    assert said == f"Kestrel Bay Ports Group：客户名称：{shown(text)}"
    assert not (repository / "pwned").exists()


def test_a_new_file_is_committed_too(kam: Kam, repository: Path) -> None:
    assert kam("new", "harbour", "--manager", "am-lin").code == FINE
    assert kam("set", "harbour", "status=prospect", "--commit").code == FINE
    assert git(repository, "status", "--porcelain", "accounts") == ""


def test_hooks_are_respected_and_what_they_say_is_said(kam: Kam, repository: Path) -> None:
    hook = repository / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'not on \x1b[31mFridays' >&2\nexit 1\n", "utf-8")
    hook.chmod(0o755)
    done = kam(*LOG, "--commit")
    assert done.code == USAGE
    assert "is written, but git made no commit: not on \\x1b[31mFridays" in done.err
    assert data(repository, PORT)["contacts"][-1]["content"] == "talked"


def test_without_git_it_is_written_and_said(kam: Kam, playbook: Path) -> None:
    done = kam(*LOG, "--commit")
    assert (done.code, "git made no commit" in done.err) == (USAGE, True)
    assert data(playbook, PORT)["contacts"][-1]["content"] == "talked"


def test_a_command_that_writes_loads_only_what_it_needs(playbook: Path) -> None:
    heavy = ("jinja2", "mkdocs", "rich", "multiprocessing", "jsonschema", "babel", "asyncio")
    program = (
        "import sys; from kam.cli import run; "
        f"run({[*LOG]!r}); "
        f"print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=playbook, capture_output=True, check=False, encoding="utf-8", timeout=120
    )
    assert done.stderr.endswith("[]\n")


@pytest.mark.parametrize(
    ("end", "fits"),
    [
        ("x-a: 1\n", True),
        ("x-a: 1", True),
        ("x-a: |\n  one\n  two\n", True),
        ("x-a: |+\n  one\n\n", False),
        ("x-a: one\n  two\n", True),
        ("x-a:\n  - 1\r\n", True),
    ],
)
def test_comments_at_the_end_change_no_value(end: str, fits: bool) -> None:
    document = source.read(f"version: 1\nname: x\n{end}".encode(), "accounts/x.yaml", "account")
    after = commented(document, ["", "# swot:", "#   reviewed:"], "account")
    assert isinstance(after, Document) is fits
    if isinstance(after, Document):
        assert after.data == document.data
        assert after.text.startswith(document.text)
        assert after.text.splitlines()[-2:] == ["# swot:", "#   reviewed:"]
