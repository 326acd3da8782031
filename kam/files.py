"""The file system: inputs are read without leaving the repository, outputs are written whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kam.finding import Finding, KamError, Message
from kam.language import N_

_LIMIT = (16 << 20) + 1
"""So many bytes of a file are read; the reader refuses smaller ones already, by their kind."""


def read(root: Path, name: str) -> bytes | Finding:
    """The bytes of an input, or the fault that keeps it from being read; `root` is resolved, `name` counts from it."""
    path = root / name
    try:
        if not _inside(root, path):
            return unreadable(name, N_("The file is a link that leads out of the repository."), _COPY)
        # Without O_NONBLOCK a pipe by the name of a file would wait for its writer for ever.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as file:
            found = os.fstat(handle)
            if not stat.S_ISREG(found.st_mode):
                return unreadable(name, N_("This is not a file that can be read."), _COPY)
            return file.read(min(found.st_size + 1, _LIMIT))  # room for all of _LIMIT costs as much as all the rest
    except FileNotFoundError:
        return unreadable(name, *_gone(path))
    except IsADirectoryError:
        return unreadable(name, N_("This is not a file that can be read."), _COPY)
    except PermissionError:
        return unreadable(name, N_("The file may not be read."), N_("Give yourself the right to read it."))
    except OSError as error:
        return unreadable(name, N_("The file cannot be read: {why}."), _COPY, why=why(error))


def _inside(root: Path, path: Path) -> bool:
    """Whether a file that exists is below a resolved folder, links followed; plain texts, for every file is asked."""
    top = str(root)
    return os.path.realpath(path, strict=True).startswith(top if top.endswith(os.sep) else top + os.sep)


_COPY = N_("Put the file itself in this place.")


def _gone(path: Path) -> tuple[str, str]:
    if path.is_symlink():
        return N_("The file is a link, and what it leads to does not exist."), _COPY
    return N_("The file does not exist."), N_("Write it, or bring it back from git.")


def unreadable(name: str, text: str, fix: str, **values: object) -> Finding:
    """The fault `source.unreadable` of a file."""
    return Finding("source.unreadable", "error", Message(text, values), Message(fix), name)


def write(path: Path, text: str, inside: Path | None = None) -> None:
    """Write a text as UTF-8: afterwards the file is the old one or the new one. Raises KamError.

    `inside`: a resolved folder that no link may lead out of.
    """
    target = path.resolve()
    if inside and not target.is_relative_to(inside):
        raise KamError(Message(N_("{file} leads out of the repository through a link."), {"file": str(path)}))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with prepared(target, text.encode("utf-8", "backslashreplace")) as temporary:
            temporary.replace(target)
    except OSError as error:
        raise unwritable(str(path), error) from error


def unwritable(name: str, error: OSError) -> KamError:
    """What to say when the system refuses to write a file."""
    return KamError(Message(N_("{file} cannot be written: {why}."), {"file": name, "why": why(error)}))


_NO_RIGHT, _FULL, _OPEN = N_("you have no right to"), N_("the disk is full"), N_("too many files are open")
_GIVE, _ALLOW = N_("Make room on the disk, or give yourself the rights there."), N_("Allow more: ulimit -n 1024")
_REFUSED = {
    errno.EACCES: (_NO_RIGHT, _GIVE),
    errno.EPERM: (_NO_RIGHT, _GIVE),
    errno.EROFS: (N_("it can only be read"), _GIVE),
    errno.ENOSPC: (_FULL, _GIVE),
    errno.EDQUOT: (_FULL, _GIVE),
    errno.EMFILE: (_OPEN, _ALLOW),
    errno.ENFILE: (_OPEN, _ALLOW),
}
_WHY = {**{number: said for number, (said, _) in _REFUSED.items()}, errno.ELOOP: N_("the links go round in a circle")}
_WHY |= {
    errno.ENOTDIR: N_("a part of the path is a file, not a folder"),
    errno.EEXIST: N_("there is a file of that name already"),
    errno.EADDRINUSE: N_("another program uses it"),
}


def why(error: OSError) -> Message:
    """Why the system refuses, in our words where we have some."""
    return Message(_WHY.get(error.errno or 0) or error.strerror or str(error))


def refused(error: OSError) -> KamError | None:
    """What to say where the system refused what kam may well want; None where it need not have wanted it."""
    if error.errno not in _REFUSED:
        return None
    path, hint = error.filename2 or error.filename, Message(_REFUSED[error.errno][1])
    if path is None:
        return KamError(Message(N_("The system refuses: {why}."), {"why": why(error)}), hint)
    return KamError(Message(N_("{file} cannot be used: {why}."), {"file": os.fsdecode(path), "why": why(error)}), hint)


@contextmanager
def prepared(target: Path, raw: bytes, prefix: str = ".kam-") -> Iterator[Path]:
    """A file beside the target with these bytes and the target's rights, on the disk; gone at the end unless moved."""
    import tempfile  # with half the standard library behind it, and most commands write nothing

    handle, name = tempfile.mkstemp(prefix=prefix, suffix=".tmp", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(raw)
            out.flush()
            os.fsync(out.fileno())
        temporary.chmod(_mode(target))
        _keep_owner(temporary, target)
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def _keep_owner(temporary: Path, target: Path) -> None:
    """The new file belongs to whom the old one belonged, where we may give it away."""
    if hasattr(os, "chown") and target.exists():
        with suppress(OSError):
            os.chown(temporary, target.stat().st_uid, target.stat().st_gid)


def _mode(target: Path) -> int:
    """The rights of the file that is replaced, or those that a new file gets."""
    if target.exists():
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
