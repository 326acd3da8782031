"""How templates become Python: what is kept, what is compiled each time, what stays as Jinja has it."""

from __future__ import annotations

import runpy
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from kam import compiling, render
from kam.language import Language


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where compiled templates are kept; nothing is there yet."""
    folder = tmp_path / "kept"
    folder.mkdir()
    monkeypatch.setattr(compiling, "cache_from_source", lambda file: str(folder / Path(file).name))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    render.environment.cache_clear()
    yield folder
    render.environment.cache_clear()


def _shape(company: Path | None = None) -> str:
    template = render.environment("en", company).get_template("pages/marks.html")
    return str(template.module.shape("close"))  # type: ignore[attr-defined]


def test_what_a_shipped_template_became_is_used_again(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = _shape()
    assert len(list(kept.iterdir())) == 1
    render.environment.cache_clear()
    monkeypatch.setattr(compiling.Pages, "compile", None)
    assert _shape() == first


@pytest.mark.parametrize("what", ["_digest", "code"])
def test_another_compiler_or_language_compiles_anew(kept: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    _shape()
    before = {file: file.read_bytes() for file in kept.iterdir()}
    render.environment.cache_clear()
    if what == "code":
        render.environment("zh").get_template("pages/marks.html")
    else:
        found = compiling._digest
        monkeypatch.setattr(compiling, "_digest", lambda data: found(data + b"x" * data.startswith(b'"""How')))
        _shape()
    assert {file: file.read_bytes() for file in kept.iterdir()} != before


def test_a_companys_template_is_compiled_each_time(kept: Path, tmp_path: Path) -> None:
    template = tmp_path / "templates/pages/marks.html"
    template.parent.mkdir(parents=True)
    template.write_text("{% macro shape(name) %}own {{ name }}{% endmacro %}", "utf-8")
    assert _shape(tmp_path / "templates") == "own close"
    assert not list(kept.iterdir())


def test_where_nothing_can_be_kept_pages_are_drawn_all_the_same(kept: Path) -> None:
    kept.rmdir()
    assert "circle" in _shape()


def test_a_companys_template_may_do_what_jinja_allows(tmp_path: Path) -> None:
    template = tmp_path / "pages/x.html"
    template.parent.mkdir()
    template.write_text(
        "{% macro m(a, b=2) %}{{ a }}{{ b }}{% if caller is defined %}{{ caller() }}{% endif %}{% endmacro %}"
        "{{ m(1) }} {{ m(1, b=3) }} {% call m(4, 5) %}!{% endcall %} {{ d.key }} {{ 'x' if d.key == 1 else d.no }}",
        "utf-8",
    )
    assert render.body("x.html", Language("en"), tmp_path, d={"key": 1}) == "12 13 45! 1 x"


_WHOLE = {
    "base.html": "{% block head %}<h1>{{ title }}</h1>{% endblock %}{% for one in all %}{% block one scoped %}{{ one }}"
    "{% endblock %}{% else %}none{% endfor %}{% include 'pages/part.html' %}!",
    "part.html": "{% from 'pages/macros.html' import said with context %}{{ said(title) }}"
    "{% if not all %} &c{% endif %}",
    "macros.html": "{% macro said(what, mark='*') %}<b>{{ mark }}{{ what }}</b>{% endmacro %}outside"
    "{% macro boxed(what) %}<p>{{ what }}{{ caller() }}</p>{% endmacro %}",
    "child.html": "{% extends 'pages/base.html' %}lost{% block one %}[{{ super() }}]{% endblock %}",
    "either.html": "{% if all %}{% extends 'pages/base.html' %}{% endif %}kept {{ title }}"
    "{% block head %}{{ title }}{% endblock %}",
    "calls.html": "{% import 'pages/macros.html' as m %}{% set kept %}<i>{{ title }}</i>{% endset %}{{ kept }}"
    "{{ m.said('a&b', mark='<') }}{% call m.boxed('a&b') %}{{ title }}{% endcall %}"
    "{% filter upper %}{{ title }}{% endfilter %}{{ 3 }}{{ none }}{{ 1.5 }}{{ all }}{{ '<' ~ title }}{{ title|safe }}",
}


@pytest.mark.parametrize("name", [name for name in _WHOLE if name != "macros.html"])
@pytest.mark.parametrize("all", [(), ("x", "<y>")])
def test_whatever_jinja_knows_comes_out_as_jinja_says_it(name: str, all: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    for file, text in _WHOLE.items():
        (tmp_path / "pages" / file).write_text(text, "utf-8")
    jinja = Environment(loader=FileSystemLoader(str(tmp_path)), autoescape=True, undefined=StrictUndefined)
    values = {"title": "R&D", "all": all}
    wanted = jinja.get_template(f"pages/{name}").render(values)
    assert render.body(name, Language("en"), tmp_path, **values) == wanted


OUTPUTS = ("a", "a&b<>\"'", "", "中 < 文", 3, True, None, 1.5, ["<"], Markup("<b>"), compiling.Pages)


def test_an_output_is_escaped_as_markupsafe_does() -> None:
    assert [compiling.escaped(value) for value in OUTPUTS] == [escape(value) for value in OUTPUTS]


def test_an_output_is_escaped_without_the_private_function_too(monkeypatch: pytest.MonkeyPatch) -> None:
    public = ModuleType("markupsafe")
    vars(public).update(Markup=Markup, escape=escape)
    monkeypatch.setitem(sys.modules, "markupsafe", public)
    again = runpy.run_path(str(compiling.__file__))
    assert again["_escaped_text"] is not vars(compiling)["_escaped_text"]
    assert [again["escaped"](value) for value in OUTPUTS] == [escape(value) for value in OUTPUTS]
