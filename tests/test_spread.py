"""Work over processes that is given up: nothing goes on behind somebody's back."""

from __future__ import annotations

import gc
import time
from pathlib import Path

from kam import spread


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
