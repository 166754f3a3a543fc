"""The curve of a duration is the Aalen–Johansen estimate of lifelines, on generated ledgers with many ties.

lifelines runs in an environment of its own, `<environment>-lifelines`, which `make test` makes.

Without tied events of two kinds, lifelines computes as the library does, intervals included. Where an event and a
cancellation fall on one day, it moves them apart by chance, which changes no share (each takes the same part of those
who wait) but the variances a little: there only the shares are compared.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import zonekpi as zk

HERE = Path(__file__).resolve().parent
LIFELINES = Path(f"{sys.prefix}-lifelines") / "bin" / "python"
SNAPSHOT = date(2024, 3, 31)
SHARES, ENDS = 1e-14, 1e-11
"""How far floats of some hundred additions may lie apart."""

OPEN, EVENT, COMPETING = 0, 1, 2
Waits = list[tuple[int, int]]


def generated(seed: int, rows: int, most: int, tied_kinds: bool) -> Waits:
    """Waits of up to so many days. Without tied kinds, events come on odd days and cancellations on even ones."""
    dice = random.Random(seed)
    waits = []
    for _ in range(rows):
        kind = dice.choices((OPEN, EVENT, COMPETING), (3, 5, 2))[0]
        days = dice.randrange(1, most)
        if not tied_kinds and kind != OPEN:
            days = days // 2 * 2 + (kind == EVENT)
        waits.append((days, kind))
    return waits


def curve_of(waits: Waits, confidence: float) -> pl.DataFrame:
    """The library's curve of a ledger with such waits, all known to the day."""
    rows: dict[str, list[Any]] = {"project_id": [], "signed_on": [], "started_on": [], "cancelled_on": []}
    for number, (days, kind) in enumerate(waits):
        # Of an open row the wait ends with the ledger; of the others it began a while before.
        signed = SNAPSHOT - timedelta(days=days) if kind == OPEN else date(2020, 1, 1) + timedelta(days=number % 90)
        end = signed + timedelta(days=days)
        rows["project_id"].append(f"P{number}")
        rows["signed_on"].append(signed)
        rows["started_on"].append(end if kind == EVENT else None)
        rows["cancelled_on"].append(end if kind == COMPETING else None)
    frame = pl.DataFrame(rows, schema_overrides={"started_on": pl.Date, "cancelled_on": pl.Date})
    board = zk.kpi.days_signed_to_started(frame, snapshot_on=SNAPSHOT)
    return board.curve("days_signed_to_started", confidence=confidence)


def references(problems: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What lifelines answers."""
    assert LIFELINES.exists(), f"{LIFELINES} is not there: `make tools` makes it"
    done = subprocess.run(
        [LIFELINES, HERE / "reference.py"], input=json.dumps(problems), capture_output=True, text=True, check=True
    )
    answers: list[dict[str, Any]] = json.loads(done.stdout)["answers"]
    return answers


CASES = [
    (seed, rows, most, tied)
    for seed, (rows, most) in enumerate([(1, 9), (5, 9), (30, 12), (60, 40), (200, 90), (400, 900), (1000, 200)])
    for tied in (False, True)
]


@pytest.fixture(scope="module")
def compared() -> list[tuple[bool, pl.DataFrame, dict[str, Any]]]:
    """Each case with the library's curve and that of lifelines."""
    problems, curves = [], []
    for seed, rows, most, tied in CASES:
        waits = generated(seed, rows, most, tied)
        confidence = (0.95, 0.9)[seed % 2]
        # lifelines wants an event to look for.
        waits = [*waits, (1, EVENT)]
        curve = curve_of(waits, confidence)
        curves.append((tied, curve))
        problems.append({"waits": waits, "at": curve["day"].to_list(), "confidence": confidence})
    return [(tied, curve, answer) for (tied, curve), answer in zip(curves, references(problems), strict=True)]


@pytest.mark.oracle
def test_the_shares_are_those_of_lifelines(compared: list[tuple[bool, pl.DataFrame, dict[str, Any]]]) -> None:
    points = 0
    for _, curve, answer in compared:
        for found, right in zip(curve["incidence"], answer["incidence"], strict=True):
            assert abs(found - right) <= SHARES
            points += 1
    assert points > 1000


@pytest.mark.oracle
def test_the_intervals_are_those_of_lifelines(compared: list[tuple[bool, pl.DataFrame, dict[str, Any]]]) -> None:
    points = 0
    for tied, curve, answer in compared:
        if tied:
            continue
        for name in ("lower", "upper"):
            for found, right, share, left in zip(
                curve[name], answer[name], curve["incidence"], curve["at_risk"], strict=True
            ):
                # lifelines divides by the nobody that is left after the last event, and has no interval there.
                if right is None or left == 1:
                    continue
                assert 0 < share < 1
                assert abs(found - right) <= ENDS
                points += 1
    assert points > 1000


@pytest.mark.oracle
def test_the_risk_table_adds_up(compared: list[tuple[bool, pl.DataFrame, dict[str, Any]]]) -> None:
    for _, curve, _ in compared:
        ended = curve.select(pl.sum_horizontal("events", "competing", "censored")).to_series()
        assert (curve["at_risk"] - ended).to_list() == [*curve["at_risk"][1:].to_list(), 0]
