"""The invented playbooks that we measure with are what they claim: valid, varied, of real size, always the same."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from benchmarks import company, emit, generate, markdown
from benchmarks.bench import Row
from kam import check, company_files, pages, source
from kam.language import Language

NUMBERS = range(1, 41)


@pytest.fixture(scope="module")
def analyses() -> list[check.Analysis]:
    settings, people = (emit.text(data).encode() for data in (company.settings(), company.people()))
    about = company_files.read({"kam.yaml": settings, "company/people.yaml": people}, ["people"])
    assert not about.faults, about.faults[:3]
    texts = ((generate.name(n), emit.text(generate.account(n)).encode()) for n in NUMBERS)
    return [check.analyse(text, f"accounts/{id}.yaml", about.company, company.AS_OF) for id, text in texts]


def test_the_company_has_300_people() -> None:
    assert len(company.people()["people"]) == 300


def test_the_accounts_are_valid(analyses: list[check.Analysis]) -> None:
    faults = [one for analysis in analyses for one in analysis.findings if one.family in ("source", "schema", "ref")]
    assert not faults, faults[:3]


def test_the_accounts_have_gaps_like_real_ones(analyses: list[check.Analysis]) -> None:
    rules = {one.rule for analysis in analyses for one in analysis.findings}
    assert len(rules) >= 8, sorted(rules)


def test_the_accounts_have_the_size_of_real_ones() -> None:
    lines = [emit.text(generate.account(n)).count("\n") for n in NUMBERS]
    assert min(lines) >= 300
    assert max(lines) <= 480
    assert len(set(lines)) > 10


def test_the_same_number_gives_the_same_account(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        generate.write(tmp_path / folder, 3)
    first, second = (
        {file.relative_to(root): file.read_bytes() for file in root.rglob("*") if file.is_file()}
        for root in (tmp_path / "a", tmp_path / "b")
    )
    assert first == second
    assert len({content for name, content in first.items() if name.parts[0] == "accounts"}) == 3


def test_text_reads_back_as_its_data() -> None:
    data = {
        "a": {"b": ["x, y", "是", 1, True], "c": [{"d": "1.0", "e": []}]},
        "f": "yes: no",
        "g": {},
        "h": date(2026, 1, 5),
    }
    document = source.read(emit.text(data).encode(), "x.yaml", "account")
    assert not document.faults
    assert document.data == {**data, "h": "2026-01-05"}


def test_the_markdown_says_the_same_as_the_page(analyses: list[check.Analysis]) -> None:
    account = generate.account(1)
    plan = analyses[0].plan
    assert plan
    page = pages.account_page(analyses[0], pages.Setting(plan.company, Language("zh"), company.AS_OF))
    assert page
    said = markdown.text(page.body)
    told = [
        *(one["title"] for one in account["stakeholders"].values()),
        *(one["content"] for one in account["contacts"]),
        *(one["text"] for one in account["swot"]["actions"].values()),
    ]
    assert [text for text in told if text not in said] == []
    lines = said.splitlines()
    assert all(
        sum(line.startswith(mark) for line in lines) > most for mark, most in (("## ", 8), ("| ", 50), ("- ", 5))
    )
    assert "<" not in said.replace("\\<", "")


@pytest.mark.parametrize(
    ("figure", "at_least", "kept"), [(10, True, True), (9.9, True, False), (10, False, True), (10.1, False, False)]
)
def test_a_promise_is_kept_or_broken(figure: float, at_least: bool, kept: bool) -> None:
    assert Row("x", figure, "s", 10, at_least, "").kept is kept
