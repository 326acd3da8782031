"""Work over processes that is given up: nothing goes on behind somebody's back."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
import time
from pathlib import Path

import pytest

from kam import spread
from kam.finding import KamError


def test_closing_before_the_first_result_ends_the_work(tmp_path: Path) -> None:
    def work(number: int) -> int:
        time.sleep(0.05)
        (tmp_path / str(number)).touch()
        return number

    results = spread.within(work, range(100), 2)
    results.close()  # type: ignore[attr-defined]
    done = len(list(tmp_path.iterdir()))
    time.sleep(0.3)
    assert len(list(tmp_path.iterdir())) == done < 50
    assert gc.get_freeze_count() == 0


def test_results_come_in_order_from_many() -> None:
    assert list(spread.within(lambda number: number * 2, range(50), 3)) == list(range(0, 100, 2))


def test_one_process_does_it_all_where_no_more_can_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_more(thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", no_more)
    assert list(spread.over(str, range(30), 2)) == list(map(str, range(30)))
    assert [spread.within(str, range(30), 2).__next__()] == ["0"]
    monkeypatch.undo()
    for child in multiprocessing.active_children():
        child.join(10)
    assert not multiprocessing.active_children()
    assert gc.get_freeze_count() == 0


def test_a_process_that_is_killed_is_said() -> None:
    parent = os.getpid()

    def work(number: int) -> int:
        if number == 5 and os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    with pytest.raises(KamError, match="ended from outside"):
        list(spread.within(work, range(20), 2))
