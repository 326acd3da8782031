"""A browser for the tests: one that is there, else one that can be installed; without one the tests fail and say so.

`python -m tests.browser` prepares it once, before the tests spread over processes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Error as PlaywrightError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
DEBIAN = ("chromium", "fonts-noto-cjk")
FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--force-color-profile=srgb",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",  # nothing leaves this machine, whatever a page asks
)
HELP = "Install Chromium, Chrome or Edge, or name one: KAM_BROWSER=/path/to/chrome make test"


class NoBrowserError(Exception):
    """No browser was found, and none could be installed; the text says what was tried."""


def find() -> str | None:
    """The path of a browser that is on this machine: KAM_BROWSER, then the usual names and places."""
    named = os.environ.get("KAM_BROWSER")
    if named:
        path = shutil.which(named)
        if not path:
            raise NoBrowserError(f"KAM_BROWSER names {named}, which is no program on this machine. {HELP}")
        return path
    found = (shutil.which(name) for name in (*NAMES, *PLACES))
    return next((path for path in found if path), None) or _downloaded()


def ensure() -> str:
    """The path of a browser; installs one where there is none. Raises NoBrowserError."""
    path = find()
    if path:
        return path
    tried = [failed for commands in _ways() if (failed := _install(*commands))]
    path = find()
    if path:
        return path
    raise NoBrowserError("\n".join(["The tests need a browser, and there is none.", *tried, HELP]))


@contextmanager
def launched() -> Iterator[Browser]:
    """A headless browser that makes no requests of its own."""
    path = ensure()
    flags = [*FLAGS, "--no-sandbox"] if _is_root() else [*FLAGS]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _downloaded() -> str | None:
    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return str(path) if path.exists() else None


def _ways() -> Iterator[tuple[tuple[str, ...], ...]]:
    """The ways to install a browser, each a row of commands; the second is asked for only when the first failed."""
    if _is_root() and shutil.which("apt-get"):
        yield (
            ("apt-get", "update", "-q"),
            ("apt-get", "install", "-q", "-y", "-o", "DPkg::Lock::Timeout=600", *DEBIAN),
        )
    if not find():
        yield ((sys.executable, "-m", "playwright", "install", "chromium"),)


def _install(*commands: tuple[str, ...]) -> str:
    """Run the commands one after another; what went wrong, or nothing."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in commands:
        print(f"No browser yet: {' '.join(command)}", file=sys.stderr)
        done = subprocess.run(command, env=quiet, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if done.returncode:
            return f"{' '.join(command)} failed:\n{(done.stdout + done.stderr)[-2000:].strip()}"
    return ""


def main() -> int:
    """Make sure that a browser is there and starts; say which."""
    try:
        with launched() as browser:
            print(f"Browser: {ensure()} {browser.version}")
    except (NoBrowserError, PlaywrightError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
