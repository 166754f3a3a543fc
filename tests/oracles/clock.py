"""The clock of a case, walked day by day.

Written from the description of the semantics, sharing nothing with the library: from the day of acceptance on each day
is looked at, whether it stands still, whether it counts, until the limit is used up. Which days are worked is asked of
`chinesecalendar`, with the one day that it has wrong.

`with_clock` adds to the cases of a brute-force ledger what the library derives: `promised_due_on`,
`statutory_due_on`, `due_on` and `suspended_days`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

import chinese_calendar

from .brute import BLANK, UNREADABLE, Cell, Days, Interval, Ledger, Mark, Row, Span, span_of

FIRST, LAST = date(2004, 1, 1), date(2026, 12, 31)
WRONGLY_OFF = date(2005, 12, 31)
"""A Saturday that the notice for 2006 makes up for New Year's Day, and `chinesecalendar` does not."""

DERIVED = ("promised_due_on", "statutory_due_on", "due_on", "suspended_days")
ONE = timedelta(days=1)


@cache
def is_working(day: date) -> bool | None:
    """Whether the day is worked; None where no notice is known."""
    if not FIRST <= day <= LAST:
        return None
    return day == WRONGLY_OFF or chinese_calendar.is_workday(day)


class Suspension(NamedTuple):
    """A line of the table of suspensions. A case id that is BLANK may be that of any case."""

    case_id: str | Mark
    from_on: Cell
    to_on: Cell


class Still(NamedTuple):
    """Days that stand still, both ends with them. `resumes` is the first day after it that anybody may hope for, where
    the last is not known."""

    first: float
    last: float
    resumes: date | None = None


class Ends(NamedTuple):
    """The days on which a suspension may have begun, and those on which it may have ended: without a last one, where it
    may not have ended by the day of the ledger."""

    first: Span
    last: Span
    has_not_ended: bool
    """Whether that is sure."""
    may_go_on: bool


UNKNOWN: Span = (-math.inf, math.inf)
NO_DAY: Span = (math.inf, math.inf)


def ends_of(one: Suspension, snapshot_on: date) -> Ends | None:
    """None for what begins after the day of the ledger: it is planned, and no fact; and for a line without days. An end
    that may lie after the day of the ledger may be a plan as well, and then nobody knows the day."""
    if one.from_on is BLANK and one.to_on is BLANK:
        return None
    snapshot = snapshot_on.toordinal()
    first = UNKNOWN if one.from_on in (BLANK, UNREADABLE) else span_of(one.from_on, snapshot_on)
    if math.isfinite(first[0]) and first[0] > snapshot:
        return None
    if one.to_on is BLANK:
        return Ends(first, NO_DAY, True, True)
    if one.to_on is UNREADABLE:
        return Ends(first, UNKNOWN, False, False)
    to = one.to_on
    last = (to.first.toordinal(), to.last.toordinal()) if isinstance(to, Interval) else span_of(to, snapshot_on)
    if last[1] > snapshot:
        return Ends(first, (last[0], math.inf), last[0] > snapshot, True)
    return Ends(first, last, False, False)


def common(first: Span, last: Span) -> Still | None:
    """The days that lie in each suspension which begins and ends on such days, in this order."""
    latest_first = min(first[1], last[1])
    earliest_last = max(last[0], first[0])
    return Still(latest_first, earliest_last) if latest_first <= earliest_last else None


def surely(ends: Ends, snapshot_on: date, decided: float | None) -> Still | None:
    """The days that a suspension surely took, whichever its ends are. Of a case that was decided (on the day of that
    number at the earliest) it had ended by then, nobody knows when; unless it began later, and was none."""
    first, last = ends.first, ends.last
    if first[0] > last[1]:
        return None
    if decided is not None:
        if not ends.may_go_on:
            return common(first, last)
        began = common(first, UNKNOWN)
        return began if began is not None and began.first <= decided else None
    if ends.has_not_ended:
        if first[1] == math.inf:
            return None
        return Still(first[1], math.inf, max(date.fromordinal(int(first[1])), snapshot_on) + ONE)
    return common(first, last)


def perhaps(ends: Ends, snapshot_on: date, decided: float) -> Still | None:
    """The days that it may have taken: of a case that was decided (by the day of that number, else infinite) none after
    its decision but those that are written."""
    still = whenever(ends, snapshot_on)
    if still.last < math.inf or decided == math.inf:
        return still
    if ends.may_go_on and not ends.has_not_ended and ends.first[0] <= ends.last[1]:
        # It may as well have ended as it is written, by the day of the ledger.
        return Still(still.first, max(decided, snapshot_on.toordinal()))
    return Still(still.first, decided) if still.first <= decided else None


def whenever(ends: Ends, snapshot_on: date) -> Still:
    """The days that it may have taken, of a case that is open."""
    first, last = ends.first, ends.last
    if first[0] > last[1]:
        # In the wrong order: it may have been at any time.
        return Still(-math.inf, math.inf, date.min)
    if last[1] < math.inf:
        return Still(first[0], last[1])
    begins = date.fromordinal(int(first[0])) if math.isfinite(first[0]) else date.min
    return Still(first[0], math.inf, max(begins, snapshot_on) + ONE)


class Stills(NamedTuple):
    """The suspensions of a case, and those that may be of any."""

    own: list[Ends]
    anybodys: list[Ends]

    def surely(self, snapshot_on: date, decided: float | None) -> list[Still]:
        """What surely stood still."""
        return [still for ends in self.own if (still := surely(ends, snapshot_on, decided)) is not None]

    def perhaps(self, snapshot_on: date, decided: float) -> list[Still]:
        """What may have."""
        found = [perhaps(ends, snapshot_on, decided) for ends in [*self.own, *self.anybodys]]
        return [still for still in found if still is not None]


@dataclass(frozen=True)
class After:
    """An end that nobody can tell: it lies on this day at the earliest."""

    day: date


def end_of(accepted: date, days: int, working: bool, stills: Sequence[Still]) -> date | After:
    """The day on which so many days are used up. The day after acceptance is the first that may count."""
    day, used = accepted, 0
    while used < days:
        day += ONE
        standing = [still for still in stills if still.first <= day.toordinal() <= still.last]
        if standing:
            ends = [still for still in standing if still.last == math.inf]
            if ends:
                # What goes on without an end may hide others that begin later.
                hidden = [still for still in stills if still.resumes is not None]
                return After(max([day, *(still.resumes for still in hidden if still.resumes is not None)]))
            continue
        counts = is_working(day) if working else True
        if counts is None:
            return After(day)
        used += counts
    if working:
        return day
    last = day
    while is_working(day) is False:
        day += ONE
    return After(last) if is_working(day) is None else day


def in_days(limit: int, unit: str) -> tuple[int, int]:
    """The least and the most days of a limit: hours begin at some time of the day."""
    return (limit // 24, -(-limit // 24)) if unit == "hours" else (limit, limit)


def as_cell(first: date | None, last: date | None) -> Cell:
    """A due date, as one day where it is known."""
    return first if first is not None and first == last else Days(first, last)


def day_at(ordinal: float) -> date | None:
    """An end of a span, None where it is open."""
    return None if math.isinf(ordinal) else date.fromordinal(int(ordinal))


def due(row: Row, kind: str, stills: Stills, snapshot_on: date) -> Cell:
    """The due date of a case by one of its limits."""
    limit, unit, extended = row[f"{kind}_limit"], row[f"{kind}_limit_unit"], row["extended_days"]
    if isinstance(limit, Mark):
        return limit
    accepted = span_of(row["accepted_on"], snapshot_on)
    if accepted[0] == math.inf:
        return BLANK if row["decided_on"] is BLANK else Days(None, None)
    earliest, latest = day_at(accepted[0]), day_at(accepted[1])
    if isinstance(unit, Mark):
        return Days(earliest, None)
    least, most = in_days(int(limit), str(unit))  # type: ignore[call-overload]
    more = 0 if isinstance(extended, Mark) else int(extended)  # type: ignore[call-overload]
    working = unit == "working_days"
    in_others = row.get("extended_days_unit", BLANK)
    more_working = working if isinstance(in_others, Mark) else in_others == "working_days"

    def ended(accepted: date, days: int, stills: Sequence[Still]) -> date | After:
        """The end of the limit and its extension: one count where both are in the same days."""
        if more_working == working or more == 0:
            return end_of(accepted, days + more, working, stills)
        own = end_of(accepted, days, working, stills)
        return own if isinstance(own, After) else end_of(own, more, more_working, stills)

    first: date | After | None = None
    last: date | After | None = None
    if earliest is not None:
        decided = None if row["decided_on"] is BLANK else span_of(row["decided_on"], snapshot_on)[0]
        first = ended(earliest, least, stills.surely(snapshot_on, decided))
    if latest is not None and extended is not UNREADABLE:
        last = ended(latest, most, stills.perhaps(snapshot_on, span_of(row["decided_on"], snapshot_on)[1]))
    return as_cell(first.day if isinstance(first, After) else first, None if isinstance(last, After) else last)


def first_of(promised: Cell, statutory: Cell) -> Cell:
    """The promised day, else the statutory one."""
    if promised is BLANK:
        return statutory
    if promised is UNREADABLE:
        return UNREADABLE if isinstance(statutory, Mark) else Days(None, None)
    return promised


def suspended(row: Row, stills: Stills, snapshot_on: date) -> Cell:
    """The working days that stood still between acceptance and decision, or the day of the ledger."""
    if not stills.own and not stills.anybodys:
        return 0
    accepted = span_of(row["accepted_on"], snapshot_on)
    if accepted[0] == math.inf:
        return 0 if row["decided_on"] is BLANK else UNREADABLE
    if accepted[1] == math.inf:
        return UNREADABLE
    decided: Span = span_of(row["decided_on"], snapshot_on)
    if decided[0] == math.inf:
        decided = (snapshot_on.toordinal(),) * 2
    if decided[1] == math.inf:
        return UNREADABLE
    ended = None if row["decided_on"] is BLANK else decided[0]
    least = standing(stills.surely(snapshot_on, ended), accepted[1], decided[0])
    most = standing(stills.perhaps(snapshot_on, math.inf), accepted[0], decided[1])
    return least if least == most and least is not None else UNREADABLE


def standing(stills: Sequence[Still], after: float, by: float) -> int | None:
    """The working days in (after, by] that stand still."""
    opening = FIRST.toordinal()
    start, stop = (opening if math.isinf(end) else int(end) for end in (after, by))
    days = [
        is_working(date.fromordinal(day))
        for day in range(start + 1, stop + 1)
        if any(still.first <= day <= still.last for still in stills)
    ]
    return None if None in days else sum(map(bool, days))


def with_clock(ledger: Ledger, suspensions: Sequence[Suspension]) -> Ledger:
    """The ledger with the columns that are derived."""
    cases = []
    for row in ledger.tables["cases"]:

        def begun(of: Cell) -> list[Ends]:
            ends = [ends_of(one, ledger.snapshot_on) for one in suspensions if one.case_id == of]
            return [one for one in ends if one is not None]

        stills = Stills(begun(row["case_id"]), begun(BLANK))
        promised, statutory = (due(row, kind, stills, ledger.snapshot_on) for kind in ("promised", "statutory"))
        cells = (promised, statutory, first_of(promised, statutory), suspended(row, stills, ledger.snapshot_on))
        cases.append({**row, **dict(zip(DERIVED, cells, strict=True))})
    columns = {**ledger.columns, "cases": (*ledger.columns["cases"], *DERIVED)}
    return replace(ledger, tables={**ledger.tables, "cases": cases}, columns=columns)
