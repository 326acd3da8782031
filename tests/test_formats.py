"""Formats for other programs: each against its published schema or a real parser; hostile text does no harm in any."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from jsonschema import Draft4Validator, Draft202012Validator, FormatChecker
from junitparser import Error, Failure, JUnitXml, Skipped
from markdown_it import MarkdownIt
from markdown_it.token import Token

from kam import encoding, reports
from kam.finding import Finding, Message, Place, Severity, Waived, Word
from kam.language import Language, language
from kam.reports import Report, markdown, shown

PUBLISHED = Path(__file__).parent / "published"
AS_OF = date(2026, 1, 15)
BOTH = pytest.mark.parametrize("code", ["zh", "en"])
SARIF = Draft4Validator(json.loads((PUBLISHED / "sarif-2.1.0.json").read_text("utf-8")), format_checker=FormatChecker())
GITLAB = Draft202012Validator(json.loads((PUBLISHED / "gitlab-code-quality.json").read_text("utf-8")))
HARBOUR, LAKE = "accounts/harbour.yaml", "accounts/north/lake.yaml"


def found(
    rule: str = "contact.stale",
    severity: Severity = "warning",
    file: str = HARBOUR,
    object: str = "td-sun/head",
    line: int = 11,
    **more: Any,
) -> Finding:
    message = Message("{who}: no contact yet.", {"who": "林晓"})
    place = Place(line, 3, line, 9)
    return Finding(rule, severity, message, Message("Get in touch."), file, place, "/matrix", object, "harbour", **more)


ACCEPTED = Waived("对方出差", "am-lin", date(2026, 2, 1))
FINDINGS = (
    found("matrix.am-uncovered", "error", object="nurse", line=4),
    found(),
    found("section.missing", "info", object="swot", line=1),
    found("matrix.intro-overdue", object="td-sun", waived=ACCEPTED),
    found("source.syntax", "error", LAKE, "/", 3)._replace(account="lake"),
    found("schema.enum", "error", LAKE, "profile/stage", 5)._replace(account="lake"),
    found("schema.enum", "error", LAKE, "profile/stage", 5)._replace(account="lake"),
)


def report(*findings: Finding, **more: Any) -> Report:
    names = {"harbour": "海港医院", "lake": "Lake"}
    files = ("kam.yaml", "company/people.yaml", HARBOUR, LAKE)
    return Report(findings, AS_OF, 2, names, lambda _name, _line: "cells: {a: b}")._replace(files=files, **more)


def written(name: str, told: Report, code: str = "en") -> str:
    return "".join(f"{line}\n" for line in reports.render(name, told, language(code)))


def sarif_of(text: str) -> Any:
    log = json.loads(text)
    assert [error.message for error in SARIF.iter_errors(log)] == []
    (run,) = log["runs"]
    return run


def issues_of(text: str) -> Any:
    issues = json.loads(text)
    assert [error.message for error in GITLAB.iter_errors(issues)] == []
    return issues


def suites_of(text: str) -> Any:
    return list(JUnitXml.fromstring(text.encode()))


def test_jsonl_is_the_list_of_json_line_by_line() -> None:
    lines = written("jsonl", report(*FINDINGS)).splitlines()
    assert [json.loads(line) for line in lines] == json.loads(written("json", report(*FINDINGS)))["findings"]


def test_gitlab_reads_what_is_told() -> None:
    issues = issues_of(written("gitlab", report(*FINDINGS)))
    assert len(issues) == len(FINDINGS) - 1
    assert (issues[0]["description"], issues[0]["check_name"]) == ("林晓: no contact yet.", "matrix.am-uncovered")
    assert issues[0]["location"] == {"path": HARBOUR, "lines": {"begin": 4}}
    assert [one["severity"] for one in issues] == ["major", "minor", "info", "major", "major", "major"]
    assert issues_of(written("gitlab", report())) == []


@pytest.mark.parametrize("name", ["gitlab", "sarif"])
def test_fingerprints_stay_when_lines_move_and_are_never_the_same(name: str) -> None:
    moved = tuple(one._replace(place=Place(90, 1, 91, 1)) for one in FINDINGS)
    marks = [re.findall(r'"[0-9a-f]{64}"', written(name, report(*those))) for those in (FINDINGS, moved)]
    assert marks[0] == marks[1]
    assert len(set(marks[0])) == len([one for one in FINDINGS if name == "sarif" or not one.waived])


@BOTH
def test_sarif_is_valid_and_brings_the_pages_of_its_rules(code: str) -> None:
    run = sarif_of(written("sarif", report(*FINDINGS), code))
    said, driver = language(code), run["tool"]["driver"]
    assert (run["columnKind"], run["language"]) == ("unicodeCodePoints", {"zh": "zh-CN", "en": "en"}[code])
    assert [one["ruleId"] for one in run["results"]] == [one.rule for one in FINDINGS]
    assert all(driver["rules"][one["ruleIndex"]]["id"] == one["ruleId"] for one in run["results"])
    assert len(driver["rules"]) == len({one.rule for one in FINDINGS})
    page = next(one for one in driver["rules"] if one["id"] == "contact.stale")
    assert page["shortDescription"]["text"] == said.text("A relationship has not been tended within its cadence")
    assert said.text("How to fix") in page["help"]["text"]
    assert f"**{said.text('Why it matters')}**" in page["help"]["markdown"]
    assert [one["level"] for one in run["results"]] == [
        "error",
        "warning",
        "note",
        "warning",
        "error",
        "error",
        "error",
    ]


def test_sarif_tells_places_and_what_was_accepted() -> None:
    results = sarif_of(written("sarif", report(*FINDINGS)))["results"]
    where = results[0]["locations"][0]["physicalLocation"]
    assert where["region"] == {"startLine": 4, "startColumn": 3, "endLine": 4, "endColumn": 9}
    assert where["artifactLocation"] == {"uri": HARBOUR, "uriBaseId": "%SRCROOT%"}
    assert [len(one["suppressions"]) for one in results] == [0, 0, 0, 1, 0, 0, 0]
    accepted = results[3]["suppressions"][0]
    assert (accepted["kind"], accepted["status"]) == ("inSource", "accepted")
    assert accepted["justification"] == "对方出差 (accepted by am-lin until 2026-02-01)"
    assert sarif_of(written("sarif", report()))["results"] == []


def test_sarif_texts_hold_neither_links_nor_places_of_arguments() -> None:
    message = Message("{value}", {"value": r"[x](https://evil.example) {0} \[y](1)"})
    (result,) = sarif_of(written("sarif", report(found()._replace(message=message))))["results"]
    assert result["message"]["text"].startswith(r"\[x\](https://evil.example) {{0}} \\\[y\](1)")


@BOTH
def test_junit_is_read_by_a_parser(code: str) -> None:
    suites = suites_of(written("junit", report(*FINDINGS), code))
    assert [(one.name, one.tests, one.failures, one.skipped, one.errors) for one in suites] == [
        (HARBOUR, 3, 1, 2, 0),
        (LAKE, 3, 3, 0, 0),
        ("company/people.yaml", 1, 0, 0, 0),
        ("kam.yaml", 1, 0, 0, 0),
    ]
    assert [case.is_passed for suite in suites[2:] for case in suite] == [True, True]
    (first,) = next(iter(suites[0])).result
    assert isinstance(first, Failure)
    assert (first.type, first.message) == ("error", language(code).say(FINDINGS[0].message))
    assert first.text == f"{HARBOUR}:4:3\n{language(code).text('How to fix: {fix}', fix='Get in touch.')}"
    assert next(iter(suites[0])).name == "matrix.am-uncovered@harbour/nurse"


@pytest.mark.parametrize(("failing", "number"), [((), 0), (("error",), 4), (("error", "warning"), 5)])
def test_junit_fails_where_the_command_fails(failing: tuple[Severity, ...], number: int) -> None:
    suites = suites_of(written("junit", report(*FINDINGS, failing=failing)))
    results = [result for suite in suites for case in suite for result in case.result]
    assert sum(isinstance(one, Failure) for one in results) == number == sum(suite.failures for suite in suites)
    assert sum(isinstance(one, Skipped) for one in results) == 6 - number == sum(suite.skipped for suite in suites)
    assert not any(isinstance(one, Error) for one in results)


def tokens(text: str) -> Iterator[Token]:
    """Every token that a reader of Markdown finds, those within lines too."""
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text):
        yield token
        yield from token.children or ()


KINDS = {"paragraph", "text", "code_inline", "bullet_list", "list_item", "strong", "softbreak", "inline"}
KINDS |= {"table", "thead", "tbody", "tr", "th", "td"}


def markup(text: str) -> tuple[set[str], list[str], list[str], list[str]]:
    """The kinds of tokens, then the texts, the code spans and the HTML."""
    all_of = list(tokens(text))
    kinds = {re.sub("_(open|close)$", "", one.type) for one in all_of}
    by = [
        [one.content for one in all_of if one.type in those]
        for those in (("text",), ("code_inline",), ("html_block", "html_inline"))
    ]
    return kinds, by[0], by[1], by[2]


@BOTH
def test_markdown_groups_findings_by_account(code: str) -> None:
    kinds, texts, spans, html = markup(written("markdown", report(*FINDINGS), code))
    assert kinds <= KINDS
    assert not html
    assert [one for one in spans if one in ("海港医院", "Lake")] == ["海港医院", "Lake"]
    assert {f"{HARBOUR}:4", f"{LAKE}:3", "林晓", "schema.enum"} <= set(spans)
    assert texts[5:9] == ["4", "1", "1", "1"]


def test_markdown_folds_long_lists_and_counts_what_has_no_room() -> None:
    many = [found(object=str(number), line=number) for number in range(1, 2001)]
    text = written("markdown", report(*many))
    assert len(text) <= 65_536
    assert text.count("<details>") == text.count("</details>") == 1
    title = "<code>海港医院</code> · <code>accounts/harbour.yaml</code> · findings: 2000"
    assert f"<details><summary>{title}</summary>\n\n- " in text
    listed = text.count("\n- ")
    left = re.search(r"too long: (\d+)\.", text)
    assert left
    assert listed > 500
    assert listed + int(left[1]) == 2000
    assert "<details>" not in written("markdown", report(*many[: markdown.MANY]))


def test_markdown_knows_our_words_from_theirs() -> None:
    values = {
        "known": Word("stance", "helper"),
        "unknown": Word("stance", "<x>"),
        "more": (Message("a {b}", {"b": "*c*"}), 3),
    }
    message = Message("{known} {unknown} {more} *ours*", values)
    said = markdown.sentence(message, Language("en"))
    label = Language("en").word("stance", "helper")
    assert said == f"{label} `<x>` a `*c*`, 3 \\*ours\\*"


@pytest.mark.parametrize("value", ["a`b", "``", "`", "a```b``c", "", " ", " a ", "x" * 500])
def test_a_code_span_holds_any_value(value: str) -> None:
    _, texts, spans, _ = markup(f"x {markdown.code(value)} y")
    assert texts == ["x ", " y"]
    assert [one.strip() for one in spans] == [(value if len(value) < 500 else "x" * 200 + "…").strip()]


HOSTILE = {
    "command": "x\n::error ::pwn\r\n::set-output name=a::b",
    "legacy command": "##[command] ##vso[task.complete]",
    "escape": "\x1b]0;title\x07\x1b[2J\x9b31m\x7f\x00",
    "cdata": "]]><x a='b' c=\"d\"> &amp; &#x41;",
    "script": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "table": "| a | b |\n|---|---|\n| `` ` | \\| |",
    "markup": "[x](https://evil.example) ![y](//evil.example/p.png) **b** ~~c~~ <https://evil.example> # h",
    "mentions": "@everyone #123 !45 user@evil.example https://evil.example/x www.evil.example :smile: /close",
    "bidi": "\u202eabc\u2066\u200b\ufeff\u2028\u2029\x85",
    "lines": "\n\n- a\n# b\r\n\t```\n<details>\n---\n",
    "characters": "\ud800 \udcff \ufffe\uffff\U0001f468\u200d\u2695\ufe0f\ue0001\ue001",
    "formats": "{0} {value} %0A %s {{}} $`a`$ [[_TOC_]]",
}


def hostile(text: str) -> Report:
    """A finding in which everything that comes from a file is hostile; a second one that was accepted."""
    message, fix = Message("Here {value} there.", {"value": text}), Message("Change {value}.", {"value": text})
    file = f"accounts/{text}.yaml"
    one = Finding("schema.enum", "error", message, fix, file, Place(2, 3, 2, 5), f"/{text}", text, text)
    accepted = one._replace(rule="contact.stale", waived=Waived(text, text, AS_OF))
    return Report((one, accepted), AS_OF, 1, {text: text}, lambda _name, _line: text.replace("\n", " "))._replace(
        files=(file,)
    )


def safe_json(text: str, value: str) -> None:
    first = json.loads(text)["findings"][0]
    assert (first["object"], first["account"], first["path"]) == (value, value, f"accounts/{value}.yaml")
    assert first["message"] == f"Here {value} there."


def safe_jsonl(text: str, value: str) -> None:
    lines = text.split("\n")
    assert len(lines) == 3
    assert json.loads(lines[0])["message"] == f"Here {value} there."


def safe_gitlab(text: str, value: str) -> None:
    (issue,) = issues_of(text)
    assert issue["description"] == f"Here {shown(value)} there."


def safe_sarif(text: str, value: str) -> None:
    run = sarif_of(text)
    said = run["results"][0]["message"]["text"]
    assert not re.search(r"(?<!\\)(\\\\)*[\[\]]", said)
    assert (
        re.sub(r"\\(.)", r"\1", said).replace("{{", "{").replace("}}", "}").startswith(f"Here {shown(value)} there.\n")
    )
    uri = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert re.fullmatch(r"accounts/[A-Za-z0-9._~%/-]*\.yaml", uri)
    assert unquote(uri).encode() == f"accounts/{value}.yaml".encode("utf-8", "backslashreplace")


def safe_junit(text: str, value: str) -> None:
    (suite,) = suites_of(text)
    (case,) = suite
    (failure,) = case.result
    assert (suite.name, failure.message) == (f"accounts/{shown(value)}.yaml", f"Here {shown(value)} there.")
    assert case.name == f"schema.enum@{shown(f'{value}/{value}')}"
    assert set(re.findall(r"</?(\w+)", text)) == {"testsuites", "testsuite", "testcase", "failure"}


def safe_markdown(text: str, value: str) -> None:
    kinds, texts, spans, html = markup(text)
    assert kinds <= KINDS
    assert not html
    assert not [one for one in texts if "evil" in one or "@" in one or "<" in one or value.strip() in one]
    assert shown(value).strip() in [one.strip() for one in spans]


def safe_github(text: str, value: str) -> None:
    command, _summary = text.rstrip("\n").split("\n")
    assert re.match(r"::error file=[^:,\n]*,line=2,endLine=2,col=3,endColumn=5,title=schema\.enum::Here ", command)


def safe_text(text: str, value: str) -> None:
    assert f"Here {shown(value)} there." in text


SAFE: Mapping[str, Callable[[str, str], None]] = {
    "concise": safe_text,
    "full": safe_text,
    "github": safe_github,
    "gitlab": safe_gitlab,
    "grouped": safe_text,
    "json": safe_json,
    "jsonl": safe_jsonl,
    "junit": safe_junit,
    "markdown": safe_markdown,
    "sarif": safe_sarif,
}


def test_every_format_is_tried_with_hostile_text() -> None:
    assert set(SAFE) == set(reports.formats())


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("name", reports.formats())
def test_hostile_text_does_no_harm(name: str, kind: str) -> None:
    value = HOSTILE[kind]
    text = written(name, hostile(value))
    assert not encoding.hidden(text)
    assert not set(text) & set("\r\t")
    assert "##[" not in text
    assert "##vso[" not in text
    assert sum(line.lstrip().startswith("::") for line in text.split("\n")) == (name == "github")
    SAFE[name](text, value)


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_names_do_no_harm_in_folded_markdown(kind: str) -> None:
    one = hostile(HOSTILE[kind]).findings[0]
    told = hostile(HOSTILE[kind])._replace(findings=(one,) * (markdown.MANY + 1))
    _, texts, _, html = markup(written("markdown", told))
    assert len(html) == 2
    assert set(re.findall(r"</?(\w+)", html[0])) == {"details", "summary", "code"}
    assert html[1].strip() == "</details>"
    assert not [one for one in texts if "evil" in one or "@" in one or "<" in one]
