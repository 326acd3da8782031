"""The ways of an account manager, a director, a member and a newcomer through the example company's site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests import served

XINGLAN = "星澜州公路局"
ACCOUNT = "accounts/xinglan-roads-bureau/"
STALE = "何志强与业务副局长：保持联络；97 天前接触，逾期 7 天"
PHONE = ViewportSize(width=375, height=800)


class Reader(NamedTuple):
    """A browser at the site's front door."""

    tab: Page
    address: str

    def at(self, place: str) -> None:
        """The reader is at an address of the site, with its anchor, and the page is whole."""
        expect(self.tab).to_have_url(self.address + place)
        self.tab.wait_for_load_state("load")

    def reads(self, place: str, *texts: str) -> None:
        """All texts stand in one part of the page, written as a reader sees them."""
        words = " ".join(self.tab.locator(place).first.inner_text().split())
        for text in texts:
            assert text in words, f"{text} is not in {words}"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = served.build(served.ROOT, tmp_path_factory.mktemp("paths") / "site")
    with served.serve(folder) as address:
        yield address


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900})
    made.set_default_timeout(15_000)
    yield made
    made.close()


@pytest.fixture
def reader(context: BrowserContext, address: str) -> Iterator[Reader]:
    """The home page is open; whatever asks elsewhere or fails on the way fails the test."""
    wrong = served.watch(context, address)
    tab = context.new_page()
    tab.goto(address)
    yield Reader(tab, address)
    tab.close()
    assert wrong == []


def test_the_account_manager_finds_what_is_late_and_how_to_put_it_right(reader: Reader) -> None:
    tab = reader.tab
    reader.reads("h1", "今天")
    reader.reads("#ahead", "业务处处长、业务处科长", "一次见面续上 14 格，都在 7 天内到期", "林晓 还剩 2 天 01-17 到期")
    tab.locator("#burn").get_by_role("link", name=XINGLAN).click()
    reader.at(ACCOUNT)
    reader.reads("#overview", "9/10", "差总工程师", "10/10", "31/34", "3 格逾期；21 格 7 天内到期", "15/15", "8/11")
    reader.reads("#overview", "172,000 / 180,000")
    steps = tab.locator("#next .todo li")
    assert steps.count() == 5
    assert [step.locator(".due").inner_text().split("\n")[0] for step in steps.all()][:3] == [
        "逾期 7 天",
        "还剩 2 天",
        "还剩 6 天",
    ]
    reader.reads("#next", "联系业务副局长、技术副局长、总工程师", "一次见面续上 14 格", "一次见面续上 7 格")
    first = tab.locator("#next").bounding_box()
    assert first
    assert first["y"] < 900  # on the first screen

    tab.locator(f'#matrix td.stalec a[title="{STALE}"]').click()
    reader.at(f"{ACCOUNT}#c1")
    reader.reads("#c1", "2025-10-10", "97 天前", "两位副局长首次来访", "何志强", "业务副局长")
    assert tab.locator("#c1").bounding_box()

    tab.locator("#matrix .finds").get_by_role("link", name="contact.stale").first.click()
    reader.at("rules/contact/stale/")
    reader.reads("h1", "联络超过周期")
    tab.locator(".md-nav--secondary").get_by_role("link", name="怎么改").first.click()
    reader.at("rules/contact/stale/#fix")
    reader.reads("#fix", "去联系，然后在 contacts 里补一条")
    reader.reads("#now", "何志强与总工程师 97 天没有接触，超过周期 90 天", "第 341 行")


def test_the_director_sees_where_it_burns_and_asks_the_list(reader: Reader) -> None:
    tab = reader.tab
    reader.reads(".figs", "告急的客户 1 / 4", "27/28", "61/73", "35 格 7 天内到期", "另有 66 条警告")
    worst = tab.locator("#burn li").first
    assert worst.get_attribute("class") == "b-red"
    reader.reads("#burn li", "澄远地铁运营公司", "错误 6", "逾期 329 天", "赵倩")

    tab.locator(".md-tabs, .md-nav--primary").get_by_role("link", name="客户", exact=True).first.click()
    reader.at("accounts/")
    names = tab.locator("#pf tbody tr:visible th a")
    everybody = names.all_inner_texts()
    assert everybody[0] == "澄远地铁运营公司"  # trouble first
    assert len(everybody) == 4

    chips = tab.locator(".chips")
    expect(tab.locator("tfoot")).to_be_visible()
    chips.get_by_role("button", name="重点客户").click()
    assert set(names.all_inner_texts()) == {"Kestrel Bay Ports Group", XINGLAN}
    expect(tab.locator("tfoot")).to_be_hidden()
    expect(chips.locator("output")).to_have_text("2 / 4")
    chips.get_by_role("button", name="林晓").click()
    assert names.all_inner_texts() == [XINGLAN]
    expect(tab.get_by_text("没有符合的客户。")).to_be_hidden()
    chips.get_by_role("button", name="告急").click()
    assert names.count() == 0
    expect(chips.locator("output")).to_have_text("0 / 4")
    expect(tab.get_by_text("没有符合的客户。")).to_be_visible()
    chips.get_by_role("button", name="全部").click()
    assert names.all_inner_texts() == everybody
    expect(tab.get_by_text("没有符合的客户。")).to_be_hidden()

    head = tab.locator("#pf th", has=tab.get_by_role("button", name="联络新鲜度"))
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    rising = names.all_inner_texts()
    assert [name for name in rising if name in everybody[:3]] == [everybody[0], XINGLAN, "Kestrel Bay Ports Group"]
    head.get_by_role("button").press("Enter")
    assert head.get_attribute("aria-sort") == "descending"
    assert names.all_inner_texts() == rising[::-1]

    tab.locator(".md-nav--primary").get_by_role("link", name="问题", exact=True).first.click()
    reader.at("findings/")
    reader.reads(".figs", "错误 6", "警告 66")
    stale = tab.locator("#byrule details", has=tab.get_by_text("contact.stale", exact=True))
    expect(stale.get_by_text("97 天没有接触").first).to_be_hidden()
    stale.locator("summary").click()
    expect(stale.get_by_text("何志强与业务副局长 97 天没有接触，超过周期 90 天。")).to_be_visible()
    stale.get_by_role("link", name=XINGLAN).first.click()
    reader.at(f"{ACCOUNT}#findings")
    reader.reads("#findings", "问题 8 条", "0 条错误、8 条警告、0 条提示")


def test_a_member_finds_himself_by_pinyin_and_goes_from_a_task_to_the_customer(reader: Reader) -> None:
    tab = reader.tab
    tab.click(".md-search__input")
    tab.fill(".md-search__input", "qianzhiyuan")
    tab.press(".md-search__input", "End")  # the search listens to keys
    tab.locator(".md-search-result__link", has_text="钱志远").first.click()
    tab.wait_for_url("**/people/tdm-qian/**")
    reader.reads("h1", "钱志远")
    reader.reads(".figs", "7 天内到期的联络 6", "未达标：公路养护规划")
    reader.reads("#due", "01-17 还剩 2 天", "业务处处长", "28 天前")
    reader.reads("#actions", "02-28 44 天后", "讲清技术如何贴合客户需求（WO4）")
    reader.reads("#teach", "到监控中心跟班两天", "03-01")
    tab.locator("#actions").get_by_role("link", name="WO4").click()
    reader.at(f"{ACCOUNT}#WO4")
    reader.reads("#WO4", "讲清技术如何贴合客户需求", "钱志远", "02-28")
    place = tab.locator("#WO4").bounding_box()
    assert place
    assert 0 <= place["y"] < 900


def test_a_member_finds_himself_in_the_directory(reader: Reader) -> None:
    tab = reader.tab
    tab.locator(".md-nav--primary").get_by_role("link", name="我方人员", exact=True).first.click()
    reader.at("people/")
    reader.reads("#d-management", "何志强", "总经理")
    tab.locator("#d-management").get_by_role("link", name="何志强").click()
    reader.at("people/gm-he/")
    reader.reads("#due", "逾期 7 天", "业务副局长", "97 天前")
    tab.locator("#due").get_by_role("link", name="业务副局长").first.click()
    assert tab.url.startswith(reader.address + ACCOUNT)


@pytest.mark.parametrize("width", [375, 1440])
def test_a_map_wider_than_the_page_is_read_by_scrolling_not_shrunk(reader: Reader, width: int) -> None:
    reader.tab.set_viewport_size({"width": width, "height": 800})
    reader.tab.goto(f"{reader.address}en/accounts/kestrel-bay-ports/")
    figure = reader.tab.locator("#people svg.vast")
    drawn = figure.evaluate("one => [one.getBoundingClientRect().width, one.viewBox.baseVal.width]")
    assert drawn[0] == drawn[1] > 908


def test_a_newcomer_understands_the_customer_and_the_page(reader: Reader) -> None:
    tab = reader.tab
    tab.goto(f"{reader.address}{ACCOUNT}")
    tab.locator(".md-nav--secondary").get_by_role("link", name="两分钟读懂").first.click()
    reader.at(f"{ACCOUNT}#brief")
    reader.reads("#brief", "全路网传感数据一张图", "谁说了算", "局长", "拿下路网感知试点", "双方一把手会谈")
    figure = tab.locator("#people svg.fig, #people figure svg").first
    assert figure.locator("a").count() == 10  # the map holds everybody of the customer
    figure.locator("a", has_text="总工程师").click()
    reader.at(f"{ACCOUNT}#p-chief-engineer")
    reader.reads("#p-chief-engineer", "总工程师", "反对者")
    assert tab.locator("#team tbody tr").count() == 11
    reader.reads("#team", "林晓", "带队，覆盖全部联系人")

    tab.hover(".md-select")
    tab.click(".md-select__link[hreflang=en]")
    reader.at(f"en/{ACCOUNT}")
    assert tab.locator("html").get_attribute("lang") == "en"
    reader.reads("#overview", "9/10", "31/34", "21 run out within 7 days")
    tab.locator(".md-nav--primary").get_by_role("link", name="Guides").first.click()
    reader.at("en/getting-started/")
    tab.locator(".md-nav--primary").get_by_role("link", name="Reading the site").first.click()
    reader.at("en/reading-the-site/")
    assert tab.locator("h2").count() > 3


def test_a_phone_shows_the_path_too(reader: Reader) -> None:
    tab = reader.tab
    tab.set_viewport_size(PHONE)
    tab.locator("#burn").get_by_role("link", name=XINGLAN).click()
    reader.at(ACCOUNT)
    tab.locator(".jump").get_by_role("link", name="关系矩阵").click()
    box = tab.locator("#matrix .mxbox")
    assert box.evaluate("box => box.scrollWidth > box.clientWidth")  # it scrolls in its own box …
    assert served.sideways(tab) == []  # … and the page does not
    box.focus()
    tab.keyboard.press("ArrowRight")
    tab.wait_for_function("() => document.querySelector('#matrix .mxbox').scrollLeft > 0")


def test_without_script_the_pages_are_complete(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(address + "accounts/")
    assert tab.locator("#pf tbody tr:visible").count() == 4
    expect(tab.get_by_text("没有符合的客户。")).to_be_hidden()
    tab.get_by_role("link", name=XINGLAN).click()
    expect(tab).to_have_url(address + ACCOUNT)
    for section in ("next", "brief", "people", "matrix", "team", "contacts", "swot", "roadmap", "learning", "findings"):
        expect(tab.locator(f"#{section} h2").first).to_be_visible()
    assert tab.locator("#matrix table.mx tbody tr:visible").count() == 11
    assert tab.locator("#matrix td.stalec a:visible").count() == 3
    assert tab.locator("#findings tbody tr:has(td):visible").count() == 8
    closed = tab.locator("#matrix details, #people details").first
    if closed.count():
        closed.locator("summary").click()
        expect(closed).to_have_attribute("open", re.compile(""))
    context.close()
