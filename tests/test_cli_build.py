"""`kam build` and `kam serve` as they are typed: exit codes, what is said, where the site goes."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from kam import rules
from kam.cli import FINDINGS, FINE, USAGE
from tests.test_cli import ROOT, Kam, kam

__all__ = ["kam"]
PEOPLE = "version: 1\npeople: {am-lin: {name: Lin, function: account-manager}}\n"
SOUND = "class: ordinary\nteam: {manager: am-lin}\nstakeholders: {head: {title: Head, stance: supporter}}\n"
HIDDEN = "The Quiet Client"


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A playbook with one open and one restricted account; the current folder."""
    for name, text in {
        "kam.yaml": "version: 1\ncompany: Small\nlanguages: [en]\nas_of: 2026-01-15\n",
        "company/people.yaml": PEOPLE,
        "mkdocs.yml": "site_name: Small\nplugins: [kam]\n",
        "accounts/harbour.yaml": f"version: 1\nname: Harbour\n{SOUND}",
        "accounts/quiet.yaml": f"version: 1\nname: {HIDDEN}\nvisibility: restricted\n{SOUND}",
    }.items():
        path = tmp_path / "small" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path / "small")
    return tmp_path / "small"


def whole(site: Path) -> str:
    """All text of a site."""
    return "".join(path.read_text("utf-8", "replace") for path in sorted(site.rglob("*")) if path.is_file())


def test_a_site_is_built_without_restricted_accounts(kam: Kam, small: Path) -> None:
    done = kam("build")
    assert (done.code, done.out) == (FINE, "")
    assert "As of 2026-01-15: " in done.err
    assert "not under git" in done.err
    assert (small / "site/accounts/harbour/index.html").is_file()
    assert HIDDEN not in whole(small / "site")
    assert not (small / "site/accounts/quiet").exists()


def test_several_processes_make_the_same_site(kam: Kam, small: Path) -> None:
    for jobs in ("1", "3"):
        assert kam("build", "--jobs", jobs, "--output", jobs).code == FINE
    one, three = (
        {path.relative_to(small / jobs): path.read_bytes() for path in (small / jobs).rglob("*") if path.is_file()}
        for jobs in ("1", "3")
    )
    assert len(one) > len(rules.ids())
    assert one == three


@pytest.mark.parametrize(
    ("text", "why"),
    [("<p>{{ view.nonsense }}</p>", "nonsense"), ("<p>\n{% if %}", ":2: "), ("{{ nobody }}", "nobody")],
)
def test_a_mistake_in_an_own_template_is_named_at_its_line(kam: Kam, small: Path, text: str, why: str) -> None:
    template = small / "templates/pages/account/people.html"
    template.parent.mkdir(parents=True)
    template.write_text(text, "utf-8")
    done = kam("build")
    assert (done.code, done.out) == (USAGE, "")
    assert "templates/pages/account/people.html:" in done.err
    assert "this template cannot be used" in done.err
    assert done.err.count("templates/pages") == 1
    assert why in done.err
    assert not (small / "site").exists()


def test_mkdocs_itself_names_that_mistake_too(small: Path) -> None:
    template = small / "templates/pages/account/people.html"
    template.parent.mkdir(parents=True)
    template.write_text("<p>{{ view.nonsense }}</p>", "utf-8")
    (small / "docs").mkdir()
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "KAM_LANG": "en"}
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "templates/pages/account/people.html:1: this template cannot be used" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_that_is_no_place_for_a_site_is_refused_before_anything_is_drawn(
    kam: Kam, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kam.pages.account_page", lambda *_: pytest.fail("drawn"))
    (small / "site").write_text("a file\n", "utf-8")
    done = kam("build")
    assert (done.code, done.out) == (USAGE, "")
    assert "is no folder" in done.err


def test_restricted_accounts_and_another_day_are_there_if_asked_for(kam: Kam, small: Path) -> None:
    done = kam("build", "--include-restricted", "--as-of", "2026-02-03", "--output", "../elsewhere", "--jobs", "1")
    assert done.code == FINE
    assert "As of 2026-02-03" in done.err
    assert HIDDEN in (small.parent / "elsewhere/accounts/quiet/index.html").read_text("utf-8")
    assert not (small / "site").exists()


def test_strict_counts_errors_after_writing(kam: Kam, small: Path) -> None:
    (small / "accounts/broken.yaml").write_text("version: 1\n\tname: x\n", "utf-8")
    assert kam("build").code == FINE
    (small / "site/index.html").unlink()
    done = kam("build", "--strict")
    assert done.code == FINDINGS
    assert "Errors in customers' files: 1" in done.err
    assert (small / "site/index.html").is_file()


@pytest.mark.parametrize("output", ["accounts", "company/site", "."])
def test_a_site_never_takes_the_place_of_inputs(kam: Kam, small: Path, output: str) -> None:
    before = {path: path.read_bytes() for path in small.rglob("*") if path.is_file()}
    done = kam("build", "--output", output)
    assert done.code == USAGE
    assert {path: path.read_bytes() for path in small.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("ended", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_preview_answers_and_ends_quietly(
    small: Path, tmp_path_factory: pytest.TempPathFactory, ended: int
) -> None:
    temporary = tmp_path_factory.mktemp("temporary")
    running, address = _preview(TMPDIR=str(temporary))
    try:
        assert "Harbour" in _get(f"{address}accounts/harbour/", running)
    finally:
        running.send_signal(ended)
        out, err = running.communicate(timeout=60)
    assert running.returncode == FINE
    assert not list(temporary.iterdir())
    assert out == b""
    assert b"Traceback" not in err
    assert f"Look at {address}".encode() in err


def test_nohup_keeps_a_preview_alive(small: Path) -> None:
    running, address = _preview("nohup")
    try:
        assert _get(address, running)
        running.send_signal(signal.SIGHUP)
        time.sleep(0.5)
        assert _get(address, running)
    finally:
        running.terminate()
        running.communicate(timeout=60)
    assert running.returncode == FINE


def _preview(*before: str, **env: str) -> tuple[subprocess.Popen[bytes], str]:
    """`kam serve` in the present folder, and where it will answer."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = [*before, sys.executable, "-m", "kam", "serve", "--port", str(port)]
    whole = os.environ | {"PYTHONPATH": str(ROOT), "KAM_LANG": "en"} | env
    running = subprocess.Popen(program, env=whole, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return running, f"http://127.0.0.1:{port}/"


def _get(url: str, running: subprocess.Popen[bytes]) -> str:
    """The page, as soon as there is one."""
    for _ in range(600):
        try:
            with urllib.request.urlopen(url) as answer:
                return str(answer.read().decode())
        except OSError:
            assert running.poll() is None, running.communicate()
            time.sleep(0.1)
    raise AssertionError(url)


def test_pages_of_ones_own_need_no_settings(kam: Kam, small: Path) -> None:
    (small / "mkdocs.yml").unlink(missing_ok=True)
    (small / "docs").mkdir(exist_ok=True)
    (small / "docs/prices.md").write_text("# Prices\n\nfrom 2026 on\n", "utf-8")
    assert kam("build").code == FINE
    assert "from 2026 on" in (small / "site/prices/index.html").read_text("utf-8")


@pytest.mark.parametrize("day", ["1900-01-01", "1960-01-01", "2107-01-01", "9999-12-31"])
def test_every_day_of_the_calendar_has_a_site(kam: Kam, small: Path, day: str) -> None:
    assert kam("build", "--as-of", day).code == FINE


def test_a_page_of_ones_own_that_cannot_be_read_is_named(kam: Kam, small: Path) -> None:
    (small / "docs").mkdir(exist_ok=True)
    (small / "docs/loop.md").symlink_to("nowhere.md")
    done = kam("build")
    assert done.code == USAGE
    assert "loop.md" in done.err
