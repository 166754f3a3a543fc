"""Made-up cases to measure with: accepted, decided, due, and what catalog indicators of cases ask of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

from bench.made import Random, kept

FLAGS = {"on_the_spot": (0.30, 0.02), "one_window": (0.60, 0.05), "whole_process": (0.50, 0.04)}
LIMITS = (1, 5, 10, 20, 60)
# Of the grades from 1 to 5.
RATED = (0.02, 0.03, 0.10, 0.25, 0.60)


def cases(rows: int, *, zones: int = 50) -> Path:
    """The file of so many cases."""
    return kept(f"cases_{rows}_{zones}", lambda: _made(Random(rows), zones))


def _made(made: Random, zones: int) -> pl.DataFrame:
    random, rows = made.random, made.rows
    accepted = made.begun()
    limit = random.choice(LIMITS, rows)
    numbers = {
        "submissions": (1 + random.poisson(0.4, rows), 0.06),
        "rating": (random.choice(5, rows, p=RATED) + 1, 0.55),
        "revision_rounds": (random.poisson(0.5, rows), 0.10),
    }
    promised = made.dates("promised_due_on", accepted + limit, 0.25, ahead=True)
    statutory = made.dates("statutory_due_on", accepted + 2 * limit, 0.10, ahead=True)
    return pl.DataFrame(
        [
            pl.select(case_id="C" + pl.int_range(rows).cast(pl.String).str.zfill(8)).to_series(),
            made.names("zone", "开发区", zones),
            made.dates("accepted_on", accepted, 0.01),
            # Some are never decided.
            made.dates("decided_on", made.after(accepted, 0, 9), 0.04),
            promised,
            statutory,
            # As a ledger has it: the promised day, else the statutory one.
            promised.fill_null(statutory).alias("due_on"),
            *(made.flags(flag, yes, blanks) for flag, (yes, blanks) in FLAGS.items()),
            *(made.values(name, values.astype(np.int8), blanks) for name, (values, blanks) in numbers.items()),
        ]
    )
