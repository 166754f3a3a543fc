"""DuckDB: a table of its own, zones as an ENUM."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from pathlib import Path

import duckdb
import polars as pl

from bench.contenders import sql
from bench.question import Question


class InDuckdb:
    """The rows in a table in memory, or where they lie."""

    def __init__(self, path: Path, table: str, *, threads: int, held: bool = True) -> None:
        self.connection = duckdb.connect()
        self.connection.execute(f"SET threads = {threads}")
        if held:
            self.connection.execute(f"CREATE TYPE zone AS ENUM (SELECT DISTINCT zone FROM '{path}' ORDER BY 1)")
            self.connection.execute(f"CREATE TABLE {table} AS SELECT * REPLACE (zone::zone AS zone) FROM '{path}'")
        else:
            # Each question reads the file.
            self.connection.execute(f"CREATE VIEW {table} AS SELECT * FROM '{path}'")

    def ask(self, statement: str) -> pl.DataFrame:
        """The answer to a statement."""
        return self.connection.sql(statement).pl()

    def boards(self) -> dict[str, Callable[[Question], pl.DataFrame]]:
        """One date."""
        return {"DuckDB": lambda q: self.ask(sql.board(q, "count_if"))}

    def people_boards(self) -> dict[str, Callable[[Question], pl.DataFrame]]:
        """One date, as written at first: with FILTER, and a statement for each indicator."""
        return {
            "DuckDB, FILTER": lambda q: self.ask(sql.board(q, "filter")),
            "DuckDB, a statement each": self.each,
        }

    def each(self, question: Question) -> pl.DataFrame:
        """The answers to a statement for each indicator, side by side."""
        frames = [self.ask(text).select("zone", *names) for names, text in sql.board_each(question, "count_if")]
        return reduce(sql.beside, frames)

    def series(self) -> dict[str, Callable[[Question], pl.DataFrame]]:
        """Months, rewritten."""
        return {"DuckDB": lambda q: self.ask(sql.rewritten(q, dialect="duckdb"))}

    def people_series(self) -> dict[str, Callable[[Question], pl.DataFrame]]:
        """Months, as written at first."""
        return {"DuckDB, cross join": lambda q: self.ask(sql.cross_join(q))}
