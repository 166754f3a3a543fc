"""Files larger than memory answer as the same rows held at once, at a bounded peak of memory."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import pytest

import zonekpi as zk


def parts(frame: pl.DataFrame, folder: Path, rows: int) -> Path:
    folder.mkdir()
    for number, start in enumerate(range(0, frame.height, rows)):
        frame.slice(start, rows).write_parquet(folder / f"{number:03}.parquet", row_group_size=20)
    return folder


def tables(ledger: zk.Ledger, *names: str) -> zk.Ledger:
    return zk.Ledger(snapshot_on=ledger.snapshot_on, **{name: ledger.table(name) for name in names})


def lines(board: zk.KpiTable) -> list[tuple[object, ...]]:
    return sorted(board.to_polars(exact=True).rows(), key=repr)


def test_cases_beside_their_projects_answer_as_if_they_were_held(ledger: zk.Ledger, tmp_path: Path) -> None:
    folder = parts(ledger.table("cases"), tmp_path / "cases", 70)
    beside = tables(ledger, "projects", "suspensions")
    scan = zk.scan(folder, snapshot_on=ledger.snapshot_on, beside=beside)
    assert (len(scan), scan.snapshot_on) == (ledger.tables["cases"], ledger.snapshot_on)
    assert repr(scan) == f"<zonekpi.Scan 2024-03-31: cases {len(scan)}>"
    held = tables(ledger, "cases", "projects", "suspensions")
    ids = ["on_time_rate", "overdue_open_cases"]
    asked = {"by": "zone", "totals": True, "as_of": "2024-03-31"}
    assert lines(scan.kpis(ids, **asked)) == lines(held.kpis(ids, **asked))  # type: ignore[arg-type]
    board = scan.kpis(ids, where="project.key_project", every="quarter", period="2023")
    assert lines(board) == lines(held.kpis(ids, where="project.key_project", every="quarter", period="2023"))
    assert board.notes[-1].startswith(f"分批扫描 {len(scan)} 行")
    with pytest.raises(zk.errors.QueryError) as caught:
        board.rows("on_time_rate", at={"period_end": "2023-03-31"})
    assert caught.value.code == "scan_does_not_open"


def test_files_are_named_by_folder_pattern_or_list(ledger: zk.Ledger, tmp_path: Path) -> None:
    folder = parts(ledger.table("projects"), tmp_path / "projects", 100)
    for path in (folder, folder / "*.parquet", sorted(folder.iterdir()), str(tmp_path / "**" / "*.parquet")):
        assert len(zk.scan(path)) == ledger.tables["projects"]
    assert len(zk.scan(folder / "000.parquet")) == 100
    with pytest.raises(FileNotFoundError, match=r"没有文件符合 .*none"):
        zk.scan(folder / "none*.parquet")
    with pytest.raises(zk.errors.LedgerFileNotFoundError, match="找不到文件"):
        zk.scan(folder / "none.parquet")


def test_a_folder_of_that_very_name_is_meant_before_the_pattern(ledger: zk.Ledger, tmp_path: Path) -> None:
    projects = ledger.table("projects")
    # As a pattern, dir[1] means dir1.
    parts(projects.head(30), tmp_path / "dir[1]", 20)
    parts(projects.head(10), tmp_path / "dir1", 20)
    for path in ("dir[1]", "dir[1]/*.parquet", "dir[1]/00?.parquet", "dir[1]/**/*.parquet"):
        assert len(zk.scan(tmp_path / path, snapshot_on="2024-03-31")) == 30
    assert len(zk.scan(tmp_path / "dir[1-2]/*.parquet", snapshot_on="2024-03-31")) == 10
    assert len(zk.scan(tmp_path / "dir[1]" / "000.parquet", snapshot_on="2024-03-31")) == 20
    with pytest.raises(FileNotFoundError, match=r"没有文件符合 .*dir\[1\]/none\*"):
        zk.scan(tmp_path / "dir[1]" / "none*")


def test_what_is_no_file_is_told_what_takes_it(ledger: zk.Ledger, tmp_path: Path) -> None:
    frame = ledger.table("projects")
    scan = zk.scan(parts(frame, tmp_path / "projects", 500))
    attempts: list[tuple[Callable[[], object], str]] = [
        (lambda: zk.scan(frame), "zk.Ledger(projects=frame)"),
        (lambda: zk.scan([frame, frame]), "zk.Ledger(projects=frame)"),
        (lambda: zk.scan(frame.lazy()), "zk.Ledger(projects=frame)"),
        (lambda: zk.scan(frame.to_arrow()), "zk.Ledger(projects=frame)"),
        (lambda: zk.read(frame), "zk.Ledger(projects=frame)"),
        (lambda: zk.scan(ledger), "kpis(…)"),  # type: ignore[arg-type]
        (lambda: zk.scan(scan), "kpis(…)"),  # type: ignore[arg-type]
        (lambda: zk.kpi.start_rate(scan), "scan.kpis('start_rate', …)"),  # type: ignore[arg-type]
    ]
    for attempt, says in attempts:
        with pytest.raises(zk.errors.OptionTypeError) as caught:
            attempt()
        assert says in str(caught.value)
    # What they say works.
    assert zk.Ledger(projects=frame).kpis("start_rate").value("start_rate") is not None
    assert scan.kpis("start_rate").to_polars().height == 1


def test_a_folder_that_was_saved_is_loaded(ledger: zk.Ledger, tmp_path: Path) -> None:
    folder = tmp_path / "台账"
    ledger.save(folder)
    for call in (zk.read, zk.scan):
        with pytest.raises(zk.errors.InputError, match="请用 load 打开") as caught:
            call(folder)
        assert (caught.value.code, caught.value.file) == ("folder_is_saved", str(folder))
    assert zk.load(folder).tables == ledger.tables
    with pytest.raises(zk.errors.InputError) as caught:
        zk.read(tmp_path)
    assert caught.value.code == "file_is_folder"


ROWS = 1_500_000

PEAK = """
import sys, zonekpi as zk

def peak():
    lines = open("/proc/self/status").read().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))

zk.example().kpis("commitment_share", by="zone")
before = peak()
board = zk.scan(sys.argv[1]).kpis("commitment_share", by="zone", where={"zone": "区1"})
row = board.to_polars().row(0, named=True)
# The same of all files, none of which is left out.
assert zk.scan(sys.argv[1]).kpis("commitment_share").to_polars()["denominator"].to_list() == [2 * row["denominator"]]
print(peak() - before, int(row["numerator"]), int(row["denominator"]), board.notes[-1])
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the peak is read in /proc")
def test_the_peak_of_memory_is_a_part_of_the_files(tmp_path: Path) -> None:
    random = np.random.default_rng(1)
    folder = tmp_path / "projects"
    folder.mkdir()
    for number in range(6):
        rows = np.arange(ROWS // 6) + number * (ROWS // 6)
        # What nobody asks for is most of the files.
        wide = {
            f"备注{n}": random.integers(0, 2**63, (rows.size, 6)).astype("U20").view("U120").ravel() for n in range(3)
        }
        pl.DataFrame(
            {
                "project_id": [f"P{row}" for row in rows],
                # Files 0 to 2 are of 区0, the others of 区1.
                "zone": [f"区{number // 3}"] * rows.size,
                "filed": rows % 2 == 0,
                "commitment": rows % 6 == 0,
                "approved_on": [dt.date(2024, 1, 5)] * rows.size,
                **wide,
            }
        ).write_parquet(folder / f"{number}.parquet")
    size = sum(path.stat().st_size for path in folder.iterdir()) / 2**20
    command = [sys.executable, "-c", PEAK, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    grown, met, filed, note = done.stdout.split(" ", 3)
    # Of the second half, every second is filed, and of these every third committed.
    assert (int(met), int(filed)) == (ROWS // 12, ROWS // 4)
    assert f"其中 {ROWS // 2} 行" in note
    print(f"peak {float(grown):.0f} MB, files {size:.0f} MB")
    assert float(grown) < size / 3
