"""The library as the tests call it: the one place that knows its Python names.

Turns a ledger, a catalog and a query of the oracle into calls, and what comes back into plain dictionaries, exact
where the library is exact.
"""

from __future__ import annotations

import math
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from . import brute, generate

if TYPE_CHECKING:
    from collections.abc import Iterable

zk: Any = pytest.importorskip("zonekpi")


def ledger_of(ledger: brute.Ledger) -> Any:
    """The ledger, written as text cells and read by the library."""
    return zk.Ledger(**generate.frames(ledger), snapshot_on=ledger.snapshot_on)


def catalog_of(catalog: brute.Catalog, shipped: bool = True) -> Any:
    """The definitions, written as TOML and added to the shipped ones."""
    made = {one: entry for one, entry in catalog.items() if one.startswith("made_") or not shipped}
    text = "\n".join(brute.definition_toml(one, entry) for one, entry in made.items())
    return zk.Catalog.builtin().add_toml(text)


def arguments_of(query: brute.Query) -> dict[str, Any]:
    """The keyword arguments of `Ledger.kpis`; what is not asked is left out."""
    where = query.get("where")
    given: dict[str, Any] = {**query, "where": None if where is None else brute.render(where)}
    del given["ids"]
    period = given.get("period")
    if isinstance(period, tuple):
        given["period"] = tuple(day.isoformat() for day in period)
    return {name: value for name, value in given.items() if value is not None}


def ask(ledger: Any, catalog: Any, query: brute.Query) -> Any:
    """The answer, as the library's table."""
    return ledger.kpis(query["ids"], catalog=catalog, **arguments_of(query))


def frame_of(answer: Any, exact: bool = False) -> pl.DataFrame:
    """A table of the library as a Python Polars frame."""
    if isinstance(answer, pl.DataFrame):
        return answer
    frame: pl.DataFrame = answer.to_polars(exact=True) if exact else answer.to_polars()
    return frame


def lines_of(board: Any, by: Iterable[str]) -> list[dict[str, Any]]:
    """The lines of an answer in the oracle's form. `value`, `lower` and `upper` are floats."""
    lines = []
    by = list(by)
    for line in frame_of(board, exact=True).iter_rows(named=True):
        plain = {name: line[name] for name in PLAIN}
        plain["dims"] = {name: line[name] for name in by}
        for name in DAYS:
            plain[name] = day_of(line[name])
        for name in EXACT:
            plain[name] = exact_of(line[name])
        for name in FLOATS:
            plain[name] = None if line[name] is None else float(line[name])
        plain["undated"] = sorted(names_of(line["undated"]))
        lines.append(plain)
    return lines


PLAIN = (
    "indicator",
    "basis",
    "unknown",
    "population_unknown",
    "population_unknown_met",
    "population_unknown_not_met",
    "excluded",
    "complete",
    "total",
)
DAYS = ("period_start", "period_end", "as_of")
EXACT = ("numerator", "denominator")
FLOATS = ("value", "lower", "upper")


def day_of(value: Any) -> date | None:
    """A day, whichever type it crossed in."""
    return value.date() if isinstance(value, datetime) else value


def exact_of(value: Any) -> Fraction | None:
    """An exact number. A float is not exact and is an error."""
    if value is None:
        return None
    if isinstance(value, Decimal | int | str):
        return Fraction(value)
    raise TypeError(f"not exact: {value!r}")


def names_of(value: Any) -> list[str]:
    """A list of column names, as a list or as text with commas."""
    if value is None:
        return []
    if isinstance(value, str):
        return [name.strip() for name in value.split(",") if name.strip()]
    return list(value)


def at_of(board_query: brute.Query, line: dict[str, Any]) -> dict[str, Any]:
    """The cell of a line, as `rows` and `attrition` want it."""
    at: dict[str, Any] = {}
    if line["total"]:
        at["total"] = True
    else:
        at.update(line["dims"])
    if board_query.get("every") is not None:
        at["period_end"] = line["period_end"]
    return at


def rows_of(board: Any, one: str, at: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows behind a cell."""
    return list(frame_of(board.rows(one, at=at)).iter_rows(named=True))


def attrition_of(board: Any, one: str, at: dict[str, Any]) -> list[dict[str, Any]]:
    """The steps of a cell."""
    return list(frame_of(board.attrition(one, at=at)).iter_rows(named=True))


def within_one_ulp(value: float | None, exact: Fraction | None) -> bool:
    """Whether a float is the exact number, rounded, give or take the last bit."""
    if value is None or exact is None:
        return value is None and exact is None
    right = float(exact)
    return value in (right, math.nextafter(right, math.inf), math.nextafter(right, -math.inf))
