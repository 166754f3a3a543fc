"""Runs all checks one after the other, and tells which failed and which took longest.

A step that fails does not hide the next: only where the package cannot be built are the steps that need it left
out. The exit code is that of a list of failures.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PYTHON = [sys.executable, "-m"]


class Step(NamedTuple):
    name: str
    command: list[str]
    folder: str = "."
    needs_package: bool = False


RUFF = ["--config", "tests/ruff.toml", "python", "tests", "notebooks"]

PYTEST = [*PYTHON, "pytest", "-c", "tests/pytest.ini", "--rootdir", "."]

STEPS = [
    Step("format of Rust", ["cargo", "fmt", "--all", "--check"]),
    Step("format of Python", [*PYTHON, "ruff", "format", "--check", *RUFF]),
    Step("lints of Python", [*PYTHON, "ruff", "check", *RUFF]),
    # First, so that cargo below uses what it has built.
    Step("Python package", [*PYTHON, "maturin", "develop", "--profile", "dev"], folder="python"),
    Step("Rust tests", ["cargo", "test", "--workspace", "--quiet"]),
    # Once more with the loops that every processor can run.
    Step(
        "engines, narrowest loops",
        ["env", "ZONEKPI_SIMD=baseline", "cargo", "test", "-p", "zonekpi", "--quiet", "--test", "it", "engines::"],
    ),
    Step("lints of Rust", ["cargo", "clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"]),
    Step("generated example", ["cargo", "xtask", "example", "--check"]),
    Step("generated functions", ["cargo", "xtask", "kpi", "--check"]),
    Step("Rust example: board", ["cargo", "run", "--quiet", "--example", "board"]),
    Step("types", [*PYTHON, "mypy", "--strict", "src/zonekpi"], folder="python", needs_package=True),
    Step("stub of the extension", [*PYTHON, "mypy.stubtest", "zonekpi._zonekpi"], needs_package=True),
    Step(
        "Python tests", [*PYTEST, "tests/python", "tests/test_readme.py", "tests/test_notebooks.py"], needs_package=True
    ),
    Step("oracles", [*PYTEST, "tests/oracles"], needs_package=True),
    Step("curves of lifelines", [*PYTEST, "tests/lifelines"], needs_package=True),
]


def environment() -> dict[str, str]:
    """What maturin sets for the build scripts of PyO3; where cargo alone set less, each would undo the other's."""
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    given = {
        "PYO3_BUILD_EXTENSION_MODULE": "1",
        "PYO3_ENVIRONMENT_SIGNATURE": "cpython-{}.{}-{}bit".format(
            *sys.version_info[:2], 64 if sys.maxsize > 2**32 else 32
        ),
        "PYO3_PYTHON": sys.executable,
        "PYTHON_SYS_EXECUTABLE": sys.executable,
    }
    written = sorted(target.glob("maturin/pyo3-config-*-{}.{}-abi3.txt".format(*sys.version_info[:2])))
    return {**os.environ, **given, **({"PYO3_CONFIG_FILE": str(written[0])} if written else {})}


def main() -> int:
    wanted = sys.argv[1:]
    seconds: dict[str, float] = {}
    failed: list[str] = []
    for step in STEPS:
        if wanted and step.name not in wanted:
            continue
        if step.needs_package and "Python package" in failed:
            failed.append(f"{step.name} (not run: there is no package)")
            continue
        print(f"=== {step.name}: {' '.join(step.command)}", flush=True)
        start = time.monotonic()
        variables = environment() if "cargo" in step.command else None
        done = subprocess.run(
            step.command, cwd=ROOT / step.folder, check=False, stdin=subprocess.DEVNULL, env=variables
        )
        seconds[step.name] = time.monotonic() - start
        if done.returncode != 0:
            failed.append(f"{step.name} (exit code {done.returncode})")
    print("\n=== the ten slowest steps")
    for name, spent in sorted(seconds.items(), key=lambda item: -item[1])[:10]:
        print(f"{spent:8.1f} s  {name}")
    if failed:
        print("\n=== failed", *failed, sep=f"{os.linesep}  - ", flush=True)
    print(f"\n{len(seconds) - len([f for f in failed if 'exit code' in f])} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
