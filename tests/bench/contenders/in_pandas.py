"""pandas: a group-by for each indicator, as notebooks have it."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

import pandas as pd
import polars as pl

from bench.question import Aggregate, AnyUnknown, Condition, Happened, Is, Known, Question, Unknown, Within


class InPandas:
    """The projects as a frame of pandas, zones as a categorical."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self.frame = frame.to_pandas()
        self.frame["zone"] = self.frame["zone"].astype("category")
        for name, kind in frame.schema.items():
            if kind == pl.Date:
                self.frame[name] = pd.to_datetime(self.frame[name])

    def _condition(self, what: Condition, first: pd.Timestamp, last: pd.Timestamp) -> pd.Series:
        frame = self.frame
        match what:
            case Happened(event):
                return frame[event] <= last
            case Within(event):
                return frame[event].between(first, last)
            case Is(flag):
                return frame[flag].eq(True)
            case Known(column):
                return frame[column].notna()
            case Unknown(column):
                return frame[column].isna()
            case AnyUnknown(columns):
                return frame[list(columns)].isna().any(axis=1)
        raise TypeError(f"{what} is not asked of pandas")

    def _aggregate(self, of: Aggregate, question: Question) -> pd.Series:
        first, last = (pd.Timestamp(day) for day in question.periods[0])
        met = reduce(lambda a, b: a & b, (self._condition(c, first, last) for c in of.conditions))
        values = self.frame[of.value].where(met) if of.value else met
        return values.groupby(self.frame["zone"], observed=True).sum()

    def people_boards(self) -> dict[str, Callable[[Question], pl.DataFrame]]:
        """One date."""
        return {"pandas": self.board}

    def board(self, question: Question) -> pl.DataFrame:
        """A group-by for each aggregate."""
        found = {question.name(a): self._aggregate(a, question) for a in question.aggregates}
        return pl.from_pandas(pd.DataFrame(found).reset_index())
