"""Long texts on their way from one process to another: they wait in files, not in pipes and not in memory."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import NamedTuple
from weakref import finalize

from kam import files
from kam.finding import KamError, Message
from kam.language import N_

_ELSEWHERE = Message(N_("Make room there, or name a folder with room in the environment variable TMPDIR."))


class Kept(NamedTuple):
    """Where a text waits: a part of a file, in bytes."""

    file: str
    start: int
    length: int


class Spool:
    """A folder for texts, among the system's temporary files; it goes away with this object, else with the process."""

    def __init__(self) -> None:
        try:
            self.folder = Path(tempfile.mkdtemp(prefix="kam-"))
        except OSError as error:
            raise KamError(Message(N_("No temporary folder can be made: {why}."), {"why": files.why(error)})) from error
        finalize(self, shutil.rmtree, self.folder, ignore_errors=True)


def put(folder: Path, text: str) -> Kept:
    """Let a text wait. Every process writes into a file of its own. Raises KamError."""
    raw, path = text.encode(), folder / str(os.getpid())
    try:
        with path.open("ab") as file:
            start = file.tell()
            file.write(raw)
    except OSError as error:
        raise KamError(files.unwritable(str(path), error).message, _ELSEWHERE) from error
    return Kept(str(path), start, len(raw))


def take(kept: Kept) -> str:
    """The text."""
    with Path(kept.file).open("rb") as file:
        file.seek(kept.start)
        return file.read(kept.length).decode()
