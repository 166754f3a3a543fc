"""What a notebook shows."""

from __future__ import annotations

from html.parser import HTMLParser

import polars as pl
import pytest

import zonekpi as zk

VOID = {"br", "meta", "hr"}


class Tags(HTMLParser):
    """Follows the tags, so that one that is not closed is noticed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def well_formed(html: str) -> Tags:
    tags = Tags()
    tags.feed(html)
    assert tags.open == []
    return tags


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_board_is_a_finished_table(board: zk.KpiTable, lang: str) -> None:
    with zk.options(lang=lang):  # type: ignore[arg-type]
        html = board._repr_html_()
    tags = well_formed(html)
    assert tags.seen.count("table") == 1
    assert "93.65%" in html
    assert "59" in html
    assert "63" in html
    assert ("承诺制项目占比" if lang == "zh" else "Commitment-system share") in html
    assert "prefers-color-scheme: dark" in html
    assert "var(--jp-" in html
    assert 'class="zonekpi-total"' in html


def test_every_text_is_escaped() -> None:
    evil = "<script>alert('&')</script>"
    frame = pl.DataFrame(
        {"project_id": ["P1"], "zone": [evil], "approved_on": ["2024-01-01"], "filed": ["是"], "commitment": [evil]}
    )
    ledger = zk.Ledger(projects=frame, snapshot_on="2024-12-31")
    board = ledger.kpis("commitment_share", by="zone")
    for html in (board._repr_html_(), ledger.issues._repr_html_(), ledger._repr_html_(), ledger.reading._repr_html_()):
        assert "<script" not in html
        well_formed(html)
    assert "&lt;script&gt;" in board._repr_html_()
    assert "&lt;script&gt;" in ledger.issues._repr_html_()


def test_catalog_and_definition_show_themselves(board: zk.KpiTable) -> None:
    well_formed(zk.Catalog.builtin()._repr_html_())
    definition = board.definition("commitment_share")
    assert "承诺制" in definition
    well_formed(definition._repr_html_())
    with zk.options(lang="en"):
        assert "commitment" in board.definition("commitment_share").lower()


def test_the_text_of_a_board_is_a_table(board: zk.KpiTable) -> None:
    lines = repr(board).splitlines()
    assert len(lines) > len(board) / 2
    assert any("朔州经开区" in line and "93.65%" in line for line in lines)


def test_unknown_items_are_a_list(projects: pl.DataFrame) -> None:
    ledger = zk.Ledger(projects=projects, snapshot_on="2024-12-31")
    board = ledger.kpis("commitment_share", by="zone")
    item = "甲 承诺制项目占比：未知 1 项，真值 33.33%–66.67%"
    assert f"\n  {item}\n" in repr(board)
    assert f"<ul><li>{item}</li></ul>" in board._repr_html_()
    well_formed(board._repr_html_())


def test_a_period_after_the_data_is_no_zero(projects: pl.DataFrame) -> None:
    ledger = zk.Ledger(projects=projects, snapshot_on="2024-06-30")
    board = ledger.kpis("approved_projects", period="2025")
    assert board.to_polars()["value"].to_list() == [0.0]
    assert "—†" in repr(board)
    assert "期间在数据之后：数据截至 2024-06-30" in repr(board)


def test_intervals_are_shown(ledger: zk.Ledger) -> None:
    board = ledger.kpis("commitment_share", where={"zone": "朔州经开区"}, as_of="2024-03-31", confidence=0.95)
    assert "95% 区间" in repr(board)
    assert "84.78%–97.50%" in repr(board)


def test_counts_have_their_measure_word(ledger: zk.Ledger) -> None:
    board = ledger.kpis(["service_visits", "accepted_cases"], by="zone")
    assert "服务企业次数（次）" in repr(board)
    assert "受理件数（件）" in repr(board)
    assert "单位：次" in board.definition("service_visits")
    assert "单位：百分比" in ledger.kpis("commitment_share").definition("commitment_share")
