"""Times several ways of doing one thing, one after the other in each round, so that all meet the same machine."""

from __future__ import annotations

import os
import statistics
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

T = TypeVar("T")


@dataclass(frozen=True)
class Timed:
    """The seconds of each round."""

    seconds: dict[str, list[float]]

    def median(self, name: str) -> float:
        """The median of one."""
        return statistics.median(self.seconds[name])

    def ratio(self, name: str, base: str) -> float:
        """The median over rounds of how many times the seconds of another it took."""
        pairs = zip(self.seconds[name], self.seconds[base], strict=True)
        return statistics.median(a / b for a, b in pairs)

    def lines(self, base: str) -> list[str]:
        """A table: median milliseconds, and how many times the base."""
        return [
            f"{name:34s} {self.median(name) * 1e3:10.1f} ms {self.ratio(name, base):9.2f} ×" for name in self.seconds
        ]


def interleaved(ways: Mapping[str, Callable[[], object]], rounds: int) -> Timed:
    """Runs each way once for nothing, then all of them in every round; in each round another one is first."""
    for way in ways.values():
        way()
    names = list(ways)
    seconds: dict[str, list[float]] = {name: [] for name in names}
    for turn in range(rounds):
        first = turn % len(names)
        for name in names[first:] + names[:first]:
            seconds[name].append(lasted(ways[name]))
    return Timed(seconds)


def lasted(way: Callable[[], object]) -> float:
    """The seconds that one call takes."""
    start = time.perf_counter()
    way()
    return time.perf_counter() - start


def bound(threads: int) -> int:
    """Leaves the process so many processors, where the system can do that; else tells how many it has.

    Threads that are begun later inherit it, those of libraries too: so this comes before they are imported.
    """
    if not hasattr(os, "sched_setaffinity"):
        return os.cpu_count() or 1
    allowed = sorted(os.sched_getaffinity(0))[:threads]
    os.sched_setaffinity(0, allowed)
    return len(allowed)


def on_processors(count: int, way: Callable[[], T]) -> Callable[[], T]:
    """The same on so many of the processors: of the calling thread, and of the threads that it begins."""

    def run() -> T:
        before = os.sched_getaffinity(0)
        os.sched_setaffinity(0, sorted(before)[:count])
        try:
            return way()
        finally:
            os.sched_setaffinity(0, before)

    return run


def peak(way: Callable[[], object]) -> int:
    """The bytes of memory (VmHWM) that one call takes at most beyond what the process held before, on Linux."""
    # Sets the peak back to what is held now.
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before = _status("VmRSS")
    way()
    return _status("VmHWM") - before


def _status(name: str) -> int:
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    (size,) = (line.split()[1] for line in lines if line.startswith(f"{name}:"))
    return int(size) * 1024


def stream(size: int, threads: int) -> Callable[[], object]:
    """Reads so many bytes once, as fast as memory gives them: what no query can be quicker than."""
    parts = np.array_split(np.ones(size // 8, dtype=np.uint64), threads)

    def read() -> None:
        readers = [threading.Thread(target=np.max, args=(part,)) for part in parts]
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()

    return read


def machine() -> str:
    """The processor, how many the machine has, and how busy it is."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "unknown")
    return f"{model}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}"
