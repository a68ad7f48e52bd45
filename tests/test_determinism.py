"""The same documents give the same bytes, wherever and in whatever order they are read."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))
CISKG = Path(sys.executable).with_name("ciskg")

# Each setting of one run; the order of the files is rotated by its number.
SETTINGS = [
    {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C"},  # another process, nothing else
    {"PYTHONHASHSEED": "1", "TZ": "Asia/Vladivostok", "LC_ALL": "C.UTF-8"},
    {"PYTHONHASHSEED": "2", "TZ": "America/Anchorage", "LC_ALL": "ru_RU.UTF-8"},
    {"PYTHONHASHSEED": "3", "TZ": "Asia/Vladivostok", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "4", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
]


def _hashes(folder: Path) -> dict[str, str]:
    """The hash of each file of a build but the database, whose log has times."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.parent.name != "store"
    }


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str]]:
    here = tmp_path_factory.mktemp("determinism")
    (here / "in").mkdir()
    for path in SEEDS:
        shutil.copy(path, here / "in")
    found = []
    for number, setting in enumerate(SETTINGS):
        files = [f"in/{path.name}" for path in SEEDS]
        files = files[number:] + files[:number]
        out = here / f"build-{number}"
        done = subprocess.run(
            [CISKG, "build", *files, "-o", out],
            cwd=here,
            env={**os.environ, **setting},
            capture_output=True,
            timeout=120,
        )
        assert done.returncode in (0, 1), done.stderr
        found.append(_hashes(out))
    return found


def test_a_build_is_compared_at_all(builds: list[dict[str, str]]) -> None:
    assert {
        *("graph.nq", "graph.ttl", "graph.trig", "facts.jsonl", "report.ttl", "report.txt"),
        *("summary.txt", "summary.json", "tables/meetings.csv", "checksums.txt"),
    } <= builds[0].keys()


@pytest.mark.parametrize("number", range(1, len(SETTINGS)))
def test_hash_seed_time_zone_locale_order_and_process_do_not_show(
    builds: list[dict[str, str]], number: int
) -> None:
    different = {
        name
        for name in builds[0].keys() | builds[number].keys()
        if builds[0].get(name) != builds[number].get(name)
    }
    assert not different, f"{SETTINGS[number]}: {sorted(different)}"
