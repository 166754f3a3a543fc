"""Frames come in from every library that speaks Arrow, and give the same answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import zonekpi as zk
from zonekpi._frames import ArrowFrame


def of_duckdb(frame: pl.DataFrame) -> ArrowFrame:
    connection = duckdb.connect()
    connection.register("projects", frame.to_arrow())
    return connection.sql("SELECT * FROM projects")


WAYS: dict[str, Callable[[pl.DataFrame], object]] = {
    "polars": lambda frame: frame,
    "polars lazy": lambda frame: frame.lazy(),
    "polars in chunks": lambda frame: pl.concat([frame[:2], frame[2:]], rechunk=False),
    "polars categorical": lambda frame: frame.with_columns(pl.col("zone").cast(pl.Categorical)),
    "pandas": lambda frame: frame.to_pandas(),
    "pandas with an index": lambda frame: frame.to_pandas().set_index(pd.Index(list("abcde"))),
    "pandas of arrow": lambda frame: frame.to_pandas(use_pyarrow_extension_array=True),
    "pyarrow": lambda frame: frame.to_arrow(),
    "pyarrow record batches": lambda frame: pa.RecordBatchReader.from_batches(
        frame.to_arrow().schema, frame.to_arrow().to_batches(max_chunksize=2)
    ),
    "duckdb": of_duckdb,
    "a ledger's own table": lambda frame: zk.Ledger(projects=frame, snapshot_on="2024-12-31").table("projects"),
}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_in_gives_the_same(way: str, projects: pl.DataFrame) -> None:
    board = zk.kpi.commitment_share(WAYS[way](projects), by="zone", as_of="2024-03-31", snapshot_on="2024-12-31")  # type: ignore[arg-type]
    figures = board.to_polars().select("zone", "numerator", "denominator", "unknown").sort("zone").rows()
    assert figures == [("乙", 1.0, 1.0, 0), ("甲", 1.0, 3.0, 1)]


@pytest.mark.parametrize("way", WAYS)
def test_typed_columns_come_in_as_they_are(way: str, projects: pl.DataFrame) -> None:
    typed = projects.with_columns(
        pl.col("approved_on").str.to_date(),
        pl.Series("filed", [True, True, True, True, False]),
        pl.Series("commitment", [True, False, None, True, True]),
        pl.Series("investment_cny", [Decimal("1.50"), None, Decimal(2), Decimal(3), Decimal(4)]),
    )
    ledger = zk.Ledger(projects=WAYS[way](typed), snapshot_on="2024-12-31")  # type: ignore[arg-type]
    table = ledger.table("projects")
    assert table["approved_on"].to_list()[0] == dt.date(2024, 1, 5)
    assert table["investment_cny"].to_list()[:2] == [Decimal("1.50"), None]
    assert table["commitment"].to_list() == [True, False, None, True, True]


def test_an_empty_frame_is_a_ledger_of_no_rows(projects: pl.DataFrame) -> None:
    board = zk.kpi.commitment_share(projects.clear(), as_of="2024-03-31")
    assert board.to_polars().select("value", "denominator").row(0) == (None, 0.0)


def test_what_is_no_frame_is_told_with_its_type() -> None:
    with pytest.raises(zk.errors.InputError, match="dict"):
        zk.Ledger(projects={"zone": ["甲"]})  # type: ignore[arg-type]


def test_a_type_that_cannot_be_read_is_told_with_its_column(projects: pl.DataFrame) -> None:
    table = projects.to_arrow().append_column("地图", pa.array([{"x": 1}] * 5))
    with pytest.raises(zk.errors.InputError, match="地图"):
        zk.Ledger(projects=table)


def test_the_answer_goes_out_as_arrow(board: zk.KpiTable) -> None:
    assert pa.table(board).num_rows == len(board)
    assert len(board.to_pandas()) == len(board)
    assert duckdb.from_arrow(pa.table(board)).count("*").fetchall() == [(len(board),)]


def test_mixed_objects_of_pandas_are_read_cell_by_cell() -> None:
    frame = pd.DataFrame(
        {
            "开发区": ["甲", "乙", "丙"],
            "项目编号": [101, "A2", 3.0],
            "项目名称": ["一", "二", "三"],
            "签约时间": [pd.Timestamp("2024-01-01"), "2024年2月", None],
            "总投资（万元）": [12000, "3,000", float("nan")],
            "是否承诺制": ["是", 0, True],
        }
    )
    table = zk.Ledger(projects=frame).table("projects")
    assert table["project_id"].to_list() == ["101", "A2", "3"]
    assert table["signed_on"].to_list() == [dt.date(2024, 1, 1), dt.date(2024, 2, 29), None]
    assert table["investment_cny"].to_list() == [120_000_000, 30_000_000, None]
    assert table["commitment"].to_list() == [True, False, True]
