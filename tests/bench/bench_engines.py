"""How long boards and series take, beside Polars, DuckDB, DataFusion and pandas.

Run with `make bench`, which builds with the release profile; figures of a dev build mean nothing. Every answer is
compared with that of zonekpi before anything is timed. Medians and ratios are of one run, all contenders in one
process, one after the other in each round (each round begins with another one), with equal threads; from data in
memory to a Polars frame.

    python tests/bench/bench_engines.py                     # main: the board and the series of the README
    python tests/bench/bench_engines.py indicators groups --rows 1000000

One thing at a time is changed, 20 indicators, 50 zones and 60 months being the rule:

    main        a board and a series of projects, also the board as people write it; the streaming-read limit
    cases       a board and a series of cases, 12 indicators
    indicators  5, 20, 40 of them
    periods     1, 12, 60, 240 months
    groups      1, 50, 5,000 zones
    many        70,000 zones, which a code of 16 bits does not hold
    order       the rows of a zone together
    threads     zonekpi with one thread and with more
    people      boards and series as people write them, fewer rows, also pandas
    file        a board from a Parquet file, and the memory that it takes
    small       a thousand projects, 60 indicators

POLARS_MAX_THREADS sets how many threads all of them have (2). On Linux the process is bound to so many processors.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.measure import bound, interleaved, lasted, machine, on_processors, peak, stream

THREADS = bound(int(os.environ.get("POLARS_MAX_THREADS", "2")))
os.environ["POLARS_MAX_THREADS"] = str(THREADS)

import polars as pl  # noqa: E402
from polars.testing import assert_frame_equal  # noqa: E402

import zonekpi as zk  # noqa: E402
from bench.cases import cases  # noqa: E402
from bench.contest import OURS, Contest, Ours, Way  # noqa: E402
from bench.indicators import FIVE, OF_CASES, TWENTY, many  # noqa: E402
from bench.projects import in_snappy, projects  # noqa: E402
from bench.question import Question  # noqa: E402

BOARD, SERIES = Question(TWENTY), Question(TWENTY, months=60)


@dataclass(frozen=True)
class Asked:
    """How much is measured."""

    rows: int
    few: int
    rounds: int
    engine: str
    alone: str | None

    def contest(self, **made: Any) -> Contest:
        """All with the same projects."""
        return Contest.held(projects(self.rows, **made), "projects", self.engine, THREADS)


def block(title: str, question: Question, contest: Contest, ways: dict[str, Way], rounds: int, size: int = 0) -> None:
    """Compares, times and prints: a line for each way."""
    calls = contest.calls(question, ways)
    if size:
        calls["a streaming read"] = stream(size, THREADS)
    found = interleaved(calls, rounds)
    periods = f", {question.months} months" if question.months else ""
    print(f"\n{title}: {len(question.indicators)} indicators, {len(question.aggregates)} aggregates{periods}")
    print("\n".join(f"  {line}" for line in found.lines(OURS)))
    if size:
        share = found.median("a streaming read") / found.median(OURS)
        print(f"  {size / 1e9:.2f} GB of columns; {share:.0%} of the streaming-read limit")
    sys.stdout.flush()


def head(title: str) -> None:
    """The head of a table that has a line for each step along an axis."""
    names = "".join(f"{name:>14s}" for name in (OURS, "Polars", "DuckDB", "DataFusion"))
    print(f"\n{title}\n  {'':26s}{names}")


def step(label: str, question: Question, contest: Contest, rounds: int) -> None:
    """Compares and times the best forms: our milliseconds, and how many times as long the others take.

    Of a contender that has two forms, of which either may be the quicker, the quicker one counts.
    """
    found = interleaved(contest.calls(question, contest.best(question)), rounds)
    ratios: dict[str, float] = {}
    for name in found.seconds:
        contender, _, _ = name.partition(",")
        ratios[contender] = min(found.ratio(name, OURS), ratios.get(contender, float("inf")))
    label += f", months {question.months}" if question.months else ", board"
    others = "".join(f"{ratio:12.2f} ×" for contender, ratio in ratios.items() if contender != OURS)
    print(f"  {label:26s}{found.median(OURS) * 1e3:11.1f} ms{others}", flush=True)


def columns_size(path: Path, question: Question) -> int:
    """Bytes that a question must read at the least: each column once, zones in two bytes, flags and blanks in bits.

    Of texts it is asked only whether they are blank.
    """
    widths = {"Date": 4.0, "Boolean": 1 / 8, "String": 0.0, "Int8": 1.0}
    schema = pl.read_parquet_schema(path)
    rows: int = pl.scan_parquet(path).select(pl.len()).collect().item()
    return round((2.0 + sum(widths.get(str(schema[name]), 8.0) + 1 / 8 for name in question.columns)) * rows)


def by_contender(asked: Asked) -> None:
    """The board and the series of the README."""
    contest = asked.contest()
    first = lasted(lambda: contest.ours.ask(BOARD))
    taken = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in contest.ready.items())
    print(f"\nFrom the file into memory, once: {taken}; then our first question, which prepares columns: {first:.1f} s")
    ways = contest.best(BOARD) | contest.people(BOARD)
    size = columns_size(projects(asked.rows), BOARD)
    block("Board at one date", BOARD, contest, ways, asked.rounds, size)
    block("Series", SERIES, contest, contest.best(SERIES), asked.rounds)


def of_cases(asked: Asked) -> None:
    """A board and a series of cases."""
    path, board, series = cases(asked.rows), Question(OF_CASES), Question(OF_CASES, months=60)
    contest = Contest.held(path, "cases", asked.engine, THREADS)
    block("Cases, board", board, contest, contest.best(board), asked.rounds, columns_size(path, board))
    block("Cases, series", series, contest, contest.best(series), asked.rounds)


def by_indicators(asked: Asked) -> None:
    """5, 20 and 40 indicators."""
    contest = asked.contest()
    head("By indicators")
    for indicators in (FIVE, TWENTY, many(40)):
        for months in (None, 60):
            step(f"indicators {len(indicators)}", Question(indicators, months=months), contest, asked.rounds)


def by_periods(asked: Asked) -> None:
    """1, 12, 60 and 240 months."""
    contest = asked.contest()
    head("By periods")
    for months in (1, 12, 60, 240):
        step("indicators 20", Question(TWENTY, months=months), contest, asked.rounds)


def by_groups(asked: Asked) -> None:
    """1, 50 and 5,000 zones."""
    head("By groups")
    for zones in (1, 50, 5000):
        of_zones(asked, zones, (BOARD, replace(SERIES, months=12)))


def of_many_groups(asked: Asked) -> None:
    """More zones than a code of 16 bits has."""
    head("Many groups")
    of_zones(asked, 70_000, (BOARD,))


def of_zones(asked: Asked, zones: int, questions: tuple[Question, ...]) -> None:
    """The steps of one number of zones; its rows are given back before those of the next are read."""
    contest = asked.contest(zones=zones)
    for question in questions:
        step(f"zones {zones:,}", question, contest, asked.rounds)


def in_order(asked: Asked) -> None:
    """The rows of a zone together."""
    contest = asked.contest(clustered=True)
    size = columns_size(projects(asked.rows, clustered=True), BOARD)
    block("Rows of a zone together", BOARD, contest, contest.best(BOARD), asked.rounds, size)
    block("Rows of a zone together", SERIES, contest, contest.best(SERIES), asked.rounds)


def by_threads(asked: Asked) -> None:
    """One thread, and more."""
    if not hasattr(os, "sched_setaffinity"):
        print("\nThreads: processors cannot be set on this system")
        return
    ours = Ours.held(projects(asked.rows), "projects", asked.engine)
    print("\nThreads: in each round each number in turn; the calling thread is bound to so many processors")
    print("(sched_setaffinity), which the threads of a question inherit: it takes as many as it has processors")
    for question in (BOARD, SERIES):
        counts = [count for count in (1, 2, 4, 8, 16, 32, 64) if count < THREADS] + [THREADS]
        calls = {f"{count} of {THREADS}": on_processors(count, partial(ours.ask, question)) for count in counts}
        for call in calls.values():
            assert_frame_equal(call(), ours.ask(question), check_exact=True)
        found = interleaved(calls, asked.rounds)
        periods = f"{question.months} months" if question.months else "board"
        for name in calls:
            speed = 1 / found.ratio(name, next(iter(calls)))
            print(f"  {periods:12s} {name:12s} {found.median(name) * 1e3:10.1f} ms {speed:6.2f} × as fast", flush=True)


def as_people_write(asked: Asked) -> None:
    """The forms that are written at first."""
    path = projects(asked.few)
    contest = Contest.held(path, "projects", asked.engine, THREADS).with_pandas(path)
    title = f"As people write it, {asked.few:,} rows"
    block(title, BOARD, contest, contest.people(BOARD), asked.rounds)
    block(title, SERIES, contest, contest.people(SERIES), min(asked.rounds, 3))


def of_a_file(asked: Asked) -> None:
    """From a Parquet file to a board; the file has been read before, so that no disk is measured."""
    path = projects(asked.rows)
    ways = Contest.from_file(path, "projects", THREADS).best(BOARD)
    if alone := asked.alone:
        print(peak(lambda: ways[alone](BOARD)))
        return
    for title, file in {
        "From a Parquet file, zstd (as Polars writes)": path,
        "From a Parquet file, snappy (as pandas, DuckDB and Spark write)": in_snappy(path),
    }.items():
        contest = Contest.from_file(file, "projects", THREADS)
        block(title, BOARD, contest, contest.best(BOARD), asked.rounds)
    print("  Memory at most, beyond the libraries themselves, one question each in a process of its own:")
    for name in ways:
        command = [sys.executable, __file__, "file", "--alone", name, "--rows", str(asked.rows)]
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        print(f"  {name:34s} {int(told.splitlines()[-1]) / 1e6:10.0f} MB", flush=True)


def small_ledger(asked: Asked) -> None:
    """A ledger of a thousand rows and sixty indicators: from Python to a frame, all included."""
    contest, question = replace(asked, rows=1_000).contest(), Question(many(60))
    block("A thousand projects", question, contest, contest.best(question), max(asked.rounds, 50))


AXES: dict[str, Callable[[Asked], None]] = {
    "main": by_contender,
    "cases": of_cases,
    "indicators": by_indicators,
    "periods": by_periods,
    "groups": by_groups,
    "many": of_many_groups,
    "order": in_order,
    "threads": by_threads,
    "people": as_people_write,
    "file": of_a_file,
    "small": small_ledger,
}


def main() -> None:
    """Measures the axes asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("axes", nargs="*", help=", ".join(AXES))
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--few", type=int, default=1_000_000, help="rows of what people write")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--engine", default="fused", help="of zonekpi: fused, auto or reference")
    parser.add_argument("--alone", help="of axis file: prints the memory in bytes that this contender takes")
    given = parser.parse_args()
    axes = given.axes or ["main"]
    unknown = [axis for axis in axes if axis not in AXES]
    if unknown:
        parser.error(f"there is no axis {', '.join(unknown)}; there are: {', '.join(AXES)}")
    asked = Asked(given.rows, given.few, given.rounds, given.engine, given.alone)
    print(
        f"{asked.rows:,} rows; {THREADS} threads each; {machine()}; Polars {pl.__version__}; zonekpi {zk.__version__}"
    )
    print("A time of 2.00 × is twice ours: median of the rounds' ratios. Figures of a dev build mean nothing.")
    for axis in axes:
        AXES[axis](asked)


if __name__ == "__main__":
    main()
