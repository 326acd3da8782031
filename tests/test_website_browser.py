"""The site in a real browser: it asks for nothing from elsewhere, runs without an error, and finds Chinese."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from kam.build import build
from tests import invented

BEGINNING = "http://127.0.0.1:"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = invented.repository(tmp_path_factory.mktemp("browser"))
    build(root, root / "site", invented.Invented(root))
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(root / "site"))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"{BEGINNING}{server.server_address[1]}/"
        server.shutdown()


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A page that fails the test when it asks elsewhere, when a script fails, or when the security policy stops one."""
    wrong: list[str] = []

    def check(request: Request) -> None:
        if not request.url.startswith((BEGINNING, "data:", "blob:", "file:")):
            wrong.append(request.url)

    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.on("request", check)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", lambda dialog: wrong.append(dialog.message))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert wrong == []


def search(tab: Page, words: str) -> list[str]:
    """The titles of what the search shows for some words."""
    state = tab.locator(".md-search-result__meta")
    for text, said in (("", "键入"), (words, "符合")):
        tab.fill(".md-search__input", text)
        tab.press(".md-search__input", "End")  # the search listens to keys
        expect(state).to_have_text(re.compile(said))
    # Also those that the search folds away as more of the same page; the first word is what a reader sees.
    titles = tab.locator(".md-search-result__article").locator("h1, h2").all_text_contents()
    return [title.split()[0] for title in titles]


@pytest.mark.parametrize("name", ["", "accounts/", "accounts/hostile/", "en/rules/matrix/am-uncovered/", "process/"])
def test_a_page_shows_without_error_and_asks_nobody_else(tab: Page, address: str, name: str) -> None:
    tab.goto(address + name, wait_until="networkidle")
    assert tab.locator("h1").count() == 1
    assert tab.evaluate("document.body.getAttribute('data-md-color-scheme')") == "default"


def test_a_hostile_title_is_read_as_it_was_written(tab: Page, address: str) -> None:
    tab.goto(address + "accounts/hostile/")
    assert tab.title() == f"{invented.HOSTILE} - Kunden & Co <b>"
    assert tab.locator("[data-md-component=header-topic]").text_content()
    assert tab.locator("img").count() == 0
    tab.click(".md-search__input")
    assert search(tab, "onerror")
    assert tab.locator("img").count() == 0


def test_the_search_finds_chinese_and_pinyin_and_not_what_only_looks_alike(tab: Page, address: str) -> None:
    wanted = {
        "总监": ["欧阳靖仪"],
        "采购总监": ["欧阳靖仪"],
        "欧阳靖仪": ["欧阳靖仪"],
        "靖仪": ["欧阳靖仪"],
        "ouyang": ["欧阳靖仪"],
        "oyjy": ["欧阳靖仪"],
        "湖滨": ["湖滨公司"],
        "总裁": [],
        "董事": [],
    }
    tab.goto(address)
    tab.click(".md-search__input")
    for words, titles in wanted.items():
        found = search(tab, words)
        assert set(titles) <= set(found), words
        assert bool(titles) == bool(found), words


def test_what_the_search_shows_is_the_text_and_no_hidden_word(tab: Page, address: str) -> None:
    tab.goto(address)
    tab.click(".md-search__input")
    search(tab, "采购总监")
    shown = tab.locator(".md-search-result__list").inner_text()
    assert "采购总监" in shown
    assert "购总" not in shown.replace("采购总监", "")
    assert "ouyang" not in shown


def test_the_language_switch_stays_on_the_page(tab: Page, address: str) -> None:
    tab.goto(address + "accounts/lakeside/")
    tab.hover(".md-select")
    tab.click(".md-select__link[hreflang=en]")
    tab.wait_for_url(address + "en/accounts/lakeside/")
    assert tab.locator("html").get_attribute("lang") == "en"
    tab.hover(".md-select")
    tab.click(".md-select__link[hreflang=zh]")
    tab.wait_for_url(address + "accounts/lakeside/")


def test_dark_and_light(tab: Page, address: str) -> None:
    tab.goto(address)
    tab.click("label[title=切换到深色]")
    assert tab.evaluate("document.body.getAttribute('data-md-color-scheme')") == "slate"
    tab.goto(address + "findings/")
    assert tab.evaluate("document.body.getAttribute('data-md-color-scheme')") == "slate"


def test_a_wrong_address_says_so(address: str, browser: Browser) -> None:
    tab = browser.new_page()
    tab.goto(address + "404.html")
    assert tab.locator("h1").inner_text() == "没有这个页面"
    tab.close()
