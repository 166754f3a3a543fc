"""Who is measured: zonekpi and the contenders with the same rows. Every answer is compared before anything is timed."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

import polars as pl
from polars.testing import assert_frame_equal

import zonekpi as zk
from bench.contenders import sql
from bench.contenders.in_datafusion import InDatafusion
from bench.contenders.in_duckdb import InDuckdb
from bench.contenders.in_pandas import InPandas
from bench.contenders.in_polars import InPolars
from bench.indicators import definitions
from bench.made import LAST
from bench.question import Indicator, Question, figures_of

Way = Callable[[Question], pl.DataFrame]
OURS = "zonekpi"


@cache
def catalog_of(indicators: tuple[Indicator, ...]) -> zk.Catalog:
    """The catalog with definitions of one's own, which are read once."""
    own = definitions(indicators)
    catalog = zk.Catalog.builtin()
    return catalog.add_toml(own) if own else catalog


class Ours:
    """The rows as a ledger that is held, or in a file that is scanned."""

    def __init__(self, opened: Callable[[], zk.Ledger | zk.Scan], engine: str) -> None:
        self.opened = opened
        self.engine = engine

    @classmethod
    def held(cls, path: Path, table: str, engine: str) -> Ours:
        """The rows as one table of a ledger."""
        tables: dict[str, Any] = {table: pl.read_parquet(path)}
        ledger = zk.Ledger(snapshot_on=LAST, **tables)
        return cls(lambda: ledger, engine)

    def ask(self, question: Question) -> pl.DataFrame:
        """The whole answer, all columns."""
        catalog = catalog_of(question.indicators)
        when: dict[str, Any] = {"as_of": question.as_of}
        if question.months is not None:
            when = {"period": (question.periods[0][0], question.as_of), "every": "month"}
        ids = [i.id for i in question.indicators]
        board = self.opened().kpis(ids, by="zone", cancelled="keep", catalog=catalog, engine=self.engine, **when)
        return board.to_polars()


@dataclass
class Contest:
    """Ours, the best form of each contender, and the forms that people write."""

    ours: Ours
    boards: dict[str, Way]
    series: dict[str, Way] = field(default_factory=dict)
    people_boards: dict[str, Way] = field(default_factory=dict)
    people_series: dict[str, Way] = field(default_factory=dict)
    ready: dict[str, float] = field(default_factory=dict)
    """The seconds that each took to take its rows from the file."""

    @classmethod
    def held(cls, path: Path, table: str, engine: str, threads: int) -> Contest:
        """All with their rows in memory, each in the form that suits it."""
        start = time.perf_counter()
        contest = cls(Ours.held(path, table, engine), {})
        contest.ready[OURS] = time.perf_counter() - start
        takes: dict[str, Callable[[], InPolars | InDuckdb | InDatafusion]] = {
            "Polars": lambda: InPolars(pl.read_parquet(path)),
            "DuckDB": lambda: InDuckdb(path, table, threads=threads),
            "DataFusion": lambda: InDatafusion(threads).holding(pl.read_parquet(path), table),
        }
        for name, take in takes.items():
            start = time.perf_counter()
            contender = take()
            contest.ready[name] = time.perf_counter() - start
            contest.boards |= contender.boards()
            contest.series |= contender.series()
            contest.people_boards |= contender.people_boards()
            contest.people_series |= contender.people_series()
        return contest

    @classmethod
    def from_file(cls, path: Path, table: str, threads: int) -> Contest:
        """From a Parquet file to a board, each in its best form: all open it once, and hold no rows of it."""
        scan, lazy = zk.scan(path, table=table, snapshot_on=LAST), pl.scan_parquet(path)
        in_duckdb = InDuckdb(path, table, threads=threads, held=False)
        in_datafusion = InDatafusion(threads).reading(path, table)
        boards: dict[str, Way] = {
            "Polars": lambda q: InPolars.prepared(q, lazy),
            "DuckDB": lambda q: in_duckdb.ask(sql.board(q, "count_if")),
            "DataFusion": lambda q: in_datafusion.ask(sql.board(q, "sum_case")),
        }
        return cls(Ours(lambda: scan, "auto"), boards)

    def with_pandas(self, path: Path) -> Contest:
        """Lets pandas take part, of which people write boards."""
        self.people_boards |= InPandas(pl.read_parquet(path)).people_boards()
        return self

    def best(self, question: Question) -> dict[str, Way]:
        """The best forms, ours first."""
        return {OURS: self.ours.ask} | (self.boards if question.months is None else self.series)

    def people(self, question: Question) -> dict[str, Way]:
        """The forms that people write, beside ours."""
        return {OURS: self.ours.ask} | (self.people_boards if question.months is None else self.people_series)

    def calls(self, question: Question, ways: dict[str, Way]) -> dict[str, Callable[[], object]]:
        """Each way with its question, once its answer is that of zonekpi; stops where one is not."""
        expected = figures_of(self.ours.ask(question))
        for name, way in ways.items():
            if name == OURS:
                continue
            found = question.figures(way(question))
            try:
                assert_frame_equal(expected, found, check_exact=True)
            except AssertionError as different:
                raise SystemExit(f"{name} answers differently: {different}") from different
        return {name: partial(way, question) for name, way in ways.items()}
