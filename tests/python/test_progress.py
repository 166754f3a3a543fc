"""How far long readings and queries are, and that they can be ended."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pytest

import zonekpi as zk
from zonekpi import _progress


@pytest.fixture
def long_file(tmp_path: Path) -> Path:
    path = tmp_path / "台账.csv"
    rows = "".join(f"P{n},项目{n},2023-0{n % 9 + 1}-05,{n}\n" for n in range(60_000))
    path.write_text(f"项目编号,项目名称,签约时间,就业人数\n{rows}", encoding="utf-8")
    return path


def test_a_long_reading_shows_how_far_it_is_where_asked(long_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert zk.read(long_file, progress=True).tables == {"projects": 60_000}
    shown = capsys.readouterr().err
    assert "打开 [" in shown or "读取列 [" in shown
    assert shown.endswith("\r"), "the line is taken away"


def test_nothing_is_shown_where_nobody_looks(long_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    zk.read(long_file)
    zk.read(long_file, progress=False)
    assert capsys.readouterr().err == ""


def test_a_quick_reading_shows_nothing_even_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(_progress.sys.stderr, "isatty", lambda: True)
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    bar = _progress.Bar(None)
    assert bar.wanted
    now[0] += 1.9
    bar("column", "总投资", "总投资", 3, 40)
    assert capsys.readouterr().err == ""
    now[0] += 0.2
    bar("column", "总投资", "总投资", 20, 40)
    assert capsys.readouterr().err == f"\r读取列 [{'█' * 12}{'·' * 12}] 20/40 总投资"
    bar("column", "签约时间", "签约时间", 21, 40)
    assert capsys.readouterr().err == "", "not faster than a person looks"


def test_rows_are_counted_where_nobody_knows_how_many_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    _progress.Bar(True)("rows", "台账.csv", "台账.csv", 81_920, 0)
    assert capsys.readouterr().err == "\r读取行 81,920 台账.csv"


def test_a_long_query_shows_how_far_it_is_where_asked(ledger: zk.Ledger, capsys: pytest.CaptureFixture[str]) -> None:
    ledger.kpis(by="zone", engine="reference", progress=True)
    shown = capsys.readouterr().err
    assert "\r计算 [" in shown
    assert shown.endswith("\r"), "the line is taken away"
    days = pl.select(signed_on=dt.date(2023, 1, 1) + pl.duration(days=pl.int_range(300_000) % 300))
    long = zk.Ledger(projects=days.with_columns(started_on=pl.col("signed_on")))
    with zk.options(lang="en"):
        long.cohorts("signed_on", event="started_on", ages=[90, 180], every="quarter", progress=True)
    assert "\rcomputing [" in capsys.readouterr().err


# A query of minutes, interrupted three times: how long each took to give control back, and how long its thread went on.
INTERRUPTED = """
import glob, os, signal, threading, time, zonekpi as zk

def working():
    names = [open(path).read() for path in glob.glob("/proc/self/task/*/comm")]
    return sum(name == "zonekpi\\n" for name in names)

ledger = zk.example()
for _ in range(3):
    sent = []
    def send():
        sent.append(time.monotonic())
        os.kill(os.getpid(), signal.SIGINT)
    threading.Timer(0.4, send).start()
    try:
        ledger.kpis(by="zone", every="month", period=("2015-01-01", "2024-12-31"), engine="reference")
    except KeyboardInterrupt:
        back = time.monotonic() - sent[0]
    busy = working()
    while working():
        time.sleep(0.01)
    print(back, busy, time.monotonic() - sent[0], flush=True)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="threads are counted in /proc")
def test_an_interrupted_query_gives_control_back_at_once_and_ends_its_work() -> None:
    command = [sys.executable, "-c", INTERRUPTED]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    told = [[float(number) for number in line.split()] for line in done.stdout.splitlines()]
    assert len(told) == 3
    # The best of three, for the machine may be busy with other things.
    assert min(back for back, _, _ in told) < 0.1
    assert max(busy for _, busy, _ in told) == 1, "the work goes on for a moment"
    assert min(ended for _, _, ended in told) < 10
