"""Baseline: findings that were there when `kam` came. They are not told and do not count, and the list only shrinks.

A text file for git: ids of findings, one a line, sorted; lines with `#` are for people. Faults cannot stand in it, and
nothing that the company calls mandatory is accepted by it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from kam import encoding, files
from kam.finding import Finding, KamError, Message
from kam.language import N_
from kam.reports import shown
from kam.selection import FAULTS

HEADER = """\
# Findings that were there before kam. They are not told and do not count; this list only shrinks.
# kam check --baseline FILE --update-baseline takes out what is no longer found.
"""
_ID = re.compile(r"([a-z0-9-]+)\.[a-z0-9-]+@(.+/.+)")


class Baseline(NamedTuple):
    """A file of accepted findings: its name, and its lines as they stand."""

    path: Path
    lines: tuple[str, ...]

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(filter(None, map(_id, self.lines)))


def read(path: Path) -> Baseline:
    """Read a baseline; raises KamError with the line that does not belong in one."""
    try:
        text = encoding.decode(path.read_bytes())
    except FileNotFoundError:
        hint = Message(N_("`kam check --write-baseline FILE` makes one of what is found now."))
        raise KamError(Message(N_("There is no file {file}."), {"file": str(path)}), hint) from None
    except OSError as error:
        values = {"file": str(path), "why": files.why(error)}
        raise KamError(Message(N_("{file} cannot be read: {why}."), values)) from error
    except encoding.UnreadableError as error:
        raise KamError(_at(path, error.place.line, error.message), error.fix) from None
    found = Baseline(path, tuple(text.split("\n")))
    for number, line in enumerate(found.lines, 1):
        _checked(path, number, _id(line))
    return found


def _id(line: str) -> str:
    """The id on a line, empty if there is none."""
    return "" if line.lstrip().startswith("#") else line.strip()


def _checked(path: Path, number: int, id: str) -> None:
    found = _ID.fullmatch(id)
    if id and not found:
        text, hint = N_("“{id}” is not the id of a finding."), N_("Ids stand in `kam check --output-format json`.")
    elif found and found[1] in FAULTS:
        text, hint = N_("“{id}” is a fault of a file; faults cannot be accepted."), N_("Correct the file.")
    else:
        return
    raise KamError(_at(path, number, Message(text, {"id": id})), Message(hint))


def _at(path: Path, line: int, message: Message) -> Message:
    return Message("{file}:{line}: {message}", {"file": str(path), "line": line, "message": message})


def name(finding: Finding) -> str:
    """A finding as a baseline has it: its id on one line, with nothing in it that is not seen."""
    return shown(finding.id).strip()


def acceptable(finding: Finding, mandatory: Collection[str]) -> bool:
    """Whether a baseline may hold a finding: not a fault, not of a mandatory family, and nobody waived it already."""
    return finding.family not in (*FAULTS, *mandatory) and not finding.waived


def accepts(finding: Finding, ids: Collection[str], mandatory: Collection[str]) -> bool:
    """Whether a baseline with these ids keeps a finding from being told."""
    return acceptable(finding, mandatory) and name(finding) in ids


def gone(baseline: Baseline, findings: Sequence[Finding], mandatory: Collection[str]) -> tuple[str, ...]:
    """The ids that are no longer found in a check of everything, sorted.

    Where a file has errors that keep rules from looking, nobody can tell; its ids stay. Errors in the company's files
    touch every account.
    """
    faults = [one for one in findings if one.family in FAULTS and one.severity == "error"]
    if any(one.account is None for one in faults):
        return ()
    unsure = {one.account for one in faults}
    there = {name(one) for one in findings if acceptable(one, mandatory)}
    return tuple(sorted(id for id in baseline.ids - there if id.partition("@")[2].partition("/")[0] not in unsure))


def shrink(baseline: Baseline, ids: Collection[str]) -> None:
    """Take ids out of the file; everything else in it stays as it is. Raises KamError."""
    left = [line for line in baseline.lines if _id(line) not in ids]
    files.write(baseline.path, "\n".join(left))


def refuse(path: Path) -> None:
    """Raise KamError if something is there already: a baseline is made once."""
    if os.path.lexists(path):
        hint = N_("--update-baseline takes out what is no longer found. To begin anew, delete the file first.")
        raise KamError(Message(N_("{file} is there already; nothing was written."), {"file": str(path)}), Message(hint))


def write(path: Path, findings: Iterable[Finding], mandatory: Collection[str]) -> Baseline:
    """Make a new baseline of everything that it may hold; raises KamError, also if the file is there already."""
    refuse(path)
    ids = sorted({name(one) for one in findings if acceptable(one, mandatory)})
    text = HEADER + "".join(f"{id}\n" for id in ids)
    files.write(path, text)
    return Baseline(path, tuple(text.split("\n")))
