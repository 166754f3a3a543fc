"""What Python programs have (dicts, dates, pairs) is put into the words of the core, never pasted."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import zonekpi as zk
from zonekpi._query import Where, filter_text, period_text


@pytest.mark.parametrize(
    ("where", "text"),
    [
        ("key_project", "key_project"),
        ({}, "TRUE"),
        ({"zone": "朔州经开区"}, "\"zone\" = '朔州经开区'"),
        ({"zone": "O'Brien"}, "\"zone\" = 'O''Brien'"),
        ({"zone": None}, '"zone" IS NULL'),
        ({"zone": ["甲", None]}, '("zone" IN (\'甲\') OR "zone" IS NULL)'),
        ({"zone": []}, "FALSE"),
        ({"key_project": True, "jobs": 3}, '"key_project" = TRUE AND "jobs" = 3'),
        ({"investment_cny": Decimal("1E+8")}, '"investment_cny" = 100000000'),
        ({"investment_cny": 1e-7}, '"investment_cny" = 0.0000001'),
        ({"due_on": dt.date(2024, 3, 31)}, "\"due_on\" = '2024-03-31'"),
        ({"project.zone": "甲"}, "project.\"zone\" = '甲'"),
        ({'包联 "领导"': "甲"}, '"包联 ""领导""" = \'甲\''),
    ],
)
def test_a_mapping_becomes_an_expression(where: Where, text: str) -> None:
    assert filter_text(where) == text


def test_periods() -> None:
    assert period_text("2024Q1") == "2024Q1"
    assert period_text((dt.date(2024, 1, 1), "2024-02-15")) == "2024-01-01..2024-02-15"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zs", "Zl", "Zp"]), min_size=1, max_size=20))
def test_any_text_finds_its_own_rows_and_no_others(name: str) -> None:
    frame = pl.DataFrame({"project_id": ["P1", "P2"], "approved_on": ["2024-01-01"] * 2, "own": [name, name + "x"]})
    ledger = zk.Ledger(projects=frame, snapshot_on="2024-12-31")
    if ledger.table("projects")["own"][0] is None:
        return  # a word that means blank
    own = ledger.table("projects")["own"][0]
    board = ledger.kpis("approved_projects", where={"own": own}, period="2024")
    assert board.to_polars()["value"].to_list() == [1.0]
