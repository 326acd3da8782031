"""`kam play`: what fits, steps as actions, how a play ended; on real files, in both languages, and used wrongly."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from kam import schema, source
from kam.cli import FINE, USAGE
from tests.test_cli import Kam, kam, playbook, process
from tests.test_plays import own

__all__ = ["kam", "playbook"]
ID, PLAY = "xinglan-roads-bureau", "technical-opponent"
FILE = f"accounts/{ID}.yaml"


def data(root: Path) -> dict[str, Any]:
    document = source.read((root / FILE).read_bytes(), FILE, "account")
    settled = schema.settle(document, "account")
    assert (*settled.faults, *schema.problems(settled, "account")) == ()
    return settled.data or {}


def findings(kam: Kam) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(kam("check", FILE, "--output-format", "json").out)["findings"]
    return found


@pytest.mark.parametrize(
    ("code", "name", "why"), [("en", "Before a tender", "close to"), ("zh", "投标之前", "临近拍板")]
)
def test_an_account_alone_names_what_fits_and_why(kam: Kam, playbook: Path, code: str, name: str, why: str) -> None:
    done = kam("--lang", code, "play", ID)
    assert done.code == FINE
    assert name in done.out
    assert why in done.out
    assert f"kam play {ID} " in done.out


def test_the_steps_become_actions_with_owners_and_days(kam: Kam, playbook: Path) -> None:
    before = (playbook / FILE).read_text("utf-8")
    done = kam("play", ID, PLAY, "--from", "2026-02-01")
    assert done.code == FINE, done.err
    actions = {key: one for key, one in data(playbook)["actions"].items() if one.get("play") == PLAY}
    assert [(key.removeprefix(PLAY), one["owner"], one["due"]) for key, one in actions.items()] == [
        ("-reason", "am-lin", "2026-02-06"),
        ("-answer", "pse-tang", "2026-02-13"),
        ("-talk", "pse-tang", "2026-02-21"),
        ("-test", "tdm-qian", "2026-03-18"),
        ("-check", "am-lin", "2026-03-28"),
    ]
    assert {one["begun"] for one in actions.values()} == {"2026-02-01"}
    assert actions[f"{PLAY}-talk"]["for"] == ["chief-engineer"]
    after = (playbook / FILE).read_text("utf-8")
    assert [line for line in before.splitlines() if line not in after.splitlines()] == []
    assert not [one for one in findings(kam) if one["pointer"].startswith("/actions") and one["severity"] == "error"]


@pytest.mark.parametrize(("languages", "text"), [("[zh, en]", "弄清真正的原因"), ("[en]", "Find out the real reason")])
def test_the_file_gets_the_language_of_the_playbook(kam: Kam, playbook: Path, languages: str, text: str) -> None:
    settings = (playbook / "kam.yaml").read_text("utf-8")
    (playbook / "kam.yaml").write_text(re.sub(r"languages: \[zh, en\]", f"languages: {languages}", settings), "utf-8")
    assert kam("play", ID, PLAY).code == FINE
    assert text in (playbook / FILE).read_text("utf-8")


def test_a_dry_run_shows_the_difference_and_writes_nothing(kam: Kam, playbook: Path) -> None:
    before = (playbook / FILE).read_bytes()
    done = kam("play", ID, PLAY, "--dry-run")
    assert done.code == FINE
    assert f"+  {PLAY}-reason:" in done.out
    assert (playbook / FILE).read_bytes() == before


def test_a_play_solves_the_finding_that_asked_for_it(kam: Kam, playbook: Path) -> None:
    metro = "accounts/chengyuan-metro.yaml"

    def rules() -> set[str]:
        found = json.loads(kam("check", metro, "--output-format", "json").out)["findings"]
        return {one["rule"] for one in found}

    assert "stakeholder.opponent-no-plan" in rules()
    assert kam("play", "chengyuan-metro", PLAY).code == FINE
    assert "stakeholder.opponent-no-plan" not in rules()
    assert f"{PLAY}: running" in kam("play", "chengyuan-metro").out


def test_comments_line_ends_and_the_mark_stay(kam: Kam, playbook: Path) -> None:
    raw = b"\xef\xbb\xbf" + (playbook / FILE).read_bytes().replace(b"\n", b"\r\n")
    (playbook / FILE).write_bytes(raw)
    assert kam("play", ID, PLAY).code == FINE
    after = (playbook / FILE).read_bytes()
    assert after.startswith(b"\xef\xbb\xbf")
    assert after.count(b"\n") == after.count(b"\r\n")
    assert [line for line in raw.splitlines() if line not in after.splitlines()] == []


def test_progress_and_outcome_are_followed(kam: Kam, playbook: Path) -> None:
    assert kam("play", ID, PLAY, "--from", "2026-01-01").code == FINE
    assert kam("done", ID, f"{PLAY}-reason").code == FINE
    assert f"  {ID}: running, 1 of 5 steps done, begun on 2026-01-01" in kam("play", "--list").out
    done = kam("play", ID, PLAY, "--outcome", "worked", "--lesson", "It was the noise: #1")
    assert done.code == FINE, done.err
    actions = data(playbook)["actions"]
    assert [actions[f"{PLAY}-{step}"]["status"] for step in ("reason", "answer", "check")] == [
        "done",
        "dropped",
        "dropped",
    ]
    assert actions[f"{PLAY}-check"]["outcome"] == "worked"
    assert actions[f"{PLAY}-check"]["lesson"] == "It was the noise: #1"
    assert f"  {ID}: worked, 1 of 5 steps done" in kam("play", "--list").out
    assert kam("play", ID, PLAY, "--from", "2026-06-01").code == FINE
    again = data(playbook)["actions"]
    assert again[f"{PLAY}-reason-2"]["begun"] == "2026-06-01"
    assert kam("play", ID, PLAY, "--outcome", "failed").code == FINE
    listed = kam("play", "--list").out
    assert f"  {ID}: worked, 1 of 5 steps done, begun on 2026-01-01" in listed
    assert f"  {ID}: did not work, 0 of 5 steps done, begun on 2026-06-01" in listed


def test_an_outcome_can_be_corrected(kam: Kam, playbook: Path) -> None:
    assert kam("play", ID, PLAY).code == FINE
    assert kam("play", ID, PLAY, "--outcome", "worked").code == FINE
    assert kam("play", ID, PLAY, "--outcome", "failed").code == FINE
    assert [one["outcome"] for one in data(playbook)["actions"].values() if "outcome" in one] == ["failed"]


def test_a_play_and_an_account_are_found_by_their_names(kam: Kam, playbook: Path) -> None:
    assert kam("play", "星澜", "技术上有人反对", "--dry-run").code == FINE
    assert f"+  {PLAY}-reason:" in kam("play", "xinglan", "technical", "--dry-run").out


@pytest.mark.parametrize(
    ("begun", "found"), [("tech", {PLAY}), ("year", {"year-end", "year-end-budget"}), ("zzz", set())]
)
def test_plays_are_completed(playbook: Path, begun: str, found: set[str]) -> None:
    own(playbook, "version: 1\nname: Ours\nsteps: {}\n")
    env = {"_KAM_COMPLETE": "bash_complete", "COMP_WORDS": f"kam play {ID} {begun}", "COMP_CWORD": "3"}
    out = process(cwd=playbook, env=env).stdout
    assert {line.partition(",")[2] for line in out.split()} == found


def test_who_is_missing_in_the_team_is_said(kam: Kam, playbook: Path) -> None:
    done = kam("play", "wangyu-logistics-park", "complaint")
    assert done.code == FINE
    assert "Nothing in this account asks for the play" in done.err
    assert "Nobody in the team is After-sales engineer" in done.err
    text = (playbook / "accounts/wangyu-logistics-park.yaml").read_text("utf-8")
    assert text.count("owner: am-han") == 5


def test_a_play_that_left_the_library_is_still_followed(kam: Kam, playbook: Path) -> None:
    own(playbook, "version: 1\nname: Ours\nsteps: {ask: {text: Ask}}\n")
    assert kam("play", ID, "year-end").code == FINE
    (playbook / "company/plays/year-end.yaml").unlink()
    listed = kam("play").out
    assert "year-end            no longer in the library" in listed
    assert f"  {ID}: running, 0 of 1 steps done" in listed


def test_hostile_texts_of_a_play_stay_texts(kam: Kam, playbook: Path) -> None:
    evil = 'a: "b" # c\\n{% raw %} {name} *x &y !z'
    own(playbook, f"version: 1\nname: {json.dumps(evil)}\nsteps: {{ask: {{text: {json.dumps(evil)}}}}}\n")
    assert kam("play").code == FINE
    assert kam("play", ID, "year-end").code == FINE
    assert data(playbook)["actions"]["year-end-ask"]["text"] == evil


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nobody", PLAY), "nobody"),
        ((ID, "tecnical-oponent"), "technical-opponent"),
        ((ID, PLAY, "--from", "2026-02-30"), "2026-02-30"),
        ((ID, PLAY, "--from", "9999-12-30"), "--from"),
        ((ID, PLAY, "--outcome", "worked"), "was not begun"),
        ((ID, PLAY, "--outcome", "perhaps"), "perhaps"),
        ((ID, PLAY, "--outcome", "worked", "--from", "2026-01-01"), "--outcome"),
        ((ID, PLAY, "--lesson", "Much"), "--outcome"),
        ((ID, "--outcome", "worked"), "kam play ID PLAY"),
        ((ID, "--list"), "--list"),
        (("--dry-run",), "kam play ID PLAY"),
        ((ID, PLAY, "more"), "more"),
    ],
)
def test_wrong_use_is_said_and_writes_nothing(kam: Kam, playbook: Path, arguments: tuple[str, ...], said: str) -> None:
    before = (playbook / FILE).read_bytes()
    done = kam("play", *arguments)
    assert done.code == USAGE
    assert said in done.err
    assert (playbook / FILE).read_bytes() == before


def test_a_play_that_runs_is_not_begun_again(kam: Kam, playbook: Path) -> None:
    assert kam("play", ID, PLAY).code == FINE
    before = (playbook / FILE).read_bytes()
    done = kam("play", ID, PLAY)
    assert (done.code, "5 steps are open" in done.err) == (USAGE, True)
    assert kam("play", ID, PLAY, "--outcome", "worked", "--lesson", " ").code == USAGE
    assert (playbook / FILE).read_bytes() == before


def test_a_play_without_steps_and_a_broken_account_are_refused(kam: Kam, playbook: Path) -> None:
    own(playbook, "version: 1\nname: Ours\nsteps: {}\n")
    assert kam("play", ID, "year-end").code == USAGE
    (playbook / FILE).write_text("version: 1\nname: [\n", "utf-8")
    for asked in ((ID, PLAY), (ID,)):
        done = kam("play", *asked)
        assert (done.code, done.out) == (USAGE, "")
        assert f"{FILE} cannot be read" in done.err
    assert (playbook / FILE).read_text("utf-8") == "version: 1\nname: [\n"
    assert kam("play", "--list").code == FINE
