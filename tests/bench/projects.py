"""Made-up projects to measure with: events that follow each other, flags, names and amounts, some blank."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

from bench.made import Random, kept

# (the event it follows, mean days after it, least days after it, share of blanks)
LAGS = {
    "approved_on": ("signed_on", 60, -30, 0.15),
    "started_on": ("approved_on", 150, -10, 0.20),
    "completed_on": ("started_on", 400, 0, 0.35),
    "produced_on": ("started_on", 420, 10, 0.40),
    "at_capacity_on": ("produced_on", 500, 0, 0.50),
    "cancelled_on": ("signed_on", 900, 0, 0.92),
}
FLAGS = {"filed": (0.80, 0.05), "commitment": (0.70, 0.08), "agency_handled": (0.75, 0.06)}


def projects(rows: int, *, zones: int = 50, clustered: bool = False) -> Path:
    """The file of so many projects; ``clustered`` has the rows of a zone together."""
    if clustered:
        random = projects(rows, zones=zones)
        return kept(f"{random.stem}_clustered", lambda: pl.read_parquet(random).sort("zone", maintain_order=True))
    return kept(f"projects_{rows}_{zones}", lambda: _made(Random(rows), zones))


def in_snappy(path: Path) -> Path:
    """The same file in the compression that pandas, DuckDB and Spark write."""
    return kept(f"{path.stem}_snappy", lambda: pl.read_parquet(path), "snappy")


def _made(made: Random, zones: int) -> pl.DataFrame:
    random, rows = made.random, made.rows
    days = {"signed_on": made.begun()}
    for event, (before, mean, least, _) in LAGS.items():
        days[event] = made.after(days[before], least, mean)
    columns = [
        made.names("zone", "开发区", zones),
        *(made.dates(event, day, LAGS.get(event, (0, 0, 0, 0.05))[3]) for event, day in days.items()),
        *(made.flags(flag, yes, blanks) for flag, (yes, blanks) in FLAGS.items()),
        made.names("commissioner", "专员", 2000, 0.40),
    ]
    invested = random.lognormal(18.5, 1.3, rows).astype(np.int64) // 100 * 100
    planned = (invested * random.uniform(0.5, 2, rows)).astype(np.int64)
    amounts = {
        "investment_cny": (invested, 0.03),
        "paid_in_cny": ((invested * random.random(rows)).astype(np.int64), 0.10),
        "output_cny": ((planned * random.uniform(0.3, 1.2, rows)).astype(np.int64), 0.30),
        "planned_output_cny": (planned, 0.20),
        "tax_cny": ((planned * 0.04).astype(np.int64), 0.30),
        "jobs": (random.integers(5, 800, rows), 0.25),
        # Quarters of a mu, whose sums a float holds exactly.
        "land_mu": (np.round(random.lognormal(3.5, 0.8, rows) * 4) / 4, 0.12),
    }
    columns += [made.values(name, values, blanks) for name, (values, blanks) in amounts.items()]
    return pl.DataFrame(columns)
