"""How long a preview takes from a saved file to the page that shows it."""

from __future__ import annotations

import signal
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

PORT = 8765
PATIENCE = 120
"""Seconds after which a page that does not come is a failure."""

_BETWEEN = (2.0, 2.13, 2.27, 2.39, 2.46)
"""Seconds before a change: what the one before asked for is done, and the server looks at another time of its round."""


def change(command: Sequence[str | Path], root: Path, id: str, rounds: int) -> float:
    """Seconds from saving an account to its page, the median of some changes; the command serves at PORT."""
    file, address = root / "accounts" / f"{id}.yaml", f"http://127.0.0.1:{PORT}/accounts/{id}/"
    text = file.read_text("utf-8")
    with _serving(command, root):
        _until(address, "")
        taken = []
        for number in range(rounds):
            time.sleep(_BETWEEN[number % len(_BETWEEN)])
            mark = f"Benchmark {number} "
            start = time.perf_counter()
            file.write_text(text.replace("\nname: ", f"\nname: {mark}", 1), "utf-8")
            _until(address, mark)
            taken.append(time.perf_counter() - start)
    file.write_text(text, "utf-8")
    return statistics.median(taken)


@contextmanager
def _serving(command: Sequence[str | Path], root: Path) -> Iterator[None]:
    with subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            yield
        finally:
            server.send_signal(signal.SIGINT)  # the servers clear up then


def _until(address: str, mark: str) -> None:
    """Ask until the page is there and holds the mark."""
    end = time.perf_counter() + PATIENCE
    while time.perf_counter() < end:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - our own server
                if mark in answer.read().decode():
                    return
        except (urllib.error.URLError, ConnectionError):
            pass
        time.sleep(0.02)
    sys.exit(f"{address} did not show {mark!r} within {PATIENCE} s")
