"""Shell completion: ids by id, name and pinyin, through click's own scripts; quick, and never a word of complaint."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_cli import ROOT, playbook

__all__ = ["playbook"]


def asked(root: Path, *words: str, shell: str = "fish") -> subprocess.CompletedProcess[str]:
    """Complete the last word as a shell asks for it."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("KAM_")}
    line = {"COMP_WORDS": " ".join(("kam", *words)), "COMP_CWORD": words[-1] if shell == "fish" else str(len(words))}
    env |= {"_KAM_COMPLETE": f"{shell}_complete", "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", **line}
    program = (sys.executable, "-m", "kam")
    return subprocess.run(program, cwd=root, env=env, capture_output=True, check=False, encoding="utf-8", timeout=60)


def offered(root: Path, *words: str) -> list[str]:
    done = asked(root, *words)
    assert done.stderr == ""
    lines = [line.partition(",")[2] for line in done.stdout.splitlines() if line]
    return [line.partition("\t")[0] for line in lines]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("lo",), ["log"]),
        (("log", "kes"), ["kestrel-bay-ports"]),
        (("log", "kestrel-bay-ports", "--with", "chief-e"), ["chief-executive"]),
        (("log", "kestrel-bay-ports", "--with", "tobias"), ["chief-operating-officer"]),
        (("log", "kestrel-bay-ports", "--with", "shift-planner,head"), ["shift-planner,head-procurement"]),
        (("log", "chengyuan-metro", "--with", "zongjing"), ["general-manager"]),
        (("log", "chengyuan-metro", "--with", "总经"), ["general-manager"]),
        (("log", "kestrel-bay-ports", "--by", "shiy"), ["pe-shi"]),
        (("log", "kestrel-bay-ports", "--as", "石"), ["pe-shi"]),
        (("log", "kestrel-bay-ports", "--stance", "shift-pl"), ["shift-planner="]),
        (("log", "kestrel-bay-ports", "--stance", "shift-planner=su"), ["shift-planner=supporter"]),
        (("done", "chengyuan-metro", "S"), ["SO1"]),
        (("set", "kestrel-bay-ports", "stakeholders.shift"), ["stakeholders.shift-planner."]),
        (("set", "kestrel-bay-ports", "stakeholders.shift-planner.infl"), ["stakeholders.shift-planner.influence="]),
        (("set", "kestrel-bay-ports", "class=k"), ["class=key"]),
        (("person", "kestrel-bay-ports", "re"), ["replace"]),
        (("person", "kestrel-bay-ports", "left", "shift"), ["shift-planner"]),
        (("rule", "matrix.single"), ["matrix.single-thread"]),
        (("check", "--select", "contact.sta"), ["contact.stale"]),
        (("stats", "xing"), ["xinglan-roads-bureau"]),
        (("new", "x", "--manager", "am-l"), ["am-lin"]),
    ],
)
def test_what_is_offered(playbook: Path, words: tuple[str, ...], found: list[str]) -> None:
    assert offered(playbook, *words) == found


def test_another_root_and_what_each_is_called(playbook: Path) -> None:
    assert offered(playbook.parent, "--root", "playbook", "log", "kes") == ["kestrel-bay-ports"]
    told = asked(playbook, "log", "kestrel-bay-ports", "--with", "tobias", shell="zsh")
    assert told.stdout.splitlines() == ["plain", "chief-operating-officer", "Chief operating officer · Tobias Renn"]


@pytest.mark.parametrize(
    "broken",
    ["accounts/kestrel-bay-ports.yaml", "company/people.yaml", "kam.yaml"],
)
@pytest.mark.parametrize("raw", [b"\xff", b"a: [\n", b"stakeholders: 5\npeople: 5\n", b"x: " + b"[" * 40000, None])
def test_what_is_broken_offers_nothing_and_says_nothing(playbook: Path, broken: str, raw: bytes | None) -> None:
    (playbook / broken).unlink()
    if raw is not None:
        (playbook / broken).write_bytes(raw)
    words = {
        "accounts/kestrel-bay-ports.yaml": ("log", "kestrel-bay-ports", "--with", "c"),
        "company/people.yaml": ("log", "kestrel-bay-ports", "--by", "a"),
        "kam.yaml": ("log", "nobody-at-all", "--with", "c"),
    }[broken]
    assert offered(playbook, *words) == []


@pytest.mark.parametrize("words", [("log", "no-such", "--with", "x"), ("nonsense", "x"), ("log", "--nonsense", "zzz")])
def test_nonsense_offers_nothing_and_says_nothing(playbook: Path, words: tuple[str, ...]) -> None:
    assert offered(playbook, *words) == []
    (playbook / "kam.yaml").unlink()
    assert offered(playbook, "log", "k") == []


def test_text_of_a_file_stays_on_its_line(playbook: Path) -> None:
    file = playbook / "accounts/kestrel-bay-ports.yaml"
    file.write_text(
        file.read_text("utf-8").replace("title: Shift planner", 'title: "a\\nplain,$(touch x)\\tb"'), "utf-8"
    )
    assert offered(playbook, "log", "kestrel-bay-ports", "--with", "shift-pl") == ["shift-planner"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_for_each_shell(playbook: Path, shell: str) -> None:
    env = os.environ | {"_KAM_COMPLETE": f"{shell}_source", "PYTHONPATH": str(ROOT)}
    program = (sys.executable, "-m", "kam")
    done = subprocess.run(program, cwd=playbook, env=env, capture_output=True, check=True, encoding="utf-8", timeout=60)
    assert f"_KAM_COMPLETE={shell}_complete" in done.stdout
    assert done.stderr == ""


def test_bash_completes(playbook: Path) -> None:
    bash = shutil.which("bash")
    assert bash
    command = playbook.parent / "bin" / "kam"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kam "$@"\n', "utf-8")
    command.chmod(0o755)
    script = (
        'eval "$(_KAM_COMPLETE=bash_source kam)"\n'
        "COMP_WORDS=(kam log kestrel-bay-ports --with tob) COMP_CWORD=4\n"
        '_kam_completion kam; printf "%s\\n" "${COMPREPLY[@]}"\n'
    )
    env = os.environ | {"PATH": f"{command.parent}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        (bash, "--norc", "-c", script),
        cwd=playbook,
        env=env,
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=60,
    )
    assert (done.stdout, done.stderr) == ("chief-operating-officer\n", "")
