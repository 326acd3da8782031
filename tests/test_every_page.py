"""Every kind of page, in both languages, light and dark, wide and narrow: quiet, whole, and fit for a screen reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page

from tests import served

WIDE, NARROW, A4 = 1440, 375, 703  # the last: 210 mm without the margins of 12 mm, in px
SCHEMES = ("default", "slate")
# axe is slow. Colours depend on the scheme alone, the rest on language and width: two languages see each once.
JUDGED = {"zh": "default", "en": "slate"}
BROKEN = "version: 1\nname: [\n"


class Sight(NamedTuple):
    """What was seen of a page; each list is empty when all is well."""

    page: str
    noise: list[str]
    sideways: list[str]
    axe: list[str]
    cut: list[str]


class Site(NamedTuple):
    """Where a site lies and where it is served."""

    folder: Path
    address: str


def kind(address: str) -> str:
    """Pages of one kind lie in one folder: `accounts/*/`, `en/rules/*/*/`; at the top each is a kind of its own."""
    names = address.split("/")
    at = 1 if names[0] == "en" else 0
    few = len(names) <= at + 2 or names[at] == "reference"
    return address if few else "/".join([*names[: at + 1], *("*" for _ in names[at + 1 : -1]), ""])


def chosen(folder: Path, language: str) -> list[str]:
    """The largest and the smallest page of each kind in a language."""
    kinds: dict[str, list[str]] = {}
    for address in served.addresses(folder):
        if address.startswith("en/") == (language == "en"):
            kinds.setdefault(kind(address), []).append(address)
    sizes = {address: served.file(folder, address).stat().st_size for found in kinds.values() for address in found}
    return sorted({pick(found, key=sizes.__getitem__) for found in kinds.values() for pick in (min, max)})


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The example company's site, with one more account whose file cannot be read."""
    root = served.copy(tmp_path_factory.mktemp("every-page") / "playbook")
    (root / "accounts/broken.yaml").write_text(BROKEN, "utf-8")
    folder = served.build(root, root / "site")
    with served.serve(folder) as address:
        yield Site(folder, address)


@pytest.fixture(scope="module")
def sights(browser: Browser, site: Site) -> list[Sight]:
    """One walk through the pages; the tests below each look at one side of it."""
    context = browser.new_context(color_scheme="light", reduced_motion="reduce")
    noise = served.watch(context, site.address)
    tab = context.new_page()
    found = [
        look(tab, site.address + address, noise, judged)
        for language, judged in JUDGED.items()
        for address in chosen(site.folder, language)
    ]
    context.close()
    return found


def look(tab: Page, url: str, noise: list[str], judged: str) -> Sight:
    """Show a page light, dark and printed; axe judges it in both schemes, in one of them wide and with its colours."""
    noise.clear()
    tab.goto(url)
    sideways: list[str] = []
    axe: list[str] = []
    for scheme in SCHEMES:
        choose(tab, scheme)
        for width in (NARROW, WIDE):
            tab.set_viewport_size({"width": width, "height": 900})
            sideways += [f"{scheme} {width}: {line}" for line in served.sideways(tab)]
            if (width == WIDE) == (scheme == judged):
                axe += [f"{scheme} {width}: {line}" for line in served.axe(tab, colours=width == WIDE)]
    choose(tab, "default")
    tab.emulate_media(media="print")
    tab.set_viewport_size({"width": A4, "height": 900})
    cut = served.sideways(tab) + served.cut(tab)
    tab.emulate_media(media="screen")
    return Sight(url, [*noise], sideways, axe, cut)


def choose(tab: Page, scheme: str) -> None:
    """Press the page's own switch between light and dark."""
    tab.evaluate("scheme => document.querySelector(`input[data-md-color-scheme=${scheme}]`).click()", scheme)
    assert tab.evaluate("document.body.dataset.mdColorScheme") == scheme


def told(sights: list[Sight], side: str) -> list[str]:
    """What is wrong on one side, with the pages; empty when nothing is."""
    assert len(sights) > 40
    return [f"{one.page}: {line}" for one in sights for line in getattr(one, side)]


def test_every_kind_of_page_is_looked_at(site: Site) -> None:
    zh = chosen(site.folder, "zh")
    assert [f"en/{address}" for address in zh] == chosen(site.folder, "en")
    seen = {kind(address) for address in zh}
    assert seen >= {"", "404.html", "accounts/", "accounts/*/", "people/", "people/*/", "findings/"}
    assert seen >= {"rules/", "rules/*/*/", "reading-the-site/", "reference/account/", "reference/commands/"}
    broken = served.file(site.folder, "accounts/broken/").read_text("utf-8")
    assert "accounts/broken/" in zh
    assert "broken.yaml" in re.sub(r"<[^>]*>", "", broken)


def test_no_page_asks_elsewhere_and_no_script_fails(sights: list[Sight]) -> None:
    assert told(sights, "noise") == []


def test_no_page_scrolls_sideways(sights: list[Sight]) -> None:
    assert told(sights, "sideways") == []


def test_axe_finds_nothing_serious(sights: list[Sight]) -> None:
    assert told(sights, "axe") == []


def test_nothing_is_cut_in_print(sights: list[Sight]) -> None:
    assert told(sights, "cut") == []


def test_the_eye_sees_what_is_wrong(browser: Browser, site: Site) -> None:
    """A page with every fault at once: without it the tests above could pass because nothing is seen."""
    head = "<meta http-equiv=Content-Security-Policy content=\"script-src 'unsafe-inline'; img-src *\">"
    body = (
        "<main class=md-content><h1>x</h1><p style='color:#ccc'>pale</p><img src=https://example.org/x.png>"
        "<div style='width:2000px'>wide</div><div style='width:9px;overflow:hidden'>abcdefghij</div>"
        "<script>missing()</script><script src=/kept-out.js></script></main>"
    )
    (site.folder / "bad.html").write_text(f"<!doctype html><html lang=en><title>x</title>{head}{body}", "utf-8")
    context = browser.new_context()
    noise = served.watch(context, site.address)
    tab = context.new_page()
    tab.goto(site.address + "bad.html")
    for part in ("request to https://example.org/x.png", "missing is not defined", "Content Security Policy"):
        assert any(part in line for line in noise), part
    assert served.sideways(tab)[0] == "2008 px wide"
    assert {line.split(":")[0] for line in served.axe(tab, colours=True)} >= {"color-contrast", "image-alt"}
    assert served.cut(tab)[0].startswith("DIV.")
    context.close()
    (site.folder / "bad.html").unlink()
