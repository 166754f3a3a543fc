"""The lists of issues and of readings: gone through, filtered, printed."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

import zonekpi as zk
from zonekpi._html import _width, _wrapped

CSV = (
    "项目编号,项目名称,签约日期,开工时间,是否承诺制\n"
    "P1,甲,2023-02-30,已开工,是\n"
    "P2,乙,2023-06-01,2023年5月,不详\n"
    "P3,丙,9月底,,否\n"
)


@pytest.fixture
def issues(tmp_path: Path) -> zk.Issues:
    path = tmp_path / "台账.csv"
    path.write_text(CSV, encoding="utf-8")
    return zk.read(path, snapshot_on="2024-03-31").issues


def test_issues_come_one_by_one_and_cannot_be_changed(issues: zk.Issues) -> None:
    found = list(issues)
    assert len(found) == len(issues) == 5
    first = found[0]
    assert (first.table, first.row, first.column, first.value) == ("projects", 2, "签约日期", "2023-02-30")
    assert (first.code, first.severity, first.action) == ("date_impossible", "error", "按未知处理")
    assert dataclasses.asdict(first) == issues.to_polars().row(0, named=True)
    assert str(first).startswith("[错误] 项目，")
    assert str(first).endswith("第 2 行，“签约日期”列：“2023-02-30”不是存在的日期；按未知处理")
    with pytest.raises(dataclasses.FrozenInstanceError):
        first.row = 3  # type: ignore[misc]


def test_a_reading_is_gone_through_line_by_line() -> None:
    lines = list(zk.example().reading)
    assert lines[0].item == "table"
    assert len(lines) == zk.example().reading.to_polars().height


def test_issues_are_filtered_by_the_words_that_the_list_shows(issues: zk.Issues) -> None:
    def rows(**wanted: object) -> list[tuple[int | None, str]]:
        return [(issue.row, issue.code) for issue in issues.filter(**wanted)]  # type: ignore[arg-type]

    errors = [(2, "date_impossible"), (4, "date_year_missing")]
    assert rows(severity="错误") == rows(severity="error") == errors
    assert rows(table="项目") == rows(table="projects") == rows()
    # Its own header, the name of what it was read as, and that in Chinese.
    assert rows(column="签约日期") == rows(column="signed_on") == rows(column="签约时间")
    assert (2, "date_impossible") in rows(column="签约日期")
    assert rows(severity=["错误", "warning"], column="签约日期") == rows(column="签约日期")
    # A table and a column without an issue have none.
    assert rows(table="办件") == rows(column="项目名称") == []


@pytest.mark.parametrize(
    ("wanted", "meant", "error"),
    [
        ({"table": "项目表"}, "项目", zk.errors.UnknownNameError),
        ({"table": "project"}, "projects", zk.errors.UnknownNameError),
        ({"column": "签约曰期"}, "签约日期", zk.errors.UnknownNameError),
        ({"column": "started"}, "started_on", zk.errors.UnknownNameError),
        ({"severity": "warnings"}, "warning", zk.errors.QueryError),
        ({"code": "date_imposible"}, "date_impossible", zk.errors.QueryError),
    ],
)
def test_a_name_that_is_none_is_told_with_the_nearest(
    issues: zk.Issues, wanted: dict[str, str], meant: str, error: type[zk.ZoneKpiError]
) -> None:
    for lang in ("zh", "en"):
        with zk.options(lang=lang), pytest.raises(error, match=meant) as caught:  # type: ignore[arg-type]
            issues.filter(**wanted)  # type: ignore[arg-type]
        assert caught.value.suggestion == meant
    # A filtered list is filtered by the same names.
    with pytest.raises(error):
        issues.filter(severity="error").filter(**wanted)  # type: ignore[arg-type]


def test_a_printed_list_holds_every_word_of_its_sentences(tmp_path: Path) -> None:
    path = tmp_path / "台账.csv"
    path.write_text(
        CSV + "P4,丁,2024-01-01,2024-02-01,非承诺制也非备案制而是另外一种说来话长的办法，见附件第三页\n", "utf-8"
    )
    for lang in ("zh", "en"):
        with zk.options(lang=lang):  # type: ignore[arg-type]
            issues = zk.read(path, snapshot_on="2024-03-31").issues
            printed = repr(issues)
        assert "…" not in printed
        for issue in issues:
            # The lines of a cell stand under one another, beside those of other cells.
            for line in _wrapped(issue.message):
                assert line in printed


def test_lines_are_no_wider_than_their_column_and_lose_nothing() -> None:
    for text in (
        "“非承诺制”读不成是或否，" * 9,
        "the format of '2024-03' shows no day, and the cell holds the first one: it was most likely a month",
        "x" * 200,
        "，" * 60,
        "",
    ):
        lines = _wrapped(text)
        assert "".join("".join(lines).split()) == "".join(text.split())
        assert all(_width(line) <= 42 for line in lines)
        assert all(not line.startswith("，") for line in lines[1:]) or set(text) == {"，"}


def test_what_is_hidden_is_told_in_the_language_of_the_list() -> None:
    sample = Path(__file__).parent.parent / "data" / "cases" / "o10_hidden.xlsx"
    printed = repr(zk.read(sample).issues.filter(code="hidden_rows_read"))
    assert "2 行、1 列" in "".join(printed.split(chr(10)))
    assert "rows" not in printed.replace("hidden_rows_read", "")
