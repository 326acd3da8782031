"""Work spread over processes: the same results in the same order, however many there are."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

from kam.finding import KamError, Message
from kam.language import N_

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext

MANY = 60
"""From so many accounts on, further processes are worth their start."""

AT_A_TIME = 5
"""So many accounts a process takes at most: what it gives back goes through one pipe, and meanwhile others wait."""

_ENDED = Message(N_("A process of kam was ended from outside, most likely for lack of memory."))
_LESS = Message(N_("Give it more memory; `kam build --jobs 1` needs less."))

Item = TypeVar("Item")
Result = TypeVar("Result")


def processors() -> int:
    """How many processes can work at the same time."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def over(work: Callable[[Item], Result], items: Sequence[Item], jobs: int) -> Iterator[Result]:
    """The results of `work` on each item, in their order, lazily with one job.

    With more, `work` must be a function of a module (or a `partial` of one) and the results picklable.
    """
    if jobs <= 1:
        return map(work, items)
    return _spread(work, items, jobs, AT_A_TIME)


def within(work: Callable[[Item], Result], items: Sequence[Item], jobs: int) -> Iterator[Result]:
    """As `over`, one item at a time, for work that knows too much to travel: processes that begin with it as it is.

    They begin at once, not with the first result. Linux has such processes; elsewhere one does it all, lazily.
    """
    if jobs <= 1 or sys.platform != "linux":
        return map(work, items)
    from multiprocessing import get_context

    gc.freeze()  # a collection would touch, and so copy, all that the processes have in common
    return _spread(lambda number: work(items[number]), range(len(items)), jobs, 1, get_context("fork"), gc.unfreeze)


def _spread(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    jobs: int,
    most: int,
    context: BaseContext | None = None,
    after: Callable[[], None] = lambda: None,
) -> Iterator[Result]:
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import active_children

    executor, before = ProcessPoolExecutor(jobs, context, initializer=_begin, initargs=(work,)), active_children()
    try:
        results = executor.map(_portion, _portions(items, jobs, most))  # here the processes begin
    except (OSError, RuntimeError):  # the system allows no more processes or threads: then this one does it all
        for child in set(active_children()).difference(before):  # without the executor's thread they would never end
            child.terminate()
        after()
        return map(work, items)

    def collected() -> Generator[Any, None, None]:
        try:
            yield None
            yield from chain.from_iterable(results)
        except BrokenProcessPool as error:
            raise KamError(_ENDED, _LESS) from error
        finally:
            executor.shutdown(cancel_futures=True)
            after()

    found = collected()
    next(found)  # only a generator that has begun ends its processes when it is closed
    return found


_work: Callable[[Any], Any]


def _begin(work: Callable[[Any], Any]) -> None:
    """Once in each process: what it works on; only the first process answers to Ctrl-C, and to SIGTERM as to that."""
    import signal

    global _work
    _work = work
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _portion(items: Sequence[Any]) -> list[Any]:
    return [_work(item) for item in items]


def _portions(items: Sequence[Item], jobs: int, most: int) -> Iterator[Sequence[Item]]:
    """The items in portions that grow smaller at the end, so that all processes end together."""
    at = 0
    while at < len(items):
        size = max(1, min(most, (len(items) - at) // (jobs * 4)))
        yield items[at : at + size]
        at += size
