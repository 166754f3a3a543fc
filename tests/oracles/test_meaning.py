"""Properties that the meaning itself must have, tried on the oracle. The library has them by being equal to it."""

from __future__ import annotations

import os
from collections import Counter
from datetime import date
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from . import brute, generate
from .brute import BLANK, Catalog, Cell, Ledger, Query
from .catalog import SHIPPED

EXAMPLES = int(os.environ.get("ZONEKPI_EXAMPLES", "150"))

thorough = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)

SMALL_SIZES = (0, 1, 2, 3, 4, 5)


def drawn(data: st.DataObject, series: bool = False) -> tuple[Ledger, Catalog, list[Query]]:
    """A ledger, definitions and some questions."""
    ledger = data.draw(generate.ledgers(SMALL_SIZES))
    catalog = {**SHIPPED, **data.draw(generate.catalogs(ledger, 3))}
    return ledger, catalog, [data.draw(generate.queries(ledger, catalog, series)) for _ in range(3)]


def by_cell(lines: list[dict[str, Any]]) -> dict[Any, dict[str, Any]]:
    """Lines by what tells them apart."""
    return {(line["indicator"], tuple(line["dims"].items()), line["total"], line["period_end"]): line for line in lines}


@thorough
@given(st.data())
def test_a_value_lies_in_its_bounds_and_counts_are_consistent(data: st.DataObject) -> None:
    ledger, catalog, queries = drawn(data)
    for query in queries:
        for line in brute.answer(ledger, catalog, query):
            if line["lower"] is not None and line["value"] is not None:
                assert line["lower"] <= line["value"] <= line["upper"]
            told = line["population_unknown_met"] + line["population_unknown_not_met"]
            assert told <= line["population_unknown"]
            if line["unknown"] == line["population_unknown"] == 0 and line["lower"] is not None:
                assert line["lower"] == line["upper"] == line["value"]


@thorough
@given(st.data())
def test_a_cell_opens_into_its_figures(data: st.DataObject) -> None:
    ledger, catalog, queries = drawn(data)
    for query in queries:
        for line in brute.answer(ledger, catalog, query)[:6]:
            at: brute.At = {"dims": line["dims"], "total": line["total"], "period_end": line["period_end"]}
            opened = Counter(row["outcome"] for row in brute.rows(ledger, catalog, query, line["indicator"], at))
            for name in ("unknown", "population_unknown", "excluded"):
                assert opened[name] == line[name]
            steps = brute.attrition(ledger, catalog, query, line["indicator"], at)
            assert sum(step["in"] for step in steps if step["step"] == "met") == opened["met"]
            for before, now in pairwise(steps):
                if now["step"] == "rows":
                    continue
                left = before["in"] + (0 if now["step"] == "met" else before["unknown"])
                assert now["in"] + now["out"] + now["unknown"] == left
                assert min(now["in"], now["out"], now["unknown"]) >= 0


@thorough
@given(st.data())
def test_a_series_equals_its_single_questions(data: st.DataObject) -> None:
    ledger, catalog, queries = drawn(data, series=True)
    for query in queries:
        series = by_cell(brute.answer(ledger, catalog, query))
        for window in brute.windows_of(ledger, catalog, query)[:8]:
            if window.start is None and window.end != window.as_of:
                continue
            single = query.copy()
            single["every"], single["as_of"] = None, window.as_of
            single["period"] = "cumulative" if window.start is None else (window.start, window.end)
            for key, line in by_cell(brute.answer(ledger, catalog, single)).items():
                assert series[key] == line


@thorough
@given(st.data())
def test_rows_in_another_order_give_the_same_answer(data: st.DataObject) -> None:
    ledger, catalog, queries = drawn(data)
    turned = Ledger({name: rows[::-1] for name, rows in ledger.tables.items()}, ledger.columns, ledger.snapshot_on)
    for query in queries:
        assert by_cell(brute.answer(turned, catalog, query)) == by_cell(brute.answer(ledger, catalog, query))


def with_event_deadline(part: Any, ledger: Ledger, table: str) -> bool:
    """Whether an expression uses an event as a deadline: it looks ahead of the date asked about."""
    if isinstance(part, list):
        return any(with_event_deadline(item, ledger, table) for item in part)
    if not isinstance(part, tuple):
        return False
    if part and part[0] == "happened" and part[2] is not None:
        columns = brute.columns_of(part[2])
        resolved = [brute.resolve(ledger, table, name) for name in columns]
        return any(brute.kind_of(ledger, table, name) == "event" for name in resolved)
    return any(with_event_deadline(item, ledger, table) for item in part)


def as_it_stood(ledger: Ledger, day: date) -> Ledger:
    """The ledger of an earlier day: what came later is not written yet."""

    def earlier(table: str, column: str, cell: Cell) -> Cell:
        later = brute.kind_of(ledger, table, column) == "event" and isinstance(cell, date) and cell > day
        return BLANK if later else cell

    tables = {
        table: [{column: earlier(table, column, cell) for column, cell in row.items()} for row in rows]
        for table, rows in ledger.tables.items()
    }
    return Ledger(tables, ledger.columns, day)


def without_imprecise_events(ledger: Ledger) -> Ledger:
    """Each event that is not a point becomes blank."""
    tables = {
        table: [
            {
                column: BLANK
                if brute.kind_of(ledger, table, column) == "event" and not isinstance(cell, date)
                else cell
                for column, cell in row.items()
            }
            for row in rows
        ]
        for table, rows in ledger.tables.items()
    }
    return Ledger(tables, ledger.columns, ledger.snapshot_on)


@thorough
@given(st.data())
def test_an_answer_as_of_a_day_is_that_of_the_ledger_of_that_day(data: st.DataObject) -> None:
    ledger, catalog, queries = drawn(data)
    ledger = without_imprecise_events(ledger)
    for query in queries:
        tables = generate.tables_of(catalog, query["ids"])
        trees = [
            (tree, catalog[part]["table"])
            for one in query["ids"]
            for part in brute.parts_of(catalog, one)
            for tree in brute.trees_of(catalog[part])
        ]
        where = query.get("where")
        trees += [] if where is None else [(where, table) for table in tables]
        if any(with_event_deadline(tree, ledger, table) for tree, table in trees):
            continue
        day = min(query.get("as_of") or ledger.snapshot_on, ledger.snapshot_on)
        asked = query.copy()
        asked["as_of"], asked["every"] = day, None
        now = brute.answer(ledger, catalog, asked)
        then = brute.answer(as_it_stood(ledger, day), catalog, asked)
        for line in [*now, *then]:
            del line["undated"]
        note(f"{day} {asked}")
        assert by_cell(then) == by_cell(now)
