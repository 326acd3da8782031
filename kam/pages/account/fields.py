"""Any part of an account as labels and values, read from the schema: titles, words, references, dates, Markdown."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from kam import render
from kam.language import N_
from kam.model import empty
from kam.pages.account.scene import Scene, Who, colleague, contact_anchor, stakeholder
from kam.pages.account.spec import NOTHING, Spec, at

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


def title(scene: Scene, spec: Spec, fallback: str) -> str:
    """What a field is called."""
    return spec.title.get(scene.setting.language.code) or fallback


def section(scene: Scene, name: str) -> Node | None:
    """A whole section."""
    return _node(scene, scene.account.data.get(name), at(name), name.replace("_", "-"))


def rest(scene: Scene, path: tuple[str, ...], data: Any, known: Collection[str]) -> tuple[tuple[str, str], ...]:
    """The filled fields of a thing besides those that are known, as labels and plain texts."""
    left = {key: value for key, value in (data or {}).items() if key not in known and not key.startswith("x-")}
    found = _fields(scene, left, at(*path), "")
    return tuple((label, plain(scene, one)) for label, one in found)


def called(value: Any) -> str:
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
        return title(scene, spec.below(key), key)
    kind = spec.key_ref
    return refer(scene, kind, key).name if kind else key


def _fields(scene: Scene, value: Mapping[str, Any], spec: Spec, anchor: str) -> Iterator[tuple[str, Node]]:
    fixed = spec.fields
    for key in [key for key in fixed if key in value] or list(value):
        found = _node(scene, value[key], spec.below(key), "" if "." in anchor else anchor and f"{anchor}.{key}")
        if found:
            yield title(scene, spec.below(key), key), found


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
    heads = [title(scene, columns[named], named)] if named else [""] if any(name for _, name, _, _ in things) else []
    rows = [
        Line(
            f"{anchor}.{key}" if anchor and key else "",
            str(one.get(named) or name) if named else name,
            tuple(_node(scene, one.get(column), columns[column], "") for column in rest),
        )
        for (key, name, _, _), one in zip(things, dicts, strict=True)
    ]
    return Table((*heads, *(title(scene, columns[key], key) for key in rest)), tuple(rows)) if rows else None


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
            return Who(called(data[name][id]) or id, f"#{name}.{id}")
    if any(one.id == id for one in account.contacts):
        return Who(id, f"#{contact_anchor(id)}")
    return Who(id, None)


def told(scene: Scene, value: Any) -> str:
    """A value that no schema knows as one line of text."""
    return plain(scene, _node(scene, value, NOTHING, ""))


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
