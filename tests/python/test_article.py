"""What newspapers printed comes out of the bundled example's rows."""

from __future__ import annotations

import pytest

import zonekpi as zk

SHUOZHOU = {"zone": "朔州经开区"}


@pytest.mark.parametrize(
    ("id", "numerator", "denominator"),
    [("commitment_share", 59, 63), ("agency_share", 61, 75), ("foundation_share", 28, 51)],
)
def test_shares_of_shuozhou(ledger: zk.Ledger, id: str, numerator: int, denominator: int) -> None:
    row = ledger.kpis(id, where=SHUOZHOU, as_of="2024-03-31").to_polars().row(0, named=True)
    assert (row["numerator"], row["denominator"]) == (numerator, denominator)


@pytest.mark.parametrize(
    ("id", "value"),
    [
        ("standard_land_parcels", 3),
        ("standard_land_area", 138.64),
        ("standard_land_share", 1),
        ("standard_land_reserve", 2200),
        ("batch_projects", 60),
        ("batch_investment", 8_969_000_000),
        ("batch_start_rate", 1),
        ("batch_capacity_rate", 1),
    ],
)
def test_cumulative_figures_of_shuozhou(ledger: zk.Ledger, id: str, value: float) -> None:
    board = ledger.kpis(id, where=SHUOZHOU, period="cumulative", as_of="2024-03-31")
    assert board.to_polars()["value"].to_list() == [value]


def test_services_of_yangquan_in_the_first_quarter(ledger: zk.Ledger) -> None:
    board = ledger.kpis(["service_visits", "problems_solved"], where={"zone": "阳泉高新区"}, period="2024Q1")
    assert board.to_polars()["value"].to_list() == [21, 16]


def test_printed_percentages(ledger: zk.Ledger) -> None:
    board = ledger.kpis(["commitment_share", "agency_share"], where=SHUOZHOU, as_of="2024-03-31")
    assert "93.65%" in repr(board)
    assert "81.33%" in repr(board)
    with zk.options(digits=1):
        assert "81.3%" in repr(board)
