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
from dataclasses import replace
from pathlib import Path

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
from bench.question import FIVE, TWENTY, Question, definitions, figures_of, many  # noqa: E402

Way = Callable[[Question], pl.DataFrame]
OURS = "zonekpi, fused"


class Ours:
    """The projects as a ledger."""

    def __init__(self, frame: pl.DataFrame, engine: str) -> None:
        self.ledger = zk.Ledger(projects=frame, snapshot_on="2024-12-31")
        self.engine = engine

    def ask(self, question: Question) -> pl.DataFrame:
        """The whole answer, all columns."""
        catalog = zk.Catalog.builtin()
        own = definitions(question.indicators)
        if own:
            catalog = catalog.add_toml(own)
        time: dict[str, object] = {"as_of": question.as_of}
        if question.months is not None:
            time = {"period": (question.periods[0][0], question.as_of), "every": "month"}
        ids = [i.id for i in question.indicators]
        board = self.ledger.kpis(ids, by="zone", cancelled="keep", catalog=catalog, engine=self.engine, **time)
        return board.to_polars()


def from_file(path: Path) -> tuple[dict[str, Way], Ours]:
    """From a Parquet file to a board, each in its best form: nothing is held between two questions."""

    class Scanned(Ours):
        """The projects in their file."""

        def __init__(self) -> None:
            self.engine = "auto"

        @property
        def ledger(self) -> zk.Scan:  # type: ignore[override]
            """Opened for each question."""
            return zk.scan(path, table="projects", snapshot_on="2024-12-31")

    ours, in_duckdb = Scanned(), InDuckdb.over(path, threads=THREADS)
    ways: dict[str, Way] = {
        OURS: ours.ask,
        "Polars, scan": lambda q: InPolars.prepared(q, pl.scan_parquet(path)),
        "DuckDB, file": lambda q: in_duckdb.ask(sql.board(q, count_if=True)),
    }
    return ways, ours


def small_ledger(rounds: int) -> None:
    """A ledger of a thousand rows and sixty indicators: from Python to a frame, all included."""
    ours, question = Ours(projects(1_000), "auto"), Question(many(60))
    found = interleaved({OURS: lambda: ours.ask(question)}, max(rounds, 50))
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


def main() -> None:
    """Measures the axes asked for."""
    axes = ("main", "indicators", "groups", "many", "periods", "order", "people", "file", "small")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("axes", nargs="*", choices=[*axes, []])
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--few", type=int, default=1_000_000, help="rows of what people write")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--engine", default="fused", help="of zonekpi: fused, auto or reference")
    asked = parser.parse_args()
    rows, rounds = asked.rows, asked.rounds
    asked.axes = asked.axes or ["main"]
    print(f"{rows:,} projects; {machine()}; Polars {pl.__version__}; zonekpi {zk.__version__}")
    board, series = Question(TWENTY), Question(TWENTY, months=60)
    frame = projects(rows)
    ours = Ours(frame, asked.engine)
    mine: dict[str, Way] = {OURS: ours.ask}
    if "main" in asked.axes:
        boards, rewritten, people = contenders(frame, path_of(rows))
        timed("Board at one date", board, mine | boards | people, ours, rounds, columns_size(frame, board))
        timed("Series", series, mine | rewritten, ours, rounds)
    if "indicators" in asked.axes:
        for indicators in (FIVE, TWENTY, many(40)):
            for question in (Question(indicators), Question(indicators, months=60)):
                timed("By indicators", question, mine, ours, rounds)
    if "periods" in asked.axes:
        for months in (1, 12, 60, 240):
            timed("By periods", Question(TWENTY, months=months), mine, ours, rounds)
    if "groups" in asked.axes:
        for zones in (1, 50, 5000):
            grouped = Ours(projects(rows, zones=zones), asked.engine)
            ways: dict[str, Way] = {OURS: grouped.ask}
            for question in (board, replace(series, months=12)):
                timed(f"{zones} zones", question, ways, grouped, rounds)
    if "many" in asked.axes:
        crowded = projects(rows, zones=65_000)
        grouped, in_polars = Ours(crowded, asked.engine), InPolars(crowded)
        timed("65,000 zones", board, {OURS: grouped.ask} | in_polars.boards(), grouped, rounds)
    if "file" in asked.axes:
        ways, scanned = from_file(path_of(rows))
        timed("From a Parquet file", board, ways, scanned, rounds)
    if "small" in asked.axes:
        small_ledger(rounds)
    if "order" in asked.axes:
        clustered = Ours(projects(rows, clustered=True), asked.engine)
        ways = {OURS: clustered.ask}
        timed("Rows of a zone together", board, ways, clustered, rounds, columns_size(frame, board))
        timed("Rows of a zone together", series, ways, clustered, rounds)
    if "people" in asked.axes:
        few = projects(asked.few)
        small, in_polars = Ours(few, asked.engine), InPolars(few)
        ways = {OURS: small.ask}
        in_duckdb = InDuckdb(path_of(asked.few), threads=THREADS)
        forms = in_polars.people_boards() | in_duckdb.people_boards() | InPandas(few).people_boards()
        timed(f"As people write it, {asked.few:,} rows", board, ways | forms, small, rounds)
        forms = in_polars.people_series() | in_duckdb.people_series()
        timed(f"As people write it, {asked.few:,} rows", series, ways | forms, small, min(rounds, 3))


if __name__ == "__main__":
    main()
