"""Sheets read together, and what said the day of a ledger, as Python has them."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import zonekpi as zk

SAMPLE = Path(__file__).parent.parent / "data/cases/o11_sheets_notes_pivot.xlsx"


@pytest.mark.parametrize("sheet", [["项目台账"], "项目*", "*台账"])
def test_rows_of_sheets_read_together_name_their_sheet(sheet: str | list[str]) -> None:
    projects = zk.read(SAMPLE, table="projects", sheet=sheet).table("项目")
    assert projects["sheet"].unique().to_list() == ["项目台账"]


def test_one_sheet_has_no_such_column() -> None:
    assert "sheet" not in zk.read(SAMPLE, sheet="项目台账").table("projects").columns


def test_a_sheet_that_is_not_there_is_an_error() -> None:
    with pytest.raises(zk.ZoneKpiError, match="项目台账"):
        zk.read(SAMPLE, sheet=["项目台账", "三月"])


def test_the_cell_that_set_the_day_is_named() -> None:
    frame = pl.DataFrame({"项目编号": ["P1", "P2"], "签约时间": ["2024-01-15", "2024-03-02"]})
    given = zk.Ledger(projects=frame, snapshot_on="2024-03-31")
    assert given.snapshot_from == {"from": "given"}
    said = zk.Ledger(projects=frame).snapshot_from
    assert (said["from"], said["table"], said["row"], said["column"]) == ("event", "projects", "2", "签约时间")


def test_an_empty_list_of_sheets_is_an_error() -> None:
    with pytest.raises(zk.ZoneKpiError, match=r"\[\]"):
        zk.read(SAMPLE, sheet=[])
