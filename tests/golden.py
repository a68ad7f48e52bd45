"""Writes `expected.csv` of each stored query anew from its `data.trig`; read the diff.

`make golden` runs it. A query without data is passed over, so that its test says what is missing.
"""

import csv
import sys
from pathlib import Path

import pyoxigraph as ox

from ciskg.query import run, stored

CASES = Path(__file__).parent / "queries"


def main() -> int:
    for query in stored():
        data = CASES / query.name / "data.trig"
        if not data.is_file():
            print(f"{data}: not there; a query is shown by its rows", file=sys.stderr)
            continue
        store = ox.Store()
        store.load(path=str(data), format=ox.RdfFormat.TRIG)
        rows = run(store, query.name)
        with data.with_name("expected.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(rows.columns)
            writer.writerows(
                ["" if term is None else term.value for term in row] for row in rows.terms
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
