"""Polars: lazy expressions on a frame in one piece, zones as an Enum."""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Callable
from functools import reduce

import polars as pl

from bench.question import (
    Aggregate,
    AnyUnknown,
    Compares,
    Condition,
    Happened,
    Is,
    Known,
    NotYet,
    Question,
    Unknown,
    Within,
)

COMPARISONS = {"<=": operator.le, ">=": operator.ge, "=": operator.eq}


def _condition(what: Condition, first: dt.date, last: dt.date) -> pl.Expr:
    match what:
        case Happened(event, before):
            found = pl.col(event) < last if before else pl.col(event) <= last
        case NotYet(event):
            found = pl.col(event).is_null() | (pl.col(event) > last)
        case Within(event):
            found = pl.col(event).is_between(first, last)
        case Is(flag):
            found = pl.col(flag)
        case Compares(left, sign, right):
            found = COMPARISONS[sign](pl.col(left), pl.col(right) if isinstance(right, str) else right)
        case Known(column):
            found = pl.col(column).is_not_null()
        case Unknown(column):
            found = pl.col(column).is_null()
        case AnyUnknown(columns):
            found = pl.any_horizontal(pl.col(c).is_null() for c in columns)
    return found


def _all(conditions: tuple[Condition, ...], first: dt.date, last: dt.date) -> pl.Expr:
    return reduce(lambda a, b: a & b, (_condition(c, first, last) for c in conditions))


class InPolars:
    """The rows as a frame."""

    def __init__(self, frame: pl.DataFrame) -> None:
        zones = frame["zone"].unique().sort().to_list()
        self.frame = frame.with_columns(pl.col("zone").cast(pl.Enum(zones))).rechunk()

    def boards(self) -> dict[str, Callable[[Question], pl.DataFrame]]:
        """One date."""
        return {"Polars": lambda q: self.prepared(q, self.frame.lazy())}

    def people_boards(self) -> dict[str, Callable[[Question], pl.DataFrame]]:
        """One date, as written at first: all inside of the aggregation, and a query for each indicator."""
        return {"Polars, in the aggregation": self.within_aggregation, "Polars, a query each": self.each}

    @staticmethod
    def prepared(question: Question, lazy: pl.LazyFrame) -> pl.DataFrame:
        """The truth of each aggregate as a column first, without nulls (which takes half the time), then sums."""
        columns = (_column(question, a, a.conditions, *question.periods[0]) for a in question.aggregates)
        return (
            lazy.select("zone", *columns)
            .group_by("zone")
            .agg(_sum(question, a) for a in question.aggregates)
            .collect(engine="streaming")
        )

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
        """Rows by the month from which on they count, then running sums. Zone and month are one key: one is quicker."""
        start = question.periods[0][0]
        origin = start.year * 12 + start.month - 1
        width = len(question.periods) + 1

        def month(moment: Happened) -> pl.Expr:
            day = pl.col(moment.event) + dt.timedelta(days=1) if moment.before else pl.col(moment.event)
            index = day.dt.year() * 12 + day.dt.month().cast(pl.Int32) - origin
            there = _condition(moment, start, question.as_of)
            return pl.when(there).then(index.clip(0, None).cast(pl.Int16)).alias(f"_{moment.name}")

        zone = pl.col("zone").to_physical().cast(pl.Int32) * width
        moments = dict.fromkeys(m for a in question.aggregates for m in a.moments)
        columns = (_column(question, a, a.static, start, start) for a in question.aggregates if a.static or a.value)
        months = self.frame.lazy().select(zone, *map(month, moments), *columns).collect(engine="streaming")
        queries = []
        for key in dict.fromkeys(a.moments for a in question.aggregates):
            names = [f"_{moment.name}" for moment in key]
            rows = months.lazy().filter(pl.all_horizontal(pl.col(n).is_not_null() for n in names))
            rows = rows.with_columns(place=pl.col("zone") + pl.max_horizontal(names))
            sums = [
                _sum(question, a) if a.static or a.value else pl.len().cast(pl.Int64).alias(question.name(a))
                for a in question.aggregates
                if a.moments == key
            ]
            queries.append(rows.group_by("place").agg(sums))
        parts = pl.collect_all(queries, engine="streaming")
        periods = pl.select(period=pl.int_range(0, width, dtype=pl.Int16))
        grid = self.frame.select(pl.col("zone").unique()).join(periods, how="cross")
        grid = grid.with_columns(place=zone + pl.col("period"))
        for part in parts:
            grid = grid.join(part, on="place", how="left")
        running = [pl.col(question.name(a)).cum_sum().over("zone") for a in question.aggregates if not a.flow]
        return grid.fill_null(0).sort("place").with_columns(running).filter(pl.col("period") > 0)


def _column(
    question: Question, of: Aggregate, conditions: tuple[Condition, ...], first: dt.date, last: dt.date
) -> pl.Expr:
    """What an aggregate adds up, row by row: a truth, or a value where all conditions hold."""
    if of.value and not conditions:
        return pl.col(of.value).alias(question.name(of))
    met = _all(conditions, first, last).fill_null(False)
    return (pl.when(met).then(pl.col(of.value)) if of.value else met).alias(question.name(of))


def _sum(question: Question, of: Aggregate) -> pl.Expr:
    return pl.col(question.name(of)).sum() if of.value else pl.col(question.name(of)).sum().cast(pl.Int64)
