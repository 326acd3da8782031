"""Which account and which person a command line means: by id, by name or by pinyin, whole or as it begins."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from kam import encoding, files, source
from kam.daily import names
from kam.daily.names import Name, Sort
from kam.language import N_
from kam.project import Project

ACCOUNT = Sort(N_("There is no account “{name}”."), N_("A new customer? kam new ID"))
EITHER = Sort(
    N_("Neither ours nor the customer's people have a “{name}”."), N_("`kam brief ID` lists whom there is to meet.")
)
_NAME = re.compile(r"^(?:name|\"name\"|'name'):[^\n]*$", re.MULTILINE)


def account(project: Project, asked: str) -> str:
    """The file of the account that a text means. Raises KamError."""
    known = {PurePosixPath(name).stem: name for name in reversed(project.accounts)}
    if asked in known:
        return known[asked]
    called = [Name(id, tuple(filter(None, (_name(project, file),)))) for id, file in known.items()]
    return known[names.understood(asked, called, ACCOUNT)]


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
    return names.understood(asked, [Name(id, (one.name,)) for id, one in company.people.items()], names.PERSON)


def either(asked: str, called: Mapping[str, Sequence[str]]) -> str:
    """The id of one of these people, ours and theirs. Raises KamError."""
    return names.understood(asked, [Name(id, tuple(words)) for id, words in called.items()], EITHER)
