"""The oracle itself, on cases worked by hand."""

from __future__ import annotations

import math
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from . import brute
from .brute import (
    BLANK,
    UNDATED,
    UNREADABLE,
    At,
    Cell,
    Context,
    Definition,
    Interval,
    Ledger,
    Query,
    Refused,
    Row,
    Tree,
)
from .catalog import SHIPPED, TRUE, col, flag, happened, is_

F = Fraction
FEBRUARY_2023 = Interval(date(2023, 2, 1), date(2023, 2, 28))
DECEMBER_2023 = Interval(date(2023, 12, 1), date(2023, 12, 31))
JANUARY_2024 = Interval(date(2024, 1, 1), date(2024, 1, 31))
SANGGAN, FENXI, YUNLING = "桑干示范区", "汾西高新区", "云岭经开区"


def day(text: str) -> Cell:
    """ "" is a blank, the rest a day."""
    return date.fromisoformat(text) if text else BLANK


def yes_no(text: str) -> Cell:
    """是, 否 or a blank."""
    cells: dict[str, Cell] = {"是": True, "否": False, "": BLANK}
    return cells[text]


def project(line: str, **cells: Cell) -> Row:
    """A project as "id zone filed commitment agency investment signed approved started produced cancelled"."""
    key, zone, filed, commitment, agency, money, *days = line.split(",")
    events = ("signed_on", "approved_on", "started_on", "produced_on", "cancelled_on")
    row: Row = {
        "project_id": key,
        "parent_id": BLANK,
        "zone": zone or BLANK,
        "filed": yes_no(filed),
        "commitment": yes_no(commitment),
        "agency_handled": yes_no(agency),
        "investment_cny": F(money) * 100_000_000 if money else BLANK,
        **{event: day(text) for event, text in zip(events, days, strict=True)},
    }
    return {**row, **cells}


def projects(*rows: Row, snapshot_on: date, **others: list[Row]) -> Ledger:
    """A ledger of projects and perhaps other tables."""
    tables = {"projects": list(rows), **others}
    columns = {name: tuple(table[0]) for name, table in tables.items() if table}
    return Ledger({name: table for name, table in tables.items() if table}, columns, snapshot_on)


SMALL = projects(
    project(f"P1,{SANGGAN},是,是,是,1.5,2022-11-03,2022-12-10,2023-03-01,2023-11-20,"),
    project(f"P2,{SANGGAN},是,否,是,0.8,2023-01-15,2023-02-28,2023-06-30,,"),
    project(f"P3,{SANGGAN},是,是,,2.4,,2023-03-15,2024-02-29,,", signed_on=FEBRUARY_2023),
    project(f"P4,{SANGGAN},否,,是,0.35,2023-04-01,2023-05-05,2023-05-20,2023-12-31,2024-06-30"),
    project(f"P5,{FENXI},是,是,是,5,2023-03-10,2023-04-18,2023-09-01,,2023-11-11"),
    project(f"P6,{FENXI},是,,否,1.2,2023-07-07,2023-12-31,,,"),
    project(f"P7,{FENXI},是,是,是,0.5,,,,,", signed_on=DECEMBER_2023, approved_on=JANUARY_2024),
    project(f"P8,{YUNLING},,是,是,3,2024-01-05,2024-01-20,,,"),
    snapshot_on=date(2024, 6, 30),
)
YEAR_END = date(2023, 12, 31)


def entry(batch: str, key: Cell, of_list: str, held: str) -> Row:
    """A batch entry."""
    return {"batch": batch, "project_id": key, "list": of_list, "held_on": day(held)}


BATCHES = projects(
    project("A1,,,,,3,,,,,"),
    project("A2,,,,,5,,,,,"),
    project("A3,,,,,0.96,,,,,"),
    batch_entries=[
        entry("第一次", "A1", "signed", "2023-03-20"),
        entry("第一次", "A2", "signed", "2023-03-20"),
        entry("第二次", "A1", "started", "2023-06-21"),
        entry("第二次", "A3", "signed", "2023-06-21"),
        entry("第三次", "A2", "started", "2023-09-22"),
        entry("第三次", "A9", "signed", "2023-09-22"),
    ],
    snapshot_on=date(2023, 9, 22),
)


def lines(ledger: Ledger, *ids: str, **asked: Any) -> list[dict[str, Any]]:
    """The answer to a query about shipped indicators."""
    query: Query = {"ids": list(ids), **asked}  # type: ignore[typeddict-item]
    return brute.answer(ledger, SHIPPED, query)


def only(ledger: Ledger, one: str, **asked: Any) -> dict[str, Any]:
    """The single line of an answer."""
    [line] = lines(ledger, one, **asked)
    return line


def of(ledger: Ledger, definition: Definition, **asked: Any) -> dict[str, Any]:
    """The single line of a definition of one's own."""
    query: Query = {"ids": ["mine"], **asked}  # type: ignore[typeddict-item]
    [line] = brute.answer(ledger, {"mine": {"table": "projects", **definition}}, query)
    return line


def pick(line: dict[str, Any], *names: str) -> tuple[Any, ...]:
    """Some columns of a line."""
    return tuple(line[name] for name in names)


# ----------------------------------------------------------------------------------------------- the small ledger


def test_the_commitment_share_of_the_small_ledger() -> None:
    line = only(SMALL, "commitment_share", as_of=YEAR_END)
    assert pick(line, "numerator", "denominator", "unknown", "value") == (3, 5, 1, F(3, 5))
    assert pick(line, "lower", "upper") == (F(3, 5), F(4, 5))
    assert pick(line, "basis", "period_start", "period_end", "as_of") == ("stock", None, YEAR_END, YEAR_END)
    assert line["undated"] == ["commitment", "filed"]
    assert line["complete"] is True
    opened = brute.rows(SMALL, SHIPPED, {"ids": ["commitment_share"], "as_of": YEAR_END}, "commitment_share")
    by_outcome = {name: [row["index"] + 1 for row in opened if row["outcome"] == name] for name in ("met", "unknown")}
    assert by_outcome == {"met": [1, 3, 5], "unknown": [6]}


def test_a_cancelled_project_leaves_both_sides_only_when_asked() -> None:
    line = only(SMALL, "commitment_share", as_of=YEAR_END, cancelled="drop")
    assert pick(line, "numerator", "denominator", "unknown", "value", "excluded") == (2, 4, 1, F(1, 2), 1)


def test_groups_are_dense_and_the_total_is_computed_from_rows() -> None:
    answer = lines(SMALL, "commitment_share", as_of=YEAR_END, by=["zone"], totals=True)
    groups = {line["dims"]["zone"]: pick(line, "numerator", "denominator", "unknown", "value") for line in answer}
    assert groups == {
        SANGGAN: (2, 3, 0, F(2, 3)),
        FENXI: (1, 2, 1, F(1, 2)),
        YUNLING: (0, 0, 0, None),
        None: (3, 5, 1, F(3, 5)),
    }
    assert [line["total"] for line in answer] == [False, False, False, True]


def test_other_figures_of_the_small_ledger() -> None:
    line = only(SMALL, "agency_share", as_of=YEAR_END)
    assert pick(line, "numerator", "denominator", "unknown") == (4, 6, 1)
    line = only(SMALL, "start_rate", as_of=YEAR_END)
    assert pick(line, "numerator", "denominator", "value") == (4, 7, F(4, 7))
    line = of(SMALL, {"stock": "signed_on", "sum": col("investment_cny")}, as_of=YEAR_END)
    assert pick(line, "value", "numerator", "denominator") == (1_175_000_000, 1_175_000_000, None)
    line = only(SMALL, "signed_investment", period=(date(2023, 1, 1), YEAR_END))
    assert pick(line, "value", "basis", "period_start") == (1_025_000_000, "flow", date(2023, 1, 1))
    line = only(SMALL, "commitment_share", as_of=date(2024, 12, 31))
    assert pick(line, "numerator", "denominator", "unknown", "population_unknown") == (4, 6, 1, 1)
    assert pick(line, "population_unknown_met", "population_unknown_not_met", "complete") == (1, 0, False)
    assert pick(line, "lower", "upper") == (F(4, 6), F(6, 7))
    line = only(SMALL, "commitment_share", as_of=date(2022, 10, 31))
    assert pick(line, "numerator", "denominator", "value", "lower", "upper") == (0, 0, None, None, None)


def test_a_month_is_unknown_until_it_is_over() -> None:
    midway = only(SMALL, "start_rate", as_of=date(2023, 2, 10))
    assert pick(midway, "denominator", "population_unknown", "population_unknown_not_met") == (2, 1, 1)
    over = only(SMALL, "start_rate", as_of=date(2023, 2, 28))
    assert pick(over, "denominator", "population_unknown") == (3, 0)


def test_attrition_adds_up() -> None:
    query: Query = {"ids": ["commitment_share"], "as_of": YEAR_END, "cancelled": "drop", "by": ["zone"]}
    at: At = {"dims": {"zone": FENXI}}
    steps = [
        (step["step"], step["in"], step["out"], step["unknown"])
        for step in brute.attrition(SMALL, SHIPPED, query, "commitment_share", at)
    ]
    assert steps == [
        ("rows", 3, 0, 0),
        ("filter", 3, 0, 0),
        ("phases", 3, 0, 0),
        ("dated", 2, 1, 0),
        ("population", 2, 0, 0),
        ("exclusions", 2, 0, 0),
        ("cancelled", 1, 1, 0),
        ("mature", 1, 0, 0),
        ("denominator", 1, 0, 0),
        ("met", 0, 0, 1),
    ]


# ------------------------------------------------------------------------------------------------ batch entries


def test_a_project_in_several_batches_counts_once() -> None:
    asked: dict[str, Any] = {"period": "cumulative"}
    assert only(BATCHES, "batch_entries", **asked)["value"] == 6
    assert only(BATCHES, "batch_projects", **asked)["value"] == 4
    groups = lines(BATCHES, "batch_projects", by=["batch"], totals=True, **asked)
    assert [line["value"] for line in groups] == [2, 2, 2, 4]
    line = only(BATCHES, "batch_investment", **asked)
    assert pick(line, "value", "unknown") == (896_000_000, 1)


def test_an_entity_is_a_member_if_any_row_is_and_keyless_rows_stay_unknown() -> None:
    rows = [
        entry("1", "A1", "signed", "2023-01-01"),
        entry("2", "A1", "started", "2023-01-01"),
        entry("3", BLANK, "signed", "2023-01-01"),
        entry("4", BLANK, "started", "2023-01-01"),
    ]
    ledger = projects(project("A1,,,,,1,,,2023-01-01,,"), batch_entries=rows, snapshot_on=date(2023, 1, 1))
    line = only(ledger, "batch_start_rate")
    assert pick(line, "numerator", "denominator", "population_unknown", "value") == (1, 1, 1, 1)
    assert pick(line, "lower", "upper") == (F(1, 2), 1)
    opened = brute.rows(ledger, SHIPPED, {"ids": ["batch_start_rate"]}, "batch_start_rate")
    assert [(row["index"], row["outcome"]) for row in opened] == [(0, "met"), (2, "population_unknown")]
    opened = brute.rows(ledger, SHIPPED, {"ids": ["batch_investment"]}, "batch_investment")
    assert [row["outcome"] for row in opened] == ["met", "repeated", "population_unknown", "population_unknown"]


# ------------------------------------------------------------------------------------------------- three values

ONE = projects(
    project(
        "P1,东区,是,,是,,2024-01-01,,,,",
        started_on=Interval(date(2024, 1, 11), date(2024, 1, 20)),
        produced_on=UNDATED,
        cancelled_on=UNREADABLE,
        planned_start_on=BLANK,
        list_year=BLANK,
        commissioner=BLANK,
        lead_official=UNREADABLE,
    ),
    snapshot_on=date(2024, 1, 31),
)


def truth(tree: Tree, as_of: date = date(2024, 1, 31), ledger: Ledger = ONE) -> brute.Truth:
    """A condition on the only project."""
    return brute.truth_of(tree, Context(ledger, "projects", ledger.tables["projects"][0], as_of))


def test_an_event_is_an_interval() -> None:
    assert truth(happened("started_on"), date(2024, 1, 10)) is False
    assert truth(happened("started_on"), date(2024, 1, 11)) is None
    assert truth(happened("started_on"), date(2024, 1, 20)) is True
    assert truth(happened("produced_on"), date(2024, 1, 30)) is None
    assert truth(happened("produced_on"), date(2024, 1, 31)) is True
    assert truth(happened("cancelled_on"), date(2030, 1, 1)) is None
    assert truth(happened("approved_on"), date(2030, 1, 1)) is False


def test_an_interval_that_has_begun_ends_by_the_snapshot() -> None:
    snapshot = date(2024, 1, 15)
    year = Interval(date(2024, 1, 1), date(2024, 12, 31))
    assert brute.span_of(year, snapshot) == (date(2024, 1, 1).toordinal(), snapshot.toordinal())
    later = Interval(date(2024, 2, 1), date(2024, 2, 29))
    assert brute.span_of(later, snapshot) == (date(2024, 2, 1).toordinal(), date(2024, 2, 29).toordinal())
    assert brute.span_of(UNREADABLE, snapshot) == (-math.inf, math.inf)


def test_a_deadline_that_is_none_is_never_met() -> None:
    assert truth(happened("started_on", "planned_start_on")) is False
    assert truth(happened("cancelled_on", "planned_start_on")) is False
    assert truth(happened("signed_on", "cancelled_on")) is None
    assert truth(("happened", "signed_on", ("shift", col("started_on"), ("num", F(-10))))) is True
    assert truth(("happened", "signed_on", ("shift", col("started_on"), ("num", F(-11))))) is None
    assert truth(("happened", "signed_on", ("shift", col("started_on"), ("num", F(-20))))) is False


def test_none_compares_as_a_value_and_unknown_as_unknown() -> None:
    for operator in ("=", "<", "<=", ">", ">="):
        assert truth(("cmp", operator, col("list_year"), ("num", F(2024)))) is False
    assert truth(("cmp", "<>", col("list_year"), ("num", F(2024)))) is True
    assert truth(("cmp", "<>", col("investment_cny"), ("num", F(1)))) is None
    assert truth(is_("commissioner", "张三")) is False
    assert truth(is_("lead_official", "张三")) is None
    assert truth(("in", col("commissioner"), [("text", "张三")])) is False
    assert truth(("notin", col("commissioner"), [("text", "张三")])) is True
    assert truth(("between", col("list_year"), ("num", F(1)), ("num", F(9)))) is False


def test_is_null_sees_blanks_and_not_what_is_unreadable() -> None:
    assert truth(("isnull", "commitment")) is True
    assert truth(("isnull", "commissioner")) is True
    assert truth(("isnull", "lead_official")) is None
    assert truth(("isnull", "zone")) is False


def test_unknown_is_stronger_than_none_in_arithmetic_and_weaker_than_false_in_and() -> None:
    both: Tree = ("+", col("list_year"), col("investment_cny"))
    assert truth(("cmp", "=", both, ("num", F(1)))) is None
    assert truth(("and", [flag("commitment"), ("false",)])) is False
    assert truth(("or", [flag("commitment"), ("true",)])) is True
    assert truth(("not", flag("commitment"))) is None


def test_days_between_needs_points_that_have_come() -> None:
    def days(first: str, last: str, as_of: date = date(2024, 1, 31)) -> Any:
        context = Context(ONE, "projects", ONE.tables["projects"][0], as_of)
        return brute.value_of(("days_between", col(first), col(last)), context)

    assert days("signed_on", "started_on") is brute.UNKNOWN
    assert days("signed_on", "approved_on") is brute.NONE
    assert days("signed_on", "started_on", date(2024, 1, 5)) is brute.NONE
    assert days("signed_on", "signed_on") == 0
    context = Context(ONE, "projects", ONE.tables["projects"][0], date(2025, 1, 1))
    assert brute.value_of(("days_between", col("signed_on"), ("as_of",)), context) == 30


# ------------------------------------------------------------------------------------------------------ measures


def test_a_sum_without_known_values_is_not_zero() -> None:
    assert of(ONE, {"stock": "*", "sum": col("investment_cny")})["value"] is None
    assert of(ONE, {"stock": "*", "sum": col("investment_cny"), "when": ("false",)})["value"] == 0
    assert of(ONE, {"stock": "approved_on", "sum": col("investment_cny")})["value"] == 0
    assert pick(of(ONE, {"stock": "*", "sum": col("list_year")}), "value", "unknown") == (0, 0)


def test_a_row_with_an_unknown_side_leaves_both_sides_of_a_ratio() -> None:
    ledger = projects(
        project("P1,东区,是,是,是,2,2024-01-01,,,,", paid_in_cny=F(100_000_000)),
        project("P2,东区,是,是,是,9,2024-01-01,,,,", paid_in_cny=BLANK),
        snapshot_on=date(2024, 1, 31),
    )
    ratio = {"numerator": {"sum": col("paid_in_cny")}, "denominator": {"sum": col("investment_cny")}}
    line = of(ledger, {"stock": "signed_on", "ratio": ratio})
    assert pick(line, "value", "numerator", "denominator", "unknown") == (F(1, 2), 100_000_000, 200_000_000, 1)


def test_a_weighted_share_is_in_weights_and_counts_in_rows() -> None:
    def parcel(key: str, area: Cell, standard: Cell) -> Row:
        return {
            "parcel_id": key,
            "area_mu": area,
            "industrial": True,
            "standard_land": standard,
            "transferred_on": day("2024-01-01"),
        }

    rows = [parcel("L1", F(30), True), parcel("L2", F(10), False), parcel("L3", F(20), BLANK)]
    ledger = projects(parcels=rows, snapshot_on=date(2024, 1, 31))
    line = only(ledger, "standard_land_area_share")
    assert pick(line, "numerator", "denominator", "unknown", "value") == (30, 60, 1, F(1, 2))
    assert pick(line, "lower", "upper") == (F(30, 60), F(50, 60))
    unknown = projects(parcels=[*rows, parcel("L4", BLANK, True)], snapshot_on=date(2024, 1, 31))
    line = only(unknown, "standard_land_area_share")
    assert pick(line, "numerator", "denominator", "unknown") == (30, 60, 2)
    assert pick(line, "lower", "upper") == (None, None)


def test_two_indicators_divide_on_the_same_grid() -> None:
    def case(key: str, accepted: str, decided: str) -> Row:
        return {"case_id": key, "accepted_on": day(accepted), "decided_on": day(decided)}

    rows = [case("1", "2023-12-20", "2024-01-05"), case("2", "2024-01-10", "2024-01-15"), case("3", "2024-02-01", "")]
    ledger = projects(cases=rows, snapshot_on=date(2024, 3, 31))
    january, february = lines(ledger, "closure_rate", every="month", period=(date(2024, 1, 1), date(2024, 2, 29)))
    assert pick(january, "value", "numerator", "denominator") == (2, 2, 1)
    assert pick(february, "value", "numerator", "denominator") == (0, 0, 1)


# ------------------------------------------------------------------------------------------------ time and policies


def test_young_rows_are_excluded_and_an_imprecise_age_is_unknown() -> None:
    asked: dict[str, Any] = {"as_of": date(2023, 3, 10), "min_age": 20}
    line = only(SMALL, "start_rate", **asked)
    assert pick(line, "denominator", "excluded", "population_unknown") == (2, 1, 1)
    line = only(SMALL, "start_rate", as_of=date(2023, 6, 30), within=120)
    assert pick(line, "numerator", "denominator", "excluded") == (1, 3, 2)
    with pytest.raises(Refused):
        only(SMALL, "commitment_share", within=30)
    with pytest.raises(Refused):
        of(SMALL, {"stock": "*", "count": TRUE}, min_age=30)


def test_a_planned_period_is_not_cut_and_a_flow_of_events_is() -> None:
    rows: list[Row] = [
        {"task_id": "1", "due_on": day("2024-01-10"), "done_on": day("2024-01-12")},
        {"task_id": "2", "due_on": day("2024-12-31"), "done_on": BLANK},
        {"task_id": "3", "due_on": BLANK, "done_on": BLANK},
        {"task_id": "4", "due_on": UNREADABLE, "done_on": UNREADABLE},
    ]
    ledger = projects(tasks=rows, snapshot_on=date(2024, 1, 31))
    line = only(ledger, "task_completion_rate", period="2024")
    assert pick(line, "numerator", "denominator", "population_unknown", "complete") == (1, 2, 1, False)
    assert pick(line, "lower", "upper") == (F(1, 3), F(2, 3))
    line = only(ledger, "task_on_time_rate", period="2024")
    assert pick(line, "numerator", "denominator") == (0, 2)
    assert only(ledger, "overdue_tasks")["value"] == 0
    assert only(ledger, "overdue_tasks", as_of=date(2024, 6, 1))["value"] == 0
    assert only(ledger, "tasks_due")["value"] == 1


def test_a_series_covers_the_periods_on_record() -> None:
    answer = lines(SMALL, "signed_projects", every="half_year")
    assert [(line["period_start"], line["period_end"], line["value"]) for line in answer] == [
        (date(2022, 7, 1), date(2022, 12, 31), 1),
        (date(2023, 1, 1), date(2023, 6, 30), 4),
        (date(2023, 7, 1), date(2023, 12, 31), 2),
        (date(2024, 1, 1), date(2024, 6, 30), 1),
    ]
    running = lines(SMALL, "signed_projects", every="year", period="cumulative")
    assert [pick(line, "period_start", "value", "as_of", "complete") for line in running] == [
        (None, 1, date(2022, 12, 31), True),
        (None, 7, date(2023, 12, 31), True),
        (None, 8, date(2024, 6, 30), False),
    ]


def test_phases_fold_into_the_root_and_circles_stay() -> None:
    ledger = projects(
        project("R,,,,,1,,,,,"),
        project("R1,,,,,1,,,,,", parent_id="R"),
        project("R2,,,,,1,,,,,", parent_id="R1"),
        project("X,,,,,1,,,,,", parent_id="gone"),
        project("A,,,,,1,,,,,", parent_id="B"),
        project("B,,,,,1,,,,,", parent_id="A"),
        snapshot_on=date(2024, 1, 31),
    )
    roots = {key: brute.root_of(ledger, key) for key in ("R", "R1", "R2", "X", "A", "B", "elsewhere", BLANK)}
    assert roots == {
        "R": "R",
        "R1": "R",
        "R2": "R",
        "X": "X",
        "A": "A",
        "B": "B",
        "elsewhere": "elsewhere",
        BLANK: BLANK,
    }
    line = of(ledger, {"stock": "*", "count": TRUE}, phases="parent")
    assert pick(line, "value", "excluded") == (1, 5)


def test_a_filter_name_falls_back_to_the_project() -> None:
    line = only(BATCHES, "batch_entries", period="cumulative", where=("cmp", ">", col("investment_cny"), ("num", F(4))))
    assert pick(line, "value", "population_unknown") == (5, 1)
    with pytest.raises(Refused):
        only(BATCHES, "batch_entries", where=flag("standard_land"))


# ------------------------------------------------------------------------------------------------------ as text


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        (("not", ("and", [flag("filed"), TRUE])), "NOT ((filed) AND (TRUE))"),
        (("cmp", "<", col("investment_cny"), ("num", F(1, 2))), "investment_cny < 0.5"),
        (("in", col("list"), [("text", "a"), ("text", "it's")]), "list IN ('a', 'it''s')"),
        (("happened", "started_on", ("shift", col("due_on"), ("num", F(-1)))), "happened(started_on, (due_on - 1))"),
        (("between", col("visits"), ("num", F(0)), ("num", F(10))), "(visits BETWEEN 0 AND 10)"),
        (("cmp", "<=", col("due_on"), ("date", date(2024, 1, 31))), "due_on <= DATE '2024-01-31'"),
        (("notnull", "project.commissioner"), "project.commissioner IS NOT NULL"),
    ],
)
def test_a_tree_is_written_as_the_library_reads_it(tree: Tree, text: str) -> None:
    assert brute.render(tree) == text


def test_a_definition_is_written_as_a_catalog_entry() -> None:
    text = brute.definition_toml("limit_compression", SHIPPED["limit_compression"])
    assert text.splitlines()[3:] == [
        'table = "cases"',
        'flow = "accepted_on"',
        'population = "(promised_limit IS NOT NULL) AND (statutory_limit IS NOT NULL)"',
        'ratio = { numerator = { sum = "(statutory_limit - promised_limit)" }, '
        'denominator = { sum = "statutory_limit" } }',
        'exclude = [{ when = "promised_limit_unit <> statutory_limit_unit", reason = "units differ" }]',
    ]


def test_the_kinds_are_those_of_the_schema() -> None:
    tomllib = pytest.importorskip("tomllib", reason="it came with Python 3.11")
    path = Path(__file__).parents[2] / "crates/zonekpi/src/ledger/tables.toml"
    schema = tomllib.loads(path.read_text(encoding="utf-8"))
    short = {"optional_count": "optional", "optional_measure": "optional"}
    for table, columns in brute.SCHEMA.items():
        theirs = {name: short.get(spec["kind"], spec["kind"]) for name, spec in schema[table]["columns"].items()}
        assert {name: theirs.get(name) for name in columns} == columns, table
