"""Aalen–Johansen estimates by lifelines; runs in the environment that lifelines needs.

Reads a list of problems as JSON, writes their answers. A problem is `waits`, a list of [days, kind] with kind 0 for
observed so far, 1 for the event, 2 for the competing one; `at`, the days at which the curve is wanted; `confidence`.
"""

from __future__ import annotations

import json
import sys
import warnings

import numpy as np

from lifelines import AalenJohansenFitter, __version__


def solved(problem: dict) -> dict:
    """The curve at the days that are asked."""
    days = np.array([days for days, _ in problem["waits"]], dtype=float)
    kinds = np.array([kind for _, kind in problem["waits"]])
    # On one day, events come before what is only observed so far. lifelines moves tied events of two kinds apart by
    # chance, up or down, and would then take some to be after: so what is observed so far is put half a day later.
    days = days + np.where(kinds == 0, 0.5, 0.0)
    fitter = AalenJohansenFitter(alpha=1 - problem["confidence"], seed=7)
    fitter.fit(days, kinds, event_of_interest=1)
    share, interval = fitter.cumulative_density_.iloc[:, 0], fitter.confidence_interval_
    # A curve of steps, a quarter of a day after each day that is asked: past whatever was moved.
    places = share.index.searchsorted(np.array(problem["at"]) + 0.25, side="right") - 1
    ends = [column for end in ("lower", "upper") for column in interval.columns if end in column]
    bounds = interval[ends].to_numpy()[places]
    # The two columns are named the other way round in some versions: the lower end is the smaller.
    return {
        "incidence": share.to_numpy()[places].tolist(),
        "lower": [None if np.isnan(row).any() else float(row.min()) for row in bounds],
        "upper": [None if np.isnan(row).any() else float(row.max()) for row in bounds],
    }


def main() -> None:
    """Answers on standard output."""
    problems = json.load(sys.stdin)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with np.errstate(all="ignore"):
            answers = [solved(problem) for problem in problems]
    json.dump({"version": __version__, "answers": answers}, sys.stdout)


if __name__ == "__main__":
    main()
