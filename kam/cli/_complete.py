"""Shell completion: ids of accounts, of the people on both sides, of rules; found by id, name or pinyin.

The mechanism is click's: `eval "$(_KAM_COMPLETE=bash_source kam)"`, or `zsh_source`, `fish_source`. Whoever completes
wants an answer at once and no message ever: what cannot be found out is left out.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from kam.daily.names import Name

VARIABLE = "_KAM_COMPLETE"
_MOST = 300

Completer = Callable[[click.Context, click.Parameter, str], "list[CompletionItem]"]


def asked() -> bool:
    """Whether this process only completes a line, or prints the script for it."""
    return bool(os.environ.get(VARIABLE))


def answer(work: Callable[[], object]) -> int:
    """Complete; whatever goes wrong, nothing is said."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
    code = 1
    try:
        work()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except Exception:  # there is nobody to tell it to
        return code
    with suppress(OSError):
        sys.stdout.flush()
    return code


def _quiet(find: Callable[[click.Context, str], Iterable[Name]]) -> Completer:
    """A completer of one id or, behind the last comma, of a list of ids."""

    def complete(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
        del parameter
        before, comma, last = begun.rpartition(",")
        with suppress(Exception):  # a broken file is no reason to print a traceback into somebody's command line
            return [_item(before + comma, one) for one in find(context, last)][:_MOST]
        return []

    return complete


def _item(before: str, name: Name) -> CompletionItem:
    from click.shell_completion import CompletionItem

    return CompletionItem(before + name.id, help=_shown(" · ".join(name.called)) or None)


def _shown(text: str) -> str:
    from kam.reports import shown

    return shown(text)[:80]


def _root(context: click.Context) -> Path:
    from kam import project

    return project.root(Path.cwd(), context.find_root().params.get("root"))


def _data(root: Path, name: str, kind: Any) -> dict[str, Any]:
    from kam import files, source

    raw = files.read(root, name)
    return (source.read(raw, name, kind).data if isinstance(raw, bytes) else None) or {}


def _file(root: Path, id: str) -> str:
    return next(name for name in _account_files(root) if PurePosixPath(name).stem == id)


def _account_files(root: Path) -> list[str]:
    from kam import project

    return [name for name in project.listed(root, "accounts") if name.endswith(".yaml")]


def _named(table: Any, *fields: str) -> Iterator[Name]:
    from kam.daily.names import Name

    for id, one in table.items() if isinstance(table, dict) else ():
        said = (one.get(field) for field in fields) if isinstance(one, dict) else ()
        yield Name(str(id), tuple(text for text in said if isinstance(text, str)))


def _matching(begun: str, known: Iterable[Name]) -> Iterator[Name]:
    from kam.daily.names import matching

    return matching(begun, known)


def _accounts(context: click.Context, begun: str) -> Iterator[Name]:
    from kam.daily.names import Name

    return _matching(begun, (Name(PurePosixPath(name).stem) for name in _account_files(_root(context))))


def _people(context: click.Context, begun: str) -> Iterator[Name]:
    from kam import project

    known = _data(_root(context), project.PEOPLE, "company").get("people")
    return _matching(begun, _named(known, "name"))


def _account(context: click.Context) -> dict[str, Any]:
    """The account that stands earlier on the line."""
    root = _root(context)
    # Behind an option that still lacks its value click has not come to the arguments yet.
    id = context.params.get("id") or context.args[0]
    return _data(root, _file(root, str(id)), "account")


def _stakeholders(context: click.Context, begun: str) -> Iterator[Name]:
    return _matching(begun, _named(_account(context).get("stakeholders"), "title", "name"))


def _things(context: click.Context, begun: str) -> Iterator[Name]:
    data = _account(context)
    tables = [(data.get("swot") or {}).get("actions"), data.get("actions"), (data.get("roadmap") or {}).get("entries")]
    open_ = (
        {id: one for id, one in table.items() if isinstance(one, dict) and one.get("status") not in ("done", "dropped")}
        for table in tables
        if isinstance(table, dict)
    )
    return _matching(begun, (name for table in open_ for name in _named(table, "text")))


def _plays(context: click.Context, begun: str) -> Iterator[Name]:
    from kam import company_files, resources
    from kam.daily.names import Name

    folders = (resources.path("templates") / "plays", _root(context) / company_files.PLAYS)
    found = {file.stem for folder in folders for file in folder.glob("*.yaml")}
    return _matching(begun, (Name(one) for one in sorted(found)))


def _rules(context: click.Context, begun: str) -> Iterator[Name]:
    del context
    from kam import rules
    from kam.daily.names import Name

    return (Name(id) for id in sorted((*rules.families(), *rules.ids())) if id.startswith(begun))


def _stances(context: click.Context, begun: str) -> Iterator[Name]:
    from kam import schema
    from kam.daily.names import Name

    who, equals, value = begun.partition("=")
    if not equals:
        return (Name(f"{one.id}=", one.called) for one in _stakeholders(context, who))
    return (Name(f"{who}={word}") for word in schema.words("stance") if word.startswith(value))


def _fields(context: click.Context, begun: str) -> Iterator[Name]:
    """The next key of a path, or the words that its field may have."""
    from kam import schema
    from kam.daily.names import Name

    path, equals, value = begun.partition("=")
    *above, last = path.split(".")
    node = schema.field("account", (*above, last) if equals else tuple(above)) or {}
    if equals:
        return (Name(f"{path}={word}") for word in node.get("x-words", ()) if word.startswith(value))
    there: Any = _account(context)
    for key in above:
        there = there.get(key) if isinstance(there, dict) else None
    keys = dict.fromkeys((*node.get("properties", ()), *(there if isinstance(there, dict) else ())))
    return (Name(".".join((*above, key)) + _sign((*above, key))) for key in keys if key.startswith(last))


def _sign(path: tuple[str, ...]) -> str:
    """What follows a key: `.` where more keys stand below, else `=`."""
    from kam import schema

    node = schema.field("account", path) or {}
    return "." if node.get("properties") or isinstance(node.get("additionalProperties"), dict) else "="


accounts = _quiet(_accounts)
fields = _quiet(_fields)
people = _quiet(_people)
plays = _quiet(_plays)
stakeholders = _quiet(_stakeholders)
things = _quiet(_things)
rules = _quiet(_rules)
stances = _quiet(_stances)
