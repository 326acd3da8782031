"""What all tests share: a clean environment, no clock in property tests, and one browser a test process."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser

from tests import browser as browsers

# A busy machine is no fault of the code, and the same tree gives the same result: the examples are the same every time.
# New ones are looked for on purpose: pytest --hypothesis-profile explore
BUSY = [HealthCheck.too_slow]
settings.register_profile("kam", deadline=None, derandomize=True, suppress_health_check=BUSY)
settings.register_profile("explore", deadline=None, suppress_health_check=BUSY)
settings.load_profile("kam")

# A test run started in the background ignores Ctrl-C, and so would the programs that it starts and interrupts.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the developer's machine reaches a test."""
    for name in ("KAM_AS", "KAM_AS_OF", "KAM_LANG", "NO_COLOR", "FORCE_COLOR", "GITHUB_ACTIONS", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium, Chrome or Edge; without one the test fails, it is never skipped."""
    try:
        with browsers.launched() as started:
            yield started
    except browsers.NoBrowserError as error:
        pytest.fail(str(error), pytrace=False)
