"""What git knows: real repositories, hostile settings, names that look like options, cut-off histories."""

from __future__ import annotations

import hashlib
import os
import subprocess
import zlib
from datetime import date
from pathlib import Path

import pytest

from kam import git
from kam.finding import Message
from kam.git import History

ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}


def run(folder: Path, *arguments: str, day: str = "2026-01-02") -> None:
    when = {"GIT_AUTHOR_DATE": f"{day}T12:00:00+08:00", "GIT_COMMITTER_DATE": f"{day}T12:00:00+08:00"}
    command = ("git", "-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always", *arguments)
    subprocess.run(command, cwd=folder, env=ENVIRONMENT | when, check=True, capture_output=True)


def commit(folder: Path, day: str, **contents: str) -> None:
    for name, text in contents.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    run(folder, "add", "-A")
    run(folder, "commit", "-q", "-m", f"Change\n\n\x1b[31m{day}", day=day)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "repository"
    root.mkdir()
    run(root, "init", "-q")
    commit(root, "2025-11-01", accounts__a="1", accounts__b="1")
    commit(root, "2025-12-02", accounts__a="2")
    commit(root, "2026-01-03", **{'accounts__海 "港': "1", "accounts__--output=x": "1", "accounts__:(exclude)a": "1"})
    return root


def known(root: Path) -> History:
    found = git.history(root)
    assert isinstance(found, History)
    return found


def test_the_commit_and_the_last_change_of_each_file(repository: Path) -> None:
    found = known(repository)
    assert len(found.head.name) >= 7
    assert found.head.day == date(2026, 1, 3)
    assert not found.shallow
    assert dict(found.changed) == {
        "accounts/a": date(2025, 12, 2),
        "accounts/b": date(2025, 11, 1),
        'accounts/海 "港': date(2026, 1, 3),
        "accounts/--output=x": date(2026, 1, 3),
        "accounts/:(exclude)a": date(2026, 1, 3),
    }


def test_names_count_from_the_root_of_the_playbook(repository: Path) -> None:
    assert set(known(repository / "accounts").changed) >= {"a", "b"}


def test_a_repository_in_another_place_is_not_asked(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", str(repository / ".git"))
    other = tmp_path / "other"
    other.mkdir()
    assert isinstance(git.history(other), Message)


def test_a_shallow_clone_says_so_and_gives_no_wrong_days(repository: Path, tmp_path: Path) -> None:
    run(tmp_path, "clone", "-q", "--depth", "2", f"file://{repository}", "clone")
    found = known(tmp_path / "clone")
    assert found.shallow
    assert "accounts/a" not in found.changed
    assert found.changed["accounts/--output=x"] == date(2026, 1, 3)


def test_nothing_that_the_repository_names_is_run(repository: Path, tmp_path: Path) -> None:
    sentinel = tmp_path / "ran"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {sentinel}\n", "utf-8")
    program.chmod(0o755)
    for key in (
        "core.fsmonitor",
        "core.pager",
        "diff.external",
        "diff.x.textconv",
        "gpg.program",
        "core.sshCommand",
        "core.editor",
    ):
        run(repository, "config", key, str(program))
    for key in ("log.showSignature", "pager.log"):
        run(repository, "config", key, "true")
    hook = repository / ".git/hooks/post-index-change"
    hook.parent.mkdir(exist_ok=True)
    hook.write_bytes(program.read_bytes())
    hook.chmod(0o755)
    (repository / ".gitattributes").write_text("* diff=x\n", "utf-8")
    assert known(repository).changed
    assert not sentinel.exists()


@pytest.mark.parametrize("state", ["no repository", "no commit", "no git"])
def test_without_git_it_is_said_why(tmp_path: Path, state: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if state == "no commit":
        run(tmp_path, "init", "-q")
    if state == "no git":
        monkeypatch.setenv("PATH", str(tmp_path))
    said = git.history(tmp_path)
    assert isinstance(said, Message)
    words = {"no repository": "not under git", "no commit": "no commit yet", "no git": "not found"}
    assert words[state] in said.text


def test_a_repository_that_git_refuses_is_named_in_its_own_words(repository: Path) -> None:
    (repository / ".git/HEAD").write_text("nonsense", "utf-8")
    said = git.history(repository)
    assert isinstance(said, Message)
    assert said.values["why"]


@pytest.mark.parametrize("when", ["1700000000 +9900", "1700000000 +2400", "-1 +0000", "253402300900 +0000"])
def test_damaged_dates_of_commits_stop_nothing(repository: Path, when: str) -> None:
    def asked(name: str) -> str:
        command = ("git", "rev-parse", name)
        return subprocess.run(command, cwd=repository, env=ENVIRONMENT, capture_output=True, check=True).stdout.decode()

    who = f"A <a@example.org> {when}"
    body = f"tree {asked('HEAD^{tree}')}parent {asked('HEAD')}author {who}\ncommitter {who}\n\nx\n".encode()
    raw = b"commit %d\0%s" % (len(body), body)  # git itself refuses to make such a commit
    name = hashlib.sha1(raw, usedforsecurity=False).hexdigest()
    file = repository / ".git/objects" / name[:2] / name[2:]
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(zlib.compress(raw))
    run(repository, "update-ref", "HEAD", name)
    assert isinstance(git.history(repository), History | Message)
    commit(repository, "2026-01-05", accounts__c="1")
    assert known(repository).changed["accounts/c"] == date(2026, 1, 5)
