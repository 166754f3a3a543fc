"""Due dates of cases, as Python sees them: printed notices, calendars of one's own, what the answer tells."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml

import zonekpi as zk

NOTICE = Path("tests/data/calendar/2027.csv")


def cases(accepted: str, limit: object, decided: str | None = None) -> pl.DataFrame:
    columns = {"办件编号": ["C1"], "受理时间": [accepted], "办结时间": [decided], "承诺时限（工作日）": [limit]}
    return pl.DataFrame(columns, schema_overrides={"办结时间": pl.String})


def due(accepted: str, limit: object, **options: Any) -> tuple[object, object]:
    """The due day, and the first that it may be where it is not known."""
    table = zk.Ledger(cases=cases(accepted, limit), snapshot_on="2027-03-31", **options).table("cases")
    first = table["due_on_from"][0] if "due_on_from" in table.columns else None
    return table["due_on"][0], first


def figures(formula: str) -> list[dict[str, Any]]:
    text = Path("tests/data/truth/figures.yaml").read_text(encoding="utf-8")
    found = yaml.safe_load(text[text.index("figures:") :])["figures"]
    return [figure for figure in found if figure["formula"] == formula]


def test_limits_of_notices_end_on_the_day_that_they_print() -> None:
    (figure,) = figures("add_working_days")
    accepted, limit = (given["value"] for given in figure["inputs"])
    assert due(accepted, limit) == (dt.date.fromisoformat(figure["printed"]["value"]), None)
    for figure in figures("workdays_inclusive"):
        # These notices count the first day too: a case accepted on the day before it is due on the last.
        first, last = (dt.date.fromisoformat(given["value"]) for given in figure["inputs"])
        accepted = (first - dt.timedelta(1)).isoformat()
        assert due(accepted, figure["printed"]["value"]) == (last, None), figure["id"]


def test_the_calendar_of_a_ledger_is_the_callers() -> None:
    assert due("2026-12-28", 5) == (None, dt.date(2027, 1, 1))
    own = zk.Calendar.builtin().extended(NOTICE.read_text(encoding="utf-8"))
    for calendar in (own, NOTICE, str(NOTICE), zk.Calendar.read(NOTICE)):
        assert due("2026-12-28", 5, calendar=calendar) == (dt.date(2027, 1, 5), None)
    assert zk.working_days("2026-12-28", "2027-01-05", calendar=own) == 5
    ledger = zk.Ledger(cases=cases("2026-12-28", 5), calendar=own)
    assert ledger.calendar.version == own.version != zk.Calendar.builtin().version
    assert own.coverage == (dt.date(2004, 1, 1), dt.date(2027, 12, 31))
    assert repr(own) == f"<zonekpi.Calendar 2004-01-01–2027-12-31: {own.version}>"


def test_a_row_outside_of_the_calendar_is_unknown_and_told() -> None:
    ledger = zk.Ledger(cases=cases("2026-12-28", 5, "2027-01-08"), snapshot_on="2027-03-31")
    (issue,) = ledger.issues.filter(code="due_uncovered").to_polars().to_dicts()
    assert (issue["severity"], issue["row"], issue["column"]) == ("warning", 1, "承诺时限（工作日）")
    board = ledger.kpis("on_time_rate", period="cumulative")
    (line,) = board.to_polars().to_dicts()
    assert (line["numerator"], line["denominator"], line["unknown"]) == (0, 1, 1)
    assert (line["lower"], line["upper"]) == (0, 1)


def test_an_answer_tells_its_calendar() -> None:
    frame = cases("2024-03-04", 5, "2024-03-11")
    board = zk.kpi.on_time_rate(frame, snapshot_on="2024-03-31", calendar=zk.Calendar.builtin())
    assert board.value("on_time_rate") == 1
    assert board.calendar is not None
    assert board.calendar.final_until == dt.date(2026, 12, 25)
    version = board.calendar.version
    assert board.notes == [
        f"工作日按放假通知计算：2004-01-01 至 2026-12-31（版本 {version}），2026-12-25 之后为暂定",
        "台账没有“中止”表：到期日按从未中止计算",
    ]
    assert board.notes[0] in repr(board)
    assert zk.kpi.accepted_cases(frame, snapshot_on="2024-03-31").calendar is None


def test_a_ledger_is_given_its_calendar_when_it_is_read() -> None:
    with pytest.raises(zk.errors.QueryError, match="calendar"):
        zk.kpi.on_time_rate(zk.example(), calendar=zk.Calendar.builtin())


def test_a_definition_may_count_working_days() -> None:
    catalog = zk.Catalog.builtin().add_toml(
        """
        [within_five]
        name = { zh = "五个工作日内办结率", en = "Closed within five working days" }
        table = "cases"
        flow = "decided_on"
        share = "working_days_between(accepted_on, decided_on) <= 5"
        unit = "share"
        """
    )
    ledger = zk.Ledger(cases=cases("2024-02-02", 5, "2024-02-09"), snapshot_on="2024-03-31")
    board = ledger.kpis("within_five", catalog=catalog)
    # 4 to 9 February 2024, of which Sunday the 4th was made up: six.
    assert board.value("within_five") == 0
    assert "工作日数" in board.definition("within_five")
    assert board.calendar is not None
