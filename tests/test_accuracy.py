"""Extraction stays as good as it was: `make accuracy` against accuracy-floors.toml."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
FLOORS = tomllib.loads((HERE / "accuracy-floors.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def tables() -> dict[str, Any]:
    """The rows of each corpus that the project carries."""
    script = HERE.parent / "benchmarks" / "accuracy.py"
    done = subprocess.run(
        [sys.executable, script, "--json"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_every_corpus_has_floors(tables: dict[str, Any]) -> None:
    assert set(tables) == set(FLOORS) == {"seeds", "dev"}
    assert all(set(floor) == {"f1", "type_f1", "fields"} for floor in FLOORS.values())


@pytest.mark.parametrize("corpus", FLOORS)
def test_no_figure_falls_below_its_floor(corpus: str, tables: dict[str, Any]) -> None:
    rows, floor = tables[corpus], FLOORS[corpus]
    types = {name: row["f1"] for name, row in rows.items() if name != "all" and row["gold"]}
    assert len(types) > 5  # a corpus without gold facts would pass for nothing
    assert rows["all"]["f1"] >= floor["f1"]
    assert rows["all"]["fields"] >= floor["fields"]
    assert {name: f1 for name, f1 in types.items() if f1 < floor["type_f1"]} == {}
