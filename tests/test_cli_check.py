"""`kam check` and `kam stats`: which accounts, which rules, which day, where to, and the exit code."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import pytest

from kam.cli import FINDINGS, FINE, USAGE
from tests.test_cli import Kam, kam, playbook, process

__all__ = ["kam", "playbook"]


def findings(kam: Kam, *arguments: str) -> list[dict[str, object]]:
    found = json.loads(kam("check", "--output-format", "json", *arguments).out)["findings"]
    assert isinstance(found, list)
    return found


def rules(kam: Kam, *arguments: str) -> set[str]:
    return {str(one["rule"]) for one in findings(kam, *arguments)}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("accounts/wangyu-logistics-park.yaml",), FINE),
        (("accounts/xinglan-roads-bureau.yaml",), FINE),
        (("accounts/xinglan-roads-bureau.yaml", "--fail-on", "warning"), FINDINGS),
        (("accounts/xinglan-roads-bureau.yaml", "--fail-on", "info"), FINDINGS),
        (("accounts/xinglan-roads-bureau.yaml", "--severity", "contact.stale=error"), FINDINGS),
        (("accounts/xinglan-roads-bureau.yaml", "--severity", "contact.stale=error", "--fail-on", "never"), FINE),
        (("accounts/chengyuan-metro.yaml",), FINDINGS),
        (("accounts/chengyuan-metro.yaml", "--fail-on", "never"), FINE),
        (("accounts/chengyuan-metro.yaml", "--select", "team"), FINE),
        (("--ignore", "ref,matrix,contact"), FINE),
        ((), FINDINGS),
    ],
)
def test_the_exit_code_follows_fail_on(kam: Kam, playbook: Path, arguments: tuple[str, ...], code: int) -> None:
    assert kam("check", *arguments).code == code


@pytest.mark.parametrize(
    ("arguments", "there", "gone"),
    [
        ((), {"contact.stale", "team.chain-incomplete"}, {"stakeholder.no-topics"}),
        (("--select", "contact.stale"), {"contact.stale"}, {"contact.no-result", "matrix.am-uncovered"}),
        (("--select", "contact"), {"contact.stale", "contact.no-result"}, {"matrix.am-uncovered"}),
        (("--select", "stakeholder.no-topics"), {"stakeholder.no-topics"}, {"contact.stale"}),
        (("--select", "contact", "--ignore", "contact.stale"), {"contact.no-result"}, {"contact.stale"}),
        (("--ignore", "contact", "--select", "contact.stale"), {"contact.stale"}, {"contact.no-result"}),
        (("--ignore", "contact,matrix"), {"team.chain-incomplete"}, {"contact.stale", "matrix.am-uncovered"}),
        (
            ("--ignore", "contact", "--ignore", "matrix"),
            {"team.chain-incomplete"},
            {"contact.stale", "matrix.am-uncovered"},
        ),
    ],
)
def test_rules_are_chosen(
    kam: Kam, playbook: Path, arguments: tuple[str, ...], there: set[str], gone: set[str]
) -> None:
    found = rules(kam, *arguments)
    assert there <= found
    assert not gone & found


@pytest.mark.parametrize(
    ("settings", "arguments", "speaks"),
    [
        ("ignore: [contact]", (), False),
        ("ignore: [contact]", ("--select", "contact.stale"), True),
        ("ignore: [contact.stale]", ("--select", "contact"), True),
        ("severity: {contact.stale: error}", (), True),
    ],
)
def test_the_command_line_beats_the_settings(
    kam: Kam, playbook: Path, settings: str, arguments: tuple[str, ...], speaks: bool
) -> None:
    text = (playbook / "kam.yaml").read_text("utf-8").partition("rules:")[0]
    (playbook / "kam.yaml").write_text(f"{text}rules:\n  {settings}\n", "utf-8")
    assert ("contact.stale" in rules(kam, *arguments)) is speaks


def test_severity_of_the_command_line_beats_that_of_the_family(kam: Kam, playbook: Path) -> None:
    found = findings(kam, "--severity", "contact=info", "--severity", "contact.stale=error")
    assert {one["severity"] for one in found if one["rule"] == "contact.stale"} == {"error"}
    assert {one["severity"] for one in found if one["rule"] == "contact.no-result"} == {"info"}


def test_faults_cannot_be_chosen_away(kam: Kam, playbook: Path) -> None:
    (playbook / "accounts/broken.yaml").write_text("version: 1\n\tname: x\n", "utf-8")
    assert "source.syntax" in rules(kam, "--select", "contact.stale")
    done = kam("check", "--ignore", "source.syntax")
    assert done.code == USAGE
    assert "always reported" in done.err


@pytest.mark.parametrize(
    ("here", "paths", "accounts"),
    [
        (".", (), 5),
        (".", ("accounts/wangyu-logistics-park.yaml",), 1),
        (".", ("accounts/wangyu-logistics-park.yaml", "accounts/wangyu-logistics-park.yaml"), 1),
        (".", ("accounts",), 5),
        (".", (".",), 5),
        (".", ("accounts/north",), 1),
        (".", ("accounts/north/", "accounts/kestrel-bay-ports.yaml"), 2),
        (".", ("kam.yaml",), 0),
        (".", ("company",), 0),
        (".", ("company/people.yaml",), 0),
        ("accounts", ("wangyu-logistics-park.yaml",), 1),
        ("accounts", ("accounts/wangyu-logistics-park.yaml",), 1),
        ("accounts/north", (".",), 1),
        ("accounts/north", ("..",), 5),
        ("accounts/north", ("../kestrel-bay-ports.yaml",), 1),
    ],
)
def test_paths_count_from_here_then_from_the_root(
    kam: Kam, playbook: Path, monkeypatch: pytest.MonkeyPatch, here: str, paths: tuple[str, ...], accounts: int
) -> None:
    (playbook / "accounts/north").mkdir()
    (playbook / "accounts/north/far.yaml").write_text("version: 1\nname: Far\n", "utf-8")
    monkeypatch.chdir(playbook / here)
    done = kam("check", "--output-format", "json", "--fail-on", "never", *paths)
    assert (done.code, json.loads(done.out)["summary"]["accounts"]) == (FINE, accounts)


@pytest.mark.parametrize("path", ["docs", "README.md", "accounts/a.yml", "accounts/empty", "company/notes.txt"])
def test_what_is_not_checked_is_refused(kam: Kam, playbook: Path, path: str) -> None:
    target = playbook / path
    target.parent.mkdir(exist_ok=True)
    target.write_text("x", "utf-8") if target.suffix else target.mkdir()
    done = kam("check", path)
    assert done.code == USAGE
    assert "not a file that kam checks" in done.err


def test_outside_is_refused_also_through_a_link(kam: Kam, playbook: Path) -> None:
    outside = playbook.parent / "outside"
    outside.mkdir()
    (outside / "x.yaml").write_text("version: 1\nname: X\n", "utf-8")
    (playbook / "link").symlink_to(outside)
    for path in ("../outside/x.yaml", str(outside), "link", "link/x.yaml"):
        done = kam("check", path)
        assert (done.code, "outside the playbook" in done.err) == (USAGE, True), path


def test_a_link_to_a_file_outside_is_a_fault(kam: Kam, playbook: Path) -> None:
    outside = playbook.parent / "x.yaml"
    outside.write_text("version: 1\nname: secret-name\n", "utf-8")
    (playbook / "accounts/link.yaml").symlink_to(outside)
    done = kam("check", "accounts/link.yaml")
    assert done.code == FINDINGS
    assert "source.unreadable" in done.out
    assert "secret" not in done.out


def test_one_file_is_checked_with_the_names_of_all_others(kam: Kam, playbook: Path) -> None:
    (playbook / "accounts/north").mkdir()
    (playbook / "accounts/north/kestrel-bay-ports.yaml").write_text("version: 1\nname: Twin\n", "utf-8")
    assert rules(kam, "accounts/north/kestrel-bay-ports.yaml") == {"source.duplicate-account"}


def test_rules_over_all_accounts_need_all_accounts(kam: Kam, playbook: Path) -> None:
    text = (playbook / "kam.yaml").read_text("utf-8")
    (playbook / "kam.yaml").write_text(
        text.replace("options: {}", "options: {load.am-overloaded: {accounts: 0}}"), "utf-8"
    )
    assert "load.am-overloaded" in rules(kam)
    assert "load.am-overloaded" not in rules(kam, "accounts")


def test_faults_of_the_company_are_told_with_a_path_too(kam: Kam, playbook: Path) -> None:
    (playbook / "company/people.yaml").write_text("version: 1\npeople: [x]\n", "utf-8")
    assert "company/people.yaml" in {one["path"] for one in findings(kam, "accounts/wangyu-logistics-park.yaml")}


def test_the_day_as_which_accounts_are_read(kam: Kam, playbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def day(*arguments: str) -> object:
        return json.loads(kam("check", "--output-format", "json", *arguments).out)["as_of"]

    assert day() == "2026-01-15"
    monkeypatch.setenv("KAM_AS_OF", "2026-02-01")
    assert day() == "2026-02-01"
    assert day("--as-of", "2026-03-01") == "2026-03-01"
    monkeypatch.setenv("KAM_AS_OF", "soon")
    done = kam("check")
    assert (done.code, "KAM_AS_OF" in done.err) == (USAGE, True)


def test_a_later_day_finds_more(kam: Kam, playbook: Path) -> None:
    now, later = (rules(kam, "accounts/kestrel-bay-ports.yaml", "--as-of", day) for day in ("2026-01-15", "2026-07-15"))
    assert now < later


def test_a_report_goes_into_a_file(kam: Kam, playbook: Path) -> None:
    done = kam("check", "-o", "out/report.json", "--output-format", "json")
    assert (done.code, done.out) == (FINDINGS, "")
    assert json.loads((playbook / "out/report.json").read_text("utf-8"))["version"] == 1


def test_statistics_count_by_rule(kam: Kam, playbook: Path) -> None:
    lines = kam("check", "--statistics", "--fail-on", "never").out.rstrip().split("\n")
    numbers = [int(line.split()[0]) for line in lines[:-1]]
    assert numbers == sorted(numbers, reverse=True)
    assert sum(numbers) == len([one for one in findings(kam) if not one["waived"]])


def test_files_that_look_like_accounts_are_mentioned(kam: Kam, playbook: Path) -> None:
    (playbook / "accounts/x.yml").write_text("version: 1\n", "utf-8")
    done = kam("check", "--fail-on", "never")
    assert done.err == "accounts/x.yml is not read: account files end in .yaml, in small letters.\n"


def test_hostile_names_do_not_reach_the_terminal(kam: Kam, playbook: Path) -> None:
    (playbook / "accounts/\x1b[31m\n::error ::x.yaml").write_text("version: 1\n", "utf-8")
    (playbook / "accounts/bad\udcff.yaml").write_text("version: 1\n", "utf-8")
    for form in ("full", "concise", "grouped", "github"):
        done = kam("check", "--output-format", form)
        assert "\x1b" not in done.out
        assert not [line for line in done.out.split("\n") if line.startswith("::error ::")]


def test_both_languages_find_the_same(kam: Kam, playbook: Path) -> None:
    english, chinese = (
        json.loads(kam("--lang", code, "check", "--output-format", "json").out) for code in ("en", "zh")
    )
    assert [one["id"] for one in english["findings"]] == [one["id"] for one in chinese["findings"]]
    assert len({one["id"] for one in english["findings"]}) == len(english["findings"])
    assert not [one["message"] for one in chinese["findings"] if one["message"].isascii()]
    assert not [one["fix"] for one in chinese["findings"] if one["fix"].isascii()]


def test_the_same_bytes_whatever_the_surroundings(playbook: Path) -> None:
    def out(**environment: str) -> str:
        return process("--lang", "zh", "check", "--output-format", "json", cwd=playbook, env=environment).stdout

    first = out(PYTHONHASHSEED="1", TZ="UTC", LANG="C.UTF-8")
    assert first == out(PYTHONHASHSEED="2", TZ="Pacific/Auckland", LANG="C")
    assert first


def test_accounts_that_is_no_folder_is_a_fault(kam: Kam, playbook: Path) -> None:
    shutil.rmtree(playbook / "accounts")
    (playbook / "accounts").write_text("x", "utf-8")
    done = kam("check", "--output-format", "concise")
    assert (done.code, "The folder cannot be read" in done.out) == (FINDINGS, True)
    for command in ("agenda", "stats"):
        assert "accounts cannot be read" in kam(command).err


def test_figures_of_all_accounts(kam: Kam, playbook: Path) -> None:
    value = json.loads(kam("stats", "--format", "json").out)
    assert list(value) == ["version", "as_of", "accounts", "portfolio"]
    assert list(value["accounts"]) == sorted(path.stem for path in (playbook / "accounts").glob("*.yaml"))
    assert value["portfolio"]["cells"] == sum(one["cells"] for one in value["accounts"].values())
    assert value["accounts"]["xinglan-roads-bureau"]["fresh_cells"] == 31


def test_figures_of_one_account(kam: Kam, playbook: Path) -> None:
    for asked in ("xinglan-roads-bureau", "星澜州公路局", "xinglan"):
        value = json.loads(kam("stats", asked, "--format", "json").out)
        assert list(value["accounts"]) == ["xinglan-roads-bureau"]
    assert value["portfolio"]["cells"] == 34


def test_figures_of_a_restricted_account_are_for_those_who_ask(kam: Kam, playbook: Path) -> None:
    file = playbook / "accounts/xinglan-roads-bureau.yaml"
    text = re.sub("(?m)^visibility:.*\n", "", file.read_text("utf-8"))
    file.write_text(f"{text}\nvisibility: restricted\n", "utf-8")
    done = kam("stats", "--format", "json")
    value = json.loads(done.out)
    assert file.stem not in value["accounts"]
    assert value["portfolio"]["cells"] == sum(one["cells"] for one in value["accounts"].values())
    assert "1; `--include-restricted`" in done.err
    for asked in (("--include-restricted",), (file.stem,)):
        done = kam("stats", "--format", "json", *asked)
        assert json.loads(done.out)["accounts"][file.stem]["cells"] == 34
        assert not done.err


@pytest.mark.parametrize(
    ("code", "said"), [("en", "SWOT: strengths 5, weaknesses 4"), ("zh", "立场：帮助者 0，支持者 3")]
)
def test_figures_as_text(kam: Kam, playbook: Path, code: str, said: str) -> None:
    done = kam("--lang", code, "stats")
    assert done.code == FINE
    assert said in done.out
    assert done.out.count("xinglan-roads-bureau") == 1


def test_an_account_without_figures_is_said(kam: Kam, playbook: Path) -> None:
    (playbook / "accounts/broken.yaml").write_text("[", "utf-8")
    done = kam("stats", "--format", "json")
    assert json.loads(done.out)["accounts"]["broken"] is None
    assert "accounts/broken.yaml cannot be read" in done.err


@pytest.mark.skipif(os.name == "nt", reason="no pseudo terminals")
def test_colours_are_for_terminals_only(playbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pty
    import subprocess
    import sys

    def shown(**environment: str) -> bytes:
        leader, follower = pty.openpty()
        program = [sys.executable, "-m", "kam", "check", "accounts/xinglan-roads-bureau.yaml"]
        env = (
            {name: value for name, value in os.environ.items() if name != "NO_COLOR"} | {"TERM": "xterm"} | environment
        )
        running = subprocess.Popen(program, stdout=follower, stderr=follower, env=env)
        os.close(follower)
        out = b""
        try:
            while part := os.read(leader, 65536):
                out += part
        except OSError:  # Linux says so when the other side is closed
            pass
        os.close(leader)
        assert running.wait(60) == FINE
        return out

    assert b"\x1b[" in shown()
    assert b"\x1b[" not in shown(NO_COLOR="1")
    assert "\x1b" not in process("check", cwd=playbook).stdout
