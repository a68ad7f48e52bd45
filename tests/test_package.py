"""The wheel holds all that ciskg needs, and the files around it say the same of it."""

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
PROJECT: Mapping[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the contents of the wheel, as an installation lays them out."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def run(code: str, unpacked: Path, folder: Path, *words: str | Path) -> str:
    """What a Python program prints that finds the unpacked wheel first, in an empty folder."""
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(unpacked)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


CLI = "import sys; from ciskg.cli import main; sys.exit(main())"


def test_the_wheel_works_in_an_empty_folder(unpacked: Path, tmp_path: Path) -> None:
    where = run("import ciskg; print(ciskg.__file__)", unpacked, tmp_path)
    assert Path(where.strip()).is_relative_to(unpacked)  # not the checkout
    run(CLI, unpacked, tmp_path, "build", ROOT / "seeds", "-o", "build")
    assert [path.name for path in tmp_path.iterdir()] == ["build"]
    assert (tmp_path / "build" / "graph.ttl").stat().st_size > 10_000
    assert "who-chaired" in run(CLI, unpacked, tmp_path, "query")
    assert "type" in run(CLI, unpacked, tmp_path, "facts", "build")


def test_the_wheel_holds_every_file_of_knowledge(unpacked: Path) -> None:
    for here, there in (("ontology", "ontology"), ("queries", "queries"), ("src/ciskg", ".")):
        files = {
            path.relative_to(ROOT / here)
            for path in (ROOT / here).rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }
        assert len(files) > 5
        packed = unpacked / "ciskg" / there
        assert {file for file in files if not (packed / file).is_file()} == set()


def test_the_version_is_the_same_everywhere() -> None:
    version = PROJECT["project"]["version"]
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    ontology = (ROOT / "ontology" / "ciskg.ttl").read_text(encoding="utf-8")
    assert re.findall(r"^version: (.*)$", citation, re.MULTILINE) == [version]
    assert re.findall(r"^## (\S+)$", changelog, re.MULTILINE)[0] == version
    assert re.findall(r'owl:versionInfo "(.*)"', ontology) == [version]
    import ciskg

    assert ciskg.__version__ == version


def test_each_lower_bound_is_the_version_that_is_tested() -> None:
    bounds = dict(requirement.split(">=") for requirement in PROJECT["project"]["dependencies"])
    lowest = (ROOT / "requirements" / "lowest.txt").read_text(encoding="utf-8")
    locked = dict(re.findall(r"^([a-z0-9-]+)==([0-9.]+)", lowest, re.MULTILINE))
    assert len(bounds) > 5
    for name, bound in bounds.items():
        version = locked[name.lower()]
        assert version == bound or version == f"{bound}.0", name


def test_the_locks_name_every_dependency() -> None:
    names = {re.split("[<>=]", name)[0].lower() for name in PROJECT["project"]["dependencies"]}
    for lock in ("run.txt", "dev.txt", "lowest.txt"):
        text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
        assert names <= set(re.findall(r"^([a-z0-9-]+)==", text, re.MULTILINE)), lock
        assert "://" not in text, lock  # a lock says what, not from where


def test_every_dependency_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    table = text.partition("dependencies = [")[2].partition("\n]")[0].strip().splitlines()
    assert len(table) == len(PROJECT["project"]["dependencies"])
    assert [line for line in table if not re.search(r'",\s*# \w', line)] == []
