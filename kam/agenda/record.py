"""The commands that write down what was done or found out: the words after `kam`, without the account's id."""

from __future__ import annotations

import re
from collections.abc import Iterable
from shlex import quote

Record = tuple[str, ...]
"""`("log", "--with", "cfo", "-m", "…")`; empty where no command writes it."""

BLANK = "…"
"""What the user still has to say."""
MOST = 8
"""Values that one command sets at most; what is left comes up again."""
_BARE = re.compile(r"[A-Za-z0-9_.,:=/@%+-]+")


def log(theirs: Iterable[str], ours: Iterable[str] = (), kind: str | None = None) -> Record:
    """A contact of these people."""
    who = ",".join(dict.fromkeys(ours))
    return (
        *("log", "--with", ",".join(dict.fromkeys(theirs))),
        *(("--by", who) if who else ()),
        *(("--kind", kind) if kind else ()),
        *("-m", BLANK),
    )


def put(*values: tuple[str, object], why: bool = False) -> Record:
    """Fields by their path, `("matrix.reviewed", day)`, and the values that they get."""
    named = (f"{path}={value}" for path, value in values[:MOST])
    return ("set", *named, *(("--why", BLANK) if why else ()))


def done(id: str) -> Record:
    """An action that is finished."""
    return ("done", id)


def command(account: str, record: Record) -> str:
    """The line to type, `kam log ID …`; nothing for nothing."""
    if not record:
        return ""
    name, *words = record
    return " ".join(("kam", name, quote(account), *map(_typed, words)))


def _typed(word: str) -> str:
    """A word as a shell wants it; what is still to be said stands in quotation marks."""
    before, blank, after = word.rpartition(BLANK)
    if blank and not after and (not before or _BARE.fullmatch(before)):
        return f'{before}"{BLANK}"'
    return quote(word)
