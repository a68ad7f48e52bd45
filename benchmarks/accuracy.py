"""Prints how well the facts of a graph agree with gold facts, a table for each corpus.

Each corpus is built with `ciskg build` into a temporary folder and read back with `ciskg facts`,
so what is scored is the graph. The convention of the gold facts is docs/annotation.md.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from ciskg.evaluate import Facts, Scores, as_json, as_table, read_facts, score, select

ROOT = Path(__file__).resolve().parent.parent
CISKG = Path(sys.executable).with_name("ciskg")


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--pages", type=Path, help="a further corpus, not part of the project")
    ask.add_argument("--odd", action="store_true", help="also score the odd pages, kept apart")
    ask.add_argument("--errors", type=int, default=0, metavar="N", help="show N errors a table")
    ask.add_argument("--json", action="store_true", help="print one JSON object, table -> rows")
    args = ask.parse_args()
    tables = dict(_tables(args.pages, odd=args.odd))
    if args.json:
        print(json.dumps({name: json.loads(as_json(scores)) for name, scores in tables.items()}))
    else:
        shown = [f"{name}\n{as_table(s, errors=args.errors)}" for name, s in tables.items()]
        print("\n\n".join(shown))
    return 0


def _tables(pages: Path | None, *, odd: bool) -> Iterator[tuple[str, Scores]]:
    corpora = {
        "seeds": (ROOT / "seeds", ROOT / "tests/gold"),
        "dev": (ROOT / "tests/dev/docs", ROOT / "tests/dev/gold"),
    }
    if pages is not None and (pages / "gold").is_dir():
        corpora["pages"] = (pages / "docs", pages / "gold")
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # each build is a process of its own
        found = pool.map(_facts, (documents for documents, _ in corpora.values()))
    for (name, (documents, gold)), facts in zip(corpora.items(), found, strict=True):
        if name != "pages":
            yield name, score(read_facts(gold), facts)
            continue
        english = _english(documents)
        for half in ("even", "odd") if odd else ("even",):
            chosen = select(read_facts(gold), half)
            in_english = {key: rows for key, rows in chosen.items() if key in english}
            yield f"pages, {half}, English", score(in_english, facts)
            yield f"pages, {half}", score(chosen, facts)


def _facts(documents: Path) -> Facts:
    """The facts of the graph that is built from a folder of documents."""
    with tempfile.TemporaryDirectory() as folder:
        build, facts = Path(folder, "build"), Path(folder, "facts.jsonl")
        made = subprocess.run(
            [CISKG, "build", documents, "-o", build], capture_output=True, text=True, check=False
        )
        if made.returncode > 1:  # 1: a shape is violated; what was read can be scored all the same
            sys.exit(f"ciskg build {documents}: {made.stderr}")
        with facts.open("wb") as out:
            subprocess.run([CISKG, "facts", build], stdout=out, check=True)
        return read_facts(facts)


def _english(documents: Path) -> set[str]:
    """The keys of the documents that have more Latin letters than Cyrillic ones."""
    paths = [path for path in documents.iterdir() if path.suffix != ".csv"]
    texts = {path.stem: path.read_text(encoding="utf-8") for path in paths}
    return {
        key
        for key, text in texts.items()
        if sum("a" <= c <= "z" for c in text) > sum("а" <= c <= "я" for c in text)
    }


if __name__ == "__main__":
    sys.exit(main())
