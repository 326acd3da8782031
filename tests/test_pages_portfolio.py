"""The pages about many accounts: the first page, the list, the rules; and what a light means."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from kam import check, company_files, health, pages, rules
from kam.company_files import CompanyFiles
from kam.config import Health
from kam.finding import Finding, Message
from kam.health import Area
from kam.language import Code, Language
from kam.page import ADDRESS, STAMPED, Page
from kam.pages import Overview, Setting
from kam.pages.account.chart import cut
from kam.portfolio import Portfolio, Row
from kam.render import money, number, short
from tests.markup import Element, parsed

ROOT = Path(__file__).parents[1]
AS_OF = date(2026, 1, 15)
BROKEN = b"name: [\n"
HIDDEN = b"name: Hidden Works\nvisibility: restricted\nteam: {manager: am-lin}\nstakeholders: {a: {title: A}}\n"
EXAMPLES = sorted((ROOT / "accounts").glob("*.yaml"))


@cache
def company() -> CompanyFiles:
    return company_files.read({name: (ROOT / name).read_bytes() for name in ("kam.yaml", "company/people.yaml")})


@cache
def row(raw: bytes, name: str) -> Row:
    return check.analyse(raw, name, company().company, AS_OF).row


def rows() -> tuple[Row, ...]:
    examples = tuple(row(file.read_bytes(), f"accounts/north/{file.name}") for file in EXAMPLES)
    return (*examples, row(BROKEN, "accounts/broken.yaml"), row(HIDDEN, "accounts/hidden.yaml"))


def setting(code: Code = "en", *, restricted: bool = False) -> Setting:
    return Setting(company().company, Language(code), AS_OF, restricted=restricted)


def single(
    kind: str, found: tuple[Row, ...] | None = None, *, restricted: bool = False, code: Code = "en"
) -> tuple[Page, Element]:
    overview = Overview(Portfolio(company().company, AS_OF, rows() if found is None else found))
    (page,) = [one for one in pages.single_pages(overview, setting(code, restricted=restricted)) if one.kind == kind]
    return page, parsed(page.body)


def test_kinds_are_found_and_in_the_order_of_the_navigation() -> None:
    overview = Overview(Portfolio(company().company, AS_OF, rows()))
    kinds = [one.kind for one in pages.single_pages(overview, setting())]
    assert kinds[:2] == ["home", "accounts"]
    assert "rules" in kinds
    assert not STAMPED & set(kinds)
    stamped = {one.kind for one in pages.stamped_pages(overview, setting())}
    assert stamped <= STAMPED
    assert pages.kinds()["account"].page


@pytest.mark.parametrize("code", ["zh", "en"])
def test_every_page_is_whole(code: Code) -> None:
    overview = Overview(Portfolio(company().company, AS_OF, rows()), by_rule={"contact.stale": 3})
    every = [*pages.single_pages(overview, setting(code)), *pages.stamped_pages(overview, setting(code))]
    assert len({one.address for one in every}) == len(every)
    for page in every:
        body = parsed(page.body)
        ids = [one.attrs["id"] for one in body.walk() if "id" in one.attrs]
        assert len(ids) == len(set(ids)), page.address
        assert {heading.id for heading in page.headings} <= set(ids), page.address
        assert ADDRESS.fullmatch(page.address)
        assert body.one("h1").text == page.title
        assert not any("style" in one.attrs for one in body.walk())


def test_the_worst_comes_first_and_what_cannot_be_read_before_it() -> None:
    _, body = single("accounts")
    names = [one.one("a").text for one in body.one("tbody").all("th")]
    assert names == ["broken", "澄远地铁运营公司", "Kestrel Bay Ports Group", "星澜州公路局", "望屿物流园"]
    _, home = single("home")
    assert [one.all("a")[0].text for one in home.one("ul", "burn").all("li")] == names[:4]


def test_customers_that_rest_count_nowhere_on_the_first_page() -> None:
    def freshness(*found: Row) -> str:
        _, home = single("home", found)
        return next(one.text for one in home.one("div", "figs").all("div") if one.text.startswith("Freshness"))

    kestrel = next(one for one in rows() if one.account.startswith("kestrel"))
    others = tuple(one for one in rows() if one is not kestrel and one.figures)
    assert (kestrel.figures or {})["cells_due_in_7_days"]
    assert freshness(*others, kestrel._replace(status="dormant")) == freshness(*others) != freshness(*others, kestrel)


def test_nobody_says_that_a_customer_that_cannot_be_read_has_no_manager() -> None:
    _, body = single("accounts")
    line = next(one for one in body.one("tbody").all("tr") if one.text.startswith("broken"))
    assert "no manager" not in line.text
    lost = next(one for one in rows() if one.account.startswith("kestrel"))._replace(manager=None)
    _, body = single("accounts", (lost,))
    assert "no manager" in body.one("tbody").text


def test_the_list_shows_figures_with_their_base() -> None:
    _, body = single("accounts")
    (line,) = [one for one in body.one("tbody").all("tr") if "星澜州公路局" in one.text]
    squares = [(one.children[0], one.attrs["class"]) for one in line.all("td", "h")]
    expected = [
        ("9/10", "amber"),
        ("10/10", "green"),
        ("31/34", "amber"),
        ("15/15", "green"),
        ("3/3", "green"),
        ("8/11", "amber"),
    ]
    assert squares == [(text, f"h h-{light}") for text, light in expected]
    (small,) = [one for one in body.one("tbody").all("tr") if "望屿物流园" in one.text]
    assert [one.children[0] for one in small.all("td", "h")] == ["–"] * 6
    assert line.one("a").attrs["href"] == "../accounts/xinglan-roads-bureau/"


def test_chips_ask_for_what_rows_carry() -> None:
    _, body = single("accounts")
    lines = body.one("tbody").all("tr")
    for chip in body.one(class_="chips").all("button"):
        key, _, value = chip.attrs["data-f"].partition("=")
        if value:
            assert any(value in one.attrs[f"data-{key}"].split() for one in lines), chip.attrs["data-f"]
    assert body.one("output").text == f"{len(lines)} / {len(lines)}"


def test_restricted_accounts_are_in_no_page_and_no_sum() -> None:
    without = tuple(one for one in rows() if not one.restricted)
    for kind in ("home", "accounts"):
        page, body = single(kind)
        assert page == single(kind, without)[0]
        assert "Hidden" not in body.text
    assert "Hidden Works" in single("accounts", restricted=True)[1].text


def test_at_most_five_things_to_do_and_few_of_each() -> None:
    _, body = single("home")
    steps = body.one("section", id="next").all("li")
    links = [one.one("a").attrs["href"].partition("#")[0] for one in steps]
    assert len(steps) == 5
    assert max(map(links.count, links)) <= 2


def test_the_first_evening_without_any_customer() -> None:
    for kind in ("home", "accounts"):
        assert "kam new" in single(kind, ())[1].text


def test_faults_of_the_company_stand_on_the_first_page() -> None:
    fault = Finding(
        "schema.enum", "error", Message("{x} is wrong", {"x": "<i>"}), Message("Write it right."), "kam.yaml"
    )
    overview = Overview(Portfolio(company().company, AS_OF, rows()), (fault,))
    home = next(iter(pages.single_pages(overview, setting())))
    assert "<i> is wrong" in parsed(home.body).one("ul", "finds").text


def test_a_long_list_keeps_every_customer() -> None:
    many = tuple(rows()[0]._replace(account=f"a-{n}", name=f"A {n}") for n in range(510))
    _, body = single("accounts", many)
    links = {one.attrs["href"] for one in body.all("a")}
    assert {f"../accounts/a-{n}/" for n in range(510)} <= links
    assert len(body.one("tbody").all("tr")) == 500


def test_every_rule_has_a_page_and_a_line() -> None:
    overview = Overview(Portfolio(company().company, AS_OF))
    found = {one.address: one for one in pages.stamped_pages(overview, setting("zh")) if one.kind == "rule"}
    listed = {one.attrs["href"] for one in single("rules")[1].all("a")}
    for rule in rules.load_all():
        address = f"rules/{rule.id.replace('.', '/')}/"
        body = parsed(found[address].body)
        assert f"../{address}" in listed
        marked = [one.text for one in body.one("pre", "wrong").all("span", "bad")]
        assert marked
        assert all("# <- here" in one for one in marked)
        assert body.one("pre", "good").text == " ".join(rule.texts.good.split())
        assert len(body.all("section", id="options")) == bool(rule.options)


def test_what_a_company_changes_shows_on_the_rule() -> None:
    config = company().company.config._replace(
        ignore=("contact.no-result",), severity={"contact": "error"}, options={"matrix.review-old": {"days": 7}}
    )
    own = setting()._replace(company=company().company._replace(config=config))
    overview = Overview(Portfolio(own.company, AS_OF))
    found = {one.address: parsed(one.body) for one in pages.stamped_pages(overview, own) if one.kind == "rule"}
    assert found["rules/contact/stale/"].all("span", "sev-error")
    assert found["rules/contact/no-result/"].one(class_="head").one("span", "tag").text == "off"
    assert "7" in [one.text for one in found["rules/matrix/review-old/"].one("section", id="options").all("b")]


@pytest.mark.parametrize(
    ("n", "of", "asked", "wrong", "light"),
    [
        (10, 10, True, False, "green"),
        (19, 20, True, False, "green"),
        (94, 100, True, False, "amber"),
        (70, 100, True, False, "amber"),
        (69, 100, True, False, "red"),
        (10, 10, True, True, "red"),
        (0, 0, True, False, "amber"),
        (0, 0, False, False, "none"),
        (9, 10, False, False, "amber"),
    ],
)
def test_lights(n: int, of: int, asked: bool, wrong: bool, light: str) -> None:
    figures = {
        "manager_acquainted": 0,
        "active_stakeholders": 0,
        "manager_covered": 0,
        "cells": 0,
        "fresh_cells": 0,
        "due_cells": 0,
        "swot": None,
        "roadmap": None,
        "learning_at_standard": n,
        "learning_levels": of,
    }
    found = health.areas(figures, ["learning"] if wrong else [], ["learning"] if asked else [], Health())
    assert found[-1] == Area("learning", n, of, light)  # type: ignore[arg-type]
    assert {one.light for one in found[:-1]} == {"none"}


@pytest.mark.parametrize(
    ("rule", "pointer", "area"),
    [
        ("matrix.am-uncovered", "/matrix/cells/am-lin", "coverage"),
        ("matrix.am-not-acquainted", "/stakeholders/a/acquaintance", "people"),
        ("contact.stale", "/matrix/cells/a/b", "freshness"),
        ("swot.stale", "/swot", "swot"),
        ("schema.enum", "/stakeholders/a/stance", "people"),
        ("ref.unknown-person", "/roadmap/entries/a/owner", "roadmap"),
        ("value.class-missing", "", None),
    ],
)
def test_areas_of_findings(rule: str, pointer: str, area: str | None) -> None:
    finding = Finding(rule, "error", Message(""), Message(""), "accounts/a.yaml", pointer=pointer)
    assert health.area_of(finding) == area
    assert health.wrong([finding]) == ((area,) if area else ())
    assert health.wrong([finding._replace(severity="warning")]) == ()


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (172000, "172,000"), (1200.5, "1,200.5"), (0.25, "0.25"), (3.0, "3"), (-1234.567, "-1,234.57")],
)
def test_numbers(value: float, text: str) -> None:
    assert number(value) == text


def test_money_names_its_currency() -> None:
    assert money(12000, "CNY", Language("zh")) == "12,000 元"
    assert money(12000, "CNY", Language("en")) == "CNY 12,000"
    assert money(12000, "EUR", Language("zh")) == "EUR 12,000"


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 12, 31), "12-31"),
        (date(2025, 12, 22), "12-22"),
        (date(2025, 7, 1), "2025-07-01"),
        (date(2027, 1, 2), "2027-01-02"),
    ],
)
def test_days_are_short_where_the_year_is_plain(day: date, text: str) -> None:
    assert short(day, AS_OF) == text


@pytest.mark.parametrize(
    ("text", "said"),
    [("局长", "局长"), ("业务处处长业务处处长", "业务处处长…"), ("Chief engineer of all", "Chief engi…"), ("", "")],
)
def test_long_titles_are_cut_by_their_width(text: str, said: str) -> None:
    assert cut(text, 95, 14) == said
