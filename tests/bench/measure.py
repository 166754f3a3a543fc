"""Times several ways of doing one thing, one after the other in each round, so that all meet the same machine."""

from __future__ import annotations

import os
import statistics
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np


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
    """Runs each way once for nothing, then all of them in every round."""
    for way in ways.values():
        way()
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            start = time.perf_counter()
            way()
            seconds[name].append(time.perf_counter() - start)
    return Timed(seconds)


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
    """The processor, its threads, and how busy the machine is."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "unknown")
    return f"{model}, {os.cpu_count()} threads, load {os.getloadavg()[0]:.1f}"
