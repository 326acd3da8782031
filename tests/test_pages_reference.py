"""Nothing lacks a page: rules, commands, options, fields, people, customers; and every link leads somewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import click
import pytest

import kam.cli
from kam import links, resources, rules, schema
from kam.language import Code, Language
from kam.page import STAMPED
from kam.pages import reference_commands, reference_fields
from kam.pages.reference_commands import Command, Parameter
from kam.website import navigation
from tests.markup import parsed
from tests.whole import ROOT, body, pages, playbook

CODES: tuple[Code, ...] = ("zh", "en")


@pytest.mark.parametrize("code", CODES)
def test_everything_has_a_page(code: Code) -> None:
    found = pages(code)
    for id in rules.ids():
        assert found[f"rules/{id.replace('.', '/')}/"].kind == "rule"
        assert f'href="../rules/{id.replace(".", "/")}/"' in found["rules/"].body
    for file in (ROOT / "accounts").rglob("*.yaml"):
        assert found[f"accounts/{file.stem}/"].kind == "account"
    for id in playbook().project.company.company.people:
        assert f"people/{id}/" in found
    assert {"", "accounts/", "people/", "findings/", "rules/", "reference/", "reference/commands/"} <= set(found)
    assert all(reference_fields.address(kind) in found for kind in schema.KINDS)
    kinds = {one.kind for one in found.values()}
    assert kinds >= STAMPED


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("restricted", [False, True])
def test_every_link_leads_somewhere(code: Code, restricted: bool, tmp_path: Path) -> None:
    found = pages(code, restricted=restricted)
    for page in found.values():
        (tmp_path / page.address).mkdir(parents=True, exist_ok=True)
        (tmp_path / page.address / "index.html").write_text(page.body, "utf-8")
    every = [link for page in found.values() for link in links.links(page.address, page.body)]
    assert len(every) > 2000
    assert list(links.broken(every, tmp_path)) == []


@pytest.mark.parametrize("code", CODES)
def test_what_a_page_lists_stands_in_it(code: Code) -> None:
    for page in pages(code).values():
        tree = parsed(page.body)
        ids = [one.attrs["id"] for one in tree.walk() if "id" in one.attrs]
        assert len(ids) == len(set(ids)), page.address
        named = {one.id for one in page.headings} | {one.anchor for one in page.search if one.anchor}
        assert named <= set(ids), page.address
        assert tree.one("h1").text == page.title


# ── commands ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _command_files() -> list[str]:
    folder = Path(kam.cli.__file__).parent
    return sorted(file.stem for file in folder.glob("*.py") if not file.stem.startswith("_"))


@pytest.mark.parametrize("code", CODES)
def test_every_command_with_every_option(code: Code) -> None:
    page, say = body("reference/commands/", code), Language(code).text
    sections = {one.attrs["id"]: one for one in page.all("section")}
    assert set(sections) == {"kam", *(f"kam-{name.replace('_', '-')}" for name in _command_files())}
    for name in _command_files():
        command: click.Command = import_module(f"kam.cli.{name}").command
        section = sections[f"kam-{name.replace('_', '-')}"]
        assert command.help
        for part in say(command.help).split("\n\n"):
            assert " ".join(part.split()) in section.text
        for one in command.params:
            if isinstance(one, click.Argument):
                assert one.make_metavar(click.Context(command)) in section.one("pre").text
            else:
                (line,) = [row for row in section.one("tbody").all("tr") if row.one("code").text == ", ".join(one.opts)]
                assert isinstance(one, click.Option)
                assert one.help
                assert say(one.help) in line.text
                if isinstance(one.type, click.Choice):
                    assert " | ".join(one.type.choices) in line.text
        assert "-h, --help" in section.text
    assert {"--root", "--lang", "--version"} <= {one.text for one in sections["kam"].all("code")}


def test_an_option_says_all_about_itself() -> None:
    option = Parameter(("-x", "--ex"), "DIR", (), "", "site", True, True, "KAM_X")
    command = Command("go", "Go.\n\nTHERE: a place", ("THERE",), (option,))
    tree = parsed(reference_commands.page([command], playbook().settings["en"]).body)
    assert tree.one("pre").text == "kam go [OPTIONS] THERE"
    assert tree.one("p", "after").text == "THERE: a place"
    (cell,) = tree.one("tbody").all("td")
    assert cell.text == "required · may be given several times · default: site · also as KAM_X in the environment"


def test_commands_reach_the_page_from_the_plugin_too(monkeypatch: pytest.MonkeyPatch) -> None:
    from kam import plugin

    monkeypatch.setenv("KAM_AS_OF", "2026-01-15")
    found = [one.address for one in plugin.produce(ROOT).single_pages("en")]
    assert "reference/commands/" in found


# ── fields ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _fields(node: Mapping[str, Any], defs: Mapping[str, Any], path: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every field that a schema names, found by reading its JSON as it is."""
    while "$ref" in node:
        node = {**defs[node["$ref"].rpartition("/")[2]], **{key: one for key, one in node.items() if key != "$ref"}}
    for branch in node.get("anyOf", ()):
        yield from _fields(branch, defs, path)
    for key, one in node.get("properties", {}).items():
        below = f"{path}.{key}" if path else key
        yield below, one
        yield from _fields(one, defs, below)
    if isinstance(node.get("additionalProperties"), dict):
        yield from _fields(node["additionalProperties"], defs, f"{path}.{{{node.get('x-key-ref', 'id')}}}")
    if "items" in node:
        yield from _fields(node["items"], defs, f"{path}[]")


def _named(kind: str) -> dict[str, Mapping[str, Any]]:
    root = json.loads((resources.path("schema") / f"{kind}.schema.json").read_text("utf-8"))
    return dict(_fields(root, root["$defs"], ""))


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("kind", schema.KINDS)
def test_every_field_of_the_schema(kind: schema.FileKind, code: Code) -> None:
    rows = {
        row.one("th").text: row
        for row in body(reference_fields.address(kind), code).all("tr")
        if row.all("th", scope="row")
    }
    fields = _named(kind)
    assert set(fields) <= set(rows)
    for path, node in fields.items():
        said = node.get("x-zh", {}) if code == "zh" else node
        for name in ("title", "description"):
            assert said.get(name, "") in rows[path].text, path
        assert rows[path].attrs["id"]


def test_how_many_fields_there_are() -> None:
    assert len(_named("account")) > 500


@pytest.mark.parametrize(
    ("path", "title", "type_", "words", "privacy", "required", "examples"),
    [
        ("name", "Customer", "text", (), "public", True, ("Xinglan Roads Bureau",)),
        ("profile.size", "People employed", "whole number ≥ 0", (), "internal", False, ("640",)),
        ("example", "Example", "true or false", (), "internal", False, ("true",)),
        ("class", "Class", "one of", ("key", "special", "good", "ordinary"), "internal", False, ("key",)),
        ("profile.class_history[].date", "Date", "date", (), "internal", False, ("2026-01-15",)),
    ],
)
def test_what_a_field_says(
    path: str, title: str, type_: str, words: tuple[str, ...], privacy: str, required: bool, examples: tuple[str, ...]
) -> None:
    every = (field for one in reference_fields.sections("account", Language("en")) for field in one.fields)
    (field,) = [one for one in every if one.path == path]
    assert (field.title, field.type, field.privacy, field.required, field.examples) == (
        title,
        type_,
        privacy,
        required,
        examples,
    )
    assert tuple(one.value for one in field.words) == words
    assert all(one.label for one in field.words)


@pytest.mark.parametrize("kind", schema.KINDS)
def test_ids_and_privacy_are_said_in_words(kind: schema.FileKind) -> None:
    text = (resources.path("schema") / f"{kind}.schema.json").read_text("utf-8")

    def values(node: Any, key: str) -> Iterator[str]:
        if isinstance(node, dict):
            if isinstance(node.get(key), str):
                yield node[key]
            node = list(node.values())
        if isinstance(node, list):
            for one in node:
                yield from values(one, key)

    assert set(values(json.loads(text), "x-ref")) <= set(reference_fields.IDS)
    assert set(values(json.loads(text), "x-privacy")) <= set(reference_fields.PRIVACY)


# ── the navigation ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_pages_below_another_one_stand_in_its_section() -> None:
    made = {"": "Today", "a/": "A", "a/b/": "B", "a/c/": "C", "d/e/": "E"}
    assert navigation(made) == ["index.md", {"A": ["a/index.md", "a/b/index.md", "a/c/index.md"]}, "d/e/index.md"]
