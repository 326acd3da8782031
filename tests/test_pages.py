"""The page of a customer: its figures, findings, anchors and sections, for full, small, odd and broken files."""

from __future__ import annotations

import re
import zlib
from datetime import date
from functools import cache
from pathlib import Path
from textwrap import dedent
from urllib.parse import unquote

import pytest

from kam import check, company_files, pages, render, resources, schema
from kam.check import Analysis
from kam.company_files import CompanyFiles
from kam.language import Code, Language
from kam.page import ADDRESS, Page
from kam.pages import Setting
from kam.pages.account.findings import section_of
from kam.pages.account.matrix import STEPS
from kam.pages.rows import AREA_WORDS
from kam.plan import MOST_PAIRS
from tests.markup import Element, parsed

ROOT = Path(__file__).parents[1]
DATA = Path(__file__).parent / "data" / "pages"
AS_OF = date(2026, 1, 15)
WORKED = "xinglan-roads-bureau"
FILES = (
    *(
        ROOT / "accounts" / f"{name}.yaml"
        for name in (WORKED, "kestrel-bay-ports", "chengyuan-metro", "wangyu-logistics-park")
    ),
    DATA / "everything.yaml",
)
SIX_LINES = b"""version: 1
name: Small
class: ordinary
team: {manager: am-lin}
stakeholders:
  boss: {title: Boss, stance: supporter}
"""
ODD = {
    "empty": "{}",
    "name only": "version: 1\nname: Only a name",
    "key without anything": "name: Key\nclass: key",
    "empty sections": """
        name: Empty
        team: {}
        stakeholders: {}
        matrix: {}
        contacts: []
        swot: {}
        roadmap: {}
        goals: {}
        learning: {}
        """,
    "keys without values": """
        name: Null
        team:
        stakeholders: {a: {title: A}, b: {title: B, level: }}
        matrix: {cells: {am-lin: {a: }}}
        swot: {strengths: , actions: {}}
        """,
    "matrix without contacts": """
        team: {manager: am-lin}
        stakeholders: {a: {title: A}}
        matrix: {cells: {am-lin: {a: close}}}
        """,
    "nobody manages": """
        class: key
        stakeholders: {a: {title: A}}
        team: {members: {nobody: {}}}
        matrix: {cells: {nobody: {a: close}}}
        """,
    "a circle": """
        stakeholders:
          a: {title: A, reports_to: b}
          b: {title: B, reports_to: a, lines: [{to: b, kind: ally}, {to: z, kind: ally}, {to: a, kind: conflict}]}
        """,
    "no ends": """
        roadmap: {entries: {e: {text: E, starts: 2026-02-01}}, budgets: {2026: {}}}
        goals: {internal: {g: {text: G}}}
        """,
    "far apart": """
        roadmap:
          entries:
            e: {text: E, starts: 2012-02-01, cost: 5}
            f: {text: F, starts: 2031-02-01, deployed: 2030-12-31}
        """,
    "future": """
        contacts:
          - {date: 2027-01-01, kind: call, ours: [am-lin], theirs: []}
          - {date: 2027-01-01, kind: call, ours: [am-lin], theirs: []}
        """,
    "wrong values": """
        class: gold
        status: 7
        team: [1]
        stakeholders: {a: {title: A, level: nine, stance: friend}}
        unknown: {x: 1}
        """,
}


@cache
def company() -> CompanyFiles:
    return company_files.read({name: (ROOT / name).read_bytes() for name in ("kam.yaml", "company/people.yaml")})


@cache
def analysed(raw: bytes, name: str = "accounts/one.yaml") -> Analysis:
    return check.analyse(raw, name, company().company, AS_OF)


def of_file(file: Path) -> Analysis:
    return analysed(file.read_bytes(), f"accounts/{file.name}")


def setting(code: Code = "en") -> Setting:
    return Setting(company().company, Language(code), AS_OF, "abc1234")


@cache
def drawn(file: Path, code: Code) -> tuple[Page, Element]:
    page = pages.account_page(of_file(file), setting(code))
    assert page
    return page, parsed(page.body)


def page_of(raw: bytes, code: Code = "en") -> tuple[Page, Element]:
    page = pages.account_page(analysed(raw), setting(code))
    assert page
    return page, parsed(page.body)


@pytest.mark.parametrize("code", ["zh", "en"])
def test_the_strip_shows_the_figures(code: Code) -> None:
    _, body = drawn(FILES[0], code)
    shown = {tile.one(class_="k").children[0].text: tile.one(class_="v").text for tile in body.all(class_="tile")}  # type: ignore[union-attr]
    say = Language(code).text
    expected = {
        "people": "9/10",
        "coverage": "10/10",
        "freshness": "31/34",
        "swot": "15/15",
        "roadmap": "3/3",
        "learning": "8/11",
    }
    assert shown == {say(AREA_WORDS[name]): value for name, value in expected.items()}


def test_the_matrix_shows_the_figures() -> None:
    _, body = drawn(FILES[0], "en")
    figures = of_file(FILES[0]).row.figures
    assert figures
    matrix = body.one("section", id="matrix")
    assert len(matrix.all("td", "c")) == figures["cells"]
    assert len(matrix.all("td", "stalec")) == figures["due_cells"] - figures["fresh_cells"]
    assert len(matrix.all("td", "soonc")) == figures["cells_due_in_7_days"]
    assert not matrix.all("td", "gapc")
    assert [row.children[-1].text for row in matrix.one("tfoot").all("tr")] == ["22", "12", "31/34"]  # type: ignore[union-attr]
    assert matrix.one("p", "lead").one("b").text == "24"


def test_the_other_figures_stand_in_their_sections() -> None:
    _, body = drawn(FILES[0], "en")
    assert body.one("section", id="roadmap").all("text", "l")[0].text == "172,000 / 180,000"
    assert "8 of 11" in body.one("section", id="learning").text
    assert [one.one("b").text for one in body.one(class_="facts").all(class_="nb")] == ["0", "3", "6", "1"]
    swot = body.one("section", id="swot")
    assert len(swot.all(class_="id")) == 15 + 12
    assert len(body.one("section", id="next").all("li")) == 5
    assert len(body.one("section", id="people").all("a", href="#p-chief-engineer")) >= 2


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
@pytest.mark.parametrize("code", ["zh", "en"])
def test_every_finding_stands_in_its_section_and_at_the_end(file: Path, code: Code) -> None:
    page, body = drawn(file, code)
    say = Language(code).say
    shown = {heading.id for heading in page.headings}
    end = body.one("section", id="findings")
    rows = [row.text for row in end.all("tr")]
    for one in of_file(file).findings:
        message = " ".join(say(one.message).split())
        assert any(message in row and one.rule in row and str(one.place.line) in row for row in rows), message
        if not one.waived:
            part = body.one(id=section_of(one, shown))
            assert any(message in item.text for item in part.all("li")), (message, part.attrs)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_in_a_section_errors_stand_before_warnings(file: Path) -> None:
    _, body = drawn(file, "en")
    for section in body.all("section"):
        if section.attrs.get("id") == "findings":
            continue
        told = [sign.text for one in section.all("ul", "finds") for sign in one.all("span", "sev")]
        assert told == sorted(told, key=["Error", "Warning", "Note"].index), section.attrs


def test_accepted_findings_stand_apart_with_their_reason() -> None:
    analysis = of_file(DATA / "everything.yaml")
    waived = [one for one in analysis.findings if one.waived]
    _, body = drawn(DATA / "everything.yaml", "en")
    tables = body.one("section", id="findings").all("table")
    assert waived
    assert len(tables[-1].all("tr")) == 1 + len(waived)
    assert "people join in March" in tables[-1].text
    assert not any(one.message.text in item.text for one in waived for item in body.one("section", id="team").all("li"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
@pytest.mark.parametrize("code", ["zh", "en"])
def test_anchors_lead_somewhere_and_ids_are_unique(file: Path, code: Code) -> None:
    page, body = drawn(file, code)
    ids = [one.attrs["id"] for one in body.walk() if "id" in one.attrs]
    assert len(ids) == len(set(ids))
    anchors = {one.attrs["href"].removeprefix("#") for one in body.walk() if one.attrs.get("href", "").startswith("#")}
    assert anchors <= set(ids), anchors - set(ids)
    assert {heading.id for heading in page.headings} <= set(ids)
    assert {entry.anchor for entry in page.search} - {""} <= set(ids)
    labels = {id for one in body.walk() for id in one.attrs.get("aria-labelledby", "").split()}
    assert labels <= set(ids)
    assert ADDRESS.fullmatch(page.address)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_both_languages_have_the_same_shape(file: Path) -> None:
    shapes = [
        [(one.tag, one.attrs.get("id"), one.attrs.get("href")) for one in drawn(file, code)[1].walk()]
        for code in ("zh", "en")
    ]
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_pages_carry_no_style_and_no_script_and_say_what_things_are(file: Path) -> None:
    _, body = drawn(file, "en")
    for one in body.walk():
        assert "style" not in one.attrs
        assert one.tag not in ("script", "style", "iframe", "img")
        assert not any(key.startswith("on") for key in one.attrs)
        if one.tag == "table":
            assert one.attrs.get("class")
        if one.tag == "th" and any(up.attrs.get("class", "").startswith("mx") for up in _above(one)):
            assert one.attrs.get("scope") in ("row", "col", "colgroup")  # other tables are simple enough without
        if "box" in one.attrs.get("class", "").split():
            assert one.attrs.get("tabindex") == "0"
            assert one.attrs.get("aria-label")
        if one.tag == "svg" and one.attrs.get("role"):
            assert one.all("title")[0].text
        elif one.tag == "svg":
            assert one.attrs.get("aria-hidden") or any(up.attrs.get("role") for up in _above(one))


def _above(one: Element) -> list[Element]:
    return [] if one.parent is None else [one.parent, *_above(one.parent)]


def test_a_full_page_stays_light() -> None:
    for code in ("zh", "en"):
        body = drawn(FILES[0], code)[0].body.encode()
        assert len(body) <= 100 * 1024
        assert len(zlib.compress(body)) <= 20 * 1024


def test_six_lines_are_enough() -> None:
    page, body = page_of(SIX_LINES)
    assert page.title == "Small"
    assert [one.id for one in page.headings if one.id not in ("next", "brief")] == [
        "overview",
        "ask",
        "people",
        "team",
        "findings",
    ]
    assert len(body.one("section", id="ask").all("li")) == 3
    assert not body.all(class_="h-red")
    assert not body.all(class_="finds")


@pytest.mark.parametrize("raw", ODD.values(), ids=ODD)
@pytest.mark.parametrize("code", ["zh", "en"])
def test_whatever_can_be_read_has_a_page(raw: str, code: Code) -> None:
    page, body = page_of(dedent(raw).encode(), code)
    assert {heading.id for heading in page.headings} <= {one.attrs.get("id") for one in body.walk()}
    assert body.one("h1").text == page.title


def test_every_section_of_the_schema_is_shown_when_it_is_filled() -> None:
    analysis = of_file(DATA / "everything.yaml")
    assert not [one for one in analysis.findings if one.family in ("source", "schema")]
    assert analysis.plan
    assert analysis.plan.account.sections >= set(schema.sections())
    page, body = drawn(DATA / "everything.yaml", "en")
    shown = {heading.id for heading in page.headings}
    own = {"stakeholders": "people", "goals": "roadmap", "waivers": "findings"}
    assert {own.get(name, name).replace("_", "-") for name in schema.sections()} <= shown
    for words in ("Dr. Ono", "trusted by both plants", "0700 123", "he signs papers", "among us"):
        assert words in body.text, words
    assert any("hear of faults" in one.attrs.get("title", "") for one in body.walk())


def test_values_are_told_in_the_words_of_the_schema() -> None:
    _, body = drawn(DATA / "everything.yaml", "zh")
    value = body.one("section", id="value").text
    assert "25%" in value
    assert "15,000" in value
    white = body.one("section", id="white-space")
    assert "对手已占" in white.text
    assert white.all("a", href="#competitors.pumpco")
    assert body.one("section", id="information").one("strong").text == "one"
    assert body.one("section", id="handovers").one("em").text == "met"
    assert body.one("section", id="opportunities").all("a", href="#needs.quiet")


def test_own_fields_stand_at_the_end_of_their_section() -> None:
    _, body = drawn(DATA / "everything.yaml", "en")
    cells = {id: body.one(id=id).one("table", "xs").one("tbody").text for id in ("overview", "profile", "people")}
    assert "x-segment" in cells["overview"]
    assert "river" in cells["overview"]
    assert "north, south" in cells["profile"]
    assert "Plant manager" in cells["people"]
    assert "tea" in cells["people"]


def test_a_contact_cannot_take_the_id_of_a_section() -> None:
    _, body = drawn(DATA / "everything.yaml", "en")
    assert body.one(id="team").tag == "section"
    assert body.one(id="c.team").tag == "li"


def test_a_broken_file_shows_its_faults_and_lines_only() -> None:
    raw = b"version: 1\nname: [secret name\n"
    page, body = page_of(raw)
    (fault,) = analysed(raw).findings
    assert page.title == "one"
    assert page.source == "accounts/one.yaml"
    assert Language("en").say(fault.message) in body.text
    assert f"line {fault.place.line}" in body.text
    assert [heading.id for heading in page.headings] == ["findings"]
    assert body.one("section").attrs["id"] == "findings"


def test_a_restricted_account_has_no_page_unless_asked_for() -> None:
    analysis = analysed(SIX_LINES + b"visibility: restricted\n")
    assert pages.account_page(analysis, setting()) is None
    assert pages.account_page(analysis, setting()._replace(restricted=True))


def test_a_restricted_account_that_cannot_be_read_is_not_shown_either() -> None:
    analysis = analysed(b"name: [secret\nvisibility: 'restricted'\n")
    assert analysis.plan is None
    assert pages.account_page(analysis, setting()) is None


def test_a_company_puts_its_own_template_first(tmp_path: Path) -> None:
    (tmp_path / "pages/account").mkdir(parents=True)
    (tmp_path / "pages/account/team.html").write_text("<p>our own {{ view.rows[0].role }}</p>", "utf-8")
    page = pages.account_page(of_file(FILES[0]), setting("zh")._replace(templates=tmp_path))
    assert page
    assert parsed(page.body).one("section", id="team").one("p").text == "our own 客户经理"


def test_the_source_is_linked_when_the_company_says_where() -> None:
    config = company().company.config._replace(edit_url="https://git.example/edit/{path}")
    with_url = setting()._replace(company=company().company._replace(config=config))
    page = pages.account_page(of_file(FILES[0]), with_url)
    assert page
    links = {one.attrs["href"] for one in parsed(page.body).all("a") if one.attrs["href"].startswith("https:")}
    assert "https://git.example/edit/accounts/xinglan-roads-bureau.yaml" in links
    assert any(one.endswith("#L339") for one in links)


def test_a_page_is_the_same_each_time() -> None:
    analysis = of_file(FILES[0])
    assert pages.account_page(analysis, setting()) == pages.account_page(analysis, setting())


def test_a_mark_has_one_shape_in_texts_and_in_figures() -> None:
    css = unquote((resources.path("templates") / "theme/assets/kam.css").read_text("utf-8"))
    in_texts = {name: _shape(svg) for name, svg in re.findall(r"\.k-(\w+)[^{}]*\{--k:url\(\"[^<]*(<svg.*?</svg>)", css)}
    template = render.environment("en").get_template("pages/marks.html")
    in_figures = {name: _shape(str(template.module.shape(name))) for name in in_texts if name != "tick"}  # type: ignore[attr-defined]
    assert in_texts.keys() == render.ICONS.keys()
    assert all(in_texts.values())
    assert in_figures == {name: in_texts[name] for name in in_figures}


def _shape(svg: str) -> set[tuple[str, str]]:
    """What decides how a drawing looks, whatever its colour and quotes."""
    return {
        (name, value) for name, value in re.findall(r"(d|r|cx|cy|stroke-width|stroke-dasharray)=[\"']([^\"']*)", svg)
    }


def test_every_step_of_a_cells_line_has_its_class() -> None:
    css = (resources.path("templates") / "theme/assets/kam.css").read_text("utf-8")
    assert re.findall(r"\.u(\d+)\{--u:(\d+)%\}", css) == [(str(n), str(n * 100 // STEPS)) for n in range(STEPS + 1)]


@pytest.mark.parametrize(
    "written",
    [
        "visibility: Restricted",
        "visibility: restrictd",
        "visibility: !x restricted",
        "visibility: [restricted]",
        "visibility: internal\nvisibility: restricted",
        "visibility: restricted\nx-a: caf\xe9",
    ],
)
def test_in_doubt_an_account_is_not_shown(written: str) -> None:
    found = analysed(f"version: 1\nname: A\n{written}\n".encode("latin-1"))
    assert found.row.restricted
    assert any(one.severity == "error" for one in found.findings)
    assert pages.account_page(found, setting()) is None


def test_a_small_file_cannot_ask_for_millions_of_pairs() -> None:
    many = range(400)
    text = (
        "version: 1\nname: A\nclass: key\n"
        f"team: {{manager: am-lin, members: {{{', '.join(f'm{n}: ' for n in many)}}}}}\n"
        f"learning: {{subjects: {{{', '.join(f's{n}: {{name: S}}' for n in many)}}}}}\n"
    )
    plan = analysed(text.encode()).plan
    assert plan
    assert len(plan.pairs) == MOST_PAIRS
