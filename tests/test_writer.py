"""Writing: many writers lose nothing, a killed one breaks nothing, a refused one leaves the file as it was."""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from kam import lock, writer
from kam.document import Document
from kam.edit import Append, Change, Put, Remove
from kam.finding import KamError
from kam.language import language
from kam.source import read
from kam.writer import Plan

NAME = "accounts/north/metro.yaml"
ACCOUNT = """\
# a customer
version: 1
name: 地铁公司  # 客户
status: active

team:
  manager: am-lin

contacts:
  - {date: 2026-01-01, kind: visit, ours: [am-lin], theirs: []}
"""
VISIT = {"date": "2026-01-15", "kind": "visit", "ours": ["am-lin"], "theirs": []}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    file = tmp_path / NAME
    file.parent.mkdir(parents=True)
    file.write_bytes(ACCOUNT.encode())
    return tmp_path.resolve()


def planned(*changes: Change) -> Plan:
    return lambda document: changes


def left(root: Path) -> list[str]:
    """Everything in the repository but the lock."""
    return sorted(str(file.relative_to(root)) for file in root.rglob("*") if file.is_file() and file.name != "lock")


def said(error: pytest.ExceptionInfo[KamError]) -> str:
    return language("en").say(error.value.message)


def test_a_contact_is_appended(root: Path) -> None:
    written = writer.write(root, NAME, planned(Append(("contacts",), VISIT)))
    line = "  - {date: 2026-01-15, kind: visit, ours: [am-lin], theirs: []}\n"
    assert (root / NAME).read_text("utf-8") == ACCOUNT + line == written.after.text
    assert written.changed
    assert written.before.text == ACCOUNT
    assert left(root) == [NAME]


def test_a_preview_writes_nothing(root: Path) -> None:
    written = writer.preview(root, NAME, planned(Put(("name",), "x")))
    assert written.after.text == ACCOUNT.replace("地铁公司", "x")
    assert (root / NAME).read_text("utf-8") == ACCOUNT
    assert not (root / ".kam").exists()


def test_the_difference_is_shown(root: Path) -> None:
    (root / NAME).write_bytes(ACCOUNT.replace("\n", "\r\n").replace("客户", "\x1b[31m").encode())
    shown = writer.preview(root, NAME, planned(Put(("status",), "dormant"))).difference()
    assert (
        shown
        == f"""\
--- {NAME}
+++ {NAME}
@@ -1,7 +1,7 @@
 # a customer
 version: 1
 name: 地铁公司  # \ufffd[31m
-status: active
+status: dormant
 \n\
 team:
   manager: am-lin
"""
    )


def test_where_nothing_changes_nothing_is_written(root: Path) -> None:
    before = (root / NAME).stat()
    assert not writer.write(root, NAME, planned(Put(("status",), "active"))).changed
    assert (root / NAME).stat().st_ino == before.st_ino


def test_byte_order_mark_line_ends_and_rights_stay(root: Path) -> None:
    raw = b"\xef\xbb\xbf" + ACCOUNT.replace("\n", "\r\n").encode().removesuffix(b"\r\n")
    (root / NAME).write_bytes(raw)
    (root / NAME).chmod(0o640)
    writer.write(root, NAME, planned(Put(("status",), "dormant"), Put(("contacts", 0, "result"), "好")))
    expected = raw.replace(b"active", b"dormant").replace(b"theirs: []", "theirs: [], result: 好".encode())
    assert (root / NAME).read_bytes() == expected
    assert (root / NAME).stat().st_mode & 0o777 == 0o640


def test_the_settings_and_the_people_too(root: Path) -> None:
    (root / "company").mkdir()
    (root / "company/people.yaml").write_text("version: 1\npeople:\n  am-lin: {name: 林}\n", "utf-8")
    writer.write(
        root,
        "company/people.yaml",
        planned(Put(("people", "sm-wu"), {"name": "吴", "function": "account-manager"})),
        "people",
    )
    assert (
        (root / "company/people.yaml").read_text("utf-8").endswith("  sm-wu: {name: 吴, function: account-manager}\n")
    )


WRONG: dict[str, tuple[Change, str]] = {
    "no such word": (Put(("status",), "asleep"), "asleep"),
    "a date that is none": (Append(("contacts",), {**VISIT, "date": "2026-02-30"}), "2026-02-30"),
    "a field is missing": (Append(("contacts",), {"date": "2026-01-15"}), "kind"),
    "an unknown field": (Put(("contacts", 0, "resultt"), "x"), "resultt"),
    "a field that must be": (Remove(("version",)), "version"),
    "a text for a section": (Put(("swot",), "x"), "SWOT"),
    "no such entry": (Remove(("risks", "x")), "/risks"),
}


@pytest.mark.parametrize("case", WRONG.values(), ids=list(WRONG))
def test_what_would_be_a_fault_is_not_written(root: Path, case: tuple[Change, str]) -> None:
    change, word = case
    with pytest.raises(KamError) as error:
        writer.write(root, NAME, planned(Put(("name",), "x"), change))
    assert said(error).startswith(f"{NAME} was not changed: ")
    assert word in said(error) + language("en").say(error.value.hint or error.value.message)
    assert (root / NAME).read_text("utf-8") == ACCOUNT
    assert left(root) == [NAME]


def test_old_faults_elsewhere_do_not_stop_a_change(root: Path) -> None:
    (root / NAME).write_text(ACCOUNT.replace("active", "asleep") + "colour: red\n", "utf-8")
    assert writer.write(root, NAME, planned(Put(("team", "manager"), "sm-wu"))).changed
    with pytest.raises(KamError, match="was not changed"):
        writer.write(root, NAME, planned(Put(("status",), "tired")))
    assert writer.write(root, NAME, planned(Remove(("colour",)), Put(("status",), "dormant"))).changed


def test_a_fault_of_a_kind_that_was_there_is_still_new(root: Path) -> None:
    (root / NAME).write_text(ACCOUNT + "colour: red\n", "utf-8")
    with pytest.raises(KamError, match="was not changed"):
        writer.write(root, NAME, planned(Put(("shape",), "round")))


def test_the_plan_is_made_again_when_somebody_else_saves(root: Path) -> None:
    file, seen = root / NAME, []

    def plan(document: Document) -> Sequence[Change]:
        seen.append(document.text)
        if len(seen) == 1:
            file.write_text(ACCOUNT.replace("地铁公司", "轻轨公司"), "utf-8")
        return [Append(("contacts",), VISIT)]

    writer.write(root, NAME, plan)
    assert len(seen) == 2
    assert "轻轨公司" in file.read_text("utf-8")
    assert file.read_text("utf-8").count("- {date") == 2


def test_it_gives_up_when_the_file_never_rests(root: Path) -> None:
    file = root / NAME

    def plan(document: Document) -> Sequence[Change]:
        file.write_text(document.text + "# again\n", "utf-8")
        return [Append(("contacts",), VISIT)]

    with pytest.raises(KamError, match="changes again and again"):
        writer.write(root, NAME, plan)
    assert file.read_text("utf-8") == ACCOUNT + "# again\n" * writer.TRIES
    assert left(root) == [NAME]


def test_a_link_inside_is_followed(root: Path) -> None:
    (root / "accounts/metro.yaml").symlink_to("north/metro.yaml")
    writer.write(root, "accounts/metro.yaml", planned(Put(("status",), "dormant")))
    assert (root / "accounts/metro.yaml").is_symlink()
    assert "dormant" in (root / NAME).read_text("utf-8")


def test_nothing_outside_is_written(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "x.yaml"
    outside.write_text(ACCOUNT, "utf-8")
    (root / "accounts/link.yaml").symlink_to(outside)
    (root / "accounts/loop.yaml").symlink_to("loop.yaml")
    for name in ("accounts/link.yaml", os.path.relpath(outside, root), "accounts/loop.yaml", "accounts/none.yaml"):
        with pytest.raises(KamError, match="was not changed"):
            writer.write(root, name, planned(Put(("status",), "dormant")))
    assert outside.read_text("utf-8") == ACCOUNT


def test_a_lock_that_leads_outside_is_refused(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (root / ".kam").symlink_to(outside)
    with pytest.raises(KamError, match="cannot be used"):
        writer.write(root, NAME, planned(Put(("status",), "dormant")))
    assert list(outside.iterdir()) == []


def test_the_lock_is_waited_for_and_then_given_up(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "PATIENCE", 3)
    with (
        lock.held(root),
        pytest.raises(KamError, match="Another kam has been writing"),
    ):
        writer.write(root, NAME, planned(Put(("status",), "dormant")))
    assert writer.write(root, NAME, planned(Put(("status",), "dormant"))).changed


def _refusing(number: int) -> Callable[..., Any]:
    def refuse(*_: object, **__: object) -> Any:
        raise OSError(number, os.strerror(number))

    return refuse


CALLS = ("mkstemp", "fdopen", "fsync", "chmod", "replace", "open", "mkdir")


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EIO])
def test_a_system_that_refuses_leaves_the_old_file(
    root: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(tempfile if call == "mkstemp" else os, call, _refusing(number))
        with pytest.raises(KamError) as error:
            writer.write(root, NAME, planned(Append(("contacts",), VISIT)))
    assert "\n" not in said(error)
    assert error.value.hint is not None
    assert (root / NAME).read_bytes() == ACCOUNT.encode()
    assert left(root) == [NAME]
    assert writer.write(root, NAME, planned(Append(("contacts",), VISIT))).changed


def test_a_full_disk_in_the_middle_of_the_file(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = os.fdopen

    class Full:
        """A file that takes four bytes and no more."""

        def __init__(self, handle: int) -> None:
            self.file = opened(handle, "wb")

        def __enter__(self) -> Full:
            return self

        def __exit__(self, *_: object) -> None:
            self.file.close()

        def write(self, raw: bytes) -> None:
            self.file.write(raw[:4])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fdopen", lambda handle, mode: Full(handle) if mode == "wb" else opened(handle, mode))
    with pytest.raises(KamError, match="the disk is full"):
        writer.write(root, NAME, planned(Append(("contacts",), VISIT)))
    assert (root / NAME).read_bytes() == ACCOUNT.encode()
    assert left(root) == [NAME]


def test_what_a_killed_writer_left_is_taken_away(root: Path) -> None:
    stray = root / f"accounts/north/{writer.PREFIX}abc.tmp"
    other = root / "accounts/north/.kam-abc.tmp"
    for file in (stray, other):
        file.write_text("half", "utf-8")
    writer.write(root, NAME, planned(Put(("status",), "active")))
    assert not stray.exists()
    assert other.exists()


CHILD = """
import sys
from pathlib import Path
from kam import writer
from kam.edit import Append

root, who, times = Path(sys.argv[1]).resolve(), sys.argv[2], int(sys.argv[3])
for number in range(times):
    contact = {"date": "2026-01-15", "kind": "call", "ours": [who], "theirs": [], "result": f"{who} {number}"}
    writer.write(root, "accounts/north/metro.yaml", lambda document: [Append(("contacts",), contact)])
    print(number, flush=True)
"""


def _child(root: Path, who: str, times: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", CHILD, str(root), who, str(times)], stdout=subprocess.PIPE, text=True
    )


def _results(raw: bytes) -> list[str]:
    document = read(raw, NAME, "account")
    assert not document.faults
    assert document.data is not None
    return [one["result"] for one in document.data["contacts"] if "result" in one]


def test_ten_writers_at_once_lose_nothing(root: Path) -> None:
    children = [_child(root, f"am-{number}", 10) for number in range(10)]
    for child in children:
        child.communicate(timeout=120)
        assert child.returncode == 0
    found = _results((root / NAME).read_bytes())
    assert sorted(found) == sorted(f"am-{who} {number}" for who in range(10) for number in range(10))
    assert (root / NAME).read_text("utf-8").startswith(ACCOUNT)
    assert left(root) == [NAME]


def test_a_killed_writer_leaves_the_old_file_or_the_new_one(root: Path) -> None:
    file, chance = root / NAME, random.Random(7)
    for turn in range(30):
        before = _results(file.read_bytes())
        with _child(root, f"am-{turn}", 1000) as child:
            assert child.stdout is not None
            child.stdout.readline()
            time.sleep(chance.random() / 20)
            child.send_signal(signal.SIGKILL)
            said = 1 + len(child.stdout.read().splitlines())
        raw = file.read_bytes()
        own = [f"am-{turn} {number}" for number in range(len(_results(raw)) - len(before))]
        assert _results(raw) == before + own
        assert said <= len(own) <= said + 1
        assert raw.endswith(b"\n")
        if turn % 5 == 4:  # a file that grows and grows takes longer and longer
            file.write_text(ACCOUNT, "utf-8")
    writer.write(root, NAME, planned(Put(("status",), "dormant")))
    assert left(root) == [NAME]
