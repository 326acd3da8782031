"""The page of all findings and the pages of rules: counts for all, the first fifty in full, accepted ones apart."""

from __future__ import annotations

from collections import Counter

import pytest

from kam import rules
from kam.finding import SEVERITIES, Finding, Message, Place, Waived
from kam.language import Code, Language
from kam.page import Page
from kam.pages import MOST, Setting, findings, rule
from kam.pages.overview import overview
from kam.portfolio import Portfolio, Row
from tests.markup import Element, parsed
from tests.whole import AS_OF, SECRET, body, pages, playbook

CODES: tuple[Code, ...] = ("zh", "en")
HOSTILE = "</td><script>alert('x')</script>"


def setting() -> Setting:
    return playbook().settings["en"]


def finding(number: int = 1, account: str | None = "a", **more: object) -> Finding:
    file = f"accounts/{account}.yaml" if account else "kam.yaml"
    message, fix = Message("Cell {n} is stale", {"n": number}), Message("Call")
    made = Finding(
        "contact.stale", "warning", message, fix, file, Place(number, 1, number, 2), "/matrix/cells", account=account
    )
    return made._replace(**more)  # type: ignore[arg-type]  # any fields


def shown(of_accounts: list[Finding], of_company: tuple[Finding, ...] = ()) -> tuple[Page, Element]:
    names = dict.fromkeys(one.account for one in of_accounts if one.account)
    rows = tuple(Row(name, f"accounts/{name}.yaml", name.title()) for name in names)
    whole = overview(Portfolio(setting().company, AS_OF, rows), of_accounts, of_company, ())
    (page,) = findings.pages(whole, setting())
    return page, parsed(page.body)


def open_findings() -> list[Finding]:
    return [one for one in playbook().findings() if not one.waived]


@pytest.mark.parametrize("code", CODES)
def test_every_finding_is_counted_and_stands_there(code: Code) -> None:
    page, found = body("findings/", code), open_findings()
    by_severity = Counter(one.severity for one in found)
    figures = [one.text for one in page.one(class_="figs").all(class_="v")]
    assert figures == [*(str(by_severity[name]) for name in SEVERITIES), "1"]
    by_rule = Counter((one.severity, one.rule) for one in found)
    groups = page.all("details")
    said = {one.one("summary").one("code").text: one.one("summary").one(class_="n").text for one in groups}
    assert said == {name: str(n) for (_, name), n in by_rule.items()}
    say = Language(code).say
    for one in found:
        (group,) = [each for each in groups if each.one("summary").one("code").text == one.rule]
        assert " ".join(say(one.message).split()) in group.text, one.id
    assert len(by_rule) > 40


def test_what_is_wrong_comes_first_then_what_is_found_most() -> None:
    order = [
        (one.one("summary").one(class_="sev").text, int(one.one(class_="n").text))
        for one in body("findings/").all("details")
    ]
    rank = {"Error": 0, "Warning": 1, "Note": 2}
    assert order == sorted(order, key=lambda one: (rank[one[0]], -one[1]))
    assert [one.text.rsplit(" ", 1)[0] for one in body("findings/").all("h3")] == [
        "Wrong: put right first",
        "To ask next",
        "Later, when there is time",
    ]


def test_the_table_by_customer() -> None:
    counted: dict[str, Counter[str]] = {}
    for one in open_findings():
        if one.account:
            counted.setdefault(one.account, Counter())[one.severity] += 1
    lines = {}
    for line in body("findings/").one("section", id="byaccount").one("tbody").all("tr"):
        name = line.one("a").attrs["href"].removeprefix("../accounts/").removesuffix("/#findings")
        lines[name] = [int(one.text) for one in line.all("td", "num")]
    expected = {name: [one[severity] for severity in SEVERITIES] for name, one in counted.items()}
    assert lines == {name: [*one, sum(one)] for name, one in expected.items()}
    assert lines["broken"][0] == 1
    assert next(iter(lines)) == max(lines, key=lambda name: lines[name][0])


def test_faults_and_findings_of_the_company_stand_there() -> None:
    fault = next(one for one in open_findings() if one.account == "broken")
    group = next(one for one in body("findings/").all("details") if one.one("summary").one("code").text == fault.rule)
    assert "The file cannot be read as it is written" in group.text
    assert not [one for one in group.all("a") if "/rules/" in one.attrs["href"]]
    page = shown([], (finding(7, None),))[1]
    assert "kam.yaml" in page.one("tbody").text
    assert not page.all("section", id="byaccount")


def test_accepted_findings_stand_apart() -> None:
    (waived,) = [one for one in playbook().findings() if one.waived]
    section = body("findings/").one("section", id="waived")
    assert [one.text for one in section.one("tbody").one("tr").all("td")] == [
        "2026-02-28",
        f"{Language('en').say(waived.message)}matrix.am-not-acquainted",
        "On leave <i>",
        "周敏",
    ]
    assert Language("en").say(waived.message) not in body("findings/").one("section", id="byrule").text


def test_of_a_rule_the_first_fifty_are_told_and_the_rest_counted() -> None:
    found = [finding(n, f"a{n % 60}") for n in range(1, 131)]
    page = shown(found)[1]
    group = page.one("details")
    assert len(group.one("tbody").all("tr")) == MOST == 50
    assert group.one(class_="n").text == "130"
    assert "80 more, on the customers' pages" in group.text
    assert "customers concerned: 60" in group.text


def test_many_customers_end_in_one_line() -> None:
    found = [finding(1, f"a{n}") for n in range(findings.ACCOUNTS + 30)]
    lines = shown(found)[1].one("section", id="byaccount").one("tbody").all("tr")
    assert len(lines) == findings.ACCOUNTS + 1
    assert [one.text for one in lines[-1].children if not isinstance(one, str)] == [
        "The other 30 customers",
        "",
        "0",
        "30",
        "0",
        "30",
    ]


def test_accepted_findings_are_bounded_too_and_the_first_to_end_comes_first() -> None:
    waived = [finding(n, waived=Waived("why", None, AS_OF.replace(year=2027 - n % 2))) for n in range(60)]
    whole = overview(Portfolio(setting().company, AS_OF), waived, (), ())
    assert (len(whole.waived), whole.waivings, whole.fired, whole.by_account) == (MOST, 60, (), {})
    assert [one.waived.until.year for one in whole.waived if one.waived] == [2026] * 30 + [2027] * 20


def test_nothing_found_is_said() -> None:
    page, tree = shown([])
    assert "Nothing was found." in tree.text
    assert not page.headings


def test_text_of_a_file_is_no_markup() -> None:
    bad = finding(1, message=Message("{what}", {"what": HOSTILE}), pointer=f"/{HOSTILE.replace('/', '~1')}")
    accepted = finding(2, waived=Waived(HOSTILE, HOSTILE, AS_OF))
    page, tree = shown([bad, accepted])
    assert "<script>" not in page.body
    assert HOSTILE in tree.one("details").text
    assert HOSTILE in tree.one("section", id="waived").text


@pytest.mark.parametrize("code", CODES)
def test_the_page_of_a_rule_says_where_it_speaks(code: Code) -> None:
    say, by_rule = Language(code).say, Counter(one.rule for one in open_findings())
    for name in by_rule:
        if f"rules/{name.replace('.', '/')}/" in pages(code):
            section = body(f"rules/{name.replace('.', '/')}/", code).one("section", id="now")
            assert section.one("h2").one(class_="muted").text == str(by_rule[name])
            for one in open_findings():
                if one.rule == name:
                    assert " ".join(say(one.message).split()) in section.text
    quiet = next(rule for rule in rules.ids() if rule not in by_rule)
    assert not body(f"rules/{quiet.replace('.', '/')}/", code).all("section", id="now")


def test_the_page_of_a_rule_is_bounded() -> None:
    found = [finding(n) for n in range(1, 71)]
    whole = overview(Portfolio(setting().company, AS_OF, (Row("a", "accounts/a.yaml", "A"),)), found, (), ())
    only = whole._replace(only=frozenset({"rules/contact/stale/"}))
    (page,) = rule.pages(only, setting())
    section = parsed(page.body).one("section", id="now")
    assert len(section.one("tbody").all("tr")) == MOST
    assert section.one("tbody").all("a")[0].attrs["href"] == "../../../accounts/a/#findings"
    assert section.one("p", "note").text == "20 more, on the customers' pages"


@pytest.mark.parametrize("code", CODES)
def test_a_restricted_customer_is_nowhere(code: Code) -> None:
    without, shown_ = pages(code, secret=False), pages(code)
    assert list(shown_) == list(without)
    assert [one.address for one in shown_.values() if one != without[one.address]] == []
    assert not any(SECRET in repr(one) for one in shown_.values())
    asked = pages(code, restricted=True)
    assert "accounts/secret/" in asked
    for address in ("", "accounts/", "people/am-lin/", "findings/", "rules/contact/stale/"):
        assert SECRET in asked[address].body, address
