"""The statements that DuckDB and DataFusion are asked."""

from __future__ import annotations

import datetime as dt

from bench.question import (
    Aggregate,
    AnyUnknown,
    Condition,
    Happened,
    Is,
    Known,
    Question,
    Unknown,
    Within,
)


def date(day: dt.date) -> str:
    """A literal."""
    return f"DATE '{day}'"


def condition(what: Condition, first: str, last: str) -> str:
    """A condition at a period, whose first and last day are expressions."""
    match what:
        case Happened(event):
            return f"{event} <= {last}"
        case Within(event):
            return f"{event} BETWEEN {first} AND {last}"
        case Is(flag):
            return flag
        case Known(column):
            return f"{column} IS NOT NULL"
        case Unknown(column):
            return f"{column} IS NULL"
        case AnyUnknown(columns):
            return "(" + " OR ".join(f"{c} IS NULL" for c in columns) + ")"


def both(conditions: tuple[Condition, ...], first: str = "", last: str = "") -> str:
    """All of the conditions."""
    return " AND ".join(condition(c, first, last) for c in conditions)


def aggregate(of: Aggregate, where: str, *, count_if: bool) -> str:
    """One aggregate over the rows that meet a condition; `count_if` is quicker in DuckDB, FILTER in DataFusion."""
    if not where:
        return f"sum({of.value})" if of.value else "count(*)"
    if count_if:
        return f"sum(CASE WHEN {where} THEN {of.value} END)" if of.value else f"count_if({where})"
    return f"{f'sum({of.value})' if of.value else 'count(*)'} FILTER (WHERE {where})"


def board(question: Question, *, count_if: bool) -> str:
    """All aggregates in one pass."""
    first, last = question.periods[0]
    columns = [
        f"{aggregate(a, both(a.conditions, date(first), date(last)), count_if=count_if)} AS {question.name(a)}"
        for a in question.aggregates
    ]
    return f"SELECT zone, {', '.join(columns)} FROM projects GROUP BY zone"


def board_each(question: Question, *, count_if: bool) -> list[tuple[list[str], str]]:
    """A statement for each indicator, as notebooks have it: the columns, and the statement."""
    first, last = question.periods[0]
    statements = []
    for indicator in question.indicators:
        aggregates = list(dict.fromkeys(a for a in indicator.figures().values() if a))
        columns = [
            f"{aggregate(a, both(a.conditions, date(first), date(last)), count_if=count_if)} AS {question.name(a)}"
            for a in aggregates
        ]
        names = [question.name(a) for a in aggregates]
        statements.append((names, f"SELECT zone, {', '.join(columns)} FROM projects GROUP BY zone"))
    return statements


def cross_join(question: Question) -> str:
    """A series as people write it: projects by periods."""
    periods = ", ".join(f"({i}, {date(first)}, {date(last)})" for i, (first, last) in enumerate(question.periods, 1))
    columns = [
        f"{aggregate(a, both(a.conditions, 'm.first_day', 'm.last_day'), count_if=False)} AS {question.name(a)}"
        for a in question.aggregates
    ]
    return (
        f"SELECT zone, m.period, {', '.join(columns)} "
        f"FROM projects CROSS JOIN (VALUES {periods}) m(period, first_day, last_day) GROUP BY zone, m.period"
    )


def rewritten(question: Question, *, dialect: str) -> str:
    """A series as an expert rewrites it: rows by the month from which on they count, then a running sum.

    One aggregation for each set of events, grouped by zone and the month of the latest of them.
    """
    start = question.periods[0][0]
    duckdb = dialect == "duckdb"

    def month(column: str) -> str:
        if duckdb:
            return f"CAST(greatest(datediff('month', {date(start)}, {column}) + 1, 0) AS SMALLINT)"
        origin = start.year * 12 + start.month - 1
        index = f"date_part('year', {column}) * 12 + date_part('month', {column}) - {origin}"
        return f"greatest(CAST({index} AS INT), 0)"

    parts = []
    for events in dict.fromkeys(a.events for a in question.aggregates):
        latest = events[0] if len(events) == 1 else f"greatest({', '.join(events)})"
        there = " AND ".join(f"{e} <= {date(question.as_of)}" for e in events)
        columns = []
        for a in question.aggregates:
            if a.events == events:
                columns.append(f"{aggregate(a, both(a.static), count_if=duckdb)} AS {question.name(a)}")
            else:
                kind = "DOUBLE" if a.value == "land_mu" else "BIGINT"
                columns.append(f"CAST(NULL AS {kind}) AS {question.name(a)}")
        parts.append(
            f"SELECT zone, {month(latest)} AS period, {', '.join(columns)} FROM projects WHERE {there} GROUP BY 1, 2"
        )
    names = [question.name(a) for a in question.aggregates]
    sums = ", ".join(f"sum({n}) AS {n}" for n in names)
    grid = (
        "(SELECT zone, period FROM (SELECT DISTINCT zone FROM projects) z "
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
