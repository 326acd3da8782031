"""What git knows about a playbook: its commit, and when each file last changed. Reads only, and runs nothing else.

A repository's own settings can name programs that git starts; everything that could is switched off here. What git
prints for people is never parsed: its exit code counts.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from kam.finding import Message
from kam.language import N_

_SECONDS = 120
_SAFE = (
    "--no-optional-locks",
    "--literal-pathspecs",
    "--no-pager",
    "-c", "core.fsmonitor=false",
    "-c", "core.hooksPath=" + os.devnull,
    "-c", "core.alternateRefsCommand=",
    "-c", "log.showSignature=false",
    "-c", "protocol.allow=never",
)  # fmt: skip
_KEPT = ("PATH", "HOME", "USERPROFILE", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "XDG_CONFIG_HOME")
_SETTINGS = {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0"}


_HEADER = re.compile(rb"\x01(\S+) ([0-9a-f ]*)")


class Commit(NamedTuple):
    """One state of the playbook: its short name, and when it was made."""

    name: str
    timestamp: int
    day: date
    """In the time zone of whoever made it."""


class History(NamedTuple):
    """The present commit and the day of the last change of each file, by its name from the root."""

    head: Commit
    changed: Mapping[str, date]
    shallow: bool
    """Whether the clone was cut off: what lies before is unknown, and days are missing."""


class _FailedError(Exception):
    """git said no; why, in its own words."""


def history(root: Path) -> History | Message:
    """What git knows about the folder, or why it knows nothing."""
    try:
        if not _inside(root):
            return Message(N_("The playbook is not under git: pages show neither a commit nor days of change."))
        if not _asked(root, "rev-parse", "--verify", "--quiet", "--end-of-options", "HEAD^{commit}", empty=True):
            return Message(N_("git has no commit yet: pages show neither a commit nor days of change."))
        shallow = _asked(root, "rev-parse", "--is-shallow-repository").strip() == b"true"
        return History(_head(root), _changed(root, shallow), shallow)
    except FileNotFoundError:
        return Message(N_("The program git was not found: pages show neither a commit nor days of change."))
    except (_FailedError, OSError, subprocess.TimeoutExpired) as error:
        return Message(N_("git cannot be asked about this playbook: {why}"), {"why": str(error)})


def _inside(root: Path) -> bool:
    """Whether there is a repository; one that git refuses to open raises with git's own remedy."""
    try:
        return _asked(root, "rev-parse", "--is-inside-work-tree").strip() == b"true"
    except _FailedError:
        if any(os.path.lexists(folder / ".git") for folder in (root, *root.parents)):
            raise
        return False


def _head(root: Path) -> Commit:
    name, stamp, day = (
        _asked(root, "log", "-1", "--no-show-signature", "--format=%h%x00%ct%x00%cI").strip().split(b"\0")
    )
    if (made := _day(day)) is None:
        raise _FailedError("the last commit has no date that can be read")
    return Commit(name.decode("ascii"), int(stamp), made)


def _day(written: bytes) -> date | None:
    """The day of a commit; damaged histories have dates that are none."""
    try:
        return datetime.fromisoformat(written.decode("ascii")).date()
    except ValueError:
        return None


def _changed(root: Path, shallow: bool) -> dict[str, date]:
    """The day of the newest commit that touched each file, in one pass over the history."""
    options = (
        "--no-show-signature",
        "--no-ext-diff",
        "--no-textconv",
        "--no-renames",
        "--relative",
        "--name-only",
        "-z",
    )
    raw = _asked(root, "log", *options, "--format=%x01%cI %P", "--", ".")
    found: dict[str, date] = {}
    changed: date | None = None
    for part in raw.split(b"\0"):
        if header := _HEADER.fullmatch(part):
            # Where a shallow history was cut off, a commit without parents, everything looks new.
            changed = None if shallow and not header[2] else _day(header[1])
        elif changed and (name := os.fsdecode(part.removeprefix(b"\n"))):
            found.setdefault(name, changed)
    return found


def _asked(root: Path, *arguments: str, empty: bool = False) -> bytes:
    """What git prints; with `empty`, nothing where it says no."""
    environment = {name: value for name, value in os.environ.items() if name.upper() in _KEPT} | _SETTINGS
    done = subprocess.run(
        ("git", *_SAFE, "-C", str(root), *arguments),
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=_SECONDS,
        check=False,
    )
    if done.returncode == 0:
        return done.stdout
    if empty:
        return b""
    raise _FailedError(done.stderr.decode("utf-8", "replace").strip())
