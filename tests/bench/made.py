"""Columns that are made up, and frames that are kept as Parquet files below build/bench for a second run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import numpy as np
import polars as pl

FOLDER = Path(__file__).resolve().parents[2] / "build" / "bench"
FIRST, LAST = dt.date(2004, 7, 1), dt.date(2024, 12, 31)


def kept(name: str, make: Callable[[], pl.DataFrame], compression: Literal["zstd", "snappy"] = "zstd") -> Path:
    """The file of that name, made where it is not there."""
    path = FOLDER / f"{name}.parquet"
    if not path.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        make().write_parquet(part, compression=compression, row_group_size=500_000)
        part.rename(path)
    return path


class Random:
    """Columns of so many rows; the same seed gives the same."""

    def __init__(self, rows: int) -> None:
        self.rows = rows
        self.random = np.random.default_rng(20240331)
        self.start, self.end = (int(np.datetime64(day, "D").astype(int)) for day in (FIRST, LAST))

    def begun(self) -> np.ndarray:
        """Days of which later years have more."""
        return self.start + ((self.end - self.start) * np.sqrt(self.random.random(self.rows))).astype(np.int32)

    def after(self, days: np.ndarray, least: int, mean: float) -> np.ndarray:
        """Days that follow others."""
        return (days + least + self.random.exponential(mean, self.rows)).astype(np.int32)

    def dates(self, name: str, days: np.ndarray, blanks: float, *, ahead: bool = False) -> pl.Series:
        """Days as dates, some blank; those after the last day too, unless they are known ahead."""
        blank = self._blank(blanks) if ahead else self._blank(blanks) | (days > self.end)
        return _blanked(pl.Series(name, days.astype(np.int32)), blank).cast(pl.Date)

    def flags(self, name: str, yes: float, blanks: float) -> pl.Series:
        """True for such a share, some blank."""
        return self.values(name, self.random.random(self.rows) < yes, blanks)

    def values(self, name: str, values: np.ndarray, blanks: float) -> pl.Series:
        """Values, some blank."""
        return _blanked(pl.Series(name, values), self._blank(blanks))

    def names(self, name: str, stem: str, distinct: int, blanks: float = 0.0) -> pl.Series:
        """One of so many names, some blank."""
        words = pl.Series([f"{stem}{i:04d}" for i in range(distinct)])
        found = words.gather(self.random.integers(0, distinct, self.rows)).alias(name)
        return _blanked(found, self._blank(blanks)) if blanks else found

    def _blank(self, share: float) -> np.ndarray:
        return self.random.random(self.rows, dtype=np.float32) < share


def _blanked(values: pl.Series, blank: np.ndarray) -> pl.Series:
    return values.to_frame().select(pl.when(pl.Series(~blank)).then(pl.col(values.name))).to_series()
