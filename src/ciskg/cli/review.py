"""ciskg review"""

import sys
import textwrap
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ciskg.cli.messages import USAGE, failing, print_error, printable

if TYPE_CHECKING:
    from ciskg.decisions import Entry

DECISIONS = Path("decisions.toml")
ANSWERS = {"y": "confirmed", "n": "rejected"}
ASKED = "one thing? [y]es, [n]o, [s]kip, [q]uit: "
WIDTH = 100


@click.command(
    "review",
    short_help="Decide which things that may be one are one.",
    epilog="""\b
Examples:
    ciskg review                      asks about the open pairs of decisions.toml
    ciskg review mine.toml --by AB    writes who decided, and on which day
    ciskg review --list               shows the open pairs and asks nothing
    yes n | ciskg review              answers all alike""",
)
@click.argument("decisions", default=DECISIONS, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--list", "listed", is_flag=True, help="Show the open pairs and ask nothing.")
@click.option("--by", metavar="NAME", help="Write your name and the day to each answer.")
def command(decisions: Path, listed: bool, by: str | None) -> None:
    """Walk through the open pairs of a file of DECISIONS: are the two one thing?

    A build with --decisions makes this file and adds to it. y confirms that the two are one, n
    rejects it, s leaves the pair open, q ends; the end of the input ends, too. Each answer is
    saved at once, and the next build applies it.
    """
    from ciskg.atomic import OutputError
    from ciskg.decisions import OPEN, read_entries
    from ciskg.knowledge import KnowledgeError

    if not decisions.exists():
        made = f"ciskg build DOCUMENTS/ --decisions {decisions}"
        raise click.UsageError(f"{decisions}: is not there; `{made}` makes it")
    with failing({KnowledgeError: USAGE, OutputError: USAGE}):
        entries = [entry for entry in read_entries(decisions) if entry.status == OPEN]
        if listed:
            for number, entry in enumerate(entries, 1):
                click.echo(_shown(entry, number, len(entries)))
        else:
            decided = _ask(decisions, entries, by or "")
            click.echo(f"{decided} decided, {len(entries) - decided} open", err=True)
    if not entries:
        print_error(f"{decisions}: nothing is open")


def _ask(path: Path, entries: "Sequence[Entry]", by: str) -> int:
    """Ask about each entry and save each answer; how many were decided."""
    decided = 0
    for number, entry in enumerate(entries, 1):
        click.echo(_shown(entry, number, len(entries)))
        answer = _answer()
        if answer == "q":
            break
        if answer in ANSWERS and _saved(path, entry, ANSWERS[answer], by):
            decided += 1
    return decided


def _answer() -> str:
    """One of y, n, s, q; the end of the input is q. Asks again after anything else."""
    while True:
        click.echo(ASKED, nl=False)
        said = sys.stdin.readline()
        if not sys.stdin.isatty():
            click.echo(printable(said.strip()))
        word = said.strip().lower()
        if not said or word[:1] == "q":
            return "q"
        if word and word in {"y", "yes", "n", "no", "s", "skip"}:
            return word[0]


def _saved(path: Path, entry: "Entry", status: str, by: str) -> bool:
    """Write one answer into the file as it is now; tell where it contradicts what is decided."""
    from ciskg.atomic import whole_file
    from ciskg.decisions import answered, decide, entries
    from ciskg.knowledge import KnowledgeError
    from ciskg.reference import installed

    with path.open(encoding="utf-8", newline="") as stream:
        text = stream.read()
    now = {other.pair: other for other in entries(text, str(path))}.get(entry.pair)
    if now is None or now.status != entry.status:
        print_error("somebody has changed this entry meanwhile; it is left as it is")
        return False
    new = answered(text, now, status, by=by, on=date.today().isoformat() if by else "")
    try:
        decide(entries(new, str(path)), str(path), installed().shown)
    except KnowledgeError as error:
        print_error(f"{error}\nnot saved")
        return False
    whole_file(path, [new])
    return True


def _shown(entry: "Entry", number: int, count: int) -> str:
    """A pair as lines for people."""
    about = entry.about
    score = about.get("score")
    likely = f" ({score:.2f})" if isinstance(score, int | float) else ""
    lines = ["", f"{number}/{count}  {about.get('reason', 'they may be one')}{likely}"]
    for side in ("left", "right"):
        lines.append(f"  {about.get(f'{side}_label') or about[side]}")
        lines.append(f"      {about[side]}")
        lines += _told(about.get(f"{side}_in"), about.get(f"{side}_said"))
    return printable("\n".join(lines))


def _told(documents: Any, said: Any) -> list[str]:
    named = ", ".join(map(str, documents[:5])) if isinstance(documents, list) else ""
    more = f" and {len(documents) - 5} more" if named and len(documents) > 5 else ""
    lines = [f"      in {named}{more}"] if named else []
    if isinstance(said, str) and said:
        lines += textwrap.wrap(
            f"“{said}”", WIDTH, initial_indent=" " * 6, subsequent_indent=" " * 7
        )
    return lines
