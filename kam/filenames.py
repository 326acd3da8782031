"""What the file of an account may be called: its name is the account's id, in addresses and on every system."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath
from unicodedata import normalize

from kam.finding import Finding, Message
from kam.language import N_

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})
"""Names that Windows keeps for itself."""
CURE = N_("Name the file with small letters a–z, digits and single hyphens, at most 64 characters, not x-….")


def faults(names: Iterable[str]) -> dict[str, Finding]:
    """The faults of file names: refused ones, and those that some computers cannot tell from another."""
    found: dict[str, Finding] = {}
    first: dict[str, str] = {}
    refused = {name: _refused(PurePosixPath(name).stem) for name in names}
    for name in sorted(refused, key=lambda name: refused[name] is not None):  # what is refused hides no other
        stem = PurePosixPath(name).stem
        known = first.setdefault(normalize("NFKC", stem).casefold(), name)
        fault = _twice(stem, known) if known != name else refused[name]
        if fault:
            rule, text, fix = fault
            found[name] = Finding(rule, "error", text, Message(fix), name)
    return found


TAKEN = N_("The site or Windows needs this name for something else; choose another one.")


def _refused(stem: str) -> tuple[str, Message, str] | None:
    said = {"name": stem}
    if is_reserved(stem):
        text = N_("An account cannot be called “{name}”: the site or Windows needs the name for something else.")
        return "source.duplicate-account", Message(text, said), N_("Give the file another name.")
    if not ID.fullmatch(stem) or len(stem) > 64 or stem.startswith("x-"):
        text = N_("“{name}” is not an account's id: the file name is what the customer is called everywhere.")
        return "schema.pattern", Message(text, said), CURE
    return None


def _twice(stem: str, known: str) -> tuple[str, Message, str]:
    text = N_("There is another account called “{name}”: {file}.")
    fix = N_("Give one of the two files another name; ids are unique over all folders.")
    return "source.duplicate-account", Message(text, {"name": stem, "file": known}), fix


def is_reserved(stem: str) -> bool:
    """Whether the site or Windows needs the name."""
    return stem.casefold() == "index" or stem.casefold() in RESERVED


def is_id(text: str) -> bool:
    """Whether a text can be the id of an account."""
    return _refused(text) is None
