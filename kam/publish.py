"""Putting a finished folder in the place of another: readers see the old one or the new one, never a part of one."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kam.finding import KamError, Message
from kam.language import N_

MARKER = ".kam-site"
"""The file that says that a folder is a site of ours, which may be replaced."""


def publish(out: Path, root: Path, fill: Callable[[Path], None]) -> None:
    """Let `fill` write into an empty folder, then put that folder where `out` is; a failure leaves `out` as it was.

    A process that is killed leaves at most a folder and a lock file beside `out`, whose names begin with a dot; the
    next run clears them up. Raises KamError when `out` is no place for a site.
    """
    out = out.resolve()
    _refuse(out, root.resolve())
    fresh, old = _beside(out, "new"), _beside(out, "old")
    out.parent.mkdir(parents=True, exist_ok=True)
    with _locked(_beside(out, "lock"), out):
        _recover(out, fresh, old)
        fresh.mkdir()
        try:
            fill(fresh)
            (fresh / MARKER).write_text("kam\n", "utf-8")
            _swap(fresh, out, old)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
            shutil.rmtree(old, ignore_errors=True)


def _beside(out: Path, what: str) -> Path:
    return out.with_name(f".{out.name}.kam-{what}")


def _refuse(out: Path, root: Path) -> None:
    inputs = [root / name for name in ("accounts", "company", "templates", "docs", "schema", ".git", "kam.yaml")]
    if root.is_relative_to(out) or any(out.is_relative_to(path) for path in inputs):
        raise KamError(
            Message(N_("{folder} holds what the site is made from."), {"folder": out}),
            Message(N_("Name another folder, for example --output site.")),
        )
    if out.exists() and not out.is_dir():
        raise KamError(Message(N_("{folder} is no folder."), {"folder": out}))
    if out.is_dir() and any(out.iterdir()) and not (out / MARKER).is_file():
        raise KamError(
            Message(N_("{folder} is not empty and was not made by kam, so it stays as it is."), {"folder": out}),
            Message(N_("Name an empty folder, or remove this one yourself.")),
        )


def _recover(out: Path, fresh: Path, old: Path) -> None:
    """Finish what a killed process began: the old site goes back where it was, what was half made goes away."""
    if old.exists() and not out.exists():
        old.rename(out)
    for leftover in (fresh, old):
        shutil.rmtree(leftover, ignore_errors=True)


def _swap(fresh: Path, out: Path, old: Path) -> None:
    if out.exists() and _exchanged(fresh, out):
        return
    if out.exists():
        out.rename(old)
    try:
        fresh.rename(out)
    except BaseException:  # Ctrl-C too
        if old.exists():
            old.rename(out)
        raise


def _exchanged(one: Path, other: Path) -> bool:
    """Two folders swapped in one step, where the system can: Linux and macOS."""
    paths = os.fsencode(one), os.fsencode(other)
    with suppress(OSError, AttributeError):
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            return bool(library.renamex_np(*paths, 2) == 0)
        return bool(library.renameat2(-100, paths[0], -100, paths[1], 2) == 0)
    return False


@contextmanager
def _locked(lock: Path, out: Path) -> Iterator[None]:
    """One build into a folder at a time; the system drops the lock of a process that dies."""
    with lock.open("a") as file:
        try:
            _lock(file.fileno())
            # The one before may have removed the file between our opening and locking it.
            if os.fstat(file.fileno()).st_ino != lock.stat().st_ino:
                raise OSError(lock)
        except OSError as error:
            raise KamError(
                Message(N_("Another kam is building into {folder}."), {"folder": out}),
                Message(N_("Wait until it is done.")),
            ) from error
        try:
            yield
        finally:
            # Windows removes no open file: there it stays, empty.
            with suppress(OSError):
                lock.unlink()


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
