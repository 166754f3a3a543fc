"""Due dates and suspended days of generated cases are those of the oracle's walk, day by day, and so are the answers
that read them.

`ZONEKPI_EXAMPLES` sets how many ledgers are tried.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from . import brute, clock, generate, subject
from .brute import BLANK, UNDATED, UNREADABLE, Cell, Days, Ledger, Row
from .catalog import CLOCK, SHIPPED
from .clock import Suspension
from .test_engine import COUNTED, EXAMPLES, compare, thorough, told_apart

zk: Any = pytest.importorskip("zonekpi")

TEN_DAYS = ((1, "上旬"), (11, "中旬"), (21, "下旬"))
UNITS = {"working_days": "工作日", "natural_days": "自然日", "hours": "小时"}


def text_of(cell: Cell) -> str | None:
    """A cell of cases or suspensions as it is written."""
    if cell is BLANK:
        return None
    if cell is UNREADABLE:
        return "待核实"
    if cell is UNDATED:
        return "已办理"
    if isinstance(cell, brute.Interval):
        part = {cell: "", **{generate.ten_days_of(cell.first.replace(day=day)): word for day, word in TEN_DAYS}}[cell]
        return f"{cell.first.year}年{cell.first.month}月{part}"
    return UNITS.get(str(cell), str(cell))


def frame_of(rows: list[Row], columns: tuple[str, ...]) -> pl.DataFrame:
    return pl.DataFrame(
        {name: [text_of(row[name]) for row in rows] for name in columns}, schema=dict.fromkeys(columns, pl.String)
    )


def of_suspensions(suspensions: list[Suspension]) -> pl.DataFrame:
    columns = ("case_id", "from_on", "to_on")
    return frame_of([dict(zip(columns, one, strict=True)) for one in suspensions], columns)


def found_cells(table: pl.DataFrame) -> list[Row]:
    """The derived columns of the library, as cells of the oracle."""
    rows: list[Row] = []
    for line in table.iter_rows(named=True):
        cells: Row = {}
        for name in clock.DERIVED:
            value, state = line[name], line.get(f"{name}_state")
            first = line.get(f"{name}_from")
            if state == "open":
                cells[name] = Days(first, value)
            elif value is None:
                cells[name] = UNREADABLE if state == "unreadable" else BLANK
            else:
                cells[name] = value if first is None else Days(first, value)
        rows.append(cells)
    return rows


def differing(expected: Ledger, table: pl.DataFrame) -> list[tuple[Row, Row]]:
    """Rows with what the library derived, where that is not what the oracle walked to."""
    return [
        (row, found)
        for row, found in zip(expected.tables["cases"], found_cells(table), strict=True)
        if {name: row[name] for name in clock.DERIVED} != found
    ]


# -------------------------------------------------------------------------------------- derived columns, in numbers

COLUMNS = (
    "case_id",
    "promised_limit",
    "promised_limit_unit",
    "statutory_limit",
    "statutory_limit_unit",
    "extended_days",
    "extended_days_unit",
    "accepted_on",
    "decided_on",
)


def random_ledger(seed: int, around: date, snapshot_on: date) -> tuple[Ledger, list[Suspension]]:
    """Three hundred cases accepted around a day."""
    dice = random.Random(seed)

    def day(near: date, least: int, most: int) -> date:
        return near + timedelta(days=dice.randint(least, most))

    rows: list[Row] = []
    suspensions: list[Suspension] = []
    for number in range(300):
        at = day(around, -70, 70)
        month = generate.month_of(at)
        accepted: Cell = dice.choices([at, month, BLANK, UNREADABLE], [30, 3, 1, 1])[0]
        decided: Cell = dice.choices([day(at, 0, 60), generate.month_of(day(at, 10, 60)), BLANK], [20, 2, 8])[0]
        limits: list[Cell] = []
        for _ in range(2):
            unit = dice.choice(list(UNITS))
            limit = dice.choice([0, 1, 3, 5, 10, 20, 45]) if unit != "hours" else dice.choice([1, 7, 24, 48, 60])
            limits += dice.choices([(limit, unit), (BLANK, BLANK), (UNREADABLE, unit), (limit, BLANK)], [20, 4, 1, 1])[
                0
            ]
        extended: Cell = dice.choices([BLANK, 5, 10, UNREADABLE], [20, 2, 2, 1])[0]
        extended_in: Cell = dice.choice([BLANK, "working_days", "natural_days"])
        cells = (f"C{number}", *limits, extended, extended_in, accepted, decided)
        rows.append(dict(zip(COLUMNS, cells, strict=True)))
        for _ in range(dice.choices([0, 1, 2, 3], [4, 3, 2, 1])[0]):
            first = day(at, -10, 40)
            end = day(first, 0, 25)
            ends: list[Cell] = [end, imprecise(dice, end), BLANK, UNREADABLE, day(first, -9, -1)]
            last = dice.choices(ends, [20, 4, 3, 1, 1])[0]
            first_cell: Cell = dice.choices([first, imprecise(dice, first), BLANK, UNREADABLE], [30, 5, 1, 1])[0]
            suspensions.append(Suspension(f"C{number}", first_cell, last))
        if number % 50 == 0:
            # As exports list cases that were never suspended.
            suspensions.append(Suspension(f"C{number}", BLANK, BLANK))
    if seed == 2:
        # Of a case that nobody knows: around one day, so that other cases are still known.
        first = day(around, -70, 70)
        suspensions.append(Suspension(BLANK, first, day(first, 0, 25)))
    return Ledger({"cases": rows}, {"cases": COLUMNS}, snapshot_on), suspensions


def imprecise(dice: random.Random, day: date) -> Cell:
    """The month or the ten days around a day."""
    return dice.choice([generate.month_of, generate.ten_days_of])(day)


@pytest.mark.parametrize(
    ("around", "snapshot_on"),
    [
        (date(2023, 1, 20), date(2023, 3, 31)),
        (date(2023, 5, 1), date(2023, 6, 15)),
        (date(2023, 9, 28), date(2023, 10, 8)),
        (date(2024, 2, 4), date(2024, 3, 31)),
        (date(2024, 9, 20), date(2024, 10, 12)),
        (date(2025, 1, 28), date(2025, 2, 8)),
        (date(2025, 12, 31), date(2026, 1, 31)),
        (date(2026, 10, 1), date(2026, 10, 10)),
        (date(2026, 12, 1), date(2026, 12, 31)),
        (date(2004, 1, 1), date(2004, 2, 29)),
        (date(2005, 12, 31), date(2006, 1, 31)),
    ],
    ids=str,
)
@pytest.mark.parametrize("seed", range(3))
def test_derived_columns_are_those_of_the_walk(around: date, snapshot_on: date, seed: int) -> None:
    ledger, suspensions = random_ledger(seed, around, snapshot_on)
    # One suspension of every fifth case stands in its own row, the others in a table.
    beside = {str(one.case_id): one for one in suspensions if one.case_id is not BLANK and str(one.case_id)[-1] in "05"}
    none = Suspension(BLANK, BLANK, BLANK)
    rows: list[Row] = []
    for row in ledger.tables["cases"]:
        own = beside.get(str(row["case_id"]), none)
        rows.append({**row, "suspended_on": own.from_on, "resumed_on": own.to_on})
    assert len(beside) > 20
    read = zk.Ledger(
        cases=frame_of(rows, (*COLUMNS, "suspended_on", "resumed_on")),
        suspensions=of_suspensions([one for one in suspensions if one is not beside.get(str(one.case_id))]),
        snapshot_on=snapshot_on,
    )
    wrong = differing(clock.with_clock(ledger, suspensions), read.table("cases"))
    told = [[one for one in suspensions if one.case_id == row["case_id"]] for row, _ in wrong[:3]]
    assert not wrong, (len(wrong), wrong[:3], told)


# ----------------------------------------------------------------------------------------------------- answers


@st.composite
def suspensions_of(draw: generate.Draw, ledger: Ledger) -> list[Suspension]:
    """Suspensions of some cases, around the day of the ledger."""
    around = generate.days_around(ledger.snapshot_on)
    months = [generate.month_of(day) for day in around[::4]]
    days = st.sampled_from([*around, *months, BLANK, UNREADABLE])
    ids = [*[str(row["case_id"]) for row in ledger.tables["cases"]] * 2, BLANK]
    if len(ids) == 1:
        return []
    one = st.builds(Suspension, st.sampled_from(ids), days, days)
    return draw(st.lists(one, max_size=6))


@settings(thorough, max_examples=max(1, EXAMPLES // 5))
@given(st.data())
def test_answers_that_read_the_clock_are_the_oracles(data: st.DataObject) -> None:
    ledger = data.draw(generate.ledgers())
    suspensions = data.draw(suspensions_of(ledger))
    timed = clock.with_clock(ledger, suspensions)
    read = zk.Ledger(**generate.frames(ledger), suspensions=of_suspensions(suspensions), snapshot_on=ledger.snapshot_on)
    assert not differing(timed, read.table("cases")), suspensions
    made = data.draw(generate.catalogs(timed))
    catalog = {**SHIPPED, **CLOCK, **made}
    defined = subject.catalog_of(made)
    queries = [data.draw(generate.queries(timed, CLOCK)) for _ in range(3)]
    queries += [data.draw(generate.queries(timed, made)) for _ in range(3)]
    for query in queries:
        told_apart(ledger, catalog, query)
        note(f"suspensions {suspensions}")
        board = subject.ask(read, defined, query)
        compare(brute.answer(timed, catalog, query), subject.lines_of(board, query.get("by") or []))
        COUNTED["triples"] += len(query["ids"])
