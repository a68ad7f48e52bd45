"""ciskg build"""

from pathlib import Path

import click

from ciskg.cli.messages import (
    FINE,
    UNREADABLE,
    USAGE,
    VIOLATED,
    failing,
    print_error,
    printable,
    progress_line,
)
from ciskg.cli.own import with_knowledge
from ciskg.cli.review import DECISIONS


def _fields(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    """The columns by their fields; raises BadParameter where one is not FIELD=NAME."""
    from ciskg.read import FIELDS

    named: dict[str, str] = {}
    for pair in given:
        field, equals, name = pair.partition("=")
        if not equals or not name or field not in FIELDS:
            known = ", ".join(FIELDS)
            raise click.BadParameter(f"{pair!r} is not FIELD=NAME; FIELD is one of {known}")
        named[field] = name
    return named


@with_knowledge
@click.command(
    "build",
    short_help="Read documents and build their graph.",
    epilog="""\b
Examples:
    ciskg build documents/                   a folder into build/
    ciskg build a.txt b.html -o graph        two files into graph/
    ciskg build 'pages/**/*.html'            the files that match
    ciskg build pages.zip crawl.warc.gz      archives, read in place
    ciskg build speeches.csv                 a corpus: a text a row
    ciskg build speeches.parquet --text-column speech --column published=day
    ciskg build documents/ --json | jq .facts""",
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    default=Path("build"),
    show_default=True,
    help="The folder to write; an older build there is replaced when the new one is whole.",
)
@click.option(
    "--decisions",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Your decisions on doubtful merges, which are applied; new ones are added at its end. "
    "[default: decisions.toml, where it is there]",
)
@click.option(
    "--text-column",
    metavar="NAME",
    help="The column of a corpus that holds the texts, where it has no usual name.",
)
@click.option(
    "--column",
    "columns",
    metavar="FIELD=NAME",
    multiple=True,
    callback=_fields,
    help="Another column of a corpus; FIELD is id, title, published, publisher, url or language.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def command(
    paths: tuple[Path, ...],
    out: Path,
    decisions: Path | None,
    text_column: str | None,
    columns: dict[str, str],
    as_json: bool,
) -> int:
    """Read documents and build a validated graph of what they say.

    A path is a document (.txt, .md, .html, .mhtml, .pdf, .docx), a collection of documents
    (.zip, .warc, .jsonl, .csv, .tsv, .parquet), a folder of these, a pattern, or - for standard
    input. PDF, DOCX, WARC and Parquet need an extra: pip install 'ciskg[inputs]'.

    A corpus (.jsonl, .csv, .tsv, .parquet) has one text a row. Columns with usual names (text,
    id, title, date, source, url, language) are found; others are told with --text-column and
    --column.

    What belongs to documents and does not stand in them may stand in a documents.csv beside
    them, with the columns file, title, publisher, url, published (2024-10-08, 2024-10 or 2024)
    and language (en, ru). A file of this name is never a corpus.

    The folder gets the store, the graph as Turtle, TriG and N-Quads, tables for R and pandas, the
    report of the shapes, a summary, the facts as JSON lines and the texts.
    """
    from ciskg.atomic import OutputError
    from ciskg.knowledge import KnowledgeError
    from ciskg.pipeline import NothingRead, build
    from ciskg.read import Columns
    from ciskg.summary import to_json, to_text

    if decisions is None and DECISIONS.is_file():
        decisions = DECISIONS
    codes = {NothingRead: UNREADABLE, OutputError: USAGE, KnowledgeError: USAGE}
    with failing(codes):
        result = build(
            paths,
            out=out,
            decisions=decisions,
            columns=Columns(columns | ({"text": text_column} if text_column else {})),
            progress=progress_line(),
        )
    if as_json:
        click.echo(to_json(result.summary), nl=False)
    else:
        click.echo(printable(to_text(result.summary)), nl=False)
        asked = "" if out == Path("build") else f" NAME --build {out}"
        click.echo(f"\nwritten to {out}/; ask it: ciskg query{asked}", err=True)
    _tell_of_merges(result.summary.merges["open"], out, decisions)
    for failed in result.failed:
        print_error(failed.message)
    if not result.conforms:
        print_error(f"{result.summary.violations} violations of shapes; see {out}/report.txt")
    if result.failed:
        return UNREADABLE
    return FINE if result.conforms else VIOLATED


def _tell_of_merges(number: int, out: Path, decisions: Path | None) -> None:
    """Say where to decide what may be one."""
    if not number:
        return
    count = "1 doubtful merge is open" if number == 1 else f"{number} doubtful merges are open"
    if decisions is None:
        remedy = f"--decisions {DECISIONS} keeps them for `ciskg review`"
        print_error(f"{count}, in {out}/proposals.toml; {remedy}")
    else:
        asked = "" if decisions == DECISIONS else f" {decisions}"
        print_error(f"{count}, in {decisions}: ciskg review{asked}")
