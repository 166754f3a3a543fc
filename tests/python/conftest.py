"""The ledgers that several tests ask: the bundled example, its board, and five projects."""

from __future__ import annotations

import polars as pl
import pytest

import zonekpi as zk


@pytest.fixture(scope="session")
def ledger() -> zk.Ledger:
    return zk.example()


@pytest.fixture(scope="session")
def board(ledger: zk.Ledger) -> zk.KpiTable:
    return ledger.kpis(["commitment_share", "agency_share"], by="zone", as_of="2024-03-31", totals=True)


@pytest.fixture
def projects() -> pl.DataFrame:
    """Five approved projects of two zones: of zone 甲's filed ones, one is committed, one not, one is unknown."""
    return pl.DataFrame(
        {
            "project_id": ["P1", "P2", "P3", "P4", "P5"],
            "zone": ["甲", "甲", "甲", "乙", "乙"],
            "approved_on": ["2024-01-05", "2024-02-10", "2024-03-01", "2024-01-20", "2024-06-01"],
            "filed": ["是", "是", "是", "是", "否"],
            "commitment": ["是", "否", None, "√", "是"],
        }
    )
