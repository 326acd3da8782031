"""Somebody or something meant by id, by name or by pinyin, whole or the beginning of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import PurePosixPath

from kam import encoding, files, source
from kam.finding import KamError, Message
from kam.language import N_
from kam.project import Project
from kam.selection import near

MOST = 6
"""Candidates that are named when a text may mean several."""
_NAME = re.compile(r"^(?:name|\"name\"|'name'):[^\n]*$", re.MULTILINE)

Names = Mapping[str, Sequence[str]]
"""What each id is called besides."""


def account(project: Project, asked: str) -> str:
    """The file of the account that a text means. Raises KamError."""
    known = {PurePosixPath(name).stem: name for name in reversed(project.accounts)}
    if asked in known:
        return known[asked]
    names = {id: (_name(project, file),) for id, file in known.items()}
    return known[meant(asked, names, N_("There is no account “{name}”."))]


def _name(project: Project, file: str) -> str:
    """What an account file calls its customer, from one line: nobody waits for thousands of files to be parsed."""
    raw = files.read(project.root, file)
    try:
        line = _NAME.search(encoding.decode(raw)) if isinstance(raw, bytes) else None
    except encoding.UnreadableError:
        return ""
    data = source.read(line[0].encode(), file, "account").data if line else None
    name = (data or {}).get("name")
    return name if isinstance(name, str) else ""


def person(project: Project, asked: str) -> str:
    """The id of one of ours whom a text means; while people.yaml cannot be read, the text itself. Raises KamError."""
    company = project.company.company
    if not company.known:
        return asked
    names = {id: (one.name,) for id, one in company.people.items()}
    return meant(asked, names, N_("Nobody of ours is called “{name}”."))


def meant(asked: str, names: Names, unknown: str) -> str:
    """The one id that a text means; `unknown` is what is said when there is none. Raises KamError."""
    text = _plain(asked)
    for fits in (_is, _sounds, _begins, _holds) if text else ():
        found = [id for id, called in names.items() if fits(text, id, called)]
        if len(found) == 1:
            return found[0]
        if found:
            raise KamError(Message(N_("“{name}” may mean several."), {"name": asked}), _several(found, names))
    spelled = {_plain(word): id for id, called in names.items() for word in (id, *called) if word}
    nearest = near(text, spelled)
    hint = Message(N_("Did you mean {name}?"), {"name": spelled[nearest]}) if nearest else None
    raise KamError(Message(unknown, {"name": asked}), hint)


def _several(found: Sequence[str], names: Names) -> Message:
    said = [f"{id} ({', '.join(filter(None, names[id]))})" if any(names[id]) else id for id in found[:MOST]]
    more = (Message(N_("{n} more candidates"), {"n": len(found) - MOST}),) if len(found) > MOST else ()
    return Message(N_("Say which: {names}."), {"names": (*said, *more)})


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _is(text: str, id: str, called: Iterable[str]) -> bool:
    return text == id or text in map(_plain, called)


def _sounds(text: str, id: str, called: Iterable[str]) -> bool:
    """Whether it is a part of the id, or the pinyin of a name, whole or by its initials."""
    return text in id.split("-") or _latin(text, called, text.__eq__)


def _begins(text: str, id: str, called: Collection[str]) -> bool:
    return (
        id.startswith(text)
        or any(_plain(one).startswith(text) for one in called)
        or _latin(text, called, lambda word: word.startswith(text))
    )


def _holds(text: str, id: str, called: Iterable[str]) -> bool:
    return text in id or any(text in _plain(one) for one in called)


def _latin(text: str, called: Iterable[str], fits: Callable[[str], bool]) -> bool:
    """Whether a reading of a Chinese name fits; only what is written in Latin letters can be one."""
    if not text.isascii():
        return False
    from kam.search import pinyin

    return any(fits(word) for one in called if not one.isascii() for word in pinyin(one).split())
