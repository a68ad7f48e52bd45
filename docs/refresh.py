"""Runs the commands that stand in pages and puts what they print below them; describes the tables.

A command is a line `$ ciskg …` of a block marked `console`. They run in the order of the page, in
a folder with seeds/, docs/, a build of the seeds and one of docs/transcripts.csv in mine/, so a
page shows what its reader will see.
Between `<!-- tables -->` and `<!-- /tables -->` come the CSV tables and their columns, as
ontology/tables.toml describes them. All else stays as it is. With --check nothing is written; the
exit code says whether a page lies.
"""

import argparse
import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from ciskg.export import read_tables

ROOT = Path(__file__).resolve().parent.parent
CISKG = Path(sys.executable).with_name("ciskg")
BLOCK = re.compile(r"(?<=^```console\n)\$ ciskg .*?(?=^```$)", re.MULTILINE | re.DOTALL)
TABLES = re.compile(r"(?<=^<!-- tables -->\n).*?(?=^<!-- /tables -->$)", re.MULTILINE | re.DOTALL)


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("pages", nargs="+", type=Path)
    ask.add_argument("--check", action="store_true")
    args = ask.parse_args()
    stale = []
    with tempfile.TemporaryDirectory() as folder:
        for name in ("seeds", "docs"):
            (Path(folder) / name).symlink_to(ROOT / name)
        _run("ciskg build seeds/ -o build/", folder)
        _run("ciskg build docs/transcripts.csv -o mine/", folder)
        for page in args.pages:
            text = page.read_text(encoding="utf-8")
            fresh = BLOCK.sub(lambda block: _answered(block[0], folder), text)
            fresh = TABLES.sub(lambda _: _tables(), fresh)
            if fresh != text:
                stale.append(page)
                if not args.check:
                    page.write_text(fresh, encoding="utf-8")
    for page in stale:
        print(f"{page}: {'out of date; make docs' if args.check else 'rewritten'}", file=sys.stderr)
    return int(args.check and bool(stale))


def _tables() -> str:
    """The tables of a build, each with its columns."""
    return "".join(
        f"\n### {table.name}.csv: {table.about}\n\n| column | holds |\n| --- | --- |\n"
        + "".join(f"| `{column.name}` | {column.about} |\n" for column in table.columns)
        for table in read_tables()
    )


def _answered(block: str, folder: str) -> str:
    """The commands of a block, each with what it prints."""
    commands = [line[2:] for line in block.splitlines() if line.startswith("$ ")]
    return "\n".join(f"$ {command}\n{_run(command, folder)}" for command in commands)


def _run(command: str, folder: str) -> str:
    """What a command prints where no terminal says how wide it is."""
    name, *words = shlex.split(command)
    if name != "ciskg":
        raise SystemExit(f"$ {command}: only ciskg is run")
    environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1"}
    done = subprocess.run(
        [CISKG, *words],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"$ {command}\n{done.stdout}")
    return done.stdout.rstrip("\n") + "\n"


if __name__ == "__main__":
    sys.exit(main())
