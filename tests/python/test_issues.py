"""Every code of an issue is raised by the file that the registry holds for it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Literal

import pytest

import zonekpi as zk

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

DATA = Path(__file__).parent.parent / "data"
REGISTRY: dict[str, dict[str, Any]] = tomllib.loads((DATA / "issues.toml").read_text(encoding="utf-8"))


def test_the_registry_and_the_codes_are_one_list() -> None:
    assert sorted(REGISTRY) == sorted(zk.issue_codes()["code"])


@pytest.mark.parametrize("code", REGISTRY)
def test_every_code_is_raised_by_its_file(code: str, tmp_path: Path) -> None:
    entry = REGISTRY[code]
    texts = entry.get("texts", [entry["text"]] if "text" in entry else [])
    paths = [tmp_path / f"{number}.csv" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    if "file" in entry:
        paths.append(DATA / entry["file"])
    duplicate: Literal["first", "error"] = "first" if entry.get("first") else "error"
    ledger = zk.read(paths, units=entry.get("units"), on_duplicate=duplicate)
    found = ledger.issues.filter(code=code)
    severities = entry["severity"]
    assert set(found.to_polars()["severity"]) == set([severities] if isinstance(severities, str) else severities)
    for text in found.to_polars().select("message", "action").row(0):
        assert "{" not in text, "every slot is filled"
