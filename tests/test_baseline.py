"""Baselines: old findings are accepted by id, faults never are, and the list only shrinks."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from junitparser import JUnitXml

from kam import baseline
from kam.baseline import Baseline
from kam.cli import FINDINGS, FINE, USAGE
from kam.finding import Finding, KamError, Message, Waived
from tests import test_reports
from tests.test_cli import Kam, kam

__all__ = ["kam"]
HARBOUR = "accounts/harbour.yaml"
UNCOVERED, STALE = "matrix.am-uncovered@harbour/nurse", "contact.stale@harbour/td-sun/head"


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A playbook with findings and no fault, which is the current folder."""
    root = test_reports.playbook(tmp_path / "old")
    (root / "accounts/north/broken.yaml").unlink()
    file = root / HARBOUR
    file.write_text(file.read_text("utf-8").replace(", stage: 成长", ""), "utf-8")
    monkeypatch.chdir(root)
    return root


def ids(kam: Kam, *arguments: str) -> list[str]:
    told = json.loads(kam("check", "--output-format", "json", *arguments).out)["findings"]
    return [one["id"] for one in told if not one["waived"]]


def lines(file: Path) -> list[str]:
    return [line for line in file.read_text("utf-8").splitlines() if not line.startswith("#")]


def cover(root: Path) -> None:
    """The account manager gets to know the nurse."""
    file = root / HARBOUR
    file.write_text(
        file.read_text("utf-8").replace("am-lin: {head: keep}", "am-lin: {head: keep, nurse: keep}"), "utf-8"
    )


def test_a_new_baseline_holds_what_is_found_sorted(kam: Kam, old: Path) -> None:
    before = ids(kam)
    assert UNCOVERED in before
    done = kam("check", "--write-baseline", "old.txt")
    assert (done.code, done.err) == (FINE, f"Written to old.txt, accepted findings: {len(before)}.\n")
    assert lines(old / "old.txt") == sorted(before)
    assert "matrix.intro-overdue" not in (old / "old.txt").read_text("utf-8")  # waived already
    assert "nothing to complain about" not in done.out
    assert ids(kam, "--baseline", "old.txt") == []


def test_what_stands_in_the_baseline_is_not_told_and_does_not_count(kam: Kam, old: Path) -> None:
    assert kam("check").code == FINDINGS
    (old / "old.txt").write_text(f"# ours\n{UNCOVERED}\n", "utf-8")
    done = kam("check", "--baseline", "old.txt")
    assert done.code == FINE
    assert done.err == "Not told, because they stand in old.txt: 1.\n"
    assert "matrix.am-uncovered" not in done.out
    assert "contact.stale" in done.out
    assert kam("check", "--baseline", "old.txt", "--fail-on", "warning").code == FINDINGS


def test_lines_may_move_and_new_findings_are_told(kam: Kam, old: Path) -> None:
    kam("check", "--write-baseline", "old.txt")
    file = old / HARBOUR
    file.write_text(
        "# moved\n\n" + file.read_text("utf-8").replace("护士长, buying", "护士长, level: 9, buying"), "utf-8"
    )
    assert ids(kam, "--baseline", "old.txt") == ["schema.range@harbour/stakeholders/nurse/level"]
    file.write_text(file.read_text("utf-8").replace("level: 9, ", "").replace("am-lin: {head: keep}, ", ""), "utf-8")
    assert any(one.startswith("matrix.am-uncovered@harbour/head") for one in ids(kam, "--baseline", "old.txt"))


def test_faults_are_never_accepted(kam: Kam, old: Path) -> None:
    (old / "accounts/broken.yaml").write_text("version: 1\nname: Broken\n\tteam: x\n", "utf-8")
    done = kam("check", "--write-baseline", "old.txt", "--output-format", "concise")
    assert done.code == FINDINGS
    assert "[source.syntax]" in done.out
    assert "source." not in (old / "old.txt").read_text("utf-8")
    (old / "bad.txt").write_text(f"{STALE}\nsource.syntax@broken//\n", "utf-8")
    done = kam("check", "--baseline", "bad.txt")
    assert done.code == USAGE
    assert "bad.txt:2: “source.syntax@broken//” is a fault of a file; faults cannot be accepted." in done.err


def test_mandatory_families_are_never_accepted(kam: Kam, old: Path) -> None:
    kam("check", "--write-baseline", "old.txt")
    settings = old / "kam.yaml"
    settings.write_text(settings.read_text("utf-8") + "rules: {mandatory: [matrix]}\n", "utf-8")
    assert UNCOVERED in ids(kam, "--baseline", "old.txt")
    kam("check", "--write-baseline", "new.txt")
    assert UNCOVERED not in lines(old / "new.txt")
    assert STALE in lines(old / "new.txt")


def test_what_is_no_longer_found_is_said_and_goes_only_when_asked(kam: Kam, old: Path) -> None:
    (old / "old.txt").write_text(f"# why\r\n{UNCOVERED}\r\n\r\n# later\r\n  {STALE}\r\n", "utf-8", newline="")
    cover(old)
    before = (old / "old.txt").read_bytes()
    done = kam("check", "--baseline", "old.txt")
    assert f"can be removed from old.txt (--update-baseline does it): 1.\n  {UNCOVERED}\n" in done.err
    assert (old / "old.txt").read_bytes() == before
    done = kam("check", "--baseline", "old.txt", "--update-baseline")
    assert f"No longer found, and removed from old.txt: 1.\n  {UNCOVERED}\n" in done.err
    assert (old / "old.txt").read_bytes() == f"# why\r\n\r\n# later\r\n  {STALE}\r\n".encode()


def test_an_update_never_adds(kam: Kam, old: Path) -> None:
    (old / "old.txt").write_text(f"{STALE}\n", "utf-8")
    done = kam("check", "--baseline", "old.txt", "--update-baseline")
    assert done.code == FINDINGS
    assert (old / "old.txt").read_text("utf-8") == f"{STALE}\n"


def test_a_part_of_the_accounts_says_nothing_about_the_others(kam: Kam, old: Path) -> None:
    (old / "old.txt").write_text(f"{STALE}\ncontact.stale@gone/a/b\n", "utf-8")
    for part in ((HARBOUR,), ("--select", "matrix"), ("--ignore", "contact")):
        assert "no longer found" not in kam("check", "--baseline", "old.txt", *part).err.lower()
        done = kam("check", "--baseline", "old.txt", "--update-baseline", *part)
        assert done.code == USAGE
        assert "needs a check of everything" in done.err
    assert len(lines(old / "old.txt")) == 2
    assert "contact.stale@gone/a/b" in kam("check", "--baseline", "old.txt").err


def test_a_broken_file_takes_nothing_out(kam: Kam, old: Path) -> None:
    kam("check", "--write-baseline", "old.txt")
    before = lines(old / "old.txt")
    whole = (old / HARBOUR).read_text("utf-8")
    (old / HARBOUR).write_text(f"{whole}\tx\n", "utf-8")
    kam("check", "--baseline", "old.txt", "--update-baseline")
    assert lines(old / "old.txt") == before
    (old / HARBOUR).write_text(whole, "utf-8")
    (old / "company/people.yaml").write_text("people: [", "utf-8")
    kam("check", "--baseline", "old.txt", "--update-baseline")
    assert lines(old / "old.txt") == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--baseline", "none.txt"), "There is no file none.txt."),
        (("--baseline", "accounts"), "is a directory"),
        (("--update-baseline",), "--update-baseline needs --baseline FILE."),
        (("--baseline", "old.txt", "--write-baseline", "b.txt"), "not both"),
        (("--baseline", "old.txt", "-o", "./old.txt"), "cannot be the same file"),
        (("--write-baseline", "accounts/old.txt"), "nothing else is written there"),
        (("--write-baseline", "old.txt"), "old.txt is there already; nothing was written."),
        (("--baseline", "junk.txt"), "junk.txt:2: “<<<<<<< ours” is not the id of a finding."),
        (("--baseline", "wide.txt"), "wide.txt:1: The file is not UTF-8"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    kam: Kam, old: Path, arguments: tuple[str, ...], said: str
) -> None:
    (old / "old.txt").write_text(f"{STALE}\n", "utf-8")
    (old / "junk.txt").write_text(f"{STALE}\n<<<<<<< ours\n", "utf-8")
    (old / "wide.txt").write_bytes(STALE.encode("utf-16"))
    before = {path: path.read_bytes() for path in old.rglob("*") if path.is_file()}
    done = kam("check", *arguments)
    assert done.code == USAGE
    assert said in done.err
    assert {path: path.read_bytes() for path in old.rglob("*") if path.is_file()} == before


def test_an_interrupted_update_leaves_the_old_file(kam: Kam, old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (old / "old.txt").write_text(f"{UNCOVERED}\n", "utf-8")
    cover(old)

    def full(_self: Path, _target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    done = kam("check", "--baseline", "old.txt", "--update-baseline")
    assert done.code == USAGE
    assert (old / "old.txt").read_text("utf-8") == f"{UNCOVERED}\n"
    assert not list(old.glob(".kam-*"))


def finding(object: str, rule: str = "contact.stale") -> Finding:
    return Finding(rule, "warning", Message("m"), Message("f"), HARBOUR, object=object, account="harbour")


@pytest.mark.parametrize(
    "object", ["a\nb", "a\r\nsource.syntax@x//", "# x", "\u202eb", "a ", "\u2028", "张 三/王", "\ud800"]
)
def test_an_id_keeps_to_its_line_whatever_stands_in_it(object: str, tmp_path: Path) -> None:
    written = baseline.write(tmp_path / "new.txt", [finding(object), finding("other")], ())
    again = baseline.read(tmp_path / "new.txt")
    assert again.ids == written.ids
    assert len(again.ids) == 2
    assert baseline.accepts(finding(object), again.ids, ())
    assert not baseline.accepts(finding("third"), again.ids, ())


def test_a_waived_finding_needs_no_baseline() -> None:
    waived = finding("a")._replace(waived=Waived("w", None, date(2026, 2, 1)))
    known = Baseline(Path("old.txt"), (baseline.name(waived),))
    assert baseline.gone(known, [waived], ()) == (baseline.name(waived),)
    assert baseline.gone(known, [finding("a")], ()) == ()


def test_a_baseline_comes_into_being_once(tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to(tmp_path / "nowhere.txt")
    with pytest.raises(KamError, match="is there already"):
        baseline.write(tmp_path / "link.txt", [finding("a")], ())
    assert not (tmp_path / "nowhere.txt").exists()


@pytest.mark.parametrize("name", ["full", "concise", "grouped"])
def test_statistics_follow_the_baseline(kam: Kam, old: Path, name: str) -> None:
    (old / "old.txt").write_text(f"{UNCOVERED}\n", "utf-8")
    arguments = ("check", "--statistics", "--output-format", name)
    assert "matrix.am-uncovered" in kam(*arguments).out
    assert "matrix.am-uncovered" not in kam(*arguments, "--baseline", "old.txt").out


def test_statistics_as_json(kam: Kam, old: Path) -> None:
    value = json.loads(kam("check", "--statistics", "--output-format", "json").out)
    assert list(value) == ["version", "as_of", "summary", "statistics"]
    assert {"rule": "matrix.am-uncovered", "severity": "error", "number": 1} in value["statistics"]
    told = sum(value["summary"][severity] for severity in ("error", "warning", "info"))
    assert sum(one["number"] for one in value["statistics"]) == told


def test_junit_names_every_file_that_was_checked(kam: Kam, old: Path) -> None:
    kam("check", "--write-baseline", "old.txt")
    suites = JUnitXml.fromstring(kam("check", "--baseline", "old.txt", "--output-format", "junit").out.encode())
    assert [(suite.name, suite.tests, suite.failures) for suite in suites] == [
        (HARBOUR, 1, 0),
        ("company/people.yaml", 1, 0),
        ("kam.yaml", 1, 0),
    ]
    failing = JUnitXml.fromstring(kam("check", "--fail-on", "warning", "--output-format", "junit").out.encode())
    assert failing.failures == failing.tests - 2 > 1
    assert not failing.skipped


def test_a_baseline_is_spoken_of_in_chinese(kam: Kam, old: Path) -> None:
    done = kam("--lang", "zh", "check", "--write-baseline", "old.txt")
    assert done.err.startswith("已写入 old.txt，暂时接受的问题")
    cover(old)
    done = kam("--lang", "zh", "check", "--baseline", "old.txt")
    assert "可以从 old.txt 里去掉的（用 --update-baseline）：1 条。" in done.err
