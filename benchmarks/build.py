"""Prints how the time of `ciskg build seeds/` divides among the steps.

Each run is a process of its own, so everything is loaded anew; the figures are medians over the
runs. Times differ between machines: compare the shares, and two commits on one machine.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from importlib import import_module
from itertools import chain
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TypeVar

ROOT = Path(__file__).resolve().parent.parent
CISKG = Path(sys.executable).with_name("ciskg")
MEGABYTE = 1024 if sys.platform != "darwin" else 1024 * 1024  # of ru_maxrss

T = TypeVar("T")


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("documents", nargs="?", type=Path, default=ROOT / "seeds")
    ask.add_argument("--runs", type=int, default=7, metavar="N")
    ask.add_argument("--steps", action="store_true", help=argparse.SUPPRESS)  # one run, as JSON
    args = ask.parse_args()
    if args.steps:
        print(json.dumps(_steps(args.documents)))
        return 0
    runs = [_measured(args.documents) for _ in range(args.runs)]
    steps = {name: median(run[name] for run in runs) for name in runs[0]}
    whole = sum(steps.values())
    print(f"{args.documents.name}/, medians of {args.runs} runs\n")
    print(f"{'step':20}{'seconds':>9}{'share':>8}")
    for name, seconds in steps.items():
        print(f"{name:20}{seconds:9.3f}{seconds / whole:8.0%}")
    print(f"{'all steps':20}{whole:9.3f}{1:8.0%}\n")
    with tempfile.TemporaryDirectory() as folder:
        build = [str(CISKG), "build", str(args.documents), "-o", str(Path(folder, "build"))]
        for command in (build, [str(CISKG), "--help"]):
            times, peaks = zip(*(_child(command) for _ in range(args.runs)), strict=True)
            name = " ".join(("ciskg", command[1]))
            print(f"{name}, from a cold start: {median(times):.2f} s, peak {max(peaks):.0f} MB")
    return 0


def _measured(documents: Path) -> dict[str, float]:
    """The seconds of each step of one run in a process of its own."""
    bare = _child([sys.executable, "-c", ""])[0]
    command = [sys.executable, __file__, "--steps", str(documents)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    steps: dict[str, float] = json.loads(done.stdout)
    return {"start Python": bare, **steps}


def _child(command: Sequence[str]) -> tuple[float, float]:
    """The seconds and the peak memory in megabytes of a command that ends well."""
    start = perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode > 1:  # 1: a shape is violated
        sys.exit(f"{' '.join(command)}: exit code {process.returncode}")
    return seconds, usage.ru_maxrss / MEGABYTE


def _steps(documents: Path) -> dict[str, float]:
    """The seconds of each step, in order, of a build in this process."""
    seconds: dict[str, float] = {}

    def timed(step: str, call: Callable[[], T]) -> T:
        start = perf_counter()
        result = call()
        seconds[step] = perf_counter() - start
        return result

    timed("import", lambda: import_module("ciskg.pipeline"))
    import pyoxigraph as ox

    from ciskg import graphs, reference
    from ciskg.assemble import Readings, assemble, write
    from ciskg.extract import read_facts
    from ciskg.mapping import facts_quads, to_quads
    from ciskg.query import stored
    from ciskg.read import find_sources, read_document
    from ciskg.recognise import load_lexicon
    from ciskg.reconcile import reconcile
    from ciskg.store import memory_store
    from ciskg.validate import validate

    def mapped() -> list[ox.Quad]:
        facts = facts_quads(readings, identities)
        claims = (to_quads(reading, identities) for reading in readings)
        return list(graphs.once(chain(facts, *claims)))

    def known() -> list[ox.Quad]:
        return list(graphs.once(chain(graphs.knowledge_quads(), graphs.query_quads(stored()))))

    lexicon = timed("lexicon", lambda: load_lexicon("en"))
    sources = find_sources([documents]).documents
    texts = timed("read", lambda: [read_document(source) for source in sources])
    readings = timed("recognise, extract", lambda: [read_facts(t, lexicon) for t in texts])
    identities = timed("reconcile", lambda: reconcile(readings, reference.installed()))
    quads = timed("knowledge", known) + timed("map", mapped)
    quads += graphs.dataset_quads(quads)
    store = timed("store in memory", lambda: memory_store(quads))
    timed("validate", lambda: validate(store))
    built = assemble(Readings(tuple(readings)))  # what `write` takes; its parts are timed above
    with tempfile.TemporaryDirectory() as folder:
        timed("write", lambda: write(built, Path(folder)))
    return seconds


if __name__ == "__main__":
    sys.exit(main())
