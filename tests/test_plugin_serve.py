"""mkdocs serve, the real command: both languages, no security policy, a change is there in a moment."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests import invented
from tests.test_plugin import MKDOCS

PATIENCE = 30.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)


def test_mkdocs_serve_shows_both_languages_and_follows_changes(tmp_path: Path) -> None:
    root, port = invented.repository(tmp_path), free_port()

    def shown(name: str) -> str:
        try:
            with urlopen(f"http://127.0.0.1:{port}/{name}", timeout=PATIENCE) as answer:
                return str(answer.read().decode())
        except URLError:
            return ""

    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1]), "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-c", MKDOCS, "serve", "-a", f"127.0.0.1:{port}", "-f", str(root / "mkdocs.yml")]
    said, environment["TMPDIR"] = tmp_path / "said.log", str(tmp_path / "temporary")
    (tmp_path / "temporary").mkdir()
    with said.open("w") as log:
        process = subprocess.Popen(command, cwd=root, env=environment, stderr=log)
    try:
        wait(lambda: "livereload(" in shown(""))
        for name, word in (("accounts/lakeside/", "湖滨公司"), ("en/accounts/lakeside/", "Lakeside")):
            assert word in shown(name)
            assert "Content-Security-Policy" not in shown(name)
        builds = said.read_text("utf-8").count("Building documentation")
        (root / "accounts/lakeside.yaml").write_text("second state", "utf-8")
        wait(lambda: "second state" in shown("accounts/lakeside/"))
        assert "second state" in shown("en/accounts/lakeside/")
        wait(lambda: "<h1>second state</h1>" in shown("en/"))
        assert said.read_text("utf-8").count("Building documentation") == builds
        (root / "templates/theme/partials").mkdir(parents=True)
        (root / "templates/theme/partials/copyright.html").write_text("<p>changed</p>", "utf-8")
        (root / "kam.yaml").write_text("company: changed\n", "utf-8")
        wait(lambda: "<p>changed</p>" in shown("en/accounts/lakeside/"))
        assert "<p>changed</p>" in shown("accounts/lakeside/")
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) in (0, -signal.SIGINT)
    assert not (root / "site").exists()
    assert not list((tmp_path / "temporary").iterdir())
