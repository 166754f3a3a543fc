"""Every kind of error has a class, which is also the built-in that fits, and a sentence in both languages."""

from __future__ import annotations

import functools
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import zonekpi as zk
from zonekpi import _zonekpi, errors

BUILT_IN = {
    errors.UnknownNameError: KeyError,
    errors.MissingColumnError: ValueError,
    errors.DefinitionError: ValueError,
    errors.OptionTypeError: TypeError,
    errors.QueryError: ValueError,
    errors.InputError: ValueError,
    errors.MergeError: ValueError,
    errors.LedgerFileNotFoundError: FileNotFoundError,
    errors.LedgerIoError: OSError,
    errors.ComputeError: RuntimeError,
}


def test_the_list_of_classes_is_whole() -> None:
    assert set(errors.__all__) == {c.__name__ for c in [*BUILT_IN, errors.ZoneKpiError, errors.ProvisionalWarning]}


@pytest.mark.parametrize(("own", "built_in"), BUILT_IN.items())
def test_a_class_is_also_the_built_in(own: type[errors.ZoneKpiError], built_in: type[Exception]) -> None:
    error = own("说明", code="some_code", file="台账.xlsx", row=3)
    assert isinstance(error, built_in)
    assert isinstance(error, zk.ZoneKpiError)
    assert str(error) == "说明"
    assert (error.code, error.file, error.row, error.column) == ("some_code", "台账.xlsx", 3, None)
    copy = pickle.loads(pickle.dumps(error))
    assert (type(copy), str(copy), copy.code) == (own, "说明", "some_code")


def test_a_file_that_is_not_there_has_its_name_and_number() -> None:
    error = errors.LedgerFileNotFoundError("没有", file="a.xlsx")
    assert error.filename == "a.xlsx"
    assert error.errno == 2


example = functools.cache(zk.example)


def frame(**columns: object) -> pl.DataFrame:
    return pl.DataFrame({"zone": ["甲"], "project_id": ["P1"], "approved_on": ["2024-01-01"], **columns})


def touched(folder: Path) -> Path:
    path = folder / "file"
    path.touch()
    return path


def scanned(folder: Path) -> zk.Scan:
    example().table("projects").write_parquet(folder / "projects.parquet")
    return zk.scan(folder)


def saved(folder: Path) -> Path:
    example().save(folder)
    return folder


def asked(**options: object) -> Callable[[Path], object]:
    return lambda _: example().kpis("commitment_share", **options)  # type: ignore[arg-type]


# How each class is met, and the code that it then has.
MET: list[tuple[type[errors.ZoneKpiError], str, Callable[[Path], object]]] = [
    (errors.UnknownNameError, "unknown_indicator", lambda _: example().kpis("comitment_share")),
    (errors.UnknownNameError, "unknown_table", lambda _: zk.Ledger(projekts=frame())),
    (errors.UnknownNameError, "not_asked", lambda _: example().kpis("jobs").rows("agency_share")),
    (errors.MissingColumnError, "missing_columns", lambda _: zk.kpi.commitment_share(frame())),
    (errors.MissingColumnError, "missing_table", lambda _: zk.Ledger(projects=frame()).kpis("service_visits")),
    (errors.DefinitionError, "", asked(where="signed_on = ")),
    (errors.DefinitionError, "text_needs_quotes", asked(where="zone = 朔州经开区")),
    (errors.DefinitionError, "", lambda _: zk.Catalog.builtin().add_toml("[broken]\ntable = 'projects'\n")),
    (errors.LedgerFileNotFoundError, "", lambda folder: zk.Catalog.builtin().add(folder / "mine.toml")),
    (errors.QueryError, "", asked(period="2024Q5")),
    (errors.QueryError, "bad_option", asked(cancelled="dorp")),
    (errors.OptionTypeError, "bad_option", asked(cancelled=True)),
    (errors.OptionTypeError, "bad_option", lambda _: zk.read(3)),  # type: ignore[arg-type]
    (errors.QueryError, "bad_option", asked(every="weekly")),
    (errors.QueryError, "bad_option", asked(period=("2024-01-01",))),
    (errors.QueryError, "bad_filter_value", asked(where={"zone": object()})),
    (errors.InputError, "not_a_frame", lambda _: zk.Ledger(projects=[1, 2])),  # type: ignore[arg-type]
    (errors.LedgerFileNotFoundError, "", lambda folder: zk.read(folder / "台账.xlsx")),
    (errors.InputError, "", zk.read),  # a folder
    (errors.LedgerFileNotFoundError, "saved_not_found", lambda folder: zk.load(folder / "台账")),
    (errors.InputError, "not_a_saved_ledger", zk.load),
    (errors.InputError, "folder_is_saved", lambda folder: zk.read(saved(folder))),
    (errors.InputError, "scan_nothing", lambda _: zk.scan([])),
    (errors.InputError, "scan_not_parquet", lambda folder: zk.scan(touched(folder))),
    (errors.LedgerFileNotFoundError, "file_not_found", zk.scan),  # a folder without files
    (errors.QueryError, "scan_needs_period", lambda folder: scanned(folder).kpis("jobs", every="month")),
    (errors.QueryError, "scan_does_not_add", lambda folder: scanned(folder).kpis("days_signed_to_started")),
    (errors.QueryError, "folder_holds_other", lambda folder: example().save(touched(folder).parent)),
    (errors.QueryError, "path_is_file", lambda folder: example().save(touched(folder))),
    (errors.LedgerFileNotFoundError, "folder_not_found", lambda folder: example().save(folder / "none" / "台账")),
    (errors.LedgerIoError, "", lambda folder: zk.read(touched(folder) / "in a file.csv")),
    (
        errors.MergeError,
        "",
        lambda _: zk.merge([example().kpis("agency_share"), example().kpis("agency_share")]),
    ),
]


@pytest.mark.parametrize(("own", "code", "provoke"), MET)
def test_an_error_is_told_in_both_languages(
    own: type[errors.ZoneKpiError], code: str, provoke: Callable[[Path], object], tmp_path: Path
) -> None:
    with pytest.raises(own) as zh:
        provoke(tmp_path)
    with zk.options(lang="en"), pytest.raises(own) as en:
        provoke(tmp_path)
    assert type(zh.value) is own
    assert zh.value.code == en.value.code
    assert not code or zh.value.code == code
    assert any("\u4e00" <= character <= "\u9fff" for character in str(zh.value))
    assert str(en.value) != str(zh.value)
    assert "{" not in str(en.value)


def test_the_nearest_name_is_suggested(ledger: zk.Ledger) -> None:
    with pytest.raises(KeyError, match="commitment_share") as caught:
        ledger.kpis("comitment_share")
    assert caught.value.suggestion == "commitment_share"  # type: ignore[attr-defined]


def test_a_panic_is_an_error_like_others() -> None:
    with pytest.raises(zk.ZoneKpiError, match="probe") as caught:
        _zonekpi.probe(0.0, True)
    assert caught.value.code == "internal"


def board() -> zk.KpiTable:
    return example().kpis("commitment_share", by="zone")


def cohorts(**options: object) -> Callable[[], object]:
    asked: dict[str, Any] = {"time": "signed_on", "event": "started_on", "ages": [90], **options}
    return lambda: example().cohorts(**asked)


def curve(id: object, **options: object) -> Callable[[], object]:
    return lambda: example().kpis("days_signed_to_started").curve(id, **options)  # type: ignore[arg-type]


# Every option of every public function that takes more than a frame: a value of a wrong type, and the option's name.
WRONG: list[tuple[str, Callable[[], object]]] = [
    ("path", lambda: zk.read(3)),
    ("path", lambda: zk.read(None)),
    ("path", lambda: zk.read(["a.csv", 3])),
    ("path", lambda: zk.read({"a.csv": 1})),
    ("sheet", lambda: zk.read("a.csv", sheet=1)),
    ("sheet", lambda: zk.read("a.csv", sheet=["1月", 2])),
    ("table", lambda: zk.read("a.csv", table=["projects"])),
    ("columns", lambda: zk.read("a.csv", columns=["签约日"])),
    ("columns", lambda: zk.read("a.csv", columns={"签约日": 3})),
    ("units", lambda: zk.read("a.csv", units=["x"])),
    ("units", lambda: zk.read("a.csv", units="亿元")),
    ("blanks", lambda: zk.read("a.csv", blanks={"commitment": False})),
    ("on_duplicate", lambda: zk.read("a.csv", on_duplicate=1)),
    ("snapshot_on", lambda: zk.read("a.csv", snapshot_on=20240331)),
    ("strict", lambda: zk.read("a.csv", strict="yes")),
    ("progress", lambda: zk.read("a.csv", progress="no")),
    ("units", lambda: zk.Ledger(projects=frame(), units=["x"])),
    ("strict", lambda: zk.Ledger(projects=frame(), strict=1)),
    ("table", lambda: zk.write_template(3, "a.xlsx")),
    ("path", lambda: zk.write_template("projects", 3)),
    ("path", lambda: example().write_excel(None)),
    ("path", lambda: example().save(3)),
    ("path", lambda: zk.load(None)),
    ("name", lambda: example().table(1)),
    ("path", lambda: zk.scan(3)),
    ("path", lambda: zk.scan(["a.parquet", 3])),
    ("table", lambda: zk.scan("a.parquet", table=3)),
    ("columns", lambda: zk.scan("a.parquet", columns=["签约日"])),
    ("units", lambda: zk.scan("a.parquet", units="亿元")),
    ("blanks", lambda: zk.scan("a.parquet", blanks={"commitment": False})),
    ("snapshot_on", lambda: zk.scan("a.parquet", snapshot_on=20240331)),
    ("calendar", lambda: zk.scan("a.parquet", calendar=3)),
    ("beside", lambda: zk.scan("a.parquet", beside="projects.xlsx")),
    ("ids", lambda: example().kpis(3)),
    ("ids", lambda: example().kpis(["start_rate", 3])),
    ("by", lambda: example().kpis("start_rate", by=3)),
    ("by", lambda: example().kpis("start_rate", by={"zone": 1})),
    ("where", lambda: example().kpis("start_rate", where=5)),
    ("where", lambda: example().kpis("start_rate", where={3: "x"})),
    ("as_of", lambda: example().kpis("start_rate", as_of=20240331)),
    ("period", lambda: example().kpis("start_rate", period=2024.5)),
    ("period", lambda: example().kpis("start_rate", period=True)),
    ("period", lambda: example().kpis("start_rate", period=("2024-01-01", 3))),
    ("every", lambda: example().kpis("start_rate", every=3)),
    ("cancelled", lambda: example().kpis("start_rate", cancelled=False)),
    ("phases", lambda: example().kpis("start_rate", phases=None)),
    ("totals", lambda: example().kpis("start_rate", totals="yes")),
    ("min_age", lambda: example().kpis("start_rate", min_age="3")),
    ("min_age", lambda: example().kpis("start_rate", min_age=3.5)),
    ("within", lambda: example().kpis("start_rate", within=True)),
    ("confidence", lambda: example().kpis("start_rate", confidence="0.95")),
    ("catalog", lambda: example().kpis("start_rate", catalog="mine.toml")),
    ("engine", lambda: example().kpis("start_rate", engine=1)),
    ("progress", lambda: example().kpis("start_rate", progress="no")),
    ("id", lambda: board().value(3)),
    ("at", lambda: board().value("commitment_share", at="朔州经开区")),
    ("at", lambda: board().rows("commitment_share", at={3: "x"})),
    ("total", lambda: board().rows("commitment_share", at={"total": "yes"})),
    ("period_end", lambda: board().rows("commitment_share", at={"period_end": 3})),
    ("id", lambda: board().attrition(None)),
    ("id", lambda: board().definition(3)),
    ("exact", lambda: board().to_polars(exact="yes")),
    ("exact", lambda: board().to_pandas(exact=1)),
    ("tables", lambda: zk.merge(3)),
    ("tables", lambda: zk.merge([example()])),
    ("over", lambda: zk.merge(board(), over=3)),
    ("path", lambda: zk.Catalog.builtin().add(3)),
    ("text", lambda: zk.Catalog.builtin().add_toml(b"")),
    ("start", lambda: zk.working_days(3, "2024-01-01")),
    ("end", lambda: zk.working_days("2024-01-01", None)),
    ("calendar", lambda: zk.working_days("2024-01-01", "2024-01-02", calendar=3)),
    ("time", cohorts(time=3)),
    ("event", cohorts(event=None)),
    ("ages", cohorts(ages="90")),
    ("ages", cohorts(ages=[90, True])),
    ("ages", cohorts(ages=None)),
    ("every", cohorts(every=3)),
    ("by", cohorts(by=3)),
    ("where", cohorts(where=5)),
    ("as_of", cohorts(as_of=20240331)),
    ("period", cohorts(period=2024.5)),
    ("table", cohorts(table=3)),
    ("cancelled", cohorts(cancelled=False)),
    ("phases", cohorts(phases=None)),
    ("totals", cohorts(totals="yes")),
    ("confidence", cohorts(confidence="0.95")),
    ("progress", cohorts(progress=1)),
    ("id", curve(3)),
    ("at", curve("days_signed_to_started", at="朔州经开区")),
    ("confidence", curve("days_signed_to_started", confidence="0.95")),
    ("severity", lambda: example().issues.filter(severity=3)),
    ("code", lambda: example().issues.filter(code=3)),
    ("table", lambda: example().issues.filter(table=3)),
    ("column", lambda: example().issues.filter(column=3)),
    ("lang", lambda: zk.options(lang=1)),
    ("rounding", lambda: zk.options(rounding=None)),
    ("digits", lambda: zk.options(digits="2")),
    ("money_unit", lambda: zk.options(money_unit=1)),
    ("by", lambda: zk.kpi.commitment_share(frame(filed=[True], commitment=[True]), by=3)),
]


@pytest.mark.parametrize(("option", "ask"), WRONG)
def test_an_option_of_a_wrong_type_is_named_with_what_was_found(option: str, ask: Callable[[], object]) -> None:
    with pytest.raises(zk.errors.OptionTypeError, match=f"^{option} 应为.*，而不是 ") as zh:
        ask()
    with zk.options(lang="en"), pytest.raises(TypeError, match=f"^{option} is .*, not "):
        ask()
    assert isinstance(zh.value, (zk.ZoneKpiError, ValueError))
    assert (zh.value.option, zh.value.code) == (option, "bad_option")


@pytest.mark.parametrize(
    ("id", "why"),
    [
        ("days_signed_to_started", "它是天数的分位数"),
        ("batch_start_rate", "它对每个项目只计一次"),
        ("batch_projects", "它要数不同的值"),
    ],
)
def test_what_the_fused_engine_does_not_compute_is_named_with_the_reason(id: str, why: str) -> None:
    with pytest.raises(zk.errors.QueryError, match=f"“{id}”：{why}；") as told:
        example().kpis(id, engine="fused")
    assert told.value.code == "fused_cannot"
    assert set(example().kpis(id).to_polars()["engine"]) == {"reference"}


def test_numbers_and_truth_of_numpy_are_taken() -> None:
    import numpy as np

    asked = example().kpis("commitment_share", min_age=np.int64(0), totals=np.bool_(True), by="zone")
    assert len(asked) == len(example().kpis("commitment_share", min_age=0, totals=True, by="zone"))
    with pytest.raises(zk.errors.QueryError, match="64"):
        example().kpis("commitment_share", min_age=2**70)
