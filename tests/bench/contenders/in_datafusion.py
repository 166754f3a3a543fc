"""DataFusion: record batches in memory, zones dictionary-coded, a partition for each thread."""

from __future__ import annotations

from collections.abc import Callable

import datafusion
import polars as pl
import pyarrow as pa

from bench.contenders import sql
from bench.question import Question


class InDatafusion:
    """The projects as batches."""

    def __init__(self, frame: pl.DataFrame, *, threads: int) -> None:
        self.context = datafusion.SessionContext(datafusion.SessionConfig().with_target_partitions(threads))
        table = frame.to_arrow()
        zone = table["zone"].cast(pa.string()).dictionary_encode()
        table = table.set_column(table.column_names.index("zone"), "zone", zone)
        place = table.column_names.index("commissioner")
        table = table.set_column(place, "commissioner", table["commissioner"].cast(pa.string()))
        batches = table.unify_dictionaries().combine_chunks().to_batches(max_chunksize=8192)
        share = -(-len(batches) // threads)
        self.context.register_record_batches(
            "projects", [batches[i : i + share] for i in range(0, len(batches), share)]
        )

    def ask(self, statement: str) -> pl.DataFrame:
        """The answer to a statement."""
        answer = pl.from_arrow(self.context.sql(statement).to_arrow_table())
        assert isinstance(answer, pl.DataFrame)
        return answer

    def boards(self) -> dict[str, Callable[[Question], pl.DataFrame]]:
        """One date."""
        return {"DataFusion": lambda q: self.ask(sql.board(q, count_if=False))}

    def series(self) -> dict[str, Callable[[Question], pl.DataFrame]]:
        """Months, rewritten."""
        return {"DataFusion": lambda q: self.ask(sql.rewritten(q, dialect="datafusion"))}
