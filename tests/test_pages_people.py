"""Pages of our people: everybody has one, everything that somebody should do stands there, nobody's page grows wild."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from kam import links
from kam.agenda import Level, Touch
from kam.cli._reference import commands
from kam.company import Person
from kam.finding import Message
from kam.language import Code, Language
from kam.page import ADDRESS, of_lots
from kam.pages import Overview, Setting, mine, stamped_pages
from kam.pages.fortnight import fortnight
from kam.pages.rows import Line, line
from kam.pages.share import Share, concerned, share
from kam.playbook import produce
from kam.portfolio import Portfolio, Row
from tests.markup import parsed
from tests.whole import AS_OF, NOW, WORKED, body, pages, playbook, written

CODES: tuple[Code, ...] = ("zh", "en")


def setting() -> Setting:
    return playbook().settings["en"]


def people() -> Mapping[str, Person]:
    return setting().company.people


def rows() -> tuple[Row, ...]:
    return playbook()._overview().portfolio.rows


def worked() -> Row:
    (row,) = [one for one in rows() if one.account == WORKED]
    return row


@pytest.mark.parametrize("code", CODES)
def test_everybody_has_a_page_and_stands_in_the_directory_once(code: Code) -> None:
    found = pages(code)
    links = [one.attrs["href"] for one in body("people/", code).all("th") for one in one.all("a")]
    assert sorted(links) == sorted(f"../people/{id}/" for id in people())
    for id, one in people().items():
        page = found[f"people/{id}/"]
        assert (page.kind, page.title, page.source) == ("person", one.name, "company/people.yaml")
        assert page.search[0].title == one.name


def test_those_who_left_come_last_and_are_marked() -> None:
    sections = body("people/").all("section")
    assert [one.attrs["id"] for one in sections][-1] == "left"
    gone = [one.name for one in people().values() if one.left]
    assert [one.text for one in sections[-1].all("a")] == gone == ["马骏"]
    assert "has left" in body("people/am-ma/").one(class_="head").text
    assert "has left" not in body("people/am-lin/").text


def test_the_directory_counts() -> None:
    those = concerned(rows(), people())
    for row in body("people/").all("tbody")[0].all("tr"):
        id = row.one("a").attrs["href"].split("/")[-2]
        one = share(id, those[id])
        said = [cell.text.replace("–", "0") for cell in row.all("td", "num")]
        counted = [len(one.managed), len(one.sponsored) + len(one.member), len(one.tasks), one.late(AS_OF)]
        assert said == [str(number) for number in counted], id


@pytest.mark.parametrize("code", CODES)
def test_whatever_somebody_should_do_stands_on_the_page(code: Code) -> None:
    say, told = Language(code).say, 0
    for row in rows():
        for task in (*row.tasks, *row.later):
            if task.owner in people() and task.kind != "contact":
                assert " ".join(say(task.what).split()) in body(f"people/{task.owner}/", code).text, task
                told += 1
        for touch in row.touches:
            assert touch.title in body(f"people/{touch.member}/", code).one("section", id="due").text, touch
    assert told > 25


def test_the_page_of_an_account_manager() -> None:
    page = body("people/am-lin/")
    assert [one.one(class_="v").text for one in page.all(class_="figs")[0].children if not isinstance(one, str)] == [
        "2",
        "4",
        "6",
        "0",
        "1/1",
    ]
    due = page.one("section", id="due")
    assert "One meeting renews 14 cells that run out within 7 days." in due.one("ol").text
    calls = due.one("tbody").all("tr")
    # The contact that never was comes before those with a day.
    assert [one.all("td")[0].text for one in calls] == ["no contact yet", *["01-17 2 d left"] * 4]
    assert [one.one("th").one("a").attrs["href"] for one in calls][
        1
    ] == f"../../accounts/{WORKED}/#p-business-division-head"
    customers = page.one("section", id="mine").one("tbody").all("tr")
    assert [one.all("td")[0].text for one in customers] == ["account manager"] * 2
    assert "31/34" in page.one("section", id="mine").text
    assert [one.all("td")[0].text for one in page.one("section", id="actions").all("tr")[1:]] == [
        "02-15 in 31 d",
        "03-25 in 69 d",
        "04-20 in 95 d",
    ]


def test_a_page_says_who_leads_whom() -> None:
    page = body("people/sm-wu/")
    meta = {one.one("dt").text: one.one("dd") for one in page.one("dl", "meta").all("div")}
    assert meta["Reports to"].one("a").attrs["href"] == "../../people/sd-zhou/"
    assert [one.text for one in meta["Team"].all("a")] == ["林晓"]
    assert page.one(class_="crumb").all("a")[1].attrs["href"] == "../../people/#d-sales"


def test_somebody_without_customers_has_a_short_page() -> None:
    page = body("people/fi-du/")
    assert not page.all("section")
    assert "Takes part in no customer's team" in page.text
    assert not pages("en")["people/fi-du/"].headings


def test_a_person_is_linked_from_the_pages_of_customers() -> None:
    links = {one.attrs["href"] for one in body(f"accounts/{WORKED}/").all("a")}
    assert {"../../people/am-lin/", "../../people/gm-he/"} <= links


def many(n: int) -> tuple[Row, ...]:
    """So many customers like the worked one, each with its own name."""
    return tuple(worked()._replace(account=f"c{at}", name=f"Customer {at}") for at in range(n))


def drawn(found: tuple[Row, ...], only: frozenset[str] | None = None) -> dict[str, str]:
    overview = Overview(Portfolio(setting().company, AS_OF, found), only=only)
    return {one.address: one.body for one in stamped_pages(overview, setting()) if one.kind == "person"}


def test_a_page_stays_small_and_says_how_much_more_there_is() -> None:
    page = parsed(drawn(many(120))["people/am-lin/"])
    for section in page.all("section"):
        assert len(section.one("tbody").all("tr")) <= mine.MOST, section.attrs["id"]
    due = page.one("section", id="due")
    assert len(due.one("ol").all("li")) == mine.MEETINGS
    assert [one.text for one in due.all("p", "note")] == [
        f"{2 * 120 - mine.MEETINGS} more, on the customers' pages",
        f"{4 * 120 - mine.MOST} more, on the customers' pages",
    ]
    assert page.one("section", id="mine").one("p", "note").text == "70 more"
    # One subject that all customers share is one line.
    assert "and 119 more" in page.one("section", id="learn").one("tbody").one("tr").text


def test_an_account_is_made_a_line_once_for_all_who_have_to_do_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def counted(row: Row, setting: Setting, here: str) -> Line:
        made.append(row.account)
        return line(row, setting, here)

    monkeypatch.setattr(mine, "line", counted)
    drawn(many(40))
    assert sorted(made) == sorted(f"c{at}" for at in range(40))


def test_only_the_pages_asked_for_are_drawn() -> None:
    assert list(drawn(many(2), frozenset({"people/am-lin/", "people/gone/"}))) == ["people/am-lin/"]


def shares(rows: list[Row]) -> dict[str, Share]:
    return {id: share(id, those) for id, those in concerned(rows, ["m", "x"]).items()}


def test_shares() -> None:
    row = Row("a", "accounts/a.yaml", "A", manager="m", sponsor="m", members=("m", "x", "nobody"))
    found = shares([row])
    assert (found["m"].managed, found["m"].sponsored, found["m"].member) == ([row], [], [])
    assert found["x"].member == [row]
    assert found["x"].accounts == 1
    task = worked().tasks[0]._replace(owner="x", due=AS_OF - timedelta(1), what=Message("Do"))
    other = row._replace(
        sponsor="x", tasks=(task, task._replace(owner=None)), touches=(Touch("x", "s", "S", "keep", None, None),)
    )
    found = shares([other._replace(levels=(Level("x", "Roads", "none", "aware"),))])
    assert (len(found["x"].sponsored), len(found["x"].member), found["x"].late(AS_OF)) == (1, 0, 1)
    assert (len(found["x"].touches), len(found["x"].levels), len(found["m"].tasks)) == (1, 1, 0)


@pytest.mark.parametrize(
    ("days", "numbers", "heights"),
    [
        ([None, -1, 0], {0: 2, 1: 1}, {0: [13.0, 13.0], 1: [13.0]}),
        ([13, 14], {14: 1}, {14: [13.0]}),
        ([3] * 5, {4: 5}, {4: [64.0]}),
    ],
)
def test_two_weeks(days: list[int | None], numbers: dict[int, int], heights: dict[int, list[float]]) -> None:
    due = [None if one is None else AS_OF + timedelta(one) for one in days]
    chart = fortnight(due, AS_OF, Language("en"))
    assert chart
    assert {at: bar.number for at, bar in enumerate(chart.bars) if bar.number} == numbers
    assert {at: [high for _, high in bar.blocks] for at, bar in enumerate(chart.bars) if bar.blocks} == heights
    assert [at for at, bar in enumerate(chart.bars) if bar.today] == [1]
    assert [bar.label for bar in chart.bars if bar.free] == ["Sa 17", "Su 18", "Sa 24", "Su 25"]
    assert all(bar.top > 0 for bar in chart.bars)


def test_two_weeks_without_anything_are_not_drawn() -> None:
    assert fortnight([AS_OF + timedelta(14)], AS_OF, Language("zh")) is None
    assert fortnight([], date(2026, 1, 1), Language("zh")) is None


@pytest.mark.parametrize("id", ["../../evil", "A B", "a/b", "ä", '"><script>', "x\u2028y"])
def test_somebody_with_an_impossible_id_has_no_page_and_breaks_none(id: str, tmp_path: Path) -> None:
    root = written(tmp_path.resolve(), secret=False)
    entry = {"name": "Mallory <b>", "department": id, "reports_to": id, "function": "finance"}
    text = f"version: 1\ndepartments: {{{json.dumps(id)}: {{name: D, head: {json.dumps(id)}}}}}\n"
    text += f"people: {{am-lin: {json.dumps(entry)}, {json.dumps(id)}: {json.dumps(entry)}}}\n"
    (root / "company/people.yaml").write_text(text, "utf-8")
    book = produce(root, AS_OF, NOW, jobs=1)
    found = {one.address: one for one in (*book.single_pages("en"), *of_lots(book.stamped_pages("en")))}
    assert [address for address, one in found.items() if one.kind == "person"] == ["people/am-lin/"]
    for address, page in found.items():
        assert ADDRESS.fullmatch(address)
        tree = parsed(page.body)
        assert not tree.all("script")
        ids = [one.attrs["id"] for one in tree.walk() if "id" in one.attrs]
        assert len(ids) == len(set(ids))
    links_ = [link for page in found.values() for link in links.links(page.address, page.body)]
    assert not [
        one.url
        for one in links_
        if "people/" in one.url and one.file not in {f"{address}index.html" for address in found}
    ]


def test_a_changed_customer_draws_the_pages_of_those_concerned_again(tmp_path: Path) -> None:
    book = produce(written(tmp_path.resolve()), AS_OF, NOW, jobs=1, commands=commands)
    assert book.drawn  # before the change
    file = tmp_path / "accounts/accepted.yaml"
    file.write_text(file.read_text("utf-8").replace("am-lin", "am-shen"), "utf-8")
    changed = book.changed(["accounts/accepted.yaml"], NOW)
    assert changed
    found = {one.address: one for part in changed["en"] for one in part}
    # Before and after: who managed the customer and who does now.
    concerned = {address for address, page in found.items() if page.kind == "person"}
    assert concerned == {"people/am-lin/", "people/am-shen/", "people/pse-tang/"}
    assert {"", "people/", "findings/", "accounts/accepted/"} <= set(found)
    assert "reference/" not in found
    assert "Accepted & Sons" in parsed(found["people/am-shen/"].body).one("section", id="mine").text
    assert "Accepted" not in parsed(found["people/am-lin/"].body).text
    rules = {address for address, page in found.items() if page.kind == "rule"}
    assert "rules/matrix/am-not-acquainted/" in rules
    assert "rules/roadmap/lead-too-short/" not in rules
