"""What the manifest of sample ledgers says of o21 and o22, asked of the files themselves."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from . import subject

CASES = Path(__file__).parents[1] / "data" / "cases"
MANIFEST = {entry["file"]: entry for entry in yaml.safe_load((CASES / "manifest.yaml").read_text("utf-8"))["files"]}
SMALL, ENTRIES, PROJECTS = "o21_kpi_small.csv", "o22_batch_entries.csv", "o22_batch_projects.csv"

zk = subject.zk

STOCK_OF_INVESTMENT = """
[signed_investment_to_date]
name = { zh = "累计签约总投资", en = "Signed investment to date" }
table = "projects"
stock = "signed_on"
sum = "investment_cny"
unit = "cny"
"""

# What each ask of the manifest is in the library's words.
ASKS: dict[str, dict[str, Any]] = {
    "commitment_share as_of 2023-12-31": {"id": "commitment_share", "as_of": "2023-12-31"},
    "commitment_share as_of 2023-12-31, cancelled=drop": {
        "id": "commitment_share",
        "as_of": "2023-12-31",
        "cancelled": "drop",
    },
    "commitment_share as_of 2023-12-31 by zone": {
        "id": "commitment_share",
        "as_of": "2023-12-31",
        "by": "zone",
        "totals": True,
    },
    "agency_share as_of 2023-12-31": {"id": "agency_share", "as_of": "2023-12-31"},
    "start_rate (started ÷ signed, stock) as_of 2023-12-31": {"id": "start_rate", "as_of": "2023-12-31"},
    "Σ investment of signed, stock as_of 2023-12-31": {"id": "signed_investment_to_date", "as_of": "2023-12-31"},
    "Σ investment of signed, flow 2023-01-01..2023-12-31": {
        "id": "signed_investment",
        "period": ("2023-01-01", "2023-12-31"),
    },
    "commitment_share as_of 2024-12-31": {"id": "commitment_share", "as_of": "2024-12-31"},
    "commitment_share as_of 2022-10-31": {"id": "commitment_share", "as_of": "2022-10-31"},
    "entries": {"id": "batch_entries", "period": "cumulative"},
    "distinct projects": {"id": "batch_projects", "period": "cumulative"},
    "distinct projects by batch": {"id": "batch_projects", "period": "cumulative", "by": "batch", "totals": True},
    "Σ investment of distinct projects that were in any batch": {"id": "batch_investment", "period": "cumulative"},
}


@pytest.fixture(scope="module")
def small() -> Any:
    """The small ledger, read."""
    return zk.read(str(CASES / SMALL))


@pytest.fixture(scope="module")
def batches() -> Any:
    """Batch entries and their projects, read together."""
    return zk.read([str(CASES / ENTRIES), str(CASES / PROJECTS)])


Asked = Callable[[str], tuple[Any, dict[str, Any]]]


@pytest.fixture(scope="module")
def asked(small: Any, batches: Any) -> Asked:
    """An ask of the manifest, answered: the board and how it was asked."""

    def answered(ask: str) -> tuple[Any, dict[str, Any]]:
        query = dict(ASKS[ask])
        one = query.pop("id")
        ledger = batches if one.startswith("batch_") else small
        board = ledger.kpis([one], catalog=zk.Catalog.builtin().add_toml(STOCK_OF_INVESTMENT), **query)
        return board, {"id": one, **query}

    return answered


EXPECTED = [expected for file in (SMALL, ENTRIES) for expected in MANIFEST[file]["kpi"]]


def test_every_ask_is_tried() -> None:
    assert {expected["ask"] for expected in EXPECTED} == ASKS.keys()


def fraction(value: Any) -> Fraction | None:
    """A value of the manifest: "3/5", an integer or null."""
    return None if value is None else Fraction(str(value))


@pytest.mark.parametrize("expected", EXPECTED, ids=[expected["ask"] for expected in EXPECTED])
def test_the_answer_is_the_manifests(expected: dict[str, Any], asked: Asked) -> None:
    board, query = asked(expected["ask"])
    by = [query["by"]] if "by" in query else []
    lines = subject.lines_of(board, by)
    if "groups" in expected:
        groups(expected, lines, query["by"])
        return
    [line] = lines
    for name in ("numerator", "denominator", "unknown"):
        if name in expected:
            assert line[name] == expected[name], name
    if "value" in expected:
        assert subject.within_one_ulp(line["value"], fraction(expected["value"]))
    if "bounds" in expected:
        for name, bound in zip(("lower", "upper"), expected["bounds"], strict=True):
            assert subject.within_one_ulp(line[name], fraction(bound))
    if "rows_met" in expected:
        opened = subject.rows_of(board, query["id"], {})
        for outcome, key in (("met", "rows_met"), ("unknown", "rows_unknown")):
            found = sorted(row["project_id"] for row in opened if row["outcome"] == outcome)
            assert found == expected[key]


def groups(expected: dict[str, Any], lines: list[dict[str, Any]], by: str) -> None:
    """A grouped answer: a list is numerator, denominator and unknown; a number is the value."""
    figures = {line["dims"][by]: line for line in lines if not line["total"]}
    for group, figure in expected["groups"].items():
        same_figures(figures.pop(group), figure)
    for empty in figures.values():
        assert (empty["numerator"], empty["denominator"], empty["value"]) == (0, 0, None)
    [total] = [line for line in lines if line["total"]]
    same_figures(total, expected.get("totals", expected.get("totals_must_refuse_or_be")))


def same_figures(line: dict[str, Any], figure: Any) -> None:
    """One line against what the manifest says of it."""
    if isinstance(figure, list):
        assert [line["numerator"], line["denominator"], line["unknown"]] == figure
    else:
        assert line["value"] == figure


def test_a_zone_without_rows_at_the_date_is_listed(asked: Asked) -> None:
    board, _ = asked("commitment_share as_of 2023-12-31 by zone")
    lines = {line["dims"]["zone"]: line for line in subject.lines_of(board, ["zone"]) if not line["total"]}
    assert lines["云岭经开区"]["denominator"] == 0
    assert lines["云岭经开区"]["value"] is None


def test_a_project_outside_the_population_is_told(asked: Asked) -> None:
    board, _ = asked("commitment_share as_of 2024-12-31")
    [line] = subject.lines_of(board, [])
    assert line["population_unknown"] == 1
    opened = subject.rows_of(board, "commitment_share", {})
    assert [row["project_id"] for row in opened if row["outcome"] == "population_unknown"] == ["P8"]


def test_an_entry_without_a_project_is_an_issue_and_stays(batches: Any) -> None:
    issues = subject.frame_of(batches.issues).to_dicts()
    [dead_end] = [issue for issue in issues if issue["value"] == "A9"]
    assert (dead_end["table"], dead_end["severity"], dead_end["row"]) == ("batch_entries", "warning", 7)
    [line] = subject.lines_of(batches.kpis(["batch_investment"], period="cumulative"), [])
    assert (line["numerator"], line["unknown"]) == (896_000_000, 1)


def quarters(ledger: Any, one: str) -> list[Any]:
    """The same question about two quarters, judged at one date."""
    return [ledger.kpis([one], period=period, as_of="2023-09-22") for period in ("2023Q1", "2023Q2")]


def test_counts_of_two_periods_merge(batches: Any) -> None:
    [line] = subject.lines_of(zk.merge(quarters(batches, "batch_entries")), [])
    assert (line["numerator"], line["value"]) == (4, 4.0)


@pytest.mark.parametrize("one", ["batch_projects", "batch_investment", "batch_start_rate"])
def test_what_counts_an_entity_once_does_not_merge(batches: Any, one: str) -> None:
    with pytest.raises(zk.ZoneKpiError):
        zk.merge(quarters(batches, one))


def test_a_stock_does_not_merge_over_time(small: Any) -> None:
    boards = [small.kpis(["commitment_share"], as_of=day) for day in ("2023-06-30", "2023-12-31")]
    with pytest.raises(zk.ZoneKpiError):
        zk.merge(boards)


def test_the_same_part_does_not_merge_with_itself(small: Any) -> None:
    board = small.kpis(["signed_projects"], period="2023")
    with pytest.raises(zk.ZoneKpiError):
        zk.merge([board, board])


def test_answers_under_different_policies_do_not_merge(small: Any) -> None:
    boards = [
        small.kpis(["signed_projects"], period="2023H1", cancelled="keep"),
        small.kpis(["signed_projects"], period="2023H2", cancelled="drop"),
    ]
    with pytest.raises(zk.ZoneKpiError):
        zk.merge(boards)
