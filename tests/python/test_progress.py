"""A long reading tells how far it is, where somebody looks."""

from __future__ import annotations

import time
from pathlib import Path

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
    bar("column", "总投资", 3, 40)
    assert capsys.readouterr().err == ""
    now[0] += 0.2
    bar("column", "总投资", 20, 40)
    assert capsys.readouterr().err == f"\r读取列 [{'█' * 12}{'·' * 12}] 20/40 总投资"
    bar("column", "签约时间", 21, 40)
    assert capsys.readouterr().err == "", "not faster than a person looks"


def test_rows_are_counted_where_nobody_knows_how_many_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    _progress.Bar(True)("rows", "台账.csv", 81_920, 0)
    assert capsys.readouterr().err == "\r读取行 81,920 台账.csv"
