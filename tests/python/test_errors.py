"""Every kind of error has a class, which is also the built-in that fits, and a sentence in both languages."""

from __future__ import annotations

import functools
import pickle
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

import zonekpi as zk
from zonekpi import _zonekpi, errors

BUILT_IN = {
    errors.UnknownNameError: KeyError,
    errors.MissingColumnError: ValueError,
    errors.DefinitionError: ValueError,
    errors.QueryError: ValueError,
    errors.InputError: ValueError,
    errors.MergeError: ValueError,
    errors.LedgerFileNotFoundError: FileNotFoundError,
    errors.LedgerIoError: OSError,
    errors.ComputeError: RuntimeError,
}


def test_the_list_of_classes_is_whole() -> None:
    assert set(errors.__all__) == {c.__name__ for c in [*BUILT_IN, errors.ZoneKpiError]}


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
    (errors.QueryError, "bad_option", asked(every="weekly")),
    (errors.QueryError, "bad_option", asked(period=("2024-01-01",))),
    (errors.QueryError, "bad_filter_value", asked(where={"zone": object()})),
    (errors.InputError, "not_a_frame", lambda _: zk.Ledger(projects=[1, 2])),  # type: ignore[arg-type]
    (errors.LedgerFileNotFoundError, "", lambda folder: zk.read(folder / "台账.xlsx")),
    (errors.InputError, "", zk.read),  # a folder
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


@pytest.mark.parametrize(
    "ask",
    [
        lambda ledger: ledger.kpis("start_rate", as_of=20240331),
        lambda ledger: ledger.kpis("start_rate", where=5),
        lambda ledger: ledger.kpis("start_rate", by="zone").rows("start_rate", at="朔州经开区"),
        lambda ledger: zk.merge([ledger]),
    ],
)
def test_options_of_a_wrong_type_are_told_in_both_languages(ask: Callable[[zk.Ledger], object]) -> None:
    ledger = zk.example()
    with pytest.raises(zk.errors.QueryError, match="而不是"):
        ask(ledger)
    with zk.options(lang="en"), pytest.raises(zk.errors.QueryError, match=", not "):
        ask(ledger)
