"""The figures of the bundled example: by hand-written SQL over its files, and by the library, against one expectation.

The SQL half needs DuckDB only; it tells whether the *ledger* is what its README says. The other half tells whether the
*library* finds the same in it.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

try:
    import tomllib
except ModuleNotFoundError:  # Python 3.10
    import tomli as tomllib

HERE = Path(__file__).parent
EXAMPLE = HERE.parents[1] / "crates" / "zonekpi" / "src" / "ledger" / "example"
EXPECTED = tomllib.loads((HERE / "example_expected.sql.toml").read_text(encoding="utf-8"))
COUNTS = ("unknown", "population_unknown")

figures = pytest.mark.parametrize(
    "figure", EXPECTED["figure"], ids=[f"{figure['indicator']}-{figure['zone']}" for figure in EXPECTED["figure"]]
)


def decimal(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def wanted(figure: dict) -> dict[str, Decimal | None]:
    return {
        "numerator": decimal(figure["numerator"]),
        "denominator": decimal(figure.get("denominator")),
        **{name: Decimal(figure.get(name, 0)) for name in COUNTS},
    }


def printed(figure: dict) -> str:
    """The figure with two digits, rounded once, from the exact numbers."""
    numerator, denominator = decimal(figure["numerator"]), decimal(figure.get("denominator"))
    cent = Decimal("0.01")
    if denominator is not None:
        return f"{(100 * numerator / denominator).quantize(cent, ROUND_HALF_UP)}%"
    if figure.get("unit") == "cny":
        return str((numerator / 10**8).quantize(cent, ROUND_HALF_UP))
    if figure.get("unit") == "mu":
        return str(numerator.quantize(cent, ROUND_HALF_UP))
    return str(numerator)


@pytest.fixture(scope="module")
def database():
    duckdb = pytest.importorskip("duckdb")
    connection = duckdb.connect()
    for file in sorted(EXAMPLE.glob("*.csv")):
        connection.execute(
            f"CREATE TABLE {file.stem} AS SELECT * FROM read_csv(?, all_varchar = true, header = true)", [str(file)]
        )
    for name, part in (("year_in", r"^(\d+)年"), ("month_in", r"年(\d+)月")):
        connection.execute(
            f"CREATE MACRO {name}(cell) AS CAST(nullif(regexp_extract(cell, '{part}', 1), '') AS INTEGER)"
        )
    connection.execute(EXPECTED["prelude"])
    return connection


@pytest.fixture(scope="module")
def ledger():
    return pytest.importorskip("zonekpi").example()


@figures
def test_the_rows_give_the_figure(database, figure):
    cursor = database.execute(figure["sql"])
    names = [column[0] for column in cursor.description]
    (row,) = cursor.fetchall()
    found = {"denominator": None, **dict.fromkeys(COUNTS, 0), **dict(zip(names, row, strict=True))}
    assert {name: decimal(value) for name, value in found.items()} == wanted(figure)
    assert printed(figure) == figure["printed"]


@figures
def test_the_library_gives_the_figure(ledger, figure):
    dates = {name: figure[name] for name in ("as_of", "period") if name in figure}
    table = ledger.kpis([figure["indicator"]], where={"zone": figure["zone"]}, **dates).to_polars()
    (row,) = table.to_dicts()
    expected = wanted(figure)
    for name, value in expected.items():
        found = row[name]
        assert (found is None) == (value is None), name
        # What stands in a frame as a float is the nearest one to the exact number.
        assert found is None or float(found) == float(value), name
    numerator, denominator = expected["numerator"], expected["denominator"]
    assert row["value"] == float(numerator if denominator is None else numerator / denominator)


def test_the_ledger_is_of_the_day_its_readme_says(ledger):
    assert str(ledger.snapshot_on) == "2024-03-31"


def test_no_file_is_missing_or_large():
    files = {file.stem: file.stat().st_size for file in EXAMPLE.glob("*.csv")}
    assert len(files) == 12
    assert sum(files.values()) <= 700_000
