"""The browser of the tests is named, found or installed; a missing one is said, with what was tried."""

from __future__ import annotations

import shutil
import sys

import pytest
from playwright.sync_api import Browser

from tests import browser as browsers


def test_the_fixture_renders_a_page(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<title>采购总监</title>")
    assert page.title() == "采购总监"
    page.close()


def test_a_named_browser_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAM_BROWSER", sys.executable)
    assert browsers.find() == sys.executable


def test_a_named_browser_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAM_BROWSER", "/nowhere/chrome")
    with pytest.raises(browsers.NoBrowserError, match=r"KAM_BROWSER names /nowhere/chrome.*make test"):
        browsers.ensure()


def test_the_usual_names_are_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KAM_BROWSER", raising=False)
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}" if name == "msedge" else None)
    assert browsers.find() == "/bin/msedge"


def test_what_was_tried_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    failing = (sys.executable, "-c", "import sys; sys.exit('no network')")
    monkeypatch.setattr(browsers, "find", lambda: None)
    monkeypatch.setattr(browsers, "_ways", lambda: [(failing,)])
    with pytest.raises(browsers.NoBrowserError, match=r"(?s)need a browser.*failed:\nno network\nInstall Chromium"):
        browsers.ensure()
