"""The text of a new account: six lines that are enough, and as comments what else its sections may hold."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kam import schema
from kam.finding import Path
from kam.language import N_, Language
from kam.schema.shape import Node

HEAD = ("team", "stakeholders", "matrix")
"""Sections that every new account begins with."""
_DEEP = 3
_COLUMN = 34


class Beginning(NamedTuple):
    """What is known of a new account."""

    name: str
    class_: str
    manager: str
    sections: tuple[str, ...] = ()
    """Sections to put in besides, empty, with their fields as comments."""
    schema: str = "../schema/account.schema.json"
    """Where the schema lies, seen from the file."""
    contact: tuple[str, str] | None = None
    """Id and position of somebody at the customer with whom we can talk."""


_HINTS = (
    N_("class: key, special, good or ordinary; it decides how deep the account is checked."),
    N_("stakeholders: the people at the customer, by an id of your choice; delete status once you know the person."),
    N_("matrix: who of ours tends whom of theirs, keep (in touch) or close; the account manager knows everybody."),
    N_("More sections: `kam new` with --with, or the schema: `kam schema account`."),
)


def account(new: Beginning, language: Language) -> str:
    """The text of an account file that is valid and holds nothing that nobody knows yet."""
    say = language.text
    first = quoted(say(N_("First contact: replace with the person's position")))
    whom, known = "first-contact", f"{{title: {first}, status: placeholder}}"
    if new.contact:
        whom, known = new.contact[0], f"{{title: {quoted(new.contact[1])}, acquaintance: can-talk}}"
    lines = [
        f"# yaml-language-server: $schema={new.schema}",
        "# "
        + say(N_("These six lines are enough for a customer. What nobody knows stays out: an empty line is honest.")),
        "version: 1",
        f"name: {quoted(new.name)}",
        f"class: {new.class_}",
        f"team: {{manager: {new.manager}}}",
        f"stakeholders: {{{whom}: {known}}}",
        f"matrix: {{cells: {{{new.manager}: {{{whom}: keep}}}}}}",
        "",
        *(f"# {say(text)}" for text in _HINTS),
    ]
    for name in new.sections:
        if name not in HEAD:
            lines += _section(name, language)
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """A text as YAML has it, in quotes unless it is plain words; JSON's quotes are YAML's."""
    words = text.replace(" ", "").replace("-", "")
    plain = words.isalpha() and text == text.strip(" -") and text.lower() not in _SWITCHES
    return text if plain else json.dumps(text, ensure_ascii=False)


_SWITCHES = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}


def commented(name: str, language: Language) -> list[str]:
    """A section with all its fields as comments, after an empty line."""
    lines = _section(name, language)
    return [line if not line or line.startswith("# ") else f"# {line.replace('  # ', '  ', 1)}" for line in lines]


def _section(name: str, language: Language) -> Iterator[str]:
    node = schema.field("account", (name,)) or {}
    yield ""
    yield f"# {_meaning(node, name, language)}"
    yield f"{name}:"
    for depth, key, about in _fields((name,), node, language, 0):
        line = f"  # {'  ' * depth}{key}:"
        yield f"{line:<{_COLUMN}}# {about}" if about else line


def _fields(path: Path, node: Node, language: Language, depth: int) -> Iterator[tuple[int, str, str]]:
    """Depth, key and meaning of every field below a place, as deep as one can still read it."""
    if depth >= _DEEP:
        return
    dash = ""
    if "items" in node:
        path, dash = (*path, 0), "- "
        node = schema.field("account", path) or {}
    for key in node.get("properties", {}):
        inside = schema.field("account", (*path, key)) or {}
        yield depth, dash + key, _about(inside, key, language)
        dash = "  " if dash else ""
        yield from _fields((*path, key), inside, language, depth + 1 + bool(dash))
    if isinstance(node.get("additionalProperties"), dict) and not node.get("properties"):
        key = _KEYS.get(path, "id-1")
        inside = schema.field("account", (*path, key)) or {}
        yield depth, key, _about(inside, "", language)
        yield from _fields((*path, key), inside, language, depth + 1)


_KEYS: dict[Path, str] = {
    ("swot", "strengths"): "S1",
    ("swot", "weaknesses"): "W1",
    ("swot", "opportunities"): "O1",
    ("swot", "threats"): "T1",
    ("swot", "actions"): "SO1",
    ("roadmap", "budgets"): "2026",
    ("roadmap", "sign_offs"): "sales",
}


def _about(node: Node, key: str, language: Language) -> str:
    """What a field means, and the words that it may have."""
    words = [str(one) for one in node.get("enum", ()) if one is not None]
    meaning = _meaning(node, key, language)
    return f"{meaning} [{', '.join(words)}]" if words else meaning


def _meaning(node: Node, key: str, language: Language) -> str:
    said = {**node, **node.get("x-zh", {})} if language.code == "zh" else node
    colon = "：" if language.code == "zh" else ": "
    parts = [said[name].replace("\n", " ") for name in ("title", "description") if name in said]
    return colon.join(parts) or key


def ordered(sections: Iterable[str]) -> tuple[str, ...]:
    """The sections in the order of the schema, each once."""
    asked = set(sections)
    return tuple(name for name in schema.sections() if name in asked)
