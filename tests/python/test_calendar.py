"""Working days agree with two independent packages and with printed notices."""

from __future__ import annotations

import datetime as dt
import warnings
from pathlib import Path

import chinese_calendar
import holidays
import pytest
import yaml

import zonekpi as zk

FIRST, LAST = dt.date(2004, 1, 1), dt.date(2026, 12, 31)
# `chinesecalendar` has this Saturday as a day off; the notice for 2006 makes it up for New Year's Day.
KNOWN_EXCEPTION = dt.date(2005, 12, 31)


def every_day() -> list[dt.date]:
    # From the second on: of the first there is no day before, to count from.
    return [FIRST + dt.timedelta(n) for n in range(1, (LAST - FIRST).days + 1)]


def is_working(day: dt.date) -> bool:
    return zk.working_days(day - dt.timedelta(1), day) == 1


@pytest.mark.filterwarnings("ignore::zonekpi.errors.ProvisionalWarning")
def test_every_day_is_as_chinesecalendar_has_it() -> None:
    differing = [day for day in every_day() if is_working(day) != chinese_calendar.is_workday(day)]
    assert differing == [KNOWN_EXCEPTION]


@pytest.mark.filterwarnings("ignore::zonekpi.errors.ProvisionalWarning")
def test_every_day_is_as_holidays_has_it() -> None:
    theirs = holidays.country_holidays("CN", years=range(2004, 2027))
    assert [day for day in every_day() if is_working(day) != theirs.is_working_day(day)] == []


def test_days_that_may_yet_change_are_warned_of() -> None:
    with pytest.warns(zk.errors.ProvisionalWarning, match="2026-12-25") as told:
        # Monday 28 to Thursday 31 December.
        assert zk.working_days("2026-12-25", "2026-12-31") == 4
    assert told[0].filename == __file__
    with pytest.warns(zk.errors.ProvisionalWarning) as told:
        zk.Calendar.builtin().working_days("2026-12-25", "2026-12-31")
    assert told[0].filename == __file__
    with zk.options(lang="en"), pytest.warns(zk.errors.ProvisionalWarning, match="are provisional"):
        zk.working_days("2026-12-31", "2026-12-25")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert zk.working_days("2026-12-18", "2026-12-25") == 5


def test_printed_spans_of_notices_have_their_working_days() -> None:
    text = Path("tests/data/truth/figures.yaml").read_text(encoding="utf-8")
    figures = yaml.safe_load(text[text.index("figures:") :])["figures"]
    spans = [figure for figure in figures if figure["formula"] == "workdays_inclusive"]
    assert len(spans) == 5
    for figure in spans:
        days = {given["name"]: dt.date.fromisoformat(given["value"]) for given in figure["inputs"]}
        # Both ends counted, as these notices do: so from the day before the first.
        found = zk.working_days(days["from"] - dt.timedelta(1), days["to"])
        assert str(found) == figure["printed"]["value"], figure["id"]


def test_of_days_outside_of_the_coverage_nothing_is_known() -> None:
    with pytest.raises(zk.ZoneKpiError, match="2026-12-31") as caught:
        zk.working_days("2026-12-01", "2027-01-10")
    assert caught.value.code == "calendar_uncovered"


NOTICE = Path("tests/data/calendar/2027.csv")


def test_a_file_extends_the_calendar(tmp_path: Path) -> None:
    # 4 and 5 January 2027 are a Monday and a Tuesday; 1 to 3 are off.
    assert zk.working_days("2026-12-31", "2027-01-05", calendar=NOTICE) == 2
    with pytest.raises(FileNotFoundError):
        zk.working_days("2026-12-31", "2027-01-05", calendar=tmp_path / "2028.csv")


def test_a_year_that_is_listed_in_part_is_refused(tmp_path: Path) -> None:
    # All of February is missing, with the Spring Festival.
    lines = [line for line in NOTICE.read_text(encoding="utf-8").splitlines() if "-02-" not in line]
    part = tmp_path / "part.csv"
    part.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(zk.errors.InputError, match="春节") as caught:
        zk.Calendar.read(part)
    assert (caught.value.code, caught.value.file) == ("calendar_incomplete", str(part))


def test_a_wrong_calendar_names_its_line(tmp_path: Path) -> None:
    notice = tmp_path / "notice.csv"
    notice.write_text("date,day\n2026-02-30,休\n", encoding="utf-8")
    with pytest.raises(zk.errors.InputError) as caught:
        zk.working_days("2026-01-01", "2026-03-01", calendar=notice)
    assert (caught.value.code, caught.value.line, caught.value.file) == ("calendar_unreadable", 2, str(notice))
