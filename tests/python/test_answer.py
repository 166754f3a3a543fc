"""An answer opens down to its rows, adds up, and merges."""

from __future__ import annotations

import inspect
import subprocess
import sys
import threading
import time
from decimal import Decimal

import polars as pl
import pytest

import zonekpi as zk
from zonekpi import _zonekpi

CELL = {"zone": "朔州经开区"}


def test_rows_behind_a_number(board: zk.KpiTable) -> None:
    outcomes = dict(board.rows("commitment_share", at=CELL)["outcome"].cast(str).value_counts().rows())
    assert outcomes["met"] == 59
    assert outcomes["met"] + outcomes.get("not_met", 0) + outcomes.get("unknown", 0) == 63


def test_a_total_is_opened_too(board: zk.KpiTable) -> None:
    figures = board.to_polars().filter(pl.col("total"), pl.col("indicator") == "agency_share").row(0, named=True)
    rows = board.rows("agency_share", at={"total": True})
    assert (rows["outcome"].cast(str) == "met").sum() == figures["numerator"]


def test_attrition_adds_up(board: zk.KpiTable) -> None:
    steps = board.attrition("commitment_share", at=CELL)
    assert steps.height >= 3
    assert steps["in"].to_list()[-1] == 59


def test_value_of_a_cell(board: zk.KpiTable) -> None:
    assert board.value("commitment_share", at=CELL) == 59 / 63
    with pytest.raises(zk.errors.ZoneKpiError):
        board.value("commitment_share", at={"zone": "没有的开发区"})
    with pytest.raises(zk.errors.ZoneKpiError):
        board.value("commitment_share")


def test_exact_numbers_are_decimals(ledger: zk.Ledger) -> None:
    board = ledger.kpis("batch_investment", where=CELL, period="cumulative")
    assert board.to_polars(exact=True)["numerator"][0] == Decimal("8969000000.00")
    assert board.to_polars()["numerator"].dtype == pl.Float64


def test_all_indicators_that_the_ledger_can_answer(ledger: zk.Ledger, projects: pl.DataFrame) -> None:
    everything = set(ledger.kpis().to_polars()["indicator"])
    assert {"commitment_share", "closure_rate", "batch_projects", "tasks_due"} <= everything
    few = set(zk.Ledger(projects=projects).kpis().to_polars()["indicator"])
    assert "commitment_share" in few
    assert "closure_rate" not in few


def test_merging_ledgers_adds_counts_and_never_values(ledger: zk.Ledger) -> None:
    projects = ledger.table("projects")
    zones = ["朔州经开区", "阳泉高新区"]
    parts = [
        zk.Ledger(projects=projects.filter(zone=zone), snapshot_on=ledger.snapshot_on).kpis("agency_share", by="zone")
        for zone in zones
    ]
    figures = ["numerator", "denominator", "unknown"]
    assert zk.merge(parts).to_polars()["zone"].to_list() == zones
    merged = zk.merge(parts, over="zone").to_polars().select(figures)
    whole = ledger.kpis("agency_share", where={"zone": zones}, as_of="2024-03-31").to_polars().select(figures)
    assert merged.rows() == whole.rows()


def test_engines_agree(ledger: zk.Ledger) -> None:
    def ask(engine: str) -> pl.DataFrame:
        return ledger.kpis(by="zone", as_of="2023-12-31", totals=True, engine=engine).to_polars(exact=True)  # type: ignore[arg-type]

    auto, reference = ask("auto"), ask("reference")
    assert auto.drop("engine").equals(reference.drop("engine"))
    fast = auto.filter(pl.col("engine") == "fused")
    ids = fast["indicator"].unique(maintain_order=True).to_list()
    assert len(ids) > 20
    fused = ledger.kpis(ids, by="zone", as_of="2023-12-31", totals=True, engine="fused").to_polars(exact=True)
    # Columns of durations stand only where a duration was asked.
    assert fused.equals(fast.select(fused.columns))
    assert set(reference["engine"]) == {"reference"}


def test_own_indicators(projects: pl.DataFrame) -> None:
    catalog = zk.Catalog.builtin().add_toml(
        """
        [committed_or_not_filed]
        name = { zh = "承诺制或非备案占比", en = "Committed or not filed" }
        table = "projects"
        stock = "approved_on"
        share = "commitment OR NOT filed"
        unit = "share"
        """
    )
    assert "committed_or_not_filed" in catalog
    assert "committed_or_not_filed" not in zk.Catalog.builtin()
    ledger = zk.Ledger(projects=projects, snapshot_on="2024-12-31")
    row = ledger.kpis("committed_or_not_filed", catalog=catalog).to_polars().row(0, named=True)
    assert (row["numerator"], row["denominator"], row["unknown"]) == (3, 5, 1)


def test_ledger_tells_what_it_holds(ledger: zk.Ledger) -> None:
    assert ledger.tables["projects"] == ledger.table("projects").height
    assert len(ledger.issues.filter(severity="error")) <= len(ledger.issues)
    assert "zonekpi.Ledger 2024-03-31" in repr(ledger)
    assert ledger.reading.to_polars().width > 0


def test_every_function_has_help_and_a_signature() -> None:
    catalog = set(zk.Catalog.builtin())
    assert set(zk.kpi.__all__) == catalog
    for id in catalog:
        function = getattr(zk.kpi, id)
        documentation = inspect.getdoc(function) or ""
        assert "Columns needed:" in documentation, id
        assert any("\u4e00" <= c <= "\u9fff" for c in documentation.splitlines()[0]), id
        assert {"by", "where", "as_of", "totals"} <= set(inspect.signature(function).parameters)


def test_public_names_are_documented() -> None:
    for name in zk.__all__:
        thing = getattr(zk, name)
        if inspect.isclass(thing):
            for member, value in vars(thing).items():
                if not member.startswith("_"):
                    assert inspect.getdoc(value), f"{name}.{member}"
        if not isinstance(thing, str):
            assert inspect.getdoc(thing), name


def test_other_threads_run_while_the_core_works() -> None:
    ticks = 0
    done = threading.Event()

    def tick() -> None:
        nonlocal ticks
        while not done.is_set():
            ticks += 1
            time.sleep(0.001)

    thread = threading.Thread(target=tick)
    thread.start()
    before = ticks
    _zonekpi.probe(0.5, False)
    after = ticks
    done.set()
    thread.join()
    assert after - before > 50


def test_an_interrupt_returns_control_at_once() -> None:
    # A thread other than the main one cannot be interrupted by Ctrl-C, so a program of its own is.
    program = """
import os, signal, threading, time
from zonekpi import _zonekpi
start = time.monotonic()
threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
try:
    _zonekpi.probe(20.0, False)
except KeyboardInterrupt:
    print(time.monotonic() - start, flush=True)
    os._exit(0)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=15)
    assert float(done.stdout) < 5


def test_importing_is_light() -> None:
    program = "import sys, zonekpi; print([m for m in ('polars', 'pandas', 'pyarrow', 'numpy') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_dimension_goes_by_any_name_of_its_column(board: zk.KpiTable) -> None:
    assert board.value("commitment_share", at={"开发区": "朔州经开区"}) == 59 / 63
    assert (board.rows("commitment_share", at={"开发区": "朔州经开区"})["outcome"] == "met").sum() == 59
    assert zk.merge(board, over="开发区").to_polars().height == 2
    with pytest.raises(zk.errors.UnknownNameError):
        board.value("commitment_share", at={"园区": "朔州经开区"})


def test_a_value_that_no_row_has_is_told(ledger: zk.Ledger) -> None:
    board = ledger.kpis("commitment_share", where={"zone": "朔州经开去"})
    assert board.to_polars()["denominator"].to_list() == [0.0]
    assert board.notes == ["筛选中的“朔州经开去”在“开发区”列中一行也没有；相近的有：“朔州经开区”"]
    assert board.notes[0] in repr(board)
    assert board.notes[0] in board._repr_html_()
    assert ledger.kpis("commitment_share", where={"zone": "朔州经开区"}).notes == []
