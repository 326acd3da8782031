"""Playbooks on the disk: the root, names of account files, files that cannot be read, the day, several processes."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kam import files, project, spread
from kam.config import Config, Selection
from kam.finding import Finding, KamError
from kam.language import Language
from kam.project import Project, load

ACCOUNT = "version: 1\nname: X\n"
PEOPLE = "version: 1\npeople: {am-lin: {name: Lin, function: account-manager}}\n"


def playbook(root: Path, *accounts: str, settings: str = "") -> Path:
    for name, text in {
        "kam.yaml": f"version: 1\ncompany: C\n{settings}",
        "company/people.yaml": PEOPLE,
        **{f"accounts/{name}": ACCOUNT for name in accounts},
    }.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root.resolve()


def faults(loaded: Project) -> dict[str, str]:
    return {name: fault.rule for name, fault in loaded.faults.items()}


def found(loaded: Project) -> list[Finding]:
    done = project.analysed(loaded, date(2026, 1, 15), Selection(), project.checked)
    return [one for part in done for one in part.findings]


def test_the_root_is_the_nearest_folder_with_kam_yaml(tmp_path: Path) -> None:
    root = playbook(tmp_path / "outer")
    inner = playbook(tmp_path / "outer" / "inner")
    deep = inner / "accounts" / "north"
    deep.mkdir(parents=True)
    assert project.root(deep) == inner
    assert project.root(deep, root) == root


@pytest.mark.parametrize("given", [True, False])
def test_without_kam_yaml_there_is_no_playbook(tmp_path: Path, given: bool) -> None:
    with pytest.raises(KamError, match=r"no kam\.yaml") as caught:
        project.root(tmp_path, tmp_path if given else None)
    assert caught.value.hint


def test_accounts_are_found_in_sub_folders_and_sorted(tmp_path: Path) -> None:
    root = playbook(tmp_path, "b.yaml", "north/a.yaml", "north/deep/z.yaml", ".hidden.yaml", ".git/x.yaml", "note.txt")
    loaded = load(root)
    assert loaded.accounts == ("accounts/b.yaml", "accounts/north/a.yaml", "accounts/north/deep/z.yaml")
    assert not loaded.faults
    assert not loaded.ignored


def test_files_that_look_like_accounts_are_not_passed_over_in_silence(tmp_path: Path) -> None:
    loaded = load(playbook(tmp_path, "a.yml", "b.YAML", "c.yaml", "d.yaml.txt"))
    assert loaded.ignored == ("accounts/a.yml", "accounts/b.YAML", "accounts/d.yaml.txt")


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["a.yaml", "north/a.yaml"], {"accounts/north/a.yaml": "source.duplicate-account"}),
        (["index.yaml"], {"accounts/index.yaml": "source.duplicate-account"}),
        (["con.yaml"], {"accounts/con.yaml": "source.duplicate-account"}),
        (["AUX.yaml"], {"accounts/AUX.yaml": "source.duplicate-account"}),
        (["lpt1.yaml"], {"accounts/lpt1.yaml": "source.duplicate-account"}),
        (
            ["Acme.yaml", "acme.yaml", "n/ACME.yaml"],
            {"accounts/Acme.yaml": "source.duplicate-account", "accounts/n/ACME.yaml": "source.duplicate-account"},
        ),
        (["fi.yaml", "n/ﬁ.yaml"], {"accounts/n/ﬁ.yaml": "source.duplicate-account"}),
        (["海港.yaml"], {"accounts/海港.yaml": "schema.pattern"}),
        (["a--b.yaml"], {"accounts/a--b.yaml": "schema.pattern"}),
        (["-a.yaml"], {"accounts/-a.yaml": "schema.pattern"}),
        (["a b.yaml"], {"accounts/a b.yaml": "schema.pattern"}),
        (["a.b.yaml"], {"accounts/a.b.yaml": "schema.pattern"}),
        (["x-a.yaml"], {"accounts/x-a.yaml": "schema.pattern"}),
        (["a\n.yaml"], {"accounts/a\n.yaml": "schema.pattern"}),
        ([f"{'a' * 65}.yaml"], {f"accounts/{'a' * 65}.yaml": "schema.pattern"}),
        ([f"{'a' * 64}.yaml", "360.yaml", "a-1-b.yaml"], {}),
    ],
)
def test_names_that_cannot_be_an_account(tmp_path: Path, names: list[str], said: dict[str, str]) -> None:
    loaded = load(playbook(tmp_path, *names))
    assert faults(loaded) == said
    assert {one.file: one.rule for one in found(loaded) if one.family in ("source", "schema")} == said


def test_the_second_account_names_the_first(tmp_path: Path) -> None:
    loaded = load(playbook(tmp_path, "a.yaml", "north/a.yaml"))
    assert loaded.faults["accounts/north/a.yaml"].message.values["file"] == "accounts/a.yaml"


def links(root: Path) -> dict[str, str]:
    """Places that cannot be read as an account, made in a playbook."""
    accounts = root / "accounts"
    accounts.mkdir(exist_ok=True)
    outside = root.parent / "outside"
    outside.mkdir()
    (outside / "secret.yaml").write_text(ACCOUNT, "utf-8")
    (accounts / "out.yaml").symlink_to(outside / "secret.yaml")
    (accounts / "gone.yaml").symlink_to(outside / "nothing.yaml")
    (accounts / "circle.yaml").symlink_to(accounts / "circle.yaml")
    (accounts / "folder.yaml").mkdir()
    (accounts / "linked").symlink_to(outside)
    os.mkfifo(accounts / "pipe.yaml")
    (accounts / "good.yaml").write_text(ACCOUNT, "utf-8")
    (accounts / "inside.yaml").symlink_to(accounts / "good.yaml")
    unreadable = ("circle.yaml", "gone.yaml", "linked", "out.yaml", "pipe.yaml")
    return {f"accounts/{name}": "source.unreadable" for name in unreadable}


def test_what_cannot_be_read_is_said_and_hides_nothing(tmp_path: Path) -> None:
    root = playbook(tmp_path / "root")
    expected = links(root)
    unread = {one.file: one.rule for one in found(load(root)) if one.family == "source"}
    assert unread == expected
    assert "accounts/inside.yaml" in load(root).accounts


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = playbook(tmp_path, "a.yaml")

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    fault = files.read(root, "accounts/a.yaml")
    assert isinstance(fault, Finding)
    assert fault.rule == "source.unreadable"


def test_a_file_that_vanishes_while_we_work_is_a_fault(tmp_path: Path) -> None:
    root = playbook(tmp_path, "a.yaml", "b.yaml")
    loaded = load(root)
    (root / "accounts/a.yaml").unlink()
    assert [one.file for one in found(loaded) if one.rule == "source.unreadable"] == ["accounts/a.yaml"]


def test_people_that_are_missing_are_a_fault_and_nobody_is_unknown(tmp_path: Path) -> None:
    root = playbook(tmp_path, "a.yaml")
    (root / "accounts/a.yaml").write_text(ACCOUNT + "team: {manager: nobody}\n", "utf-8")
    (root / "company/people.yaml").unlink()
    loaded = load(root)
    assert [(one.rule, one.file) for one in loaded.company.faults] == [("source.unreadable", "company/people.yaml")]
    assert not [one for one in found(loaded) if one.family == "ref"]


def test_broken_settings_are_faults_and_the_defaults_count(tmp_path: Path) -> None:
    root = playbook(tmp_path, "a.yaml")
    (root / "kam.yaml").write_text("version: 1\n\tcompany: x\n", "utf-8")
    loaded = load(root)
    assert [one.rule for one in loaded.company.faults] == ["source.syntax"]
    assert loaded.config == Config()


@pytest.mark.parametrize("zone", ["Mars/Base", "../../etc/passwd", "/etc/passwd", "Asia", "a\\0b"])
def test_a_time_zone_that_nobody_knows_is_a_fault(tmp_path: Path, zone: str) -> None:
    loaded = load(playbook(tmp_path, settings=f'timezone: "{zone}"\n'))
    faults = [(one.rule, one.pointer, one.place.line) for one in loaded.company.faults if one.rule == "schema.format"]
    assert faults == [("schema.format", "/timezone", 3)] or "\\0" in zone
    assert loaded.config.timezone == "Asia/Shanghai"


@pytest.mark.parametrize(
    ("asked", "as_of", "zone", "day"),
    [
        (None, None, "Asia/Shanghai", date(2026, 1, 16)),
        (None, None, "UTC", date(2026, 1, 15)),
        (None, date(2025, 5, 5), "UTC", date(2025, 5, 5)),
        (date(2024, 4, 4), date(2025, 5, 5), "UTC", date(2024, 4, 4)),
    ],
)
def test_the_day_as_which_everything_is_read(asked: date | None, as_of: date | None, zone: str, day: date) -> None:
    now = datetime(2026, 1, 15, 20, 0, tzinfo=UTC)
    assert project.today(Config()._replace(as_of=as_of, timezone=zone), asked, now) == day


@pytest.mark.parametrize(
    ("rules", "where", "said"),
    [
        ("ignore: [contact.stal]", "kam.yaml:4", "contact.stale"),
        ("ignore: [nonsense]", "kam.yaml:4", "kam rule"),
        ("severity: {contct: error}", "kam.yaml:4", "contact"),
        ("mandatory: [contakt]", "kam.yaml:4", "contact"),
        ("options: {matrix.review-ol: {days: 3}}", "kam.yaml:4", "matrix.review-old"),
        ("options: {matrix: {days: 3}}", "kam.yaml:4", ""),
        ("options: {matrix.review-old: {day: 3}}", "kam.yaml:4", "days"),
        ("options: {matrix.review-old: {days: soon}}", "kam.yaml:4", ""),
        ("options: {matrix.review-old: {days: true}}", "kam.yaml:4", ""),
        ("options: {matrix.review-old: {days: 12.5}}", "kam.yaml:4", ""),
        ("options: {roadmap.lead-too-short: {months: -1}}", "kam.yaml:4", ""),
        ("options: {matrix.copied-example: {share: x}}", "kam.yaml:4", ""),
        ("ignore: [source.tag]", "kam.yaml:4", ""),
    ],
)
def test_unknown_rules_and_options_in_the_settings_are_refused(
    tmp_path: Path, rules: str, where: str, said: str
) -> None:
    root = playbook(tmp_path, settings=f"rules:\n  {rules}\n")
    with pytest.raises(KamError) as caught:
        load(root)
    english = Language("en")
    assert english.say(caught.value.message).startswith(f"{where}: ")
    assert said in (english.say(caught.value.hint) if caught.value.hint else "")


def test_known_rules_and_options_in_the_settings_are_taken(tmp_path: Path) -> None:
    options = "{matrix.review-old: {days: 30}, matrix.copied-example: {share: 1, cells: 0}}"
    rules = f"{{ignore: [contact, matrix.level-gap], severity: {{swot: info}}, options: {options}}}"
    loaded = load(playbook(tmp_path, settings=f"rules: {rules}\n"))
    assert loaded.config.options == {
        "matrix.review-old": {"days": 30},
        "matrix.copied-example": {"share": 1, "cells": 0},
    }
    assert not loaded.company.faults


def test_several_processes_find_the_same_in_the_same_order(tmp_path: Path) -> None:
    names = [f"a{number:03}.yaml" for number in range(spread.MANY + 10)]
    root = playbook(tmp_path, *names, "broken.yaml", "Bad Name.yaml")
    (root / "accounts/broken.yaml").write_text("version: 1\n\tname: x\n", "utf-8")
    loaded = load(root)
    one, two = (
        list(project.analysed(loaded, date(2026, 1, 15), Selection(), project.checked, jobs=jobs)) for jobs in (1, 2)
    )
    assert one == two
    assert [part.row.file for part in two] == list(loaded.accounts)


def test_writing_is_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "deep" / "out.txt"
    files.write(target, "old\n")
    target.chmod(0o640)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(KamError, match="the disk is full"):
            files.write(target, "new\n")
    assert target.read_text("utf-8") == "old\n"
    files.write(target, "新\n")
    assert target.read_bytes() == "新\n".encode()
    assert target.stat().st_mode & 0o777 == 0o640
    assert list(target.parent.iterdir()) == [target]


def test_writing_through_a_link_keeps_the_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old", "utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    files.write(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text("utf-8") == "new"


def test_folders_that_lie_too_deep_are_a_fault(tmp_path: Path) -> None:
    root = playbook(tmp_path, "good.yaml", f"{'a/' * 40}deep.yaml")
    loaded = load(root)
    assert "accounts/good.yaml" not in loaded.faults
    (fault,) = loaded.faults.values()
    assert (fault.rule, "too deep" in Language("en").say(fault.message)) == ("source.unreadable", True)


def test_a_linked_folder_hides_no_account_of_its_name(tmp_path: Path) -> None:
    root = playbook(tmp_path, "good.yaml", "north/a.yaml")
    (root / "accounts/good").symlink_to("north")
    loaded = load(root)
    assert loaded.faults.keys() == {"accounts/good"}
