"""`kam log` asks on a real terminal: answers by name or pinyin, wrong ones asked again, Ctrl-C writes nothing."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import subprocess
import sys
import termios
import time
from contextlib import suppress
from pathlib import Path

import pytest

from kam.cli import FINE, INTERRUPTED
from tests.test_cli import ROOT, playbook
from tests.test_daily import PORT, data

__all__ = ["playbook"]


PATIENCE = 60
CTRL_C = "\x03"


def _take_terminal() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def talk(root: Path, code: str, arguments: tuple[str, ...], answers: list[tuple[str, str]]) -> tuple[int, str]:
    """Run `kam` on a terminal; each answer is typed once its question is there. Exit code, all that was seen."""
    leader, follower = pty.openpty()
    env = os.environ | {"KAM_LANG": code, "PYTHONPATH": str(ROOT), "TERM": "dumb", "LC_ALL": "C.UTF-8"}
    env["GIT_CONFIG_GLOBAL"] = os.devnull
    program = [sys.executable, "-m", "kam", *arguments]
    running = subprocess.Popen(
        program,
        cwd=root,
        stdin=follower,
        stdout=follower,
        stderr=follower,
        env=env,
        start_new_session=True,
        preexec_fn=_take_terminal,  # so that Ctrl-C on it is a signal
    )
    os.close(follower)
    seen, from_ = "", 0
    left = list(answers)
    end = time.monotonic() + PATIENCE
    raw = b""
    while time.monotonic() < end:
        if left and left[0][0] in seen[from_:]:
            from_ = len(seen)
            os.write(leader, left.pop(0)[1].encode())
        if not select.select([leader], [], [], 0.5)[0]:
            if not left and answers[-1][1] == CTRL_C:  # one that comes while the line is being set up is not heard
                with suppress(OSError):  # it may just have ended
                    os.write(leader, CTRL_C.encode())
            continue
        try:
            raw += os.read(leader, 65536)
        except OSError:  # Linux says so when the other side is closed
            break
        seen = raw.decode("utf-8", "ignore")
    else:
        running.kill()
    exit_code = running.wait()
    os.close(leader)
    assert not left, seen
    return exit_code, seen


def test_it_asks_and_understands_names(playbook: Path) -> None:
    answers = [
        ("With whom: ", "chief\n"),
        ("can be several", "nobody\n"),
        ("is called", "tobias, chief-fin\n"),
        ("Who of ours [am-shen]: ", "\n"),
        ("Kind [visit]: ", "meet\n"),
        ("When [2026-01-15]: ", "2026-02-01\n"),
        ("has not happened yet", "2026-01-13\n"),
        ("What happened: ", "\n"),
        ("What happened: ", "they said: “yes” #1\n"),
        ("What came out", "\n"),
        ("What follows", "WO1\n"),
        ("Whose stance changed", "tobias=delighted\n"),
        ("nothing called", "tobias=Helper\n"),
        ("How do we know: ", "he offered it\n"),
        ("Next question", ""),
    ]
    code, seen = talk(playbook, "en", ("log", "kestrel"), answers)
    assert code == FINE, seen
    contact = data(playbook, PORT)["contacts"][-1]
    assert contact == {
        "date": "2026-01-13",
        "kind": "meeting",
        "ours": ["am-shen"],
        "theirs": ["chief-operating-officer", "chief-financial-officer"],
        "content": "they said: “yes” #1",
        "leads_to": ["WO1"],
    }
    one = data(playbook, PORT)["stakeholders"]["chief-operating-officer"]
    assert (one["stance"], one["stance_basis"]["why"]) == ("helper", "he offered it")


def test_it_asks_in_chinese(playbook: Path) -> None:
    answers = [
        ("跟谁", "zongjingli\n"),
        ("我方有谁", "zhaoqian，叶楠\n"),
        ("方式 [visit]", "电话\n"),
        ("哪天", "\n"),
        ("谈了什么", "问候\n"),
        ("谈成了什么", "约了下周\n"),
        ("有什么后续", "-\n"),
        ("谁的立场变了", "\n"),
    ]
    code, seen = talk(playbook, "zh", ("log", "chengyuan-metro"), answers)
    assert code == FINE, seen
    contact = data(playbook, "accounts/chengyuan-metro.yaml")["contacts"][-1]
    assert (contact["theirs"], contact["ours"], contact["kind"]) == (["general-manager"], ["am-zhao", "pse-ye"], "call")
    assert (contact["result"], contact["leads_to"]) == ("约了下周", [])


def test_only_what_is_missing_is_asked(playbook: Path) -> None:
    code, seen = talk(playbook, "en", ("log", "kestrel", "--with", "tobias"), [("What happened: ", "talked\n")])
    assert code == FINE, seen
    assert data(playbook, PORT)["contacts"][-1]["content"] == "talked"
    assert "Kind" not in seen


@pytest.mark.parametrize("key", ["\x03", "\x04"])
def test_whoever_breaks_off_has_written_nothing(playbook: Path, key: str) -> None:
    before = (playbook / PORT).read_bytes()
    code, seen = talk(playbook, "en", ("log", "kestrel"), [("With whom: ", "tobias\n"), ("Who of ours", key)])
    assert code == INTERRUPTED, seen
    assert "Interrupted." in seen
    assert (playbook / PORT).read_bytes() == before


def test_the_tab_key_completes_names(playbook: Path) -> None:
    answers = [
        ("With whom: ", "to"),
        ("to", "b"),
        ("b", "\t"),
        ("chief-operating-officer", "\n"),
        ("Who of ours", "\x03"),
    ]
    code, seen = talk(playbook, "en", ("log", "kestrel"), answers)
    assert code == INTERRUPTED, seen
    assert "chief-operating-officer" in seen.partition("With whom: ")[2]


def test_keys_that_leave_no_letter_are_asked_again(playbook: Path) -> None:
    answers = [("What happened: ", "red \x16\x1b[31m\n"), ("type the line again", "plain\n")]
    code, seen = talk(playbook, "en", ("log", "kestrel", "--with", "tobias"), answers)
    assert code == FINE, seen
    assert data(playbook, PORT)["contacts"][-1]["content"] == "plain"
