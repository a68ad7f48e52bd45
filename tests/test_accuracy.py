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
CORPORA = {
    "seeds": (HERE / "gold", HERE.parent / "seeds"),
    "dev": (HERE / "dev" / "gold", HERE / "dev" / "docs"),
    "fresh": (HERE / "fresh" / "gold", HERE / "fresh" / "docs"),
}


@pytest.fixture(scope="module", params=CORPORA)
def corpus(request: pytest.FixtureRequest) -> tuple[str, dict[str, Any]]:
    """The name and the rows of a corpus that the project carries, held against its floors."""
    gold, documents = CORPORA[request.param]
    code = "import sys; from ciskg.cli import main; main()"
    command = [sys.executable, "-c", code, "evaluate", gold, documents, "--format", "json"]
    command += ["--floor", HERE / "accuracy-floors.toml", "--errors", "0"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found["name"], found["rows"]


def test_every_corpus_has_floors() -> None:
    assert set(CORPORA) == set(FLOORS) == {"seeds", "dev", "fresh"}
    assert all(set(floor) == {"f1", "type_f1", "fields"} for floor in FLOORS.values())


def test_no_figure_falls_below_its_floor(corpus: tuple[str, dict[str, Any]]) -> None:
    name, rows = corpus
    floor = FLOORS[name]
    types = {name: row["f1"] for name, row in rows.items() if name != "all" and row["gold"]}
    assert len(types) > 5  # a corpus without gold facts would pass for nothing
    assert rows["all"]["f1"] >= floor["f1"]
    assert rows["all"]["fields"] >= floor["fields"]
    assert {name: f1 for name, f1 in types.items() if f1 < floor["type_f1"]} == {}
