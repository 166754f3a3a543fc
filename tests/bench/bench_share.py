"""How long `zk.kpi.commitment_share` takes on a data frame of a million projects.

Run with `make bench`, which builds with the release profile; figures of a dev build mean nothing. Times the call
as a user makes it, from a polars frame to the answer.
"""

from __future__ import annotations

import argparse
import datetime as dt
import statistics
import time

import polars as pl

import zonekpi as zk


def frame(rows: int) -> pl.DataFrame:
    """Projects of twenty zones with their approval dates and flags, some blank."""
    n = pl.int_range(rows, eager=True)
    return pl.DataFrame(
        {
            "project_id": "P" + n.cast(str),
            "zone": "开发区" + (n % 20).cast(str),
            "approved_on": pl.select(pl.lit(dt.date(2020, 1, 1)) + pl.duration(days=n % 1500)).to_series(),
            "filed": pl.Series([True, False, True, None, True]).gather(n % 5),
            "commitment": pl.Series([True, True, False, None, True, True, False]).gather(n % 7),
        }
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--repeats", type=int, default=5)
    arguments = parser.parse_args()
    projects = frame(arguments.rows)
    spent = []
    for _ in range(arguments.repeats):
        start = time.perf_counter()
        board = zk.kpi.commitment_share(projects, by="zone", as_of="2024-01-31")
        spent.append(time.perf_counter() - start)
    print(board)
    print(f"{arguments.rows:,} rows: median {statistics.median(spent):.3f} s, best {min(spent):.3f} s")


if __name__ == "__main__":
    main()
