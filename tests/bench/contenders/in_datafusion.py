"""DataFusion: record batches in memory, texts as views, a partition for each thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from pathlib import Path

import datafusion
import polars as pl
import pyarrow as pa

from bench.contenders import sql
from bench.question import Question


class InDatafusion:
    """The rows as batches, or where they lie."""

    def __init__(self, threads: int) -> None:
        self.context = datafusion.SessionContext(datafusion.SessionConfig().with_target_partitions(threads))
        self.threads = threads

    def holding(self, frame: pl.DataFrame, table: str) -> InDatafusion:
        """Takes a frame. Views are grouped by as fast as codes on a board, and faster beside a month."""
        arrow = frame.to_arrow()
        views = [pa.field(f.name, pa.string_view()) if pa.types.is_large_string(f.type) else f for f in arrow.schema]
        batches = arrow.cast(pa.schema(views)).combine_chunks().to_batches(max_chunksize=8192)
        share = -(-len(batches) // self.threads)
        self.context.register_record_batches(table, [batches[i : i + share] for i in range(0, len(batches), share)])
        return self

    def reading(self, path: Path, table: str) -> InDatafusion:
        """Each question reads the file."""
        self.context.register_parquet(table, str(path))
        return self

    def ask(self, statement: str) -> pl.DataFrame:
        """The answer to a statement."""
        answer = pl.from_arrow(self.context.sql(statement).to_arrow_table())
        assert isinstance(answer, pl.DataFrame)
        return answer

    def boards(self) -> dict[str, Callable[[Question], pl.DataFrame]]:
        """One date. CASE is much quicker where amounts are summed, FILTER a little where rows are only counted."""
        return {
            "DataFusion": lambda q: self.ask(sql.board(q, "sum_case")),
            "DataFusion, FILTER": lambda q: self.ask(sql.board(q, "filter")),
        }

    def people_boards(self) -> dict[str, Callable[[Question], pl.DataFrame]]:
        """One date, a statement for each indicator."""
        return {"DataFusion, a statement each": self.each}

    def each(self, question: Question) -> pl.DataFrame:
        """The answers to a statement for each indicator, side by side."""
        frames = [self.ask(text).select("zone", *names) for names, text in sql.board_each(question, "filter")]
        return reduce(sql.beside, frames)

    def series(self) -> dict[str, Callable[[Question], pl.DataFrame]]:
        """Months, rewritten."""
        return {"DataFusion": lambda q: self.ask(sql.rewritten(q, dialect="datafusion"))}

    def people_series(self) -> dict[str, Callable[[Question], pl.DataFrame]]:
        """Months, as written at first."""
        return {"DataFusion, cross join": lambda q: self.ask(sql.cross_join(q))}
