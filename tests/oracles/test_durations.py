"""Durations, their curves and cohorts on generated ledgers are those of the oracle.

`ZONEKPI_EXAMPLES` sets how many ledgers are tried, as in `test_engine`.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import given, note, settings
from hypothesis import strategies as st

from . import brute, durations, generate, subject
from .generate import pick
from .test_engine import EXAMPLES, adds_up, thorough

zk: Any = subject.zk

STATISTICS = (Fraction(1, 2), Fraction(1, 2), Fraction(1, 10), Fraction(1, 4), Fraction(3, 4), Fraction(9, 10))


def shipped(time: str, to: str) -> brute.Definition:
    """A duration of the shipped catalog."""
    days = {
        "from": time,
        "to": to,
        "competing": "cancelled_on",
        "calendar": "natural",
        "minus": None,
        "statistic": Fraction(1, 2),
    }
    return {"table": "projects", "stock": time, "days": days, "cancelled": "fixed_keep"}


SHIPPED: brute.Catalog = {
    "days_signed_to_started": shipped("signed_on", "started_on"),
    "days_signed_to_produced": shipped("signed_on", "produced_on"),
    "days_approved_to_started": shipped("approved_on", "started_on"),
}


def definition(draw: generate.Draw, ledger: brute.Ledger, table: str) -> brute.Definition:
    """A duration over the table."""
    scope = generate.own_scope(ledger, table)
    once = table != "projects" and draw(st.integers(0, 3)) == 0
    measured = generate.own_scope(ledger, table, only_projects=True) if once else scope
    events = draw(st.permutations(measured.of("event")))
    made: brute.Definition = {"table": table}
    own = [name for name in [*scope.of("event"), *scope.of("date")] if not name.startswith("project.")]
    made[pick(draw, ("stock", "stock", "flow"))] = pick(draw, [*own, *[name for name in events[:1] if name in own] * 6])
    counts = [*measured.of("count"), *measured.of("extension")]
    made["days"] = {
        "from": events[0],
        "to": events[1],
        "competing": events[2] if len(events) > 2 and draw(st.booleans()) else None,
        "calendar": pick(draw, ("natural", "natural", "working")),
        "minus": pick(draw, counts) if counts and draw(st.integers(0, 2)) == 0 else None,
        "statistic": pick(draw, STATISTICS),
    }
    if once:
        made["once"] = "project_id"
    if draw(st.integers(0, 2)) == 0:
        made["population"] = generate.condition(draw, scope, 1)
    if draw(st.integers(0, 3)) == 0:
        made["exclude"] = [{"when": generate.condition(draw, scope, 1), "reason": "rule 1"}]
    if (policy := pick(draw, (None, None, "drop", "fixed_keep"))) is not None:
        made["cancelled"] = policy
    return made


def asked(
    data: st.DataObject, ledger: brute.Ledger, table: str | None = None
) -> tuple[brute.Catalog, Any, brute.Query]:
    """Durations, and a question about them."""
    catalog: brute.Catalog = {
        f"made_{number}": definition(data.draw, ledger, table or pick(data.draw, list(generate.COLUMNS)))
        for number in range(2)
    }
    text = "\n".join(durations.definition_toml(one, entry) for one, entry in catalog.items())
    defined = zk.Catalog.builtin().add_toml(text)
    if data.draw(st.integers(0, 4)) == 0:
        catalog = SHIPPED
    # Durations have no `within`: the generator of queries asks for it only where a condition is.
    query = data.draw(generate.queries(ledger, catalog))
    note(f"snapshot_on {ledger.snapshot_on}\n{text}\n{query['ids']} {subject.arguments_of(query)}")
    for name in {"projects", *(catalog[one]["table"] for one in query["ids"])}:
        note(f"{name}: {generate.frames(ledger)[name].to_dicts()}")
    return catalog, defined, query


COUNTED: Counter[str] = Counter()


@settings(thorough, max_examples=max(1, EXAMPLES // 2))
@given(st.data())
def test_every_duration_is_the_oracles(data: st.DataObject) -> None:
    ledger = data.draw(generate.ledgers())
    catalog, defined, query = asked(data, ledger)
    board = subject.ask(subject.ledger_of(ledger), defined, query)
    by = query.get("by") or []
    theirs = {
        (line["indicator"], tuple(line[name] for name in by), line["total"], subject.day_of(line["period_end"])): line
        for line in board.to_polars(exact=True).iter_rows(named=True)
    }
    found = list(durations.cells(ledger, catalog, query))
    assert len(found) == len(theirs) == len(board)
    for cell in found:
        line = theirs[(cell.indicator, tuple(cell.dims[name] for name in by), cell.total, cell.window.end)]
        for name, right in durations.line_of(catalog[cell.indicator], cell.judged).items():
            if isinstance(right, Fraction):
                assert Fraction(line[name]) == right, name
            else:
                assert line[name] == right, name
    if found:
        for cell in data.draw(st.lists(st.sampled_from(found), min_size=1, max_size=3)):
            opened(ledger, catalog[cell.indicator], query, board, cell)


def opened(ledger: brute.Ledger, entry: brute.Definition, query: brute.Query, board: Any, cell: durations.Cell) -> None:
    """The rows, the steps and the curve of a cell."""
    at = subject.at_of(query, {"dims": cell.dims, "total": cell.total, "period_end": cell.window.end})
    key = generate.COLUMNS[entry["table"]][0]
    table = ledger.tables[entry["table"]]
    rows = board.rows(cell.indicator, at=at)
    ours = [(table[index][key], outcome, reason) for index, outcome, reason in durations.outcomes(entry, cell.judged)]
    assert sorted(map(str, ours)) == sorted(map(str, rows.select(key, "outcome", "excluded").rows()))
    waits = {row.context.row[key]: durations.wait_of(entry["days"], row.context) for row in cell.judged}
    for name, shortest, longest, competing in rows.select(key, "shortest", "longest", "competing").rows():
        wait = waits[name]
        assert (shortest, longest, competing) == (wait.shortest, wait.longest, wait.competed)
    steps = [
        tuple(step[name] for name in ("step", "in", "out", "unknown"))
        for step in subject.attrition_of(board, cell.indicator, at)
    ]
    adds_up(steps)
    line = durations.line_of(entry, cell.judged)
    assert steps[-2][1] == line["denominator"]
    assert steps[-1][1:] == (line["numerator"], line["open"] + line["competing"], line["unknown"])
    curve = board.curve(cell.indicator, at=at)
    right = durations.curve(entry, cell.judged)
    names = ("day", "at_risk", "events", "competing", "censored")
    assert curve.select(names).rows() == [step[:5] for step in right]
    for share, step in zip(curve["incidence"], right, strict=True):
        assert abs(Fraction(share) - step[5]) <= Fraction(len(right) * 4, 2**53)
    for share, lower, upper in curve.select("incidence", "lower", "upper").rows():
        assert lower is None or 0 <= lower <= share <= upper <= 1
    COUNTED["cells opened"] += 1


@settings(thorough, max_examples=max(1, EXAMPLES // 2))
@given(st.data())
def test_the_range_holds_the_duration_whatever_the_unknown_days_are(data: st.DataObject) -> None:
    """Every ledger that the dates may turn out to be has a value in the range, and some have its ends."""
    snapshot_on = date(2024, 3, 31)
    as_of = snapshot_on + timedelta(days=pick(data.draw, (0, 0, -1, -11, -30, -45, -91)))
    rows = imprecise_rows(data.draw, generate.days_around(snapshot_on), as_of)
    columns = {"projects": ("project_id", "zone", "signed_on", "started_on", "cancelled_on")}
    ledger = brute.Ledger({"projects": rows}, columns, snapshot_on)
    part = pick(data.draw, (*[Fraction(1, 2)] * 4, Fraction(1, 4), Fraction(3, 4), Fraction(9, 10)))
    days = {"from": "signed_on", "to": "started_on", "competing": "cancelled_on", "calendar": "natural"}
    entry: brute.Definition = {"table": "projects", "stock": "signed_on", "days": {**days, "statistic": part}}
    catalog = zk.Catalog.builtin().add_toml(durations.definition_toml("mine", entry))
    note(f"{as_of} {part} {rows}")

    def answers(of: brute.Ledger) -> list[dict[str, Any]]:
        frame = subject.ledger_of(of).kpis("mine", by="zone", as_of=as_of, catalog=catalog).to_polars(exact=True)
        lines: list[dict[str, Any]] = frame.to_dicts()
        return lines

    (asked_of,) = answers(ledger)
    if asked_of["population_unknown"] or asked_of["excluded"]:
        return
    completed = [row for complete in completions(rows, snapshot_on, as_of) for row in complete]
    # Where the dates are in the wrong order a row is left out: there is no such ledger.
    right = [line for line in answers(replace(ledger, tables={"projects": completed})) if not line["excluded"]]
    values = [None if line["value"] is None else Fraction(line["value"]) for line in right]
    shortest, longest = (None if asked_of[end] is None else Fraction(asked_of[end]) for end in ("shortest", "longest"))
    known = [value for value in values if value is not None]
    assert shortest is not None or not known
    assert all(shortest <= value for value in known if shortest is not None)
    assert longest is None or (len(known) == len(values) and max(known) <= longest)
    # A start and a cancellation that depend on each other may leave fewer ledgers than the range reckons with.
    if not any(is_imprecise(row["cancelled_on"]) for row in rows):
        assert shortest == min(known, default=None)
        assert longest == (max(known) if len(known) == len(values) else None)
        COUNTED["ranges with both ends attained"] += 1
    COUNTED["completions"] += len(values)


def is_imprecise(cell: brute.Cell) -> bool:
    """Whether the cell does not tell its day."""
    return isinstance(cell, brute.Interval) or cell in (brute.UNREADABLE, brute.UNDATED)


def imprecise_rows(draw: generate.Draw, days: list[date], as_of: date) -> list[brute.Row]:
    """Up to four projects, with up to four cells that do not tell their day."""
    rows: list[brute.Row] = []
    left = 4
    for index in range(pick(draw, (1, 2, 2, 2, 3, 4, 4))):
        row: brute.Row = {"project_id": f"P{index}", "zone": "原样"}
        for name, blank in (("signed_on", 0), ("started_on", 1), ("cancelled_on", 5)):
            # Signed by the day asked about, and mostly before the rest.
            day = pick(draw, days[3:8] if name == "signed_on" else days[6:])
            choices: list[brute.Cell] = [day, *[brute.BLANK] * blank]
            if left:
                choices += [generate.month_of(day), generate.ten_days_of(day)]
                choices += [brute.UNREADABLE] if name != "signed_on" else []
            if left and name == "started_on":
                # Unknown where it began before the day asked about and may have ended after it.
                choices += [generate.month_of(as_of), generate.ten_days_of(as_of), brute.UNREADABLE, brute.UNDATED]
            row[name] = pick(draw, choices)
            left -= is_imprecise(row[name])
        rows.append(row)
    return rows


def completions(rows: list[brute.Row], snapshot_on: date, as_of: date) -> list[list[brute.Row]]:
    """Every ledger in which each cell tells one of the days that it may be, each ledger a zone of its own: the ends of
    the cell, the day asked about and the next, and the days on which the project may have been signed."""
    one = timedelta(days=1)

    def days_of(cell: brute.Cell, signed: list[date]) -> list[brute.Cell]:
        if isinstance(cell, date) or cell is brute.BLANK:
            return [cell]
        first, last = brute.span_of(cell, snapshot_on)
        ends = [date.fromordinal(int(end)) for end in (first, last) if math.isfinite(end)]
        possible = [day for day in (*ends, as_of, as_of + one, *signed) if first <= day.toordinal() <= last]
        return [*dict.fromkeys(possible), *([brute.BLANK] if cell is brute.UNREADABLE else [])]

    choices = []
    for row in rows:
        signed = days_of(row["signed_on"], [])
        begun = [day for day in signed if isinstance(day, date)]
        others = (days_of(row[name], begun) for name in ("started_on", "cancelled_on"))
        choices.append(list(itertools.product(signed, *others)))
    made = []
    for number, choice in enumerate(itertools.product(*choices)):
        told = {"zone": f"Z{number}"}
        complete = []
        for row, (signed_on, started_on, cancelled_on) in zip(rows, choice, strict=True):
            days = {"signed_on": signed_on, "started_on": started_on, "cancelled_on": cancelled_on}
            complete.append({**row, **told, **days, "project_id": f"{row['project_id']}-{number}"})
        made.append(complete)
    return made


EVENTS = {
    "projects": ("signed_on", "approved_on", "started_on", "produced_on", "cancelled_on"),
    "batch_entries": ("held_on", "project.started_on", "project.produced_on"),
    "parcels": ("ready_on", "transferred_on"),
    "cases": ("accepted_on", "decided_on"),
    "tasks": ("escalated_on", "done_on"),
}


@settings(thorough, max_examples=max(1, EXAMPLES // 3))
@given(st.data())
def test_every_cohort_is_the_oracles(data: st.DataObject) -> None:
    ledger = data.draw(generate.ledgers())
    table = pick(data.draw, list(EVENTS))
    time = pick(data.draw, [name for name in EVENTS[table] if not name.startswith("project.")])
    event = pick(data.draw, [name for name in EVENTS[table] if name != time])
    ages = data.draw(st.lists(st.sampled_from((0, 1, 30, 90, 180, 365)), min_size=1, max_size=3, unique=True))
    scope = generate.query_scope(ledger, [table])
    groups = [name for name, kind in scope.names if kind in brute.GROUPING]
    query: brute.Query = {
        "every": pick(data.draw, ("month", "quarter", "half_year", "year")),
        "by": data.draw(st.lists(st.sampled_from(groups), max_size=1)),
        "as_of": pick(data.draw, [None, *(ledger.snapshot_on + timedelta(days=days) for days in (-91, -1, 40))]),
        "period": pick(data.draw, (None, None, "2023", "2024H1", (date(2023, 2, 10), date(2024, 2, 5)))),
        "cancelled": pick(data.draw, (None, "drop")),
        "phases": pick(data.draw, ("own", "own", "parent")),
        "totals": data.draw(st.booleans()),
        "where": generate.condition(data.draw, scope, 1) if data.draw(st.integers(0, 3)) == 0 else None,
    }
    given_arguments = subject.arguments_of({**query, "ids": []})
    note(f"{table} {time} {event} {ages} {given_arguments} {ledger.snapshot_on}")
    note(f"{generate.frames(ledger)[table].to_dicts()} {generate.frames(ledger)['projects'].to_dicts()}")
    board = subject.ledger_of(ledger).cohorts(time, event=event, ages=ages, table=table, **given_arguments)
    expected = durations.cohort_lines(ledger, durations.Cohorts(table, time, event, ages, query))
    by = query.get("by") or []
    found = subject.lines_of(board, by)
    frame = board.to_polars()
    for line, age, young in zip(found, frame["age"], frame["immature"], strict=True):
        line.update(age=age, immature=young)

    def key(line: dict[str, Any]) -> tuple[Any, ...]:
        return (line["age"], str(line["dims"]), line["total"], line["period_end"])

    assert sorted(map(key, found)) == sorted(map(key, expected))
    theirs = {key(line): line for line in found}
    for line in expected:
        their = theirs[key(line)]
        for name in (*subject.PLAIN, *subject.DAYS, *subject.EXACT, "immature"):
            assert their[name] == line[name], name
        for name in subject.FLOATS:
            assert subject.within_one_ulp(their[name], line[name]), name
    COUNTED["cohorts"] += len(expected)


def test_enough_was_compared() -> None:
    """Generated ledgers that compare nothing would agree as well."""
    floors = {"cells opened": 1 / 2, "completions": 5, "ranges with both ends attained": 1 / 10, "cohorts": 1 / 2}
    short = {name: COUNTED[name] for name, floor in floors.items() if COUNTED[name] < floor * EXAMPLES}
    assert not short, (EXAMPLES, COUNTED)
