"""What a writing command asks of git: who is at work, and one commit of one file.

Other than `kam.git`, which only reads, a commit runs the hooks of the repository and signs, as the user has set it up.
No text becomes an option: the message goes in by the standard input, the file behind `--`.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import NamedTuple

from kam.finding import KamError, Message
from kam.language import N_

_SECONDS = 120
_SAFE = ("--literal-pathspecs", "--no-pager", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false")
_DROPPED = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_NAMESPACE", "GIT_OBJECT_DIRECTORY")
_SETTINGS = {"GIT_TERMINAL_PROMPT": "0", "GIT_EDITOR": "true", "GIT_LITERAL_PATHSPECS": "1"}


class Identity(NamedTuple):
    """Who commits, as git knows it; empty where it does not."""

    name: str = ""
    email: str = ""


def identity(root: Path) -> Identity:
    """Who is at work in a folder, by git's settings; nobody where git has none."""
    try:
        said = (_run(root, "config", "--get", key) for key in ("user.name", "user.email"))
        return Identity(*(one.stdout.decode("utf-8", "replace").strip() for one in said))
    except (OSError, subprocess.TimeoutExpired):
        return Identity()


def commit(root: Path, name: str, sentence: str) -> None:
    """Commit one file of the playbook, by its name from the root, and nothing else. Raises KamError."""
    try:
        for arguments in (("add", "--", name), ("commit", "--quiet", "--only", "--file=-", "--", name)):
            done = _run(root, *arguments, text=sentence)
            if done.returncode:
                why = (done.stderr or done.stdout).decode("utf-8", "replace").strip()
                raise _uncommitted(name, why.partition("\n")[0] or f"git {done.returncode}")
    except FileNotFoundError:
        raise _uncommitted(name, Message(N_("the program git was not found"))) from None
    except subprocess.TimeoutExpired:
        raise _uncommitted(name, Message(N_("git did not end in {n} seconds"), {"n": _SECONDS})) from None


def _uncommitted(name: str, why: str | Message) -> KamError:
    text = N_("{file} is written, but git made no commit: {why}")
    return KamError(Message(text, {"file": name, "why": why}), Message(N_("Commit it yourself when git is ready.")))


def _run(root: Path, *arguments: str, text: str = "") -> subprocess.CompletedProcess[bytes]:
    environment = {key: value for key, value in os.environ.items() if key not in _DROPPED} | _SETTINGS
    return subprocess.run(
        ("git", *_SAFE, "-C", str(root), *arguments),
        env=environment,
        input=text.encode("utf-8", "replace"),
        capture_output=True,
        timeout=_SECONDS,
        check=False,
    )
