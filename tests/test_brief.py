"""`kam brief`: the sheet before a visit in its formats and languages, whom it is about, hostile texts, misuse."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from playwright.sync_api import Browser

from kam.cli import FINE, USAGE
from tests.test_cli import Kam, kam, playbook

__all__ = ["kam", "playbook"]

ID = "xinglan-roads-bureau"
SECTIONS = {
    "en": (
        "Whom I meet",
        "Manners and taboos",
        "Latest contacts",
        "Open objections",
        "Open actions",
        "What they need",
        "Find out first",
    ),
    "zh": ("要见的人", "礼节与忌讳", "最近联络", "还没化解的异议", "未完成的行动", "客户要什么", "先弄清"),
}
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "[x](javascript:alert(1)) ![i](https://evil.example/i.png) www.evil.example",
    "@everyone `code` **b** | a | {{7*7}} </style></title>",
    "red \\u202e turned \\n# heading\\n- item",
    "- 1. # x",
    "1. x",
)


def sheet(kam: Kam, *arguments: str) -> str:
    done = kam("brief", *arguments)
    assert (done.code, done.err) == (FINE, "")
    return done.out


def people(out: str) -> list[str]:
    """Whom the sheet as text says I meet."""
    part = out.partition("\nWhom I meet\n")[2].partition("\n\n")[0]
    return [line.strip().partition(" · ")[0] for line in part.split("\n") if not line.startswith("    ")]


@pytest.mark.parametrize("code", ["en", "zh"])
def test_the_sheet_of_the_worked_example(kam: Kam, playbook: Path, code: str) -> None:
    lines = kam("--lang", code, "brief", ID).out.split("\n")
    assert tuple(one for one in lines if one in SECTIONS[code]) == SECTIONS[code]
    text = "\n".join(lines)
    for said in (
        "质疑我们没有案例",
        "初次见面不谈价格",
        "两位副局长认可，总工程师反对",
        "没有案例，也没有测试",
        "WT2",
        "全路网传感数据一张图",
    ):
        assert said in text
    assert text.count("kam log ") == 1


def test_one_of_ours_meets_the_people_of_the_own_row(kam: Kam, playbook: Path) -> None:
    out = sheet(kam, ID, "--for", "zhoumin")
    assert people(out) == ["业务副局长", "技术副局长"]
    assert "Who goes: 周敏\n" in out
    assert "In touch: 周敏 (Close contact; last 2025-12-22)" in out
    assert people(sheet(kam, ID, "--for", "gp-cai")) == ["局长"]
    assert "公路养护规划" in sheet(kam, ID, "--for", "gp-cai").partition("Find out first")[2]


def test_whoever_is_due_comes_first(kam: Kam, playbook: Path) -> None:
    assert people(sheet(kam, ID))[:3] == ["业务副局长", "技术副局长", "总工程师"]
    assert len(people(sheet(kam, ID))) == 10
    assert people(sheet(kam, ID, "--for", "gm-he"))[-1] == "局长"


def test_one_of_the_customers_people(kam: Kam, playbook: Path) -> None:
    out = sheet(kam, ID, "--for", "总工程师")
    assert people(out) == ["总工程师"]
    assert "Who goes: 林晓, 孙立群, 郭海涛, 何志强\n" in out
    assert "WT2" in out
    assert "SO2" not in out


def test_a_planned_contact_says_who_meets_whom(kam: Kam, playbook: Path) -> None:
    path = playbook / f"accounts/{ID}.yaml"
    contact = "contacts:\n  - {date: 2026-01-20, kind: visit, ours: [am-lin, td-sun], theirs: [chief-engineer]}\n"
    path.write_text(path.read_text("utf-8").replace("contacts:\n", contact, 1), "utf-8")
    out = sheet(kam, ID, "--visit", "2026-01-20")
    assert people(out) == ["总工程师"]
    assert "Visit: 2026-01-20\nWho goes: 林晓, 孙立群\n" in out


def test_without_a_planned_contact_those_whom_it_is_time_to_see(kam: Kam, playbook: Path) -> None:
    soon, later = (sheet(kam, ID, "--visit", day) for day in ("2026-01-16", "2026-01-22"))
    assert "no contact is planned for it" in soon
    assert people(soon) == ["业务副局长", "技术副局长", "总工程师"]
    assert set(people(soon)) < set(people(later))


def test_six_lines_are_enough(kam: Kam, playbook: Path) -> None:
    out = sheet(kam, "wangyu-logistics-park")
    assert people(out) == ["园区经理", "安全主管"]
    assert "Who decides in the end?" in out


def test_the_page_for_the_printer(kam: Kam, playbook: Path, browser: Browser) -> None:
    out = sheet(kam, ID, "--for", "td-sun", "--format", "html")
    file = playbook / "sheet.html"
    file.write_text(out, "utf-8")
    page = browser.new_page(viewport={"width": 375, "height": 800})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    assert asked == [file.as_uri()]
    assert page.title() == "Before the visit: 星澜州公路局"
    assert page.locator("h2").all_inner_texts() == list(SECTIONS["en"])
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1
    page.close()


def hostile(playbook: Path, text: str) -> None:
    quoted = '"' + text.replace('"', '\\"') + '"'
    (playbook / "accounts/hostile.yaml").write_text(
        f"version: 1\nname: {quoted}\nclass: key\nprofile: {{culture: {{taboos: {quoted}, dress: {quoted}}}}}\n"
        f"team: {{manager: am-lin}}\n"
        f"stakeholders:\n  a: {{title: {quoted}, unit: {quoted}, stance: opponent, approach: {quoted},"
        f" topics: [{quoted}], stance_basis: {{date: 2026-01-01, by: am-lin, why: {quoted}}}}}\n"
        f"contacts: [{{date: 2026-01-01, kind: visit, ours: [am-lin], theirs: [a],"
        f" content: {quoted}, result: {quoted}}}]\n"
        f"opportunities: {{o: {{objections: {{x: {{date: 2026-01-01, by: a, text: {quoted}, answer: {quoted}}}}}}}}}\n"
        f"actions: {{do: {{text: {quoted}, for: [a]}}}}\nneeds: {{n: {{text: {quoted}, stated_by: a}}}}\n",
        "utf-8",
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_stay_texts(kam: Kam, playbook: Path, browser: Browser, text: str) -> None:
    hostile(playbook, text)
    calm = playbook / "accounts/calm.yaml"
    calm.write_text((playbook / "accounts/hostile.yaml").read_text("utf-8").replace(f'"{text}"', "calm"), "utf-8")
    for form in ("text", "markdown", "html"):
        out, other = (sheet(kam, name, "--format", form) for name in ("hostile", "calm"))
        assert form == "html" or "\u202e" not in out
        assert form == "html" or out.count("\n") == other.count("\n")
    hostile_blocks, calm_blocks = (_tokens(sheet(kam, name, "--format", "markdown")) for name in ("hostile", "calm"))
    assert hostile_blocks == calm_blocks
    page = browser.new_page()
    seen = []
    for name in ("hostile", "calm"):
        page.set_content(sheet(kam, name, "--format", "html"))
        seen.append(page.evaluate("[...document.querySelectorAll('*')].map(one => one.tagName)"))
    page.close()
    assert seen[0] == seen[1]


def _tokens(out: str) -> list[str]:
    """The blocks of Markdown, and whatever in them is neither text nor code."""
    found = MarkdownIt("gfm-like", {"linkify": False, "html": True}).parse(out)
    inline = ("text", "code_inline", "text_special", "softbreak")
    return [
        one.type
        for block in found
        for one in (block, *(child for child in block.children or () if child.type not in inline))
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Missing argument 'ID'"),
        (("nobody",), "There is no account “nobody”."),
        ((ID, "--for", "nobody-at-all"), "Neither ours nor the customer's people"),
        ((ID, "--for", "处长"), "can be several: business-division-head"),
        ((ID, "--for", "gm-he", "--visit", "2026-01-20"), "exclude each other"),
        ((ID, "--visit", "2026-01-14"), "2026-01-14 is over"),
        ((ID, "--visit", "soon"), "is not a day"),
        ((ID, "--format", "pdf"), "'pdf' is not one of"),
        (("broken",), "accounts/broken.yaml cannot be read"),
    ],
)
def test_misuse_is_explained(kam: Kam, playbook: Path, arguments: tuple[str, ...], said: str) -> None:
    (playbook / "accounts/broken.yaml").write_text("[", "utf-8")
    done = kam("brief", *arguments)
    assert (done.code, done.out) == (USAGE, "")
    assert said in done.err


def test_it_starts_with_little(playbook: Path) -> None:
    heavy = ("icalendar", "jinja2", "mkdocs", "rich", "jsonschema", "pypinyin", "nh3")
    work = f"run(['brief', '{ID}']); print([one for one in {heavy} if one in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; from kam.cli import run; {work}"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.rstrip().endswith("[]")
