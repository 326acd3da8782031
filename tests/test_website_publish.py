"""A site is replaced whole or not at all, and only where it may be."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kam import publish as module
from kam.finding import KamError
from kam.publish import MARKER, publish

FILES = 40

# Publishes 40 files that all say the same word, slowly; the first argument is the folder, the second the word.
BUILDER = """
import sys, time
from pathlib import Path
from kam.publish import publish
out, word = Path(sys.argv[1]), sys.argv[2]
def fill(folder):
    for number in range(40):
        (folder / f"{number}.html").write_text(word)
        time.sleep(0.002)
publish(out, out.parent / "book", fill)
"""


def words(out: Path) -> set[str]:
    """What the files of a site say; one word when it is whole."""
    files = list(out.glob("*.html"))
    assert len(files) == FILES
    return {file.read_text("utf-8") for file in files}


def fill(word: str) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        for number in range(FILES):
            (folder / f"{number}.html").write_text(word, "utf-8")

    return write


@pytest.mark.parametrize("at_once", [True, False], ids=["exchange", "two renames"])
def test_a_site_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: bool) -> None:
    if not at_once:
        monkeypatch.setattr(module, "_exchanged", lambda one, other: False)
    out = tmp_path / "deep/site"
    for word in ("first", "second", "third"):
        publish(out, tmp_path / "book", fill(word))
        assert words(out) == {word}
    assert [path.name for path in out.parent.iterdir()] == ["site"]


def test_a_failure_leaves_the_old_site(tmp_path: Path) -> None:
    out = tmp_path / "site"
    publish(out, tmp_path / "book", fill("old"))

    def fails(folder: Path) -> None:
        fill("new")(folder)
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        publish(out, tmp_path / "book", fails)
    assert words(out) == {"old"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_killed_at_any_time_the_old_site_or_the_new_one_is_there(tmp_path: Path) -> None:
    out = tmp_path / "site"
    publish(out, tmp_path / "book", fill("0"))
    started = time.monotonic()
    subprocess.run([sys.executable, "-c", BUILDER, str(out), "1"], check=True)
    length = time.monotonic() - started
    seen, rounds = {"1"}, 12
    for number in range(2, rounds + 2):
        process = subprocess.Popen([sys.executable, "-c", BUILDER, str(out), str(number)])
        time.sleep(length * (number - 1) / rounds)
        process.send_signal(signal.SIGKILL)
        process.wait()
        (word,) = words(out)
        assert word in {*seen, str(number)}
        seen.add(word)
    publish(out, tmp_path / "book", fill("last"))
    assert words(out) == {"last"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_kill_between_two_renames_is_mended_at_the_next_start(tmp_path: Path) -> None:
    out = tmp_path / "site"
    publish(out, tmp_path / "book", fill("old"))
    out.rename(tmp_path / ".site.kam-old")
    (tmp_path / ".site.kam-new").mkdir()

    def fails(folder: Path) -> None:
        raise OSError(5, "Input/output error")

    with pytest.raises(OSError, match="Input"):
        publish(out, tmp_path / "book", fails)
    assert words(out) == {"old"}


def test_two_at_once_are_refused(tmp_path: Path) -> None:
    out = tmp_path / "site"

    def second(folder: Path) -> None:
        fill("first")(folder)
        with pytest.raises(KamError, match="Another kam"):
            publish(out, tmp_path / "book", fill("second"))

    publish(out, tmp_path / "book", second)
    assert words(out) == {"first"}


@pytest.mark.parametrize("name", ["", "..", "accounts", "accounts/site", "docs", "docs/site", "templates", "kam.yaml"])
def test_no_input_is_written_over(tmp_path: Path, name: str) -> None:
    book = tmp_path / "book"
    (book / "accounts").mkdir(parents=True)
    with pytest.raises(KamError, match="made from"):
        publish(book / name, book, fill("x"))
    assert [path.name for path in book.iterdir()] == ["accounts"]


def test_a_folder_of_somebody_elses_stays(tmp_path: Path) -> None:
    out = tmp_path / "site"
    out.mkdir()
    (out / "thesis.doc").write_text("years", "utf-8")
    with pytest.raises(KamError, match="not made by kam"):
        publish(out, tmp_path / "book", fill("x"))
    assert [path.name for path in tmp_path.rglob("*")] == ["site", "thesis.doc"]
    with pytest.raises(KamError, match="no folder"):
        publish(out / "thesis.doc", tmp_path / "book", fill("x"))
    (out / "thesis.doc").unlink()
    publish(out, tmp_path / "book", fill("x"))
    assert (out / MARKER).is_file()


def test_a_link_to_a_site_stays_a_link(tmp_path: Path) -> None:
    publish(tmp_path / "real", tmp_path / "book", fill("old"))
    (tmp_path / "site").symlink_to(tmp_path / "real")
    publish(tmp_path / "site", tmp_path / "book", fill("new"))
    assert (tmp_path / "site").is_symlink()
    assert words(tmp_path / "real") == {"new"}
