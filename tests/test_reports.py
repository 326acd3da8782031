"""Reports: golden files for each format and language, the caret under wide characters, values that act on nothing."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest

from kam import encoding, project, reports
from kam.check import order
from kam.config import Selection
from kam.finding import START, Finding, Message, Place, Waived
from kam.language import Language, language
from kam.reports import Report, full, shown

GOLDEN = Path(__file__).parent / "golden"
UPDATE = "KAM_UPDATE_GOLDEN"
AS_OF = date(2026, 1, 15)
COMPANY = """\
version: 1
departments: {sales: {name: 销售部}}
people:
  am-lin: {name: 林晓, function: account-manager, department: sales, level: 4}
  td-sun: {name: Sun, function: technical-director, department: sales, level: 1}
"""
ACCOUNT = """\
version: 1
name: 海港医院
class: good
team: {manager: am-lin, members: {td-sun: {}}}
profile: {portfolio_decision: grow, stage: 成长}
stakeholders:
  head: {title: 院长 "A", level: 1, buying_roles: [decision-maker], stance: supporter, side: both}
  nurse: {title: 护士长, buying_roles: [user], stance: neutral}
matrix:
  reviewed: 2026-01-02
  cells: {am-lin: {head: keep}, td-sun: {head: close}}
  introductions: {td-sun: {planned: 2026-01-10}}
contacts:
  - {date: 2026-01-05, kind: visit, ours: [am-lin], theirs: [head], result: 谈妥, leads_to: []}
waivers:
  - {rule: matrix.intro-overdue, at: td-sun, why: 对方出差, by: am-lin, until: 2026-02-01}
"""
BROKEN = "version: 1\nname: Broken\n\tteam: x\n"


def playbook(root: Path) -> Path:
    """A small playbook in which most things happen that a report has to say."""
    for name, text in {
        "kam.yaml": "version: 1\ncompany: 示例\nas_of: 2026-01-15\n",
        "company/people.yaml": COMPANY,
        "accounts/harbour.yaml": ACCOUNT,
        "accounts/north/broken.yaml": BROKEN,
    }.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root


def report_on(root: Path) -> Report:
    loaded = project.load(root.resolve())
    done = list(project.analysed(loaded, AS_OF, Selection(), project.checked))
    found = [one for part in done for one in part.findings]
    found += project.over_all(loaded, AS_OF, Selection(), [one.row for one in done])
    names = {one.row.account: one.row.name for one in done}

    def source(name: str, line: int) -> str:
        return encoding.excerpt((root / name).read_text("utf-8"), line)

    return Report(tuple(sorted(found, key=order)), AS_OF, len(done), names, source)


@pytest.mark.parametrize("code", ["zh", "en"])
@pytest.mark.parametrize("name", reports.formats())
def test_reports_are_as_they_were_agreed(name: str, code: str, tmp_path: Path) -> None:
    text = "".join(f"{line}\n" for line in reports.render(name, report_on(playbook(tmp_path)), language(code)))
    golden = GOLDEN / f"{name}.{code}.txt"
    if os.environ.get(UPDATE):
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8"), f"{UPDATE}=1 pytest {__file__} writes it anew; look at the difference"


def test_there_are_no_golden_files_of_formats_that_are_gone() -> None:
    assert {path.name for path in GOLDEN.glob("*.txt")} == {
        f"{name}.{code}.txt" for name in reports.formats() for code in ("zh", "en")
    }


def test_json_has_the_agreed_shape(tmp_path: Path) -> None:
    (text,) = reports.render("json", report_on(playbook(tmp_path)), language("en"))
    value = json.loads(text)
    assert list(value) == ["version", "as_of", "summary", "findings"]
    assert (value["version"], value["as_of"]) == (1, "2026-01-15")
    assert list(value["summary"]) == ["accounts", "error", "warning", "info", "waived"]
    assert value["summary"]["accounts"] == 2
    keys = ["id", "rule", "severity", "message", "path", "line", "column", "end_line", "end_column"]
    keys += ["pointer", "account", "object", "fix", "waived"]
    assert all(list(one) == keys for one in value["findings"])
    places = [(one["path"], one["line"], one["column"], one["rule"], one["object"]) for one in value["findings"]]
    assert places == sorted(places)
    waived = [one for one in value["findings"] if one["waived"]]
    assert [one["waived"] for one in waived] == [{"why": "对方出差", "by": "am-lin", "until": "2026-02-01"}]
    assert [one["id"] for one in waived] == ["matrix.intro-overdue@harbour/td-sun"]
    assert sum(value["summary"][name] for name in ("error", "warning", "info", "waived")) == len(value["findings"])


@pytest.mark.parametrize(
    ("line", "column", "end", "indent", "length"),
    [
        ("name: x", 1, 5, 0, 4),
        ("  名称: x", 3, 5, 2, 4),
        ("人: 海港医院", 4, 8, 4, 8),
        ("a\tb: x", 3, 4, 3, 1),
        ("a\u202eb: x", 3, 4, 7, 1),
        ("x: 1", 3, 3, 2, 1),
        ("短", 9, 12, 2, 1),
    ],
)
def test_the_caret_stands_under_what_it_means(line: str, column: int, end: int, indent: int, length: int) -> None:
    text, before, marks = full.marked(line, Place(1, column, 1, end))
    assert (before, marks) == (indent, length)
    assert "\t" not in text
    assert "\u202e" not in text


def test_of_a_long_line_the_part_around_the_caret_is_shown() -> None:
    line = "a" * 5_000_000 + "HERE" + "b" * 5_000_000
    text, before, marks = full.marked(line, Place(1, 5_000_001, 1, 5_000_005))
    assert len(text) <= 110
    assert text[before : before + marks] == "HERE"
    assert (text[0], text[-1]) == ("…", "…")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("plain", "plain"),
        ("海港，医院", "海港，医院"),
        ("a\nb", "a\\nb"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("\u202eabc", "\\u202eabc"),
        ("a\u2028b\x85c", "a\\u2028b\\x85c"),
        ("\udcff", "\\udcff"),
        ("👩‍⚕️", "👩‍⚕️"),
        ("::error::x", "\\x3a:error::x"),
        ("  ::set-env name=x::y", "  \\x3a:set-env name=x::y"),
        ("a::b", "a::b"),
        ("x ##[add-mask]y ##vso[task]z ## A", "x #\\x23[add-mask]y #\\x23vso[task]z ## A"),
    ],
)
def test_values_are_shown_and_do_nothing(text: str, said: str) -> None:
    assert shown(text) == said


HOSTILE = "x\n::error ::pwn\r\n##[command]\x1b]0;t\x07%0A::set-output"


@pytest.mark.parametrize("code", ["zh", "en"])
@pytest.mark.parametrize("name", [name for name in reports.formats() if not name.startswith("json")])
def test_no_value_begins_a_line_or_a_command(name: str, code: str) -> None:
    message = Message("{value}", {"value": HOSTILE})
    finding = Finding(
        "schema.enum", "error", message, message, f"accounts/{HOSTILE}.yaml", START, "/" + HOSTILE, HOSTILE, HOSTILE
    )
    report = Report((finding,), AS_OF, 1, {HOSTILE: HOSTILE}, lambda _name, _line: HOSTILE.replace("\n", " "))
    lines = list(reports.render(name, report, language(code)))
    commands = [line for line in lines if line.lstrip().startswith("::")]
    assert len(commands) == (1 if name == "github" else 0)
    for line in lines:
        assert not any(sign in line for sign in ("\n", "\r", "\x1b", "\x07", "##["))


def test_github_properties_end_where_they_should() -> None:
    finding = Finding("a.b", "info", Message("50 % done"), Message("f"), "accounts/a,b:c%.yaml", Place(2, 3, 2, 5))
    report = Report((finding,), AS_OF, 1, {}, lambda _name, _line: "")
    command, _summary = reports.render("github", report, Language("en"))
    place = "file=accounts/a%2Cb%3Ac%25.yaml,line=2,endLine=2,col=3,endColumn=5,title=a.b"
    assert command == f"::notice {place}::50 %25 done%0Af"


def test_accepted_findings_are_counted_and_not_told() -> None:
    waived = Waived("ok", None, date(2026, 2, 1))
    finding = Finding("a.b", "error", Message("m"), Message("f"), "accounts/a.yaml", waived=waived)
    lines = list(reports.render("concise", Report((finding,), AS_OF, 1, {}, lambda _name, _line: ""), Language("en")))
    assert lines == ["As of 2026-01-15, customers checked: 1; 1 accepted by a waiver."]
