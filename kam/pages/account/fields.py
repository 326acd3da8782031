"""Any part of an account as labels and values, read from the schema: titles, words, references, dates, Markdown."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Any, Literal, NamedTuple

from kam import render, schema
from kam.language import N_, Language
from kam.model import empty
from kam.pages.account.scene import Scene, Who, colleague, contact_anchor, stakeholder

WIDEST = 6
"""Columns of a table; what needs more is told thing by thing."""
_NAMES = ("text", "title", "name")


class Inline(NamedTuple):
    """Texts in a row, each with or without a link."""

    bits: tuple[Who, ...]
    kind: Literal["inline"] = "inline"


class Rich(NamedTuple):
    """A text in Markdown."""

    text: str
    kind: Literal["rich"] = "rich"


class Fields(NamedTuple):
    """Labels and values."""

    rows: tuple[tuple[str, Node], ...]
    kind: Literal["fields"] = "fields"


class Line(NamedTuple):
    """One thing among its like: its id on the page, what it is called, and its cells or its fields."""

    id: str
    title: str
    cells: tuple[Node | None, ...]


class Table(NamedTuple):
    """Things with the same few fields."""

    heads: tuple[str, ...]
    rows: tuple[Line, ...]
    kind: Literal["table"] = "table"


class Items(NamedTuple):
    """Things with many fields; each line has one cell that holds them all."""

    rows: tuple[Line, ...]
    kind: Literal["items"] = "items"


Node = Inline | Rich | Fields | Table | Items


class Extra(NamedTuple):
    """A field of the company's own: where, its key, its value."""

    where: str
    key: str
    value: str


class Spec(NamedTuple):
    """What the schema says about one field, references resolved."""

    title: Mapping[str, str] = {}
    fields: Mapping[str, Spec] = {}
    """The fields of a thing with fixed keys."""
    each: Spec | None = None
    """What stands under every other key, or in every place of a list."""
    words: Mapping[str, Mapping[str, str]] = {}
    ref: str = ""
    key_ref: str = ""
    rich: bool = False
    share: bool = False

    def below(self, key: str) -> Spec:
        return self.fields.get(key) or self.each or NOTHING


NOTHING = Spec()


@cache
def root() -> Spec:
    """The schema of an account."""
    return _spec(schema.load("account"))


def _spec(node: Mapping[str, Any]) -> Spec:
    merged: dict[str, Any] = dict(node)
    share = False
    while reference := merged.pop("$ref", None):
        name = reference.rpartition("/")[2]
        share = share or name == "share"
        merged = {**schema.load("account")["$defs"][name], **merged}
    for choice in merged.get("anyOf", ()):
        merged = {**choice, **merged}
    each = merged.get("additionalProperties") or merged.get("items")
    english = merged.get("title", "")
    return Spec(
        {"en": english, "zh": merged.get("x-zh", {}).get("title", english)},
        {key: _spec(one) for key, one in merged.get("properties", {}).items()},
        _spec(each) if isinstance(each, Mapping) else None,
        merged.get("x-words", {}),
        merged.get("x-ref", ""),
        merged.get("x-key-ref", ""),
        merged.get("contentMediaType") == "text/markdown",
        share,
    )


def _at(*path: str) -> Spec:
    """The schema of what stands at a path of keys."""
    spec = root()
    for key in path:
        spec = spec.below(key)
    return spec


def _title(scene: Scene, spec: Spec, fallback: str) -> str:
    return spec.title.get(scene.setting.language.code) or fallback


def section_title(name: str, language: Language) -> str:
    """The title of a section of the file."""
    return _at(name).title.get(language.code) or name


def section(scene: Scene, name: str) -> Node | None:
    """A whole section."""
    return _node(scene, scene.account.data.get(name), _at(name), name.replace("_", "-"))


def rest(scene: Scene, path: tuple[str, ...], data: Any, known: Collection[str]) -> tuple[tuple[str, str], ...]:
    """The filled fields of a thing besides those that are known, as labels and plain texts."""
    left = {key: value for key, value in (data or {}).items() if key not in known and not key.startswith("x-")}
    found = _fields(scene, left, _at(*path), "")
    return tuple((label, plain(scene, one)) for label, one in found)


def extras(scene: Scene, *names: str) -> tuple[Extra, ...]:
    """The company's own fields (`x-…`) anywhere in some sections."""
    text = scene.analysis.document.text
    if "x-" not in text and "\\" not in text:  # nobody need walk through a file that cannot have such a key
        return ()
    return tuple(one for name in names for one in _extras(scene, scene.account.data.get(name), _at(name), ()))


def extras_of_file(scene: Scene) -> tuple[Extra, ...]:
    """The company's own fields at the head of the file."""
    own = ((key, value) for key, value in scene.account.data.items() if key.startswith("x-"))
    return tuple(Extra("", key, plain(scene, _node(scene, value, NOTHING, ""))) for key, value in own)


def _extras(scene: Scene, data: Any, spec: Spec, where: tuple[str, ...]) -> Iterator[Extra]:
    if isinstance(data, list):
        for at, one in enumerate(data, 1):
            yield from _extras(scene, one, spec.below(""), (*where, _called(one) or str(at)))
    for key, value in data.items() if isinstance(data, dict) else ():
        below = spec.below(key)
        if key.startswith("x-"):
            found = _node(scene, value, NOTHING, "")
            yield Extra(" · ".join(where), key, plain(scene, found) if found else "")
        else:
            name = _title(scene, below, key) if key in spec.fields else _called(value) or key
            yield from _extras(scene, value, below, (*where, name))


def _called(value: Any) -> str:
    """What a thing is called by itself."""
    names = (value.get(name) for name in _NAMES) if isinstance(value, dict) else ()
    return next((name for name in names if isinstance(name, str) and name.strip()), "")


def _node(scene: Scene, value: Any, spec: Spec, anchor: str) -> Node | None:
    if empty(value):
        return None
    if isinstance(value, dict):
        return _mapping(scene, value, spec, anchor)
    if isinstance(value, list):
        return _list(scene, value, spec)
    if spec.rich:
        return Rich(str(value))
    return Inline((_scalar(scene, value, spec),))


def _mapping(scene: Scene, value: dict[str, Any], spec: Spec, anchor: str) -> Node | None:
    fixed = spec.fields
    known = {key: one for key, one in value.items() if not key.startswith("x-") or spec is NOTHING}
    if fixed and not (known and all(isinstance(one, dict) for one in known.values())):
        return _filled(Fields(tuple(_fields(scene, known, spec, anchor))))
    order = [key for key in fixed if key in known] or list(known)
    things = [(key, _key(scene, key, spec), known[key], spec.below(key)) for key in order if not empty(known[key])]
    if all(not isinstance(one, (dict, list)) for _, _, one, _ in things):
        return _filled(
            Fields(tuple((name, found) for _, name, one, below in things if (found := _node(scene, one, below, ""))))
        )
    return _things(scene, things, anchor)


def _filled(fields: Fields) -> Fields | None:
    return fields if fields.rows else None


def _key(scene: Scene, key: str, spec: Spec) -> str:
    """What a key of a mapping means: a field, one of our people, an offer …; nothing for an id of its own."""
    if key in spec.fields:
        return _title(scene, spec.below(key), key)
    kind = spec.key_ref
    return refer(scene, kind, key).name if kind else key


def _fields(scene: Scene, value: Mapping[str, Any], spec: Spec, anchor: str) -> Iterator[tuple[str, Node]]:
    fixed = spec.fields
    for key in [key for key in fixed if key in value] or list(value):
        found = _node(scene, value[key], spec.below(key), "" if "." in anchor else anchor and f"{anchor}.{key}")
        if found:
            yield _title(scene, spec.below(key), key), found


def _list(scene: Scene, value: list[Any], spec: Spec) -> Node | None:
    below = spec.below("")
    if any(isinstance(one, dict) for one in value):
        return _things(scene, [("", "", one, below) for one in value if isinstance(one, dict)], "")
    bits = tuple(_scalar(scene, one, below) for one in value if not empty(one))
    return Inline(bits) if bits else None


def _things(scene: Scene, things: list[tuple[str, str, Any, Spec]], anchor: str) -> Node | None:
    """Things of one kind: a table while their fields are few and flat."""
    dicts = [one if isinstance(one, dict) else {"": one} for _, _, one, _ in things]
    columns: dict[str, Spec] = {}
    for (_, _, _, spec), one in zip(things, dicts, strict=True):
        for key in [key for key in spec.fields if key in one] or list(one):
            if not empty(one[key]) and not key.startswith("x-"):
                columns.setdefault(key, spec.below(key) if key else spec)
    nested = any(
        isinstance(value, dict) or (isinstance(value, list) and any(isinstance(x, dict) for x in value))
        for one in dicts
        for value in one.values()
    )
    named = (
        next((name for name in _NAMES if name in columns), None)
        if not all(name != key for key, name, _, _ in things)
        else None
    )
    rest = [key for key in columns if key != named]
    if nested or len(rest) > WIDEST:
        return Items(tuple(_item(scene, thing, one, named, anchor) for thing, one in zip(things, dicts, strict=True)))
    heads = [_title(scene, columns[named], named)] if named else [""] if any(name for _, name, _, _ in things) else []
    rows = [
        Line(
            f"{anchor}.{key}" if anchor and key else "",
            str(one.get(named) or name) if named else name,
            tuple(_node(scene, one.get(column), columns[column], "") for column in rest),
        )
        for (key, name, _, _), one in zip(things, dicts, strict=True)
    ]
    return Table((*heads, *(_title(scene, columns[key], key) for key in rest)), tuple(rows)) if rows else None


def _item(scene: Scene, thing: tuple[str, str, Any, Spec], one: dict[str, Any], named: str | None, anchor: str) -> Line:
    key, name, _, spec = thing
    own = f"{anchor}.{key}" if anchor and key else ""
    called = str(one.get(named) or name) if named else name
    found = _filled(
        Fields(
            tuple(_fields(scene, {k: v for k, v in one.items() if k != named and not k.startswith("x-")}, spec, own))
        )
    )
    return Line(own, called, (found,))


def _scalar(scene: Scene, value: Any, spec: Spec) -> Who:
    words = spec.words.get(value) if isinstance(value, str) else None
    if words:
        return Who(str(words.get(scene.setting.language.code, value)), None)
    if isinstance(value, bool):
        return Who(scene.text(N_("yes")) if value else scene.text(N_("no")), None)
    if isinstance(value, (int, float)):
        return Who(f"{render.number(round(value * 100, 2))}%" if spec.share else render.number(value), None)
    if spec.ref:
        return refer(scene, spec.ref, str(value))
    text = str(value)
    if _ID.fullmatch(text):
        found = stakeholder(scene, text) if text in scene.account.stakeholders else target(scene, text)
        return found if found.href else Who(text, None)
    return Who(text, render.url(text) if text.startswith(("http://", "https://")) else None)


_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*|(S|W|O|T|SO|WO|ST|WT)[1-9][0-9]*")
"""What may be an id where the field allows any text."""


def refer(scene: Scene, kind: str, id: str) -> Who:
    """What an id stands for, with its place on the page."""
    account = scene.account
    if kind in ("person", "member"):
        return colleague(scene, id)
    if kind == "stakeholder" or (kind == "audience" and id in account.stakeholders):
        return stakeholder(scene, id)
    if kind == "audience":
        return colleague(scene, id)
    if kind == "department":
        return Who(scene.plan.company.department_name(id), None)
    return target(scene, id)


def target(scene: Scene, id: str) -> Who:
    """Where something of the plan stands: an action, a factor, an entry, a goal, a need, an offer, a contact …"""
    account, data = scene.account, scene.account.data
    if account.swot and (id in account.swot.factors or id in account.swot.actions):
        return Who(id, f"#{id}")
    if account.roadmap and id in account.roadmap.entries:
        return Who(account.roadmap.entries[id].text, f"#r-{id}")
    if id in account.competitors:
        return Who(account.competitors[id].name, f"#competitors.{id}")
    for goals in (account.goals.external, account.goals.internal) if account.goals else ():
        if id in goals:
            return Who(goals[id].text, "#roadmap")
    if account.learning and id in account.learning.subjects:
        return Who(account.learning.subjects[id].name, "#learning")
    for name in ("needs", "offers", "opportunities", "actions", "feedback", "contracts"):
        if isinstance(data.get(name), dict) and id in data[name]:
            return Who(_called(data[name][id]) or id, f"#{name}.{id}")
    if any(one.id == id for one in account.contacts):
        return Who(id, f"#{contact_anchor(id)}")
    return Who(id, None)


def plain(scene: Scene, node: Node | None) -> str:
    """A part as one line of text."""
    if node is None:
        return ""
    if isinstance(node, Inline):
        return scene.listed(one.name for one in node.bits)
    if isinstance(node, Rich):
        return node.text
    if isinstance(node, Fields):
        return scene.semicolon.join(f"{label} {plain(scene, one)}" for label, one in node.rows)
    rows = ((line.title, *(plain(scene, cell) for cell in line.cells)) for line in node.rows)
    return scene.semicolon.join(" ".join(filter(None, row)) for row in rows)
