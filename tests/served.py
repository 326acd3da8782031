"""A site that the real command builds, a server for it on this machine, and an eye on what its pages do."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from pathlib import Path

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Page, Request

ROOT = Path(__file__).parents[1]
AXE = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
_AXE_RUN = """async colours => {
    document.getAnimations().forEach(one => one.finish());
    const few = document.querySelectorAll("*").length < 4000;
    const rules = {"color-contrast": {enabled: colours && few}};
    const told = await axe.run(document, {resultTypes: ["violations"], preload: false, rules});
    return told.violations.filter(one => one.impact === "serious" || one.impact === "critical").flatMap(one =>
        one.nodes.map(node => `${one.id}: ${node.target.join(" ")}: ${node.failureSummary.split("\\n")[1].trim()}`));
}"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def copy(target: Path) -> Path:
    """A copy of the example company's playbook, which lies in this repository."""
    for name in ("accounts", "company", "docs"):
        shutil.copytree(ROOT / name, target / name)
    for name in ("kam.yaml", "mkdocs.yml"):
        shutil.copy(ROOT / name, target)
    return target


def build(playbook: Path, target: Path) -> Path:
    """The folder of a playbook's site, built by `kam build` in a process of its own."""
    command = [sys.executable, "-m", "kam", "build", "--output", str(target)]
    done = subprocess.run(command, cwd=playbook, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return target


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """The address of a server on loopback for a folder."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


def addresses(folder: Path) -> list[str]:
    """The addresses of all pages of a site, in both languages: `accounts/x/`, `en/accounts/x/`, `404.html`."""
    names = sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*.html"))
    return [name.removesuffix("index.html") for name in names]


def file(folder: Path, address: str) -> Path:
    """The file of an address."""
    return folder / address / "index.html" if address.endswith("/") or not address else folder / address


def watch(context: BrowserContext, address: str) -> list[str]:
    """A list that grows by every request to elsewhere, error of a script, and breach of the security policy."""
    wrong: list[str] = []

    def request(one: Request) -> None:
        if not one.url.startswith((address, "data:", "blob:")):
            wrong.append(f"request to {one.url}")

    def console(one: ConsoleMessage) -> None:
        if one.type in {"error", "warning"}:
            wrong.append(f"console {one.type}: {one.text}")

    def dialog(one: Dialog) -> None:
        wrong.append(f"dialog: {one.message}")
        one.dismiss()

    context.on("request", request)
    context.on("console", console)
    context.on("weberror", lambda one: wrong.append(f"error: {one.error}"))
    context.on("dialog", dialog)
    return wrong


def axe(page: Page, colours: bool) -> list[str]:
    """What axe-core calls serious or critical on a page, as it stands now.

    Colours against each other when asked, but for very large pages: the time grows with the square of their size.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found: list[str] = page.evaluate(_AXE_RUN, colours)
    return found


def sideways(page: Page) -> list[str]:
    """The page's width and what sticks out, when it scrolls sideways."""
    found: list[str] = page.evaluate(
        """() => {
            const wide = document.scrollingElement.scrollWidth;
            if (wide <= innerWidth) return [];
            const out = [...document.querySelectorAll("body *")].filter(
                one => one.getBoundingClientRect().right > innerWidth + 1);
            return [`${wide} px wide`, ...out.slice(0, 5).map(one => `${one.tagName}.${one.getAttribute("class")}`)];
        }"""
    )
    return found


def cut(page: Page) -> list[str]:
    """Boxes that hide a part of what they hold: in print nobody can scroll them."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll(".md-content *")]
            .filter(one => one.clientWidth && one.scrollWidth > one.clientWidth + 1
                && getComputedStyle(one).overflowX !== "visible" && !one.closest(".vh"))
            .map(one => `${one.tagName}.${one.getAttribute("class")}: ${one.scrollWidth} in ${one.clientWidth} px`)"""
    )
    return found
