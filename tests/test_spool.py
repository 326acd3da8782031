"""Texts that wait in files between processes."""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from pathlib import Path

import pytest

from kam import spool
from kam.finding import KamError
from kam.language import Language
from kam.spool import Spool


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_texts_come_out_as_they_went_in_and_the_folder_goes_away(temporary: Path) -> None:
    texts = ["", "星澜市路桥局\r\n", "<p>é\n" * 1000, "\U0001f600"]
    kept = Spool()
    places = [spool.put(kept.folder, text) for text in texts]
    assert [spool.take(place) for place in reversed(places)] == texts[::-1]
    assert kept.folder.stat().st_mode & 0o077 == 0 or sys.platform == "win32"  # nobody else reads it
    del kept
    gc.collect()
    assert not list(temporary.iterdir())


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a device that is always full")
def test_a_full_disk_is_said_with_a_way_out(temporary: Path) -> None:
    (temporary / str(os.getpid())).symlink_to("/dev/full")
    with pytest.raises(KamError) as raised:
        spool.put(temporary, "text")
    assert "the disk is full" in Language("en").say(raised.value.message)
    assert raised.value.hint
    assert "TMPDIR" in raised.value.hint.text


def test_no_place_for_temporary_files(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(temporary / "gone"))
    with pytest.raises(KamError, match="No temporary folder"):
        Spool()
