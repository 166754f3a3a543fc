"""The bounds of an answer contain the value under every completion of what is unknown.

A small ledger with a few unknown cells is completed in every way that a definition can tell apart: an unknown flag by
yes and no, an interval by its days, a blank of an enum by each value, missing money by amounts around every literal,
a blank or dead reference by a project of its own. The completed ledgers have nothing unknown, so their values are
plain. Where nothing connects the unknown cells, the bounds are also attained.

A blank that a definition asks about with IS NULL, or that a query groups by, is not completed: the question is about
the ledger as written there.
"""

from __future__ import annotations

import itertools
import math
import os
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, note, settings
from hypothesis import strategies as st

from . import brute, generate
from .brute import BLANK, UNDATED, UNREADABLE, Cell, Definition, Interval, Ledger, Query, Row, Tree
from .catalog import TRUE, col, flag, is_

EXAMPLES = int(os.environ.get("ZONEKPI_EXAMPLES", "150"))
COMPLETIONS = 1500
SNAPSHOT = date(2024, 3, 20)

thorough = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)

# ---------------------------------------------------------------------------------------------------- completions


def named_days(trees: list[Tree]) -> tuple[set[int], set[int]]:
    """The days and the shifts that expressions name."""
    days: set[int] = set()
    shifts: set[int] = {0}

    def walk(part: Any) -> None:
        if isinstance(part, list):
            for item in part:
                walk(item)
        elif isinstance(part, tuple):
            if part and part[0] == "date":
                days.add(part[1].toordinal())
            if part and part[0] == "shift" and part[2][0] == "num":
                shifts.update((int(part[2][1]), -int(part[2][1])))
            for item in part[1:]:
                walk(item)

    walk(trees)
    return days, shifts


def telling_days(ledger: Ledger, definition: Definition, query: Query) -> list[int]:
    """Days at which some comparison may turn, each with its neighbours."""
    days, shifts = named_days(list(brute.trees_of(definition)))
    age = query.get("min_age")
    if age is not None:
        shifts |= {age, -age}
    days.add(ledger.snapshot_on.toordinal())
    for window in brute.windows_of(ledger, {"mine": definition}, query):
        days |= {day.toordinal() for day in (window.start, window.end, window.as_of) if day is not None}
    for rows in ledger.tables.values():
        for cell in (cell for row in rows for cell in row.values()):
            if isinstance(cell, Interval):
                days |= {cell.first.toordinal(), cell.last.toordinal()}
            elif isinstance(cell, date):
                days.add(cell.toordinal())
    turning = {day + shift for day in days for shift in shifts}
    return sorted({day + beside for day in turning for beside in (-1, 0, 1)})


def amounts(trees: list[Tree]) -> list[Cell]:
    """Amounts on both sides of every number that expressions name."""
    numbers: set[Fraction] = {Fraction(0), Fraction(7)}

    def walk(part: Any) -> None:
        if isinstance(part, list | tuple):
            if part and part[0] == "num":
                numbers.update((part[1] - 1, part[1], part[1] + 1))
            for item in part:
                walk(item)

    walk(trees)
    return list[Cell](sorted(number for number in numbers if number >= 0))


def completions_of_cell(
    ledger: Ledger, table: str, column: str, cell: Cell, days: list[int], numbers: list[Cell]
) -> list[Cell]:
    """What an unknown cell may really be. A cell that is known is itself."""
    kind = brute.kind_of(ledger, table, column)
    if kind == "event":
        first, last = brute.span_of(cell, ledger.snapshot_on)
        if first == last or cell is BLANK:
            return [cell]
        inside: list[Cell] = [date.fromordinal(day) for day in days if first <= day <= last]
        return [*inside, BLANK] if last == math.inf else inside
    if isinstance(cell, Interval):
        raise TypeError(f"not an event: {column}")
    if cell is not UNREADABLE and not (cell is BLANK and kind in brute.BLANK_IS_UNKNOWN):
        return [cell]
    if kind == "flag":
        return [True, False]
    if kind == "enum":
        return list(generate.ENUMS[column])
    if kind == "date":
        return [*(date.fromordinal(day) for day in days), BLANK]
    if kind in ("dimension", "text"):
        return [*generate.DIMENSIONS[column], "别处", BLANK]
    return [*numbers, BLANK] if kind == "optional" else numbers


def completions(ledger: Ledger, definition: Definition, query: Query, limit: int = COMPLETIONS) -> Iterator[Ledger]:
    """Every completed ledger that can be told apart; none at all where there are too many."""
    trees = list(brute.trees_of(definition))
    days, numbers = telling_days(ledger, definition, query), amounts(trees)
    read = {column.removeprefix("project.") for tree in trees for column in brute.columns_of(tree)}
    read |= {brute.time_of(definition) or "", "cancelled_on"}
    places, choices = [], []
    for table, rows in ledger.tables.items():
        for index, row in enumerate(rows):
            for column, cell in row.items():
                if column not in read:
                    continue
                possible = completions_of_cell(ledger, table, column, cell, days, numbers)
                if len(possible) > 1 or possible != [cell]:
                    places.append((table, index, column))
                    choices.append(possible)
    if math.prod(len(possible) for possible in choices) > limit:
        return
    for chosen in itertools.product(*choices):
        tables = {table: [dict(row) for row in rows] for table, rows in ledger.tables.items()}
        for (table, index, column), cell in zip(places, chosen, strict=True):
            tables[table][index][column] = cell
        yield Ledger(tables, ledger.columns, ledger.snapshot_on)


# ------------------------------------------------------------------------------------------------- small ledgers

PROJECT_COLUMNS = (
    "project_id",
    "zone",
    "commissioner",
    "filed",
    "commitment",
    "agency_handled",
    "investment_cny",
    "planned_start_on",
    "signed_on",
    "started_on",
    "cancelled_on",
)


def near(offset: int) -> date:
    """A day close to the snapshot."""
    return SNAPSHOT + timedelta(days=offset)


POINTS: list[Cell] = [near(offset) for offset in (-40, -19, -10, -1, 0, 3)]
IMPRECISE: list[Cell] = [
    generate.ten_days_of(SNAPSHOT),
    generate.month_of(SNAPSHOT),
    generate.ten_days_of(near(5)),
    UNDATED,
    UNREADABLE,
]


@st.composite
def small_ledgers(draw: generate.Draw) -> Ledger:
    """One to three projects, most cells known."""
    rows: list[Row] = []
    for index in range(draw(st.integers(1, 3))):
        cells: list[list[Cell]] = [
            ["东区", "西区", BLANK],
            ["张三", "李四", BLANK],
            [True, True, False, BLANK],
            [True, False, BLANK, UNREADABLE],
            [True, False],
            [Fraction(5), Fraction(0), BLANK],
            [near(-10), near(2), BLANK],
            [*POINTS, *IMPRECISE[:3]],
            [*POINTS, BLANK, BLANK, *IMPRECISE],
            [BLANK, BLANK, BLANK, near(-1), IMPRECISE[0]],
        ]
        drawn = draw(st.tuples(*(st.sampled_from(pool) for pool in cells)))
        rows.append(dict(zip(PROJECT_COLUMNS, (f"P{index + 1}", *drawn), strict=True)))
    return Ledger({"projects": rows}, {"projects": PROJECT_COLUMNS}, SNAPSHOT)


def without_is_null(tree: Tree) -> bool:
    """Whether a condition asks nothing about blanks."""
    return all(atom[0] not in ("isnull", "notnull") for atom in brute.atoms_of(tree))


@st.composite
def bounded(draw: generate.Draw, ledger: Ledger) -> tuple[Definition, Query]:
    """A count, a share or a distinct count, and a question about it."""
    scope = generate.own_scope(ledger, "projects")
    definition: Definition = {"table": "projects"}
    time = draw(st.sampled_from(("signed_on", "started_on", "planned_start_on", "*")))
    definition[draw(st.sampled_from(("stock", "flow"))) if time != "*" else "stock"] = time
    measure = draw(st.sampled_from(("count", "share", "share", "weighted", "distinct")))
    if measure == "distinct":
        definition["distinct"] = draw(st.sampled_from(("zone", "commissioner", "project_id")))
    else:
        definition["count" if measure == "count" else "share"] = generate.condition(draw, scope, 2)
    if measure == "weighted":
        definition["weight"] = col("investment_cny")
    if draw(st.booleans()):
        definition["population"] = generate.condition(draw, scope, 1)
    if draw(st.integers(0, 2)) == 0:
        definition["exclude"] = [{"when": generate.condition(draw, scope, 1), "reason": "rule"}]
    assume(all(without_is_null(tree) for tree in brute.trees_of(definition) if tree[0] not in ("col",)))
    query: Query = {"ids": ["mine"], "cancelled": draw(st.sampled_from((None, "drop")))}
    query["as_of"] = draw(st.sampled_from((None, near(-15), near(-1), SNAPSHOT, near(4))))
    query["period"] = draw(st.sampled_from((None, "2024-03", "2024", (near(-12), near(-3)), "cumulative")))
    if time != "*" and draw(st.integers(0, 3)) == 0:
        query["min_age"] = draw(st.sampled_from((0, 5, 12)))
    return definition, query


def value_of(ledger: Ledger, definition: Definition, query: Query) -> dict[str, Any]:
    """The only line of the answer."""
    [line] = brute.answer(ledger, {"mine": definition}, query)
    return line


def contained(line: dict[str, Any], value: Fraction | None) -> bool:
    """Whether a completed value is one that the bounds allow. Nothing to divide by is no value."""
    if value is None:
        return True
    return line["lower"] is not None and line["lower"] <= value <= line["upper"]


@thorough
@given(st.data())
def test_no_completion_leaves_the_bounds(data: st.DataObject) -> None:
    ledger = data.draw(small_ledgers())
    definition, query = data.draw(bounded(ledger))
    line = value_of(ledger, definition, query)
    if "weight" in definition and line["lower"] is None:
        return  # a weight is unknown, and the bounds say nothing
    for completed in completions(ledger, definition, query):
        done = value_of(completed, definition, query)
        assert done["unknown"] == done["population_unknown"] == 0 or "distinct" in definition
        if not contained(line, done["value"]):
            note(f"{ledger.tables}\n{definition}\n{query}\n{completed.tables}")
        assert contained(line, done["value"]), (line["lower"], done["value"], line["upper"])


# A condition, a population and a time that share no column: whatever is unknown may come out either way.
INDEPENDENT: list[Definition] = [
    {"table": "projects", "stock": "signed_on", "population": flag("filed"), "share": flag("commitment")},
    {"table": "projects", "flow": "signed_on", "population": flag("filed"), "count": flag("commitment")},
    {"table": "projects", "stock": "signed_on", "share": ("happened", "started_on", None)},
    {
        "table": "projects",
        "stock": "signed_on",
        "population": ("or", [flag("filed"), ("cmp", ">", col("investment_cny"), ("num", Fraction(3)))]),
        "share": ("and", [flag("commitment"), ("not", ("happened", "started_on", None))]),
    },
    {
        "table": "projects",
        "stock": "*",
        "exclude": [{"when": flag("filed"), "reason": "filed"}],
        "share": ("happened", "started_on", ("shift", col("signed_on"), ("num", Fraction(10)))),
    },
    {
        "table": "projects",
        "stock": "signed_on",
        "population": flag("filed"),
        "share": flag("commitment"),
        "weight": col("investment_cny"),
    },
]


@thorough
@given(small_ledgers(), st.sampled_from(INDEPENDENT), st.sampled_from((None, near(-15), near(-5), SNAPSHOT)))
def test_the_bounds_are_attained_where_nothing_connects_the_unknowns(
    ledger: Ledger, definition: Definition, as_of: date | None
) -> None:
    query: Query = {"ids": ["mine"], "as_of": as_of}
    line = value_of(ledger, definition, query)
    done = [value_of(completed, definition, query)["value"] for completed in completions(ledger, definition, query)]
    values = [value for value in done if value is not None]
    if "weight" in definition and line["lower"] is None:
        return
    if not done:
        return  # too many completions
    if values:
        assert (min(values), max(values)) == (line["lower"], line["upper"])
    else:
        assert (line["lower"], line["upper"]) == (None, None)


# ---------------------------------------------------------------------------------------------- entities, by hand


def test_once_with_blank_keys_contains_every_resolution() -> None:
    """A keyless entry may be a project of the ledger or one that it does not have."""
    columns = ("project_id", "started_on")
    projects: list[Row] = [{"project_id": "A", "started_on": near(-5)}, {"project_id": "B", "started_on": BLANK}]
    definition: Definition = {
        "table": "batch_entries",
        "stock": "held_on",
        "population": is_("list", "signed"),
        "share": ("happened", "project.started_on", None),
        "once": "project_id",
    }
    query: Query = {"ids": ["mine"]}

    def batch(keys: tuple[Cell, ...], more: list[Row]) -> Ledger:
        entries: list[Row] = [{"project_id": key, "list": "signed", "held_on": near(-9)} for key in keys]
        tables = {"projects": projects + more, "batch_entries": entries}
        return Ledger(tables, {"projects": columns, "batch_entries": ("project_id", "list", "held_on")}, SNAPSHOT)

    others: list[Row] = [{"project_id": "C", "started_on": near(-5)}, {"project_id": "D", "started_on": BLANK}]
    for known in itertools.product("AB", repeat=2):
        line = value_of(batch((*known, BLANK, BLANK), []), definition, query)
        for first, second in itertools.product("ABCD", repeat=2):
            done = value_of(batch((*known, first, second), others), definition, query)
            assert contained(line, done["value"]), (known, first, second)


REFERRED_COLUMNS = ("project_id", "commitment", "started_on")
ENTRY_COLUMNS = ("project_id", "zone", "list", "held_on")
WHOLE_PROJECTS: list[tuple[Cell, Cell]] = list(itertools.product((True, False), (near(-9), BLANK)))


@st.composite
def small_batches(draw: generate.Draw) -> Ledger:
    """Up to three entries of two projects, one that the ledger does not have, and none."""
    referred: list[Row] = []
    for key in ("A", "B"):
        cells = draw(st.tuples(st.sampled_from([True, False, BLANK]), st.sampled_from([near(-9), BLANK, IMPRECISE[0]])))
        referred.append(dict(zip(REFERRED_COLUMNS, (key, *cells), strict=True)))
    pools: list[list[Cell]] = [
        ["A", "A", "B", "gone", BLANK],
        ["东区"],
        ["signed", "signed", "started", BLANK],
        [near(-19), near(-3), IMPRECISE[0]],
    ]
    rows = draw(st.lists(st.tuples(*(st.sampled_from(pool) for pool in pools)), min_size=1, max_size=3))
    entries: list[Row] = [dict(zip(ENTRY_COLUMNS, row, strict=True)) for row in rows]
    columns = {"projects": REFERRED_COLUMNS, "batch_entries": ENTRY_COLUMNS}
    return Ledger({"projects": referred, "batch_entries": entries}, columns, SNAPSHOT)


def resolutions(ledger: Ledger) -> Iterator[Ledger]:
    """The ledger with every reference leading somewhere: to a project it has, or to one of its own, whole."""
    entries = ledger.tables["batch_entries"]
    keyless = [index for index, row in enumerate(entries) if row["project_id"] is BLANK]
    for gone in WHOLE_PROJECTS:
        new = ["gone", *(f"new {index}" for index in keyless)]
        for keys in itertools.product(*(["A", "B", "gone", f"new {index}"] for index in keyless)):
            for others in itertools.product(WHOLE_PROJECTS, repeat=len(keyless)):
                added = dict(zip(new, (gone, *others), strict=True))
                referred = [dict(zip(REFERRED_COLUMNS, (key, *cells), strict=True)) for key, cells in added.items()]
                led = [dict(row) for row in entries]
                for index, key in zip(keyless, keys, strict=True):
                    led[index]["project_id"] = key
                tables = {"projects": [*ledger.tables["projects"], *referred], "batch_entries": led}
                yield Ledger(tables, ledger.columns, ledger.snapshot_on)


@thorough
@given(st.data())
def test_no_resolution_of_references_leaves_the_bounds(data: st.DataObject) -> None:
    ledger = data.draw(small_batches())
    once = data.draw(st.booleans())
    whole = generate.own_scope(ledger, "batch_entries")
    measured = generate.own_scope(ledger, "batch_entries", only_projects=True) if once else whole
    definition: Definition = {"table": "batch_entries", data.draw(st.sampled_from(("stock", "flow"))): "held_on"}
    if data.draw(st.integers(0, 4)) == 0:
        definition["distinct"] = "project.project_id" if once else "project_id"
    else:
        measure = data.draw(st.sampled_from(("count", "share")))
        definition[measure] = generate.condition(data.draw, measured, 1)
    if once:
        definition["once"] = "project_id"
    if data.draw(st.booleans()):
        definition["population"] = generate.condition(data.draw, whole, 1)
    if data.draw(st.booleans()):
        definition["exclude"] = [{"when": generate.condition(data.draw, whole, 1), "reason": "rule"}]
    trees = [tree for tree in brute.trees_of(definition) if tree[0] != "col"]
    assume(all(without_is_null(tree) for tree in trees))
    assume(not any("project_id" in name for tree in trees for name in brute.columns_of(tree)))
    query: Query = {"ids": ["mine"], "as_of": data.draw(st.sampled_from((None, near(-5))))}
    line = value_of(ledger, definition, query)
    for resolved in itertools.islice(resolutions(ledger), 80):
        for completed in completions(resolved, definition, query, 60):
            done = value_of(completed, definition, query)
            note(f"{definition}\n{query}\n{completed.tables}")
            assert contained(line, done["value"]), (line["lower"], done["value"], line["upper"])


def test_distinct_contains_every_resolution() -> None:
    definition: Definition = {
        "table": "projects",
        "stock": "signed_on",
        "population": flag("filed"),
        "distinct": "commissioner",
    }

    def ledger(rows: list[tuple[Cell, Cell]]) -> Ledger:
        columns = ("project_id", "commissioner", "filed", "signed_on")
        table: list[Row] = [
            {"project_id": f"P{index}", "commissioner": name, "filed": filed, "signed_on": near(-9)}
            for index, (name, filed) in enumerate(rows)
        ]
        return Ledger({"projects": table}, {"projects": columns}, SNAPSHOT)

    written: list[tuple[Cell, Cell]] = [
        ("a", True),
        ("a", BLANK),
        ("b", BLANK),
        (UNREADABLE, True),
        (UNREADABLE, BLANK),
    ]
    line = value_of(ledger(written), definition, {"ids": ["mine"]})
    values = []
    for names in itertools.product("abcd", repeat=2):
        for filed in itertools.product((True, False), repeat=3):
            completed: list[tuple[Cell, Cell]] = [("a", True), ("a", filed[0]), ("b", filed[1])]
            completed += [(names[0], True), (names[1], filed[2])]
            values.append(value_of(ledger(completed), definition, {"ids": ["mine"]})["value"])
    assert (line["lower"], line["upper"]) == (min(values), max(values)) == (1, 4)


# ----------------------------------------------------------------------------------------------------- the library


@settings(thorough, max_examples=max(1, EXAMPLES // 5))
@given(st.data())
def test_the_librarys_bounds_contain_the_librarys_completions(data: st.DataObject) -> None:
    pytest.importorskip("zonekpi")
    from . import subject

    ledger = data.draw(small_ledgers())
    definition, query = data.draw(bounded(ledger))
    catalog: brute.Catalog = {"made_mine": definition}
    query["ids"] = ["made_mine"]
    defined = subject.catalog_of(catalog)
    [line] = subject.lines_of(subject.ask(subject.ledger_of(ledger), defined, query), [])
    for completed in itertools.islice(completions(ledger, definition, {**query, "ids": ["mine"]}, 60), 60):
        [done] = subject.lines_of(subject.ask(subject.ledger_of(completed), defined, query), [])
        if done["value"] is not None and not ("weight" in definition and line["lower"] is None):
            assert line["lower"] <= done["value"] <= line["upper"]


# ------------------------------------------------------------------------------ what the bounds do not speak about


def test_a_blank_that_is_asked_about_stays_blank() -> None:
    """IS NULL is about the ledger as written: filling the blank in later changes it, and no bound says so."""
    row: Row = {"project_id": "P1", "commitment": BLANK, "signed_on": near(-9)}
    ledger = Ledger({"projects": [row]}, {"projects": tuple(row)}, SNAPSHOT)
    definition: Definition = {"table": "projects", "stock": "signed_on", "count": ("isnull", "commitment")}
    line = value_of(ledger, definition, {"ids": ["mine"]})
    assert (line["lower"], line["value"], line["upper"]) == (1, 1, 1)


def test_a_group_without_a_name_keeps_its_rows() -> None:
    """An unknown flag that is grouped by makes the group of unknown rows; the other groups' bounds do not count it."""
    rows: list[Row] = [
        {"project_id": "P1", "commitment": True, "signed_on": near(-9)},
        {"project_id": "P2", "commitment": BLANK, "signed_on": near(-9)},
    ]
    ledger = Ledger({"projects": rows}, {"projects": tuple(rows[0])}, SNAPSHOT)
    definition: Definition = {"table": "projects", "stock": "signed_on", "count": TRUE}
    query: Query = {"ids": ["mine"], "by": ["commitment"]}
    answer = brute.answer(ledger, {"mine": definition}, query)
    assert {line["dims"]["commitment"]: (line["lower"], line["upper"]) for line in answer} == {
        "true": (1, 1),
        None: (1, 1),
    }
