"""Polars: lazy expressions on a frame in one piece, zones as an Enum."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import reduce

import polars as pl

from bench.question import EVENTS, Aggregate, AnyUnknown, Condition, Happened, Is, Known, Question, Unknown, Within


def _condition(what: Condition, first: dt.date, last: dt.date) -> pl.Expr:
    match what:
        case Happened(event):
            return pl.col(event) <= last
        case Within(event):
            return pl.col(event).is_between(first, last)
        case Is(flag):
            return pl.col(flag)
        case Known(column):
            return pl.col(column).is_not_null()
        case Unknown(column):
            return pl.col(column).is_null()
        case AnyUnknown(columns):
            return pl.any_horizontal(pl.col(c).is_null() for c in columns)


def _all(conditions: tuple[Condition, ...], first: dt.date, last: dt.date) -> pl.Expr:
    return reduce(lambda a, b: a & b, (_condition(c, first, last) for c in conditions))


class InPolars:
    """The projects as a frame."""

    def __init__(self, frame: pl.DataFrame) -> None:
        zones = frame["zone"].unique().sort().to_list()
        self.frame = frame.with_columns(pl.col("zone").cast(pl.Enum(zones))).rechunk()

    def boards(self) -> dict[str, Callable[[Question], pl.DataFrame]]:
        """One date."""
        return {
            "Polars": lambda q: self.prepared(q, self.frame.lazy()),
            "Polars, in the aggregation": self.within_aggregation,
        }

    def people_boards(self) -> dict[str, Callable[[Question], pl.DataFrame]]:
        """One date, a query for each indicator."""
        return {"Polars, a query each": self.each}

    @staticmethod
    def prepared(question: Question, lazy: pl.LazyFrame) -> pl.DataFrame:
        """The truth of each aggregate as a column first, then sums."""
        first, last = question.periods[0]
        columns, sums = [pl.col("zone")], []
        for a in question.aggregates:
            met, name = _all(a.conditions, first, last), question.name(a)
            columns.append((pl.when(met).then(pl.col(a.value)) if a.value else met).alias(name))
            sums.append(pl.col(name).sum() if a.value else pl.col(name).sum().cast(pl.Int64))
        return lazy.select(columns).group_by("zone").agg(sums).collect(engine="streaming")

    def within_aggregation(self, question: Question) -> pl.DataFrame:
        """The truth inside of the sums."""
        return self._aggregated(question, question.aggregates, *question.periods[0])

    def each(self, question: Question) -> pl.DataFrame:
        """A query for each indicator, and the answers side by side."""
        frames = [
            self._aggregated(question, tuple(dict.fromkeys(a for a in i.figures().values() if a)), *question.periods[0])
            for i in question.indicators
        ]
        return reduce(
            lambda a, b: a.join(b.select("zone", *(c for c in b.columns if c not in a.columns)), on="zone"), frames
        )

    def _aggregated(
        self, question: Question, aggregates: tuple[Aggregate, ...], first: dt.date, last: dt.date
    ) -> pl.DataFrame:
        sums = []
        for a in aggregates:
            met = _all(a.conditions, first, last)
            found = pl.when(met).then(pl.col(a.value)).sum() if a.value else met.sum().cast(pl.Int64)
            sums.append(found.alias(question.name(a)))
        return self.frame.lazy().group_by("zone").agg(sums).collect(engine="streaming")

    def series(self) -> dict[str, Callable[[Question], pl.DataFrame]]:
        """Months, rewritten."""
        return {"Polars": self.rewritten}

    def people_series(self) -> dict[str, Callable[[Question], pl.DataFrame]]:
        """Months, one query each."""
        return {"Polars, a loop": self.loop}

    def loop(self, question: Question) -> pl.DataFrame:
        """A board for each month."""
        boards = [
            self._aggregated(question, question.aggregates, first, last).with_columns(period=pl.lit(i, pl.Int32))
            for i, (first, last) in enumerate(question.periods, 1)
        ]
        return pl.concat(boards)

    def rewritten(self, question: Question) -> pl.DataFrame:
        """Rows by the month from which on they count, then running sums."""
        start = question.periods[0][0]
        origin = start.year * 12 + start.month - 1

        def month(event: str) -> pl.Expr:
            index = pl.col(event).dt.year() * 12 + pl.col(event).dt.month().cast(pl.Int32) - origin
            return pl.when(pl.col(event) <= question.as_of).then(index.clip(0, None).cast(pl.Int16)).alias(f"_{event}")

        static = {c for a in question.aggregates for s in a.static for c in _columns(s)}
        values = {a.value for a in question.aggregates if a.value}
        events = [e for e in EVENTS if any(e in a.events for a in question.aggregates)]
        months = (
            self.frame.lazy()
            .select("zone", *sorted(static | values), *(month(e) for e in events))
            .collect(engine="streaming")
        )
        queries = []
        for key in dict.fromkeys(a.events for a in question.aggregates):
            names = [f"_{event}" for event in key]
            rows = months.lazy().filter(pl.all_horizontal(pl.col(n).is_not_null() for n in names))
            rows = rows.with_columns(period=pl.max_horizontal(names))
            sums = []
            for a in question.aggregates:
                if a.events != key:
                    continue
                met = _all(a.static, start, start) if a.static else None
                if a.value:
                    found = pl.col(a.value) if met is None else pl.when(met).then(pl.col(a.value))
                    sums.append(found.sum().alias(question.name(a)))
                elif met is None:
                    sums.append(pl.len().cast(pl.Int64).alias(question.name(a)))
                else:
                    sums.append(met.sum().cast(pl.Int64).alias(question.name(a)))
            queries.append(rows.group_by("zone", "period").agg(sums))
        parts = pl.collect_all(queries, engine="streaming")
        places = pl.select(period=pl.int_range(0, len(question.periods) + 1, dtype=pl.Int16))
        grid = self.frame.select(pl.col("zone").unique()).join(places, how="cross")
        for part in parts:
            grid = grid.join(part, on=["zone", "period"], how="left")
        running = [pl.col(question.name(a)).cum_sum().over("zone") for a in question.aggregates if not a.flow]
        return grid.fill_null(0).sort("zone", "period").with_columns(running).filter(pl.col("period") > 0)


def _columns(what: Condition) -> tuple[str, ...]:
    match what:
        case AnyUnknown(columns):
            return columns
        case Happened(name) | Within(name) | Is(name) | Known(name) | Unknown(name):
            return (name,)
