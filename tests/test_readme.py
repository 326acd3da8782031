"""What the READMEs show is true: the account of six lines is green, commands exist, the output is the real one."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
READMES = {"en": ROOT / "README.md", "zh": ROOT / "README.zh.md"}
PAGES = [*READMES.values(), ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*/*.md"))]
languages = pytest.mark.parametrize("language", READMES)
pages = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())


def _fenced(text: str, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def _commands(text: str) -> list[list[str]]:
    """The command lines that a page tells its reader to type: indented, after `$`, or in backticks."""
    shown = re.findall(r"^(?: {4}|\$ )((?:make|kam)(?= |$)[^#\n]*)", text, re.MULTILINE)
    named = re.findall(r"`((?:make|kam) [^`]*)`", text)
    return [shlex.split(line) for line in (*shown, *named)]


def _kam(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "KAM_LANG": "en"}
    command = [sys.executable, "-m", "kam", *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False)


@languages
def test_the_six_line_account_is_green(language: str, tmp_path: Path) -> None:
    account = _fenced(READMES[language].read_text("utf-8"), "yaml")[0]
    assert account.count("\n") == 6
    shutil.copy(ROOT / "kam.yaml", tmp_path)
    shutil.copytree(ROOT / "company", tmp_path / "company")
    (tmp_path / "accounts").mkdir()
    (tmp_path / "accounts" / "harbour-hospital.yaml").write_text(account, "utf-8")
    done = _kam("check", "--fail-on", "info", "accounts/harbour-hospital.yaml", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


@languages
def test_the_output_shown_is_the_real_one(language: str) -> None:
    console = _fenced(READMES[language].read_text("utf-8"), "console")
    assert console
    for block in console:
        command, shown = block.split("\n", 1)
        assert shown.strip()
        real = _kam(*shlex.split(command)[2:]).stdout
        for part in shown.split("…\n"):
            assert part.rstrip() in real, real


@cache
def _help(name: str) -> str:
    """What `kam --help` says, and the help of the command of this name."""
    said = [_kam("--help"), *([_kam(name, "--help")] if name else [])]
    assert not any(one.returncode for one in said), f"kam {name}: {said[-1].stderr}"
    return "".join(one.stdout for one in said)


@pages
def test_the_commands_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for command, *words in _commands(page.read_text("utf-8")):
        if command == "make":
            assert set(words) <= targets, words
        elif words[0] != "COMMAND":
            known = _help(next((word for word in words if word[0] != "-" and word not in ("zh", "en")), ""))
            assert all(word.partition("=")[0] in known for word in words if word.startswith("--")), words


@pages
def test_the_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text("utf-8"))
    inside = [link for link in links if "://" not in link]
    assert [link for link in inside if not (page.parent / link).exists()] == []


def test_both_languages_tell_the_same() -> None:
    fence = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
    english, chinese = (fence.sub("", page.read_text("utf-8")) for page in READMES.values())
    for pattern in (r"^    .*?(?=\s{2,}#|$)", r"^#+(?= )", r"^- ", r"^\| `[^`]*`"):
        assert re.findall(pattern, english, re.MULTILINE) == re.findall(pattern, chinese, re.MULTILINE)
