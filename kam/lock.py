"""One writer at a time: a lock on the repository that ends with its process, whatever ends the process."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kam import files
from kam.finding import KamError, Message
from kam.language import N_

FILE = ".kam/lock"
PATIENCE = 3000
"""So often it is tried again; the lock file itself stays, for a deleted one would let two in."""
PAUSE = 0.01
"""Seconds between two tries."""


@contextmanager
def held(root: Path) -> Iterator[None]:
    """Hold the lock of a repository; `root` is resolved. Raises KamError where others do not let go of it."""
    path = root / FILE
    try:
        handle = _opened(path)
    except OSError as error:
        raise _unlockable(path, error) from error
    try:
        _wait(handle, path)
        yield
        _let_go(handle)
    finally:
        os.close(handle)  # lets go as well


def _opened(path: Path) -> int:
    path.parent.mkdir(exist_ok=True)
    if path.parent.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    return os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)


def _wait(handle: int, path: Path) -> None:
    for _ in range(PATIENCE):
        try:
            if _taken(handle):
                return
        except OSError as error:
            raise _unlockable(path, error) from error
        time.sleep(PAUSE)
    text = N_("Another kam has been writing in {folder} for {seconds} seconds.")
    values = {"folder": str(path.parents[1]), "seconds": round(PATIENCE * PAUSE)}
    raise KamError(Message(text, values), Message(N_("Wait until it is done or end it, then try again.")))


def _unlockable(path: Path, error: OSError) -> KamError:
    values = {"file": str(path), "why": files.why(error)}
    hint = N_("The folder must be one in which you may write, and no link.")
    return KamError(Message(N_("The lock file {file} cannot be used: {why}."), values), Message(hint))


if sys.platform == "win32":
    import msvcrt

    def _taken(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

    def _let_go(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _taken(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _let_go(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)
