"""Imports run downwards only, and every big library has one home."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

LAYERS = (
    {"days", "finding", "record", "resources", "language", "spread"},
    {"encoding", "fault", "span", "document", "syntax", "suspect", "source", "model", "edit", "diff"},
    {"config", "company", "schema", "plan", "agenda", "figures", "portfolio", "reference", "health", "questions"},
    {"rules"},
    {"engine", "check", "company_files", "selection", "plays"},
    {"page", "search", "compiling", "render", "pages", "reports", "ics", "briefing", "skeleton", "daily"},
    {"files", "filenames", "lock", "writer", "baseline", "git", "project", "spool", "playbook", "commit"}
    | {"frame", "slim", "theme", "guides", "links", "website", "listing", "stamping", "publish", "renewal"},
    {"plugin", "build", "preview", "cli", "__main__"},
)
"""From the bottom to the top; a part may import what stands in its own layer or below, and nothing in a circle."""

HOMES = {
    "yaml": {"source", "edit"},
    "jsonschema": {"schema"},
    "jsonschema_rs": {"schema"},
    "jinja2": {"render", "compiling"},
    "mkdocs": {"theme", "guides", "website", "plugin", "build", "preview"},
    "nh3": {"render"},
    "markdown_it": {"render"},
    "pypinyin": {"search"},
    "icalendar": {"ics"},
    "rich": {"reports", "cli"},
    "click": {"cli"},
    "subprocess": {"git", "commit"},
}
"""The only parts of `kam` that import a library."""


def _modules() -> list[Path]:
    return sorted((ROOT / "kam").rglob("*.py"))


def _part(file: Path) -> str:
    """The name below `kam` that a file belongs to: `rules` for `kam/rules/matrix/x.py`."""
    return file.relative_to(ROOT / "kam").parts[0].removesuffix(".py")


def _imports(file: Path) -> Iterator[str]:
    for node in _run(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "kam":
            yield from (f"kam.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def _run(node: ast.AST) -> Iterator[ast.AST]:
    """Everything below a node but what only a type checker reads."""
    yield node
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING"):
            yield from _run(child)


def _level(part: str) -> int:
    return next(number for number, layer in enumerate(LAYERS) if part in layer)


def _upward(file: Path) -> list[str]:
    own = [name.split(".")[1] for name in _imports(file) if name.startswith("kam.")]
    here = _part(file)
    known = set().union(*LAYERS)
    return [part for part in own if {part, here} <= known and _level(part) > _level(here)]


def test_every_part_has_a_layer() -> None:
    parts = {_part(file) for file in _modules()} - {"__init__"}
    assert parts <= set().union(*LAYERS), f"not in LAYERS: {sorted(parts - set().union(*LAYERS))}"


@pytest.mark.parametrize("file", _modules(), ids=lambda file: file.relative_to(ROOT).as_posix())
def test_imports_run_downwards(file: Path) -> None:
    assert _part(file) == "__init__" or not _upward(file)


def test_no_imports_in_a_circle() -> None:
    above: dict[str, set[str]] = {}
    for file in _modules():
        own = {name.split(".")[1] for name in _imports(file) if name.startswith("kam.")}
        above.setdefault(_part(file), set()).update(own - {_part(file)})
    assert tuple(TopologicalSorter(above).static_order())


@pytest.mark.parametrize("library", HOMES)
def test_a_library_has_one_home(library: str) -> None:
    users = {_part(file) for file in _modules() if library in {name.partition(".")[0] for name in _imports(file)}}
    assert users, f"nothing imports {library}"
    assert users <= HOMES[library], f"{library} is imported in {sorted(users - HOMES[library])}"


def test_an_upward_import_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    low = tmp_path / "kam" / "finding.py"
    low.parent.mkdir()
    low.write_text("def f() -> None:\n    from kam import cli\n    import kam.check\n", "utf-8")
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    assert _upward(low) == ["cli", "check"]
