"""The library's answers on generated ledgers, definitions and queries are those of the brute-force oracle.

`ZONEKPI_EXAMPLES` sets how many ledgers are tried; each is asked several questions about its own definitions and
about shipped ones.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from . import brute, generate, subject
from .catalog import SHIPPED

EXAMPLES = int(os.environ.get("ZONEKPI_EXAMPLES", "150"))
QUERIES = 8
CELLS = 4

thorough = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    # Shrinking takes minutes: a developer who only wants to see whether anything differs leaves it out.
    phases=[Phase.explicit, Phase.generate, *([] if os.environ.get("ZONEKPI_NO_SHRINK") else [Phase.shrink])],
)

COUNTED: Counter[str] = Counter()


@pytest.fixture(scope="module", autouse=True)
def told() -> Iterator[None]:
    """Says at the end how much was compared."""
    yield
    print("\ncompared: " + ", ".join(f"{count} {name}" for name, count in COUNTED.items()))


def key_of(line: dict[str, Any]) -> tuple[Any, ...]:
    """What tells the lines of an answer apart."""
    dims = tuple((name, value) for name, value in sorted(line["dims"].items()))
    return (line["indicator"], dims, line["total"], line["period_end"])


def differences(expected: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """The columns of one line in which the two answers differ, as (oracle, library)."""
    differing = {
        name: (expected[name], found[name])
        for name in (*subject.PLAIN, *subject.DAYS, *subject.EXACT, "undated")
        if expected[name] != found[name]
    }
    for name in subject.FLOATS:
        if not subject.within_one_ulp(found[name], expected[name]):
            differing[name] = (expected[name], found[name])
    return differing


def told_apart(ledger: brute.Ledger, catalog: brute.Catalog, query: brute.Query) -> None:
    """Everything that is needed to repeat a failure by hand."""
    note(f"snapshot_on {ledger.snapshot_on}")
    for part in sorted({part for one in query["ids"] for part in [one, *brute.parts_of(catalog, one)]}):
        note(brute.definition_toml(part, catalog[part]))
    note(f"ids {query['ids']} {subject.arguments_of(query)}")
    for table in {"projects", *generate.tables_of(catalog, query["ids"])}:
        note(f"{table}: {generate.frames(ledger)[table].to_dicts()}")


def compare(expected: list[dict[str, Any]], found: list[dict[str, Any]]) -> None:
    """The two answers have the same lines, and the same in every column."""
    theirs = {key_of(line): line for line in found}
    assert len(theirs) == len(found), "a cell has one line"
    ours = {key_of(line): line for line in expected}
    assert ours.keys() == theirs.keys()
    wrong = {key: differing for key, line in ours.items() if (differing := differences(line, theirs[key]))}
    assert not wrong
    COUNTED["lines"] += len(ours)


def asked(
    data: st.DataObject, series: bool = False
) -> Iterator[tuple[brute.Ledger, brute.Catalog, Any, Any, list[brute.Query]]]:
    """A ledger with its definitions, and questions."""
    ledger = data.draw(generate.ledgers())
    catalog = data.draw(generate.catalogs(ledger))
    read, defined = subject.ledger_of(ledger), subject.catalog_of(catalog)
    both = {**SHIPPED, **catalog}
    queries = [data.draw(generate.queries(ledger, catalog, series)) for _ in range(QUERIES - 1)]
    queries.append(data.draw(generate.queries(ledger, SHIPPED)))
    COUNTED["ledgers"] += 1
    yield ledger, both, read, defined, queries


@thorough
@given(st.data())
def test_every_answer_is_the_oracles(data: st.DataObject) -> None:
    for ledger, catalog, read, defined, queries in asked(data):
        for query in queries:
            told_apart(ledger, catalog, query)
            board = subject.ask(read, defined, query)
            expected = brute.answer(ledger, catalog, query)
            compare(expected, subject.lines_of(board, query.get("by") or []))
            COUNTED["triples"] += len(query["ids"])
            if expected:
                for line in data.draw(st.lists(st.sampled_from(expected), min_size=1, max_size=CELLS)):
                    opened(ledger, catalog, query, board, line)


@settings(thorough, max_examples=EXAMPLES * 12)
@given(st.data())
def test_thousands_of_ledgers_are_asked_one_question_each(data: st.DataObject) -> None:
    ledger = data.draw(generate.ledgers())
    catalog = data.draw(generate.catalogs(ledger, 2))
    query = data.draw(generate.queries(ledger, catalog))
    told_apart(ledger, catalog, query)
    board = subject.ask(subject.ledger_of(ledger), subject.catalog_of(catalog), query)
    compare(brute.answer(ledger, {**SHIPPED, **catalog}, query), subject.lines_of(board, query.get("by") or []))
    COUNTED["ledgers"] += 1
    COUNTED["triples"] += len(query["ids"])


def opened(ledger: brute.Ledger, catalog: brute.Catalog, query: brute.Query, board: Any, line: dict[str, Any]) -> None:
    """The rows and the attrition of one cell are the oracle's, and its figures."""
    one, at = line["indicator"], subject.at_of(query, line)
    cell: brute.At = {"dims": line["dims"], "total": line["total"], "period_end": line["period_end"]}
    sides: list[str | None] = [None] if len(brute.parts_of(catalog, one)) == 1 else ["numerator", "denominator"]

    expected = brute.rows(ledger, catalog, query, one, cell)
    found = subject.rows_of(board, one, at)
    counts = Counter(row["outcome"] for row in found)
    assert counts == Counter(row["outcome"] for row in expected)
    for name in ("unknown", "population_unknown", "excluded"):
        assert counts[name] == line[name], name
    for clause in ("dated", "filter", "population", "mature", "excluded"):
        assert Counter(row[clause] for row in found) == Counter(row[clause] for row in expected), clause
    parts = brute.parts_of(catalog, one)
    for side, part in zip(sides, parts, strict=True):
        key = generate.COLUMNS[catalog[part]["table"]][0]
        theirs = {(row[key], row["outcome"]) for row in found if side is None or row["side"] == side}
        table = ledger.tables[catalog[part]["table"]]
        ours = {(table[row["index"]][key], row["outcome"]) for row in expected if row["side"] == side}
        assert theirs == ours
    COUNTED["cells opened"] += 1

    steps = brute.attrition(ledger, catalog, query, one, cell)
    their_steps = subject.attrition_of(board, one, at)
    names = ("step", "in", "out", "unknown")
    for side in sides:
        ours_of_side = [tuple(step[name] for name in names) for step in steps if step["side"] == side]
        theirs_of_side = [
            tuple(step[name] for name in names) for step in their_steps if side is None or step["side"] == side
        ]
        assert theirs_of_side == ours_of_side
        adds_up(theirs_of_side)


def adds_up(steps: list[tuple[Any, ...]]) -> None:
    """Each step starts from what the one before left; the last divides the members."""
    for (_, was_in, _, was_unknown), (name, now_in, now_out, now_unknown) in pairwise(steps):
        before = was_in if name == "met" else was_in + was_unknown
        assert now_in + now_out + now_unknown == before, name


@settings(thorough, max_examples=max(1, EXAMPLES // 5))
@given(st.data())
def test_a_series_equals_its_single_queries(data: st.DataObject) -> None:
    for ledger, catalog, read, defined, queries in asked(data, series=True):
        for query in queries[:3]:
            if query.get("every") is None:
                continue
            told_apart(ledger, catalog, query)
            by = query.get("by") or []
            series = subject.lines_of(subject.ask(read, defined, query), by)
            for window in brute.windows_of(ledger, catalog, query):
                single = query.copy()
                single["every"] = None
                single["as_of"] = window.as_of
                single["period"] = "cumulative" if window.start is None else (window.start, window.end)
                if window.start is None and window.end != window.as_of:
                    continue  # a cumulative question has no other end than its date
                lines = subject.lines_of(subject.ask(read, defined, single), by)
                of_window = {key_of(line): line for line in series if line["period_end"] == window.end}
                for line in lines:
                    assert of_window[key_of(line)] == line
                COUNTED["periods of series"] += 1


@settings(thorough, max_examples=max(1, EXAMPLES // 5))
@given(st.data())
def test_true_false_and_unknown_make_all_rows(data: st.DataObject) -> None:
    ledger = data.draw(generate.ledgers())
    table = data.draw(st.sampled_from(list(generate.COLUMNS)))
    tree = generate.condition(data.draw, generate.own_scope(ledger, table), 3)
    catalog: brute.Catalog = {
        "made_true": {"table": table, "stock": "*", "count": tree},
        "made_false": {"table": table, "stock": "*", "count": ("not", tree)},
        "made_all": {"table": table, "stock": "*", "count": ("true",)},
    }
    query: brute.Query = {"ids": list(catalog), "as_of": data.draw(st.sampled_from(generate.SNAPSHOTS))}
    told_apart(ledger, catalog, query)
    board = subject.ask(subject.ledger_of(ledger), subject.catalog_of(catalog), query)
    true, false, everything = subject.lines_of(board, [])
    assert true["unknown"] == false["unknown"]
    assert true["value"] + false["value"] + true["unknown"] == everything["value"] == len(ledger.tables[table])
    COUNTED["partitions"] += 1


@settings(thorough, max_examples=max(1, EXAMPLES // 5))
@given(st.data())
def test_totals_are_the_answer_without_groups(data: st.DataObject) -> None:
    for ledger, catalog, read, defined, queries in asked(data):
        for query in queries:
            if not query.get("by"):
                continue
            told_apart(ledger, catalog, query)
            with_totals, alone = query.copy(), query.copy()
            with_totals["totals"] = True
            alone["by"], alone["totals"] = [], False
            totals = [
                line for line in subject.lines_of(subject.ask(read, defined, with_totals), query["by"]) if line["total"]
            ]
            whole = subject.lines_of(subject.ask(read, defined, alone), [])
            plain = [{**line, "dims": {}, "total": False} for line in totals]
            assert sorted(plain, key=key_of) == sorted(whole, key=key_of)
            COUNTED["totals"] += len(totals)
