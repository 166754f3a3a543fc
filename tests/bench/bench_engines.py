"""How long boards and series take, beside Polars, DuckDB, DataFusion and pandas.

Run with `make bench`, which builds with the release profile; figures of a dev build mean nothing. Every answer is
compared with that of zonekpi before anything is timed. Medians and ratios are of one run, all contenders in one
process, one after the other in each round, with equal threads; from data in memory to a Polars frame.

    python tests/bench/bench_engines.py                     # the board and the series of the README
    python tests/bench/bench_engines.py indicators groups many periods order people file small --rows 1000000
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

THREADS = int(os.environ.setdefault("POLARS_MAX_THREADS", "2"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import polars as pl  # noqa: E402
from polars.testing import assert_frame_equal  # noqa: E402

import zonekpi as zk  # noqa: E402
from bench.contenders import sql  # noqa: E402
from bench.contenders.in_datafusion import InDatafusion  # noqa: E402
from bench.contenders.in_duckdb import InDuckdb  # noqa: E402
from bench.contenders.in_pandas import InPandas  # noqa: E402
from bench.contenders.in_polars import InPolars  # noqa: E402
from bench.measure import interleaved, machine, stream  # noqa: E402
from bench.projects import path_of, projects  # noqa: E402
from bench.question import FIVE, TWENTY, Indicator, Question, definitions, figures_of, many  # noqa: E402

Way = Callable[[Question], pl.DataFrame]
OURS = "zonekpi, fused"


@cache
def catalog_of(indicators: tuple[Indicator, ...]) -> zk.Catalog:
    """The catalog with definitions of one's own, which are read once."""
    own = definitions(indicators)
    catalog = zk.Catalog.builtin()
    return catalog.add_toml(own) if own else catalog


class Ours:
    """The projects as a ledger that is held, or as a file that is opened for each question."""

    def __init__(self, opened: Callable[[], zk.Ledger | zk.Scan], engine: str) -> None:
        self.opened = opened
        self.engine = engine

    @classmethod
    def held(cls, frame: pl.DataFrame, engine: str) -> Ours:
        """The projects of a frame."""
        ledger = zk.Ledger(projects=frame, snapshot_on="2024-12-31")
        return cls(lambda: ledger, engine)

    def ask(self, question: Question) -> pl.DataFrame:
        """The whole answer, all columns."""
        catalog = catalog_of(question.indicators)
        time: dict[str, object] = {"as_of": question.as_of}
        if question.months is not None:
            time = {"period": (question.periods[0][0], question.as_of), "every": "month"}
        ids = [i.id for i in question.indicators]
        board = self.opened().kpis(ids, by="zone", cancelled="keep", catalog=catalog, engine=self.engine, **time)
        return board.to_polars()


def from_file(path: Path) -> tuple[dict[str, Way], Ours]:
    """From a Parquet file to a board, each in its best form: nothing is held between two questions."""

    ours = Ours(lambda: zk.scan(path, table="projects", snapshot_on="2024-12-31"), "auto")
    in_duckdb = InDuckdb(path, threads=THREADS, held=False)
    ways: dict[str, Way] = {
        OURS: ours.ask,
        "Polars, scan": lambda q: InPolars.prepared(q, pl.scan_parquet(path)),
        "DuckDB, file": lambda q: in_duckdb.ask(sql.board(q, count_if=True)),
    }
    return ways, ours


def small_ledger(asked: Asked) -> None:
    """A ledger of a thousand rows and sixty indicators: from Python to a frame, all included."""
    ours, question = Ours.held(projects(1_000), "auto"), Question(many(60))
    found = interleaved({OURS: lambda: ours.ask(question)}, max(asked.rounds, 50))
    print(f"\nA thousand projects, {len(question.indicators)} indicators by zone")
    print("\n".join(f"  {line}" for line in found.lines(OURS)))


def compared(question: Question, ways: dict[str, Way], ours: Ours) -> None:
    """Stops where an answer is not that of zonekpi."""
    expected = figures_of(ours.ask(question))
    for name, way in ways.items():
        if name == OURS:
            continue
        found = question.figures(way(question))
        try:
            assert_frame_equal(expected, found, check_exact=True)
        except AssertionError as different:
            raise SystemExit(f"{name} answers differently: {different}") from different


def timed(title: str, question: Question, ways: dict[str, Way], ours: Ours, rounds: int, size: int = 0) -> None:
    """Compares, times and prints."""
    compared(question, ways, ours)
    calls: dict[str, Callable[[], object]] = {name: lambda way=way: way(question) for name, way in ways.items()}
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


def columns_size(frame: pl.DataFrame, question: Question) -> int:
    """Bytes that a question must read at the least: each column once, zones in two bytes, flags and blanks in bits."""
    names = {c for a in question.aggregates for c in a.events}
    names |= {a.value for a in question.aggregates if a.value}
    widths = {"Date": 4.0, "Boolean": 1 / 8, "String": 0.0}
    read = {name: widths.get(str(frame.schema[name]), 8.0) + 1 / 8 for name in names}
    read |= {"filed": 1 / 4, "commitment": 1 / 4, "agency_handled": 1 / 4, "commissioner": 1 / 8, "zone": 2.0}
    return round(sum(read.values()) * frame.height)


def contenders(frame: pl.DataFrame, path: Path) -> tuple[dict[str, Way], dict[str, Way], dict[str, Way]]:
    """Best forms of a board, best forms of a series, and the forms that people write."""
    in_polars, in_duckdb = InPolars(frame), InDuckdb(path, threads=THREADS)
    in_datafusion = InDatafusion(frame, threads=THREADS)
    boards = in_polars.boards() | in_duckdb.boards() | in_datafusion.boards()
    series = in_polars.series() | in_duckdb.series() | in_datafusion.series()
    people = in_polars.people_boards() | in_duckdb.people_boards()
    return boards, series, people


@dataclass(frozen=True)
class Asked:
    """How much is measured."""

    rows: int
    few: int
    rounds: int
    engine: str

    def ours(self, **made: Any) -> tuple[pl.DataFrame, Ours, dict[str, Way]]:
        """Projects as a frame, as a ledger, and the one way to ask it."""
        frame = projects(self.rows, **made)
        ours = Ours.held(frame, self.engine)
        return frame, ours, {OURS: ours.ask}


BOARD, SERIES = Question(TWENTY), Question(TWENTY, months=60)


def by_contender(asked: Asked) -> None:
    """The board and the series of the README."""
    frame, ours, mine = asked.ours()
    boards, rewritten, people = contenders(frame, path_of(asked.rows))
    timed("Board at one date", BOARD, mine | boards | people, ours, asked.rounds, columns_size(frame, BOARD))
    timed("Series", SERIES, mine | rewritten, ours, asked.rounds)


def by_indicators(asked: Asked) -> None:
    """5, 20 and 40 indicators."""
    _, ours, mine = asked.ours()
    for indicators in (FIVE, TWENTY, many(40)):
        for question in (Question(indicators), Question(indicators, months=60)):
            timed("By indicators", question, mine, ours, asked.rounds)


def by_periods(asked: Asked) -> None:
    """1, 12, 60 and 240 months."""
    _, ours, mine = asked.ours()
    for months in (1, 12, 60, 240):
        timed("By periods", Question(TWENTY, months=months), mine, ours, asked.rounds)


def by_groups(asked: Asked) -> None:
    """1, 50 and 5,000 zones."""
    for zones in (1, 50, 5000):
        _, ours, mine = asked.ours(zones=zones)
        for question in (BOARD, replace(SERIES, months=12)):
            timed(f"{zones} zones", question, mine, ours, asked.rounds)


def of_many_groups(asked: Asked) -> None:
    """More zones than a code of 16 bits has."""
    frame, ours, mine = asked.ours(zones=70_000)
    timed("70,000 zones", BOARD, mine | InPolars(frame).boards(), ours, asked.rounds)


def in_order(asked: Asked) -> None:
    """The rows of a zone together."""
    frame, ours, mine = asked.ours(clustered=True)
    timed("Rows of a zone together", BOARD, mine, ours, asked.rounds, columns_size(frame, BOARD))
    timed("Rows of a zone together", SERIES, mine, ours, asked.rounds)


def as_people_write(asked: Asked) -> None:
    """The forms that are written at first."""
    title = f"As people write it, {asked.few:,} rows"
    few, ours, mine = replace(asked, rows=asked.few).ours()
    in_polars, in_duckdb = InPolars(few), InDuckdb(path_of(asked.few), threads=THREADS)
    forms = in_polars.people_boards() | in_duckdb.people_boards() | InPandas(few).people_boards()
    timed(title, BOARD, mine | forms, ours, asked.rounds)
    forms = in_polars.people_series() | in_duckdb.people_series()
    timed(title, SERIES, mine | forms, ours, min(asked.rounds, 3))


def of_a_file(asked: Asked) -> None:
    """From a Parquet file to a board."""
    ways, ours = from_file(path_of(asked.rows))
    timed("From a Parquet file", BOARD, ways, ours, asked.rounds)


AXES: dict[str, Callable[[Asked], None]] = {
    "main": by_contender,
    "indicators": by_indicators,
    "periods": by_periods,
    "groups": by_groups,
    "many": of_many_groups,
    "order": in_order,
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
    given = parser.parse_args()
    axes = given.axes or ["main"]
    unknown = [axis for axis in axes if axis not in AXES]
    if unknown:
        parser.error(f"there is no axis {', '.join(unknown)}; there are: {', '.join(AXES)}")
    asked = Asked(given.rows, given.few, given.rounds, given.engine)
    print(f"{asked.rows:,} projects; {machine()}; Polars {pl.__version__}; zonekpi {zk.__version__}")
    for axis in axes:
        AXES[axis](asked)


if __name__ == "__main__":
    main()
