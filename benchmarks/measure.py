"""Run a program and take its time and memory, children included."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple


class Run(NamedTuple):
    """What one run of a program cost: seconds on the clock, seconds of CPU, MiB of its largest process."""

    wall: float
    cpu: float
    memory: float


def mean(runs: Sequence[Run]) -> Run:
    """The mean of some runs of the same program, of memory the greatest."""
    wall, cpu, memory = zip(*runs, strict=True)
    return Run(statistics.fmean(wall), statistics.fmean(cpu), max(memory))


def run(command: Sequence[str | Path], cwd: Path | None = None, codes: Sequence[int] = (0,)) -> Run:
    """Run a program to its end; its output is thrown away. SystemExit shows it when the exit code is not expected."""
    words, start = [str(part) for part in command], time.perf_counter()
    with subprocess.Popen(words, cwd=cwd, env=_plain(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        assert process.stdout
        said = process.stdout.read()
        _pid, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in codes:
        last = said[-3000:].decode(errors="replace")
        sys.exit(f"{' '.join(words)}\nended with {process.returncode}:\n{last}")
    return Run(time.perf_counter() - start, used.ru_utime + used.ru_stime, _mib(used))


def _plain() -> dict[str, str]:
    """The environment of an ordinary user: Python may keep what it compiled, and no setting of ours is there."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "KAM_"))}


def _mib(used: resource.struct_rusage) -> float:
    return used.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)
