"""The statements that DuckDB and DataFusion are asked."""

from __future__ import annotations

import datetime as dt
from typing import Literal

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

# How the rows that meet a condition are counted and summed. What is quickest was tried: in DuckDB ``count_if``, in
# DataFusion ``sum_case``, which there takes two thirds of the time of FILTER where amounts are summed.
Form = Literal["count_if", "sum_case", "filter"]
Dialect = Literal["duckdb", "datafusion"]
BEST: dict[Dialect, Form] = {"duckdb": "count_if", "datafusion": "sum_case"}


def date(day: dt.date) -> str:
    """A literal."""
    return f"DATE '{day}'"


def condition(what: Condition, first: str, last: str) -> str:
    """A condition at a period, whose first and last day are expressions."""
    match what:
        case Happened(event, before):
            found = f"{event} {'<' if before else '<='} {last}"
        case NotYet(event):
            found = f"({event} IS NULL OR {event} > {last})"
        case Within(event):
            found = f"{event} BETWEEN {first} AND {last}"
        case Is(flag):
            found = flag
        case Compares(left, sign, right):
            found = f"{left} {sign} {right}"
        case Known(column):
            found = f"{column} IS NOT NULL"
        case Unknown(column):
            found = f"{column} IS NULL"
        case AnyUnknown(columns):
            found = "(" + " OR ".join(f"{c} IS NULL" for c in columns) + ")"
    return found


def both(conditions: tuple[Condition, ...], first: str = "", last: str = "") -> str:
    """All of the conditions."""
    return " AND ".join(condition(c, first, last) for c in conditions)


def aggregate(of: Aggregate, where: str, form: Form) -> str:
    """One aggregate over the rows that meet a condition."""
    if not where:
        return f"sum({of.value})" if of.value else "count(*)"
    match form:
        case "count_if":
            return f"sum(CASE WHEN {where} THEN {of.value} ELSE 0 END)" if of.value else f"count_if({where})"
        case "sum_case":
            return f"sum(CASE WHEN {where} THEN {of.value or '1 ELSE 0'} END)"
        case "filter":
            return f"{f'sum({of.value})' if of.value else 'count(*)'} FILTER (WHERE {where})"


def board(question: Question, form: Form) -> str:
    """All aggregates in one pass."""
    return _board(question, question.aggregates, form)


def board_each(question: Question, form: Form) -> list[tuple[list[str], str]]:
    """A statement for each indicator, as notebooks have it: the columns, and the statement."""
    statements = []
    for indicator in question.indicators:
        aggregates = tuple(dict.fromkeys(a for a in indicator.figures().values() if a))
        statements.append(([question.name(a) for a in aggregates], _board(question, aggregates, form)))
    return statements


def _board(question: Question, aggregates: tuple[Aggregate, ...], form: Form) -> str:
    first, last = (date(day) for day in question.periods[0])
    columns = [f"{aggregate(a, both(a.conditions, first, last), form)} AS {question.name(a)}" for a in aggregates]
    return f"SELECT zone, {', '.join(columns)} FROM {question.table} GROUP BY zone"


def beside(left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    """Two answers by zone as one, what both have once."""
    return left.join(right.select("zone", *(c for c in right.columns if c not in left.columns)), on="zone")


def cross_join(question: Question) -> str:
    """A series as people write it: projects by periods."""
    periods = ", ".join(f"({i}, {date(first)}, {date(last)})" for i, (first, last) in enumerate(question.periods, 1))
    columns = [
        f"{aggregate(a, both(a.conditions, 'm.first_day', 'm.last_day'), 'filter')} AS {question.name(a)}"
        for a in question.aggregates
    ]
    return (
        f"SELECT zone, m.period, {', '.join(columns)} "
        f"FROM {question.table} CROSS JOIN (VALUES {periods}) m(period, first_day, last_day) GROUP BY zone, m.period"
    )


def rewritten(question: Question, *, dialect: Dialect) -> str:
    """A series as an expert rewrites it: rows by the month from which on they count, then a running sum.

    One aggregation for each set of days, grouped by zone and the month of the latest of them.
    """
    start = question.periods[0][0]
    duckdb, one_day = dialect == "duckdb", "INTERVAL '1 day'"

    def month(column: str) -> str:
        if duckdb:
            return f"CAST(greatest(datediff('month', {date(start)}, {column}) + 1, 0) AS SMALLINT)"
        origin = start.year * 12 + start.month - 1
        index = f"date_part('year', {column}) * 12 + date_part('month', {column}) - {origin}"
        return f"greatest(CAST({index} AS INT), 0)"

    def since(moment: Happened) -> str:
        next_day = f"{moment.event} + {'1' if duckdb else one_day}"
        return next_day if moment.before else moment.event

    parts = []
    for moments in dict.fromkeys(a.moments for a in question.aggregates):
        days = [since(moment) for moment in moments]
        latest = days[0] if len(days) == 1 else f"greatest({', '.join(days)})"
        there = both(moments, last=date(question.as_of))
        columns = []
        for a in question.aggregates:
            if a.moments == moments:
                columns.append(f"{aggregate(a, both(a.static), BEST[dialect])} AS {question.name(a)}")
            else:
                kind = "DOUBLE" if a.value == "land_mu" else "BIGINT"
                columns.append(f"CAST(NULL AS {kind}) AS {question.name(a)}")
        parts.append(
            f"SELECT zone, {month(latest)} AS period, {', '.join(columns)} "
            f"FROM {question.table} WHERE {there} GROUP BY 1, 2"
        )
    names = [question.name(a) for a in question.aggregates]
    sums = ", ".join(f"sum({n}) AS {n}" for n in names)
    grid = (
        f"(SELECT zone, period FROM (SELECT DISTINCT zone FROM {question.table}) z "
        f"CROSS JOIN (SELECT * FROM generate_series(0, {len(question.periods)})) g(period))"
    )
    running = ", ".join(
        f"coalesce({question.name(a)}, 0) AS {question.name(a)}"
        if a.flow
        else f"coalesce(sum({question.name(a)}) OVER w, 0) AS {question.name(a)}"
        for a in question.aggregates
    )
    return (
        f"WITH parts AS ({' UNION ALL '.join(parts)}), "
        f"steps AS (SELECT zone, period, {sums} FROM parts GROUP BY 1, 2), "
        f"filled AS (SELECT zone, period, {', '.join(names)} FROM {grid} LEFT JOIN steps USING (zone, period)), "
        f"series AS (SELECT zone, period, {running} FROM filled WINDOW w AS (PARTITION BY zone ORDER BY period)) "
        "SELECT * FROM series WHERE period > 0"
    )
