"""Durations, curves and cohorts, as an analyst asks for them in Python."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

import zonekpi as zk
from zonekpi import errors

PROJECTS = pl.DataFrame(
    {
        "开发区": ["甲", "甲", "甲", "乙", "乙", "乙"],
        "项目编号": ["P1", "P2", "P3", "P4", "P5", "P6"],
        "签约时间": ["2023-01-01", "2023-01-01", "2023-02-01", "2023-03-01", "2023-03-01", "2023年3月初"],
        "开工时间": ["2023-01-11", "2023-01-26", "", "2023-04-20", "", "2023年12月"],
        "退出时间": ["", "", "2023-06-01", "", "", ""],
    }
)


@pytest.fixture
def ledger() -> zk.Ledger:
    return zk.Ledger(projects=PROJECTS, snapshot_on="2024-03-31")


def test_a_duration_comes_with_what_it_is_made_of(ledger: zk.Ledger) -> None:
    frame = ledger.kpis("days_signed_to_started", by="zone").to_polars()
    names = ("zone", "value", "numerator", "denominator", "open", "competing", "shortest", "longest", "unit")
    assert frame.select(names).rows() == [
        # 10 and 25 days, one cancelled: two of three have started.
        ("甲", 25.0, 2.0, 3.0, 0, 1, 25.0, 25.0, "days"),
        # 50 and 266 to 305 days, one open.
        ("乙", 305.0, 2.0, 3.0, 1, 0, 266.0, 305.0, "days"),
    ]
    assert frame["lower"].null_count() == frame["upper"].null_count() == 2


def test_other_indicators_have_no_such_columns(ledger: zk.Ledger) -> None:
    assert not {"open", "shortest", "age"} & set(ledger.kpis("start_rate").to_polars().columns)
    both = ledger.kpis(["start_rate", "days_signed_to_started"]).to_polars()
    assert both["open"].to_list() == [None, 1]


def test_a_value_that_was_not_reached_prints_a_dash_and_says_why(ledger: zk.Ledger) -> None:
    board = ledger.kpis("days_signed_to_started", where={"zone": "甲"}, as_of="2023-01-20")
    assert board.value("days_signed_to_started") == 10.0
    board = ledger.kpis("days_signed_to_started", as_of="2023-03-31")
    with zk.options(lang="en"):
        text = str(board)
    assert "—§" in text
    assert "2 of 6 have reached it, 4 have not" in text


def test_a_curve_is_a_frame(ledger: zk.Ledger) -> None:
    board = ledger.kpis("days_signed_to_started", by="zone", totals=True)
    curve = board.curve("days_signed_to_started", at={"zone": "甲"})
    assert curve.select("day", "at_risk", "events", "competing", "censored").rows() == [
        (0, 3, 0, 0, 0),
        (10, 3, 1, 0, 0),
        (25, 2, 1, 0, 0),
        (120, 1, 0, 1, 0),
    ]
    assert curve["incidence"].to_list() == pytest.approx([0, 1 / 3, 2 / 3, 2 / 3], abs=1e-15)
    narrow = board.curve("days_signed_to_started", at={"zone": "甲"}, confidence=0.5)
    assert (narrow["upper"] - narrow["lower"])[1] < (curve["upper"] - curve["lower"])[1]
    assert board.curve("days_signed_to_started", at={"total": True})["at_risk"][0] == 6


def test_cohorts_are_compared_at_equal_age(ledger: zk.Ledger) -> None:
    board = ledger.cohorts("签约时间", event="开工时间", ages=[30, 365, 400], every="quarter")
    frame = board.to_polars().filter(pl.col("denominator") > 0)
    names = ("age", "value", "numerator", "denominator", "unknown", "immature")
    assert frame.select(names).rows() == [(30, 2 / 6, 2.0, 6.0, 0, False), (365, 4 / 6, 4.0, 6.0, 0, False)]
    young = board.to_polars().filter(pl.col("immature"), pl.col("age") == 400)
    assert young["value"].null_count() == young.height == 5
    assert board.rows("started_on_within_30", at={"period_end": "2023-03-31"})["outcome"].to_list().count("met") == 2
    by_zone = ledger.cohorts("signed_on", event="started_on", ages=365, by="zone", period="2023Q1", totals=True)
    assert by_zone.to_polars()["numerator"].to_list() == [2.0, 2.0, 4.0]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"ages": []}, "no_ages"),
        ({"ages": [90.5]}, "bad_option"),
        ({"ages": "90"}, "bad_option"),
        ({"ages": None}, "bad_option"),
        ({"ages": [-1]}, "days_out_of_range"),
        ({"ages": [90], "every": "week"}, "bad_option"),
        ({"ages": [90], "confidence": "95%"}, "bad_option"),
        ({"ages": [90], "event": "startet_on"}, "cohort_table"),
        ({"ages": [90], "time": None}, "bad_option"),
        ({"ages": [90], "table": 1}, "bad_option"),
        ({"ages": [90], "by": "signed_on"}, "not_a_dimension"),
    ],
)
def test_cohorts_without_a_meaning_are_refused(ledger: zk.Ledger, options: dict[str, Any], code: str) -> None:
    with pytest.raises(zk.ZoneKpiError) as told:
        ledger.cohorts(**{"time": "signed_on", "event": "started_on", **options})
    assert told.value.code == code


def test_curves_without_a_meaning_are_refused(ledger: zk.Ledger) -> None:
    board = ledger.kpis(["days_signed_to_started", "start_rate"])
    for arguments, code in [
        ({"id": "start_rate"}, "curve_of_days"),
        ({"id": "days_signed_to_started", "confidence": 95}, "confidence_out_of_range"),
        ({"id": "days_signed_to_started", "confidence": None}, "bad_option"),
        ({"id": "days"}, "not_asked"),
    ]:
        with pytest.raises(zk.ZoneKpiError) as told:
            board.curve(**arguments)  # type: ignore[arg-type]
        assert told.value.code == code


def test_medians_are_not_merged(ledger: zk.Ledger) -> None:
    board = ledger.kpis("days_signed_to_started", by="zone")
    with pytest.raises(errors.MergeError):
        zk.merge(board, over="zone")


def test_an_own_duration_is_defined_in_toml(ledger: zk.Ledger) -> None:
    mine = """
    [slowest_tenth]
    name = { zh = "九成开工天数", en = "Days until nine in ten" }
    table = "projects"
    stock = "signed_on"
    days = { from = "signed_on", to = "started_on", statistic = 0.25, calendar = "working" }
    """
    catalog = zk.Catalog.builtin().add_toml(mine)
    board = ledger.kpis("slowest_tenth", where={"zone": "甲"}, catalog=catalog)
    # New Year's Day 2023 was a Sunday, the 2nd a holiday: 3 to 6 and 9 to 11 January are 7 working days.
    assert board.value("slowest_tenth") == 7.0
    assert "25%" in board.definition("slowest_tenth")
    for wrong in ("statistic = 2", 'statistic = "mean"', 'calendar = "lunar"', 'until = "x"'):
        with pytest.raises(errors.DefinitionError):
            zk.Catalog.builtin().add_toml(mine.replace("statistic = 0.25", wrong, 1))
