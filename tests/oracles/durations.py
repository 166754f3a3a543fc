"""What a duration and a cohort mean, row by row.

An oracle for `days` measures, their curves and cohorts, on top of `brute`, which judges membership. A definition has

    "days": {"from": event, "to": event, "calendar": "natural" | "working", "competing": event | None,
             "minus": count column | None, "statistic": Fraction}

Working days are counted one by one, by the oracle of the clock. Nothing here is fast.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from . import brute, clock
from .brute import Catalog, Context, Definition, Judged, Ledger, Query, Truth, Unit, Window

FIRST_COVERED, LAST_COVERED = clock.FIRST.toordinal(), clock.LAST.toordinal()


def days_after(first: float, last: float, calendar: str) -> float | None:
    """The days in (first, last]; below 0 the other way round. None where the calendar does not reach."""
    if calendar == "natural":
        return last - first if math.isfinite(first) and math.isfinite(last) else None
    if not all(FIRST_COVERED <= day <= LAST_COVERED for day in (first, last)):
        return None
    start, end = int(min(first, last)), int(max(first, last))
    worked = sum(bool(clock.is_working(date.fromordinal(day))) for day in range(start + 1, end + 1))
    return worked if first <= last else -worked


@dataclass(frozen=True)
class Wait:
    """One row of a duration. `shortest` is None where the event surely was not reached, `longest` where it is not
    sure that it was; `latest` is the most days of a row that may have reached it, None where nothing tells them;
    `waited` is None where nothing is known of it."""

    reached: Truth
    negative: bool
    competed: bool
    shortest: float | None
    longest: float | None
    latest: float | None
    waited: float | None

    @property
    def outcome(self) -> Truth:
        """Unknown too where the event was reached, and nobody can tell after how many days at the latest."""
        return None if self.reached is True and self.longest is None else self.reached


def wait_of(days: Definition, context: Context) -> Wait:
    """How long the row waited, by the date asked about."""
    snapshot_on, as_of = context.ledger.snapshot_on, context.as_of.toordinal()
    start = brute.span_of(context.cell(days["from"]), snapshot_on)
    end = brute.span_of(context.cell(days["to"]), snapshot_on)
    other = (math.inf, math.inf)
    if days.get("competing") is not None:
        other = brute.span_of(context.cell(days["competing"]), snapshot_on)
    minus: Any = Fraction(0)
    if days.get("minus") is not None:
        minus = brute.value_of(("col", days["minus"]), context)

    def counted(first: float, last: float) -> float | None:
        days_between = days_after(first, last, days["calendar"])
        if days_between is None or minus is brute.UNKNOWN:
            return None
        return days_between - (0 if minus is brute.NONE else int(minus))

    by_then = brute.by_then(end, (as_of, as_of))
    # On one day, the event counts as reached.
    reached = brute.all_of([by_then, brute.by_then(end, other)])
    competes = brute.by_then(other, (as_of, as_of)) is True
    competed = competes and other[1] < end[0]
    longest = counted(start[0], end[1]) if reached is True else None
    negative = (
        (by_then is True and end[1] < start[0])
        or (competes and other[1] < start[0])
        or (longest is not None and longest < 0)
    )
    shortest = None if reached is False else max(0.0, counted(start[1], end[0]) or 0.0)
    longest = None if longest is None else max(0.0, longest)
    latest = counted(start[0], min(as_of, end[1], other[1]))
    waited: float | None
    if longest is not None:
        waited = longest
    elif competed:
        waited = counted(start[0], other[1])
    elif shortest is not None:
        waited = shortest - 1
    else:
        waited = counted(start[1], min(as_of, snapshot_on.toordinal()))
    latest, waited = (None if days is None else max(0.0, days) for days in (latest, waited))
    return Wait(reached, negative, competed, shortest, longest, latest, waited)


def judge(ledger: Ledger, definition: Definition, query: Query, window: Window) -> list[Judged]:
    """Every row, judged: one that has not begun, or that ended before it began, is excluded."""
    days = definition["days"]
    begun = {"when": ("not", ("happened", days["from"], None)), "reason": "not_begun"}
    plain: Definition = {name: value for name, value in definition.items() if name != "days"}
    plain.update(count=("true",), exclude=[*definition.get("exclude", []), begun])
    judged = []
    for row in brute.judge(ledger, plain, query, window):
        wait = wait_of(days, row.context)
        rules, reasons = [*row.rules, wait.negative], [*row.reasons, "negative"]
        judged.append(replace(row, rules=rules, reasons=reasons, outcome=wait.outcome))
    return judged


def quantile(days: list[float], part: Fraction) -> Fraction | None:
    """The days by which that part had reached the event; those that have not are infinite.

    Where the part is a whole number of rows, the mean of the last of them and the next, if there is one.
    """
    ordered = sorted(days)
    product = len(ordered) * part
    if not ordered:
        return None
    if product.denominator == 1:
        last, following = ordered[int(product) - 1], ordered[int(product)]
        following = last if math.isinf(following) else following
    else:
        last = following = ordered[math.floor(product)]
    return None if math.isinf(last) else Fraction(int(last) + int(following), 2)


NO_END = 1e9
"""Days that nothing bounds, far beyond any others."""


def range_of(waits: list[Wait], part: Fraction) -> tuple[Fraction | None, Fraction | None]:
    """The least and the greatest quantile, whatever the unknown days are. None: there is none, or no end to it.

    Rows that may have reached the event are taken one after the other, the quickest first for the least, the slowest
    first for the greatest: of so many that have, no others give less, or more.
    """
    sure = [wait for wait in waits if wait.outcome is True]
    perhaps = [wait for wait in waits if wait.outcome is None]
    quickest = sorted(wait.shortest for wait in perhaps if wait.shortest is not None)
    slowest = sorted((NO_END if wait.latest is None else wait.latest for wait in perhaps), reverse=True)

    def having(days: list[float | None], more: list[float]) -> Fraction | None:
        finished = [day for day in days if day is not None] + more
        return quantile(finished + [math.inf] * (len(waits) - len(finished)), part)

    counts = range(len(perhaps) + 1)
    least = [having([wait.shortest for wait in sure], quickest[:count]) for count in counts]
    most = [having([wait.longest for wait in sure], slowest[:count]) for count in counts]
    known = [value for value in most if value is not None and value < NO_END / 4]
    return (
        min((value for value in least if value is not None), default=None),
        max(known) if len(known) == len(most) else None,
    )


def units_of(definition: Definition, judged: list[Judged]) -> list[Unit]:
    """Rows as units, with `once` entities."""
    return brute.units_of({**definition, "count": ("true",)}, judged)


def line_of(definition: Definition, judged: list[Judged]) -> dict[str, Any]:
    """The figures of one cell."""
    units = units_of(definition, judged)
    members = [unit for unit in units if unit.member is True]
    doubtful = [unit for unit in units if unit.member is None]
    waits = [wait_of(definition["days"], unit.context) for unit in members]
    part = definition["days"]["statistic"]
    shortest, longest = range_of(waits, part)
    outcomes = [wait.outcome for wait in waits]
    competing = sum(wait.outcome is False and wait.competed for wait in waits)
    return {
        "value": quantile([math.inf if wait.longest is None else wait.longest for wait in waits], part),
        "numerator": Fraction(outcomes.count(True)),
        "denominator": Fraction(len(members)),
        "unknown": outcomes.count(None),
        "open": outcomes.count(False) - competing,
        "competing": competing,
        "shortest": shortest,
        "longest": longest,
        "lower": None,
        "upper": None,
        "population_unknown": len(doubtful),
        "population_unknown_met": sum(unit.outcome is True for unit in doubtful),
        "population_unknown_not_met": sum(unit.outcome is False for unit in doubtful),
        "excluded": sum(unit.excluded for unit in units),
    }


@dataclass(frozen=True)
class Cell:
    """One cell of an answer: its address and its rows."""

    indicator: str
    dims: dict[str, str | None]
    total: bool
    window: Window
    judged: list[Judged]


def cells(ledger: Ledger, catalog: Catalog, query: Query) -> Iterator[Cell]:
    """Every cell of the answer to a query for durations."""
    ledger = brute.prepared(ledger, query)
    by = query.get("by") or []
    windows = brute.windows_of(ledger, catalog, query)
    keys: list[brute.GroupKey | None] = list(brute.groups_of(ledger, catalog, query, windows)) if by else [()]
    if by and query.get("totals"):
        keys.append(None)
    for one in query["ids"]:
        for window in windows:
            judged = judge(ledger, catalog[one], query, window)
            for key in keys:
                dims = dict.fromkeys(by) if key is None else dict(zip(by, key, strict=True))
                rows = [row for row in judged if key is None or brute.group_of(row.context, by) == key]
                yield Cell(one, dims, key is None, window, rows)


def outcomes(definition: Definition, judged: list[Judged]) -> list[tuple[int, str, str | None]]:
    """The rows behind a cell: the row's place, what it is to the cell, and why it was excluded."""
    shown = {index for unit in units_of(definition, judged) if (index := brute._speaker(unit, judged)) is not None}
    return [
        (
            row.index,
            brute._outcome_name({**definition, "count": ("true",)}, row) if row.index in shown else "repeated",
            row.reason if row.excluded else None,
        )
        for row in judged
        if row.member is not False or row.excluded
    ]


Step = tuple[int, int, int, int, int, Fraction]


def curve(definition: Definition, judged: list[Judged]) -> list[Step]:
    """Day, at risk, events, competing, censored, and the share that had reached the event by then, exactly: of those
    that still wait, each day's events take their part."""
    ends = []
    for unit in units_of(definition, judged):
        if unit.member is True:
            wait = wait_of(definition["days"], unit.context)
            kind = {True: "event", False: "competing" if wait.competed else "censored"}.get(wait.outcome, "censored")
            ends.append((int(wait.waited), kind) if wait.waited is not None else (0, "censored"))
    steps = []
    waiting, reached = Fraction(1), Fraction(0)
    for day in sorted({0} | {day for day, _ in ends}):
        at_risk = sum(end >= day for end, _ in ends)
        events, competing, censored = (ends.count((day, kind)) for kind in ("event", "competing", "censored"))
        if at_risk:
            reached += waiting * Fraction(events, at_risk)
            waiting *= Fraction(at_risk - events - competing, at_risk)
        steps.append((day, at_risk, events, competing, censored, reached))
    return steps


def definition_toml(one: str, definition: Definition) -> str:
    """A definition as an entry of a catalog file."""
    days = definition["days"]
    fields = [f'{name} = "{days[name]}"' for name in ("from", "to", "calendar", "competing", "minus") if days.get(name)]
    fields.append(f"statistic = {float(days['statistic'])}" if days["statistic"] != Fraction(1, 2) else "")
    written = ", ".join(field for field in fields if field)
    return brute.definition_toml(one, {"unit": "days", **definition}) + f"days = {{ {written} }}\n"


# ------------------------------------------------------------------------------------------------------- cohorts


@dataclass(frozen=True)
class Cohorts:
    """What is asked of cohorts."""

    table: str
    time: str
    event: str
    ages: list[int]
    query: Query


def immature(ledger: Ledger, window: Window, age: int) -> bool:
    """Whether the last day of the cohort is less than so many days old by the last day observed."""
    return window.end + timedelta(days=age) > min(window.as_of, ledger.snapshot_on)


def cohort_lines(ledger: Ledger, asked: Cohorts) -> list[dict[str, Any]]:
    """Every line: the share, asked with `within`, of each cohort that is old enough as a whole."""
    definition: Definition = {
        "table": asked.table,
        "flow": asked.time,
        "share": ("happened", asked.event, None),
        "unit": "share",
    }
    lines = []
    for age in asked.ages:
        one = f"{asked.event.replace('.', '_')}_within_{age}"
        query: Query = {**asked.query, "ids": [one], "within": age}
        query["as_of"] = query.get("as_of") or ledger.snapshot_on
        for line in brute.answer(ledger, {one: definition}, query):
            window = Window(line["period_start"], line["period_end"], line["as_of"])
            young = immature(ledger, window, age)
            blank = dict.fromkeys(("value", "numerator", "denominator", "lower", "upper")) if young else {}
            complete = line["complete"] and not young
            lines.append({**line, **blank, "complete": complete, "age": age, "immature": young})
    return lines
