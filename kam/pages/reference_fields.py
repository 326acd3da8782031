"""The field reference: every field of every kind of file, read from the schemas that check the files too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from kam import render, schema
from kam.language import N_, Language
from kam.page import Heading, Page, SearchEntry, link
from kam.pages import Setting
from kam.schema import FileKind
from kam.schema.files import shape as whole_of
from kam.schema.shape import Shape, below

FILES: Mapping[FileKind, str] = {"account": "accounts/{id}.yaml", "kam": "kam.yaml", "play": "company/plays/{id}.yaml"}
PRIVACY = {
    "public": N_("public"),
    "internal": N_("internal"),
    "restricted": N_("restricted"),
    "personal": N_("personal"),
}
TYPES = {
    "string": N_("text"),
    "integer": N_("whole number"),
    "number": N_("number"),
    "boolean": N_("true or false"),
    "array": N_("list"),
    "object": N_("fields below"),
}
IDS = {
    "person": N_("one of our people"),
    "member": N_("member of the team"),
    "stakeholder": N_("somebody of the customer"),
    "department": N_("department"),
    "competitor": N_("competitor"),
    "factor": N_("SWOT factor"),
    "action": N_("action"),
    "goal": N_("goal"),
    "need": N_("need"),
    "offer": N_("offer"),
    "contact": N_("contact"),
    "subject": N_("subject"),
    "rule": N_("rule"),
    "lead": N_("action, roadmap entry, opportunity, need or goal"),
    "audience": N_("one of our people or somebody of the customer"),
}
"""What the id in a field leads to."""


class Word(NamedTuple):
    """One value that a field may have, and what it is called."""

    value: str
    label: str


class Field(NamedTuple):
    """One field of a file: where it stands, what it means, what may stand in it."""

    id: str
    path: str
    title: str
    description: str
    type: str
    words: tuple[Word, ...]
    privacy: str
    required: bool
    examples: tuple[str, ...]


class Section(NamedTuple):
    """A field at the top of a file with everything below it."""

    id: str
    title: str
    named: bool
    """Whether the id is the name of the field; else these are the single values, which share one section."""
    fields: tuple[Field, ...]


class File(NamedTuple):
    """A kind of file, for the list of them."""

    name: str
    title: str
    description: str
    href: str
    sections: tuple[tuple[str, str], ...]


def address(kind: FileKind) -> str:
    """Where the fields of a kind of file are."""
    return f"reference/{kind}/"


def name(kind: FileKind) -> str:
    """How the files of a kind are called."""
    return FILES.get(kind, f"company/{kind}.yaml")


def file(kind: FileKind, setting: Setting, here: str) -> File:
    """A kind of file as the list of them shows it."""
    code = setting.language.code
    root = schema.load(kind)
    there = address(kind)
    names = ((link(here, there, key), schema.label(kind, (key,))[code]) for key in root["properties"])
    return File(name(kind), *_texts(root, code), link(here, there), tuple(names))


def title(kind: FileKind, setting: Setting) -> str:
    """The title of the page about a kind of file."""
    what, _ = _texts(schema.load(kind), setting.language.code)
    return setting.language.text(N_("Fields: {what}"), what=what)


def page(kind: FileKind, setting: Setting) -> Page:
    """Every field of a kind of file, by the fields at its top."""
    language, here = setting.language, address(kind)
    shown = tuple(sections(kind, language))
    named = title(kind, setting)
    _, description = _texts(schema.load(kind), language.code)
    values = {
        "title": named,
        "description": description,
        "file": name(kind),
        "up": link(here, "reference/"),
        "up_title": language.text(N_("Reference")),
        "sections": shown,
    }
    body = render.body("reference-fields.html", language, setting.templates, **values)
    return Page(
        here,
        "reference",
        named,
        body,
        description=description,
        headings=tuple(Heading(one.id, one.title) for one in shown),
        search=(SearchEntry("", named, f"{name(kind)} {description}"), *map(_entry, shown)),
    )


def _entry(one: Section) -> SearchEntry:
    names = dict.fromkeys(field.path.rpartition(".")[2] for field in one.fields)
    return SearchEntry(one.id, f"{one.title} {one.id}", " ".join(names))


def sections(kind: FileKind, language: Language) -> Iterator[Section]:
    """The fields at the top of a kind of file, each with all that may stand below it."""
    whole = whole_of(kind)
    needed = whole.node.get("required", ())
    head: list[Field] = []
    parts = []
    for key in whole.node["properties"]:
        if shape := below(whole, key):
            fields = tuple(_fields(key, shape, key in needed, language))
            if shape.types & {"object", "array"}:
                title, _ = _texts(shape.node, language.code)
                parts.append(Section(key, title or key, True, fields))
            else:
                head += fields
    if head:
        yield Section("head", language.text(N_("At the top of the file")), False, tuple(head))
    yield from parts


def _fields(path: str, shape: Shape, required: bool, language: Language) -> Iterator[Field]:
    """A field and everything below it."""
    yield _field(path, shape, required, language)
    needed = shape.node.get("required", ())
    for key in shape.node.get("properties", {}):
        if inner := below(shape, key):
            yield from _fields(f"{path}.{key}", inner, key in needed, language)
    if isinstance(shape.node.get("additionalProperties"), dict) and (inner := below(shape, "*")):
        # What stands for the name of an entry that everybody chooses.
        yield from _fields(f"{path}.{{{shape.node.get('x-key-ref', 'id')}}}", inner, False, language)
    if "array" in shape.types and (inner := below(shape, 0)) and inner.node.get("title"):
        yield from _fields(f"{path}[]", inner, False, language)


def _field(path: str, shape: Shape, required: bool, language: Language) -> Field:
    node, code = shape.node, language.code
    title, description = _texts(node, code)
    privacy = node.get("x-privacy", "restricted")
    return Field(
        path.replace("[]", ".item").replace("{", "").replace("}", ""),
        path,
        title,
        description,
        _type(shape, language),
        tuple(_words(shape, code)),
        language.text(PRIVACY[privacy]),
        required,
        tuple(map(_example, node.get("examples", ()))),
    )


def _texts(node: Mapping[str, Any], code: str) -> tuple[str, str]:
    """Title and description in a language; where the schema has none, nothing."""
    said = node.get("x-zh", {}) if code == "zh" else node
    return said.get("title", node.get("title", "")), said.get("description", "")


def _type(shape: Shape, language: Language) -> str:
    """What kind of value a field takes, in words."""
    node, say = shape.node, language.text
    if kind := node.get("x-ref"):
        return say(N_("id: {what}"), what=say(IDS.get(str(kind), str(kind))))
    if "array" in shape.types and (inner := below(shape, 0)):
        return say(N_("list of: {what}"), what=_type(inner, language))
    if node.get("format") == "date":
        return say(N_("date"))
    if node.get("format") in ("uri", "url"):
        return say(N_("web address"))
    if "contentMediaType" in node:
        return say(N_("text, Markdown"))
    if "enum" in node:
        plain = " | ".join(_example(one) for one in node["enum"] if one is not None)
        return say(N_("one of")) if "x-words" in node else plain
    names = [say(text) for key, text in TYPES.items() if key in shape.types]
    return (say(N_(" or ")).join(names) or say(N_("anything"))) + _range(node)


def _range(node: Mapping[str, Any]) -> str:
    low, high = node.get("minimum"), node.get("maximum")
    if low is None:
        return ""
    return f" ≥ {low}" if high is None else f" {low}–{high}"


def _words(shape: Shape, code: str) -> Iterator[Word]:
    """The values of an enumeration; of a list, those of its items."""
    inner = below(shape, 0) if "array" in shape.types else shape
    node = inner.node if inner else {}
    labels = node.get("x-words", {})
    return (Word(one, labels[one].get(code, "")) for one in node.get("enum", ()) if one in labels)


def _example(value: object) -> str:
    """A value as it is written in YAML."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(map(_example, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_example(one)}" for key, one in value.items()) + "}"
    return str(value)
