"""Made-up projects to measure with: events that follow each other, flags, names and amounts, some blank.

The same seed gives the same rows. Frames are kept as Parquet files below build/bench, which a second run finds again.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import polars as pl

CACHE = Path(__file__).resolve().parents[2] / "build" / "bench"

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
FIRST, LAST = dt.date(2004, 7, 1), dt.date(2024, 12, 31)


def projects(rows: int, *, zones: int = 50, clustered: bool = False) -> pl.DataFrame:
    """The frame, from the cache or made; ``clustered`` has the rows of a zone together."""
    path = CACHE / f"projects_{rows}_{zones}{'_clustered' if clustered else ''}.parquet"
    if not path.exists():
        frame = _made(rows, zones)
        if clustered:
            frame = frame.sort("zone", maintain_order=True)
        CACHE.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        frame.write_parquet(part, row_group_size=500_000)
        part.rename(path)
    return pl.read_parquet(path)


def path_of(rows: int, *, zones: int = 50) -> Path:
    """The Parquet file of the frame, made where it is not there."""
    projects(rows, zones=zones)
    return CACHE / f"projects_{rows}_{zones}.parquet"


def _made(rows: int, zones: int) -> pl.DataFrame:
    random = np.random.default_rng(20240331)
    start, end = (int(np.datetime64(day, "D").astype(int)) for day in (FIRST, LAST))

    def blank(share: float) -> np.ndarray:
        return random.random(rows, dtype=np.float32) < share

    days = {"signed_on": start + ((end - start) * np.sqrt(random.random(rows))).astype(np.int32)}
    for event, (before, mean, least, _) in LAGS.items():
        days[event] = (days[before] + least + random.exponential(mean, rows)).astype(np.int32)
    columns = [
        _names("zone", "开发区", random.integers(0, zones, rows), zones),
        *(
            pl.Series(event, day.astype(np.int32))
            .to_frame()
            .select(pl.when(pl.Series(~(blank(LAGS.get(event, (0, 0, 0, 0.05))[3]) | (day > end)))).then(pl.col(event)))
            .to_series()
            .cast(pl.Date)
            for event, day in days.items()
        ),
        *(_blanked(pl.Series(n, random.random(rows) < yes), blank(none)) for n, (yes, none) in FLAGS.items()),
        _blanked(_names("commissioner", "专员", random.integers(0, 2000, rows), 2000), blank(0.40)),
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
    columns += [_blanked(pl.Series(name, values), blank(none)) for name, (values, none) in amounts.items()]
    return pl.DataFrame(columns)


def _names(column: str, stem: str, codes: np.ndarray, distinct: int) -> pl.Series:
    words = pl.Series([f"{stem}{i:04d}" for i in range(distinct)])
    return words.gather(codes).alias(column)


def _blanked(values: pl.Series, blank: np.ndarray) -> pl.Series:
    return values.to_frame().select(pl.when(pl.Series(~blank)).then(pl.col(values.name))).to_series()
