"""ciskg evaluate"""

from collections.abc import Mapping
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

AS_TEXT = 10  # errors of each kind that are shown as text where nobody says how many


@with_knowledge
@click.command(
    "evaluate",
    short_help="Hold what was read against gold facts of your own.",
    epilog="""\b
Examples:
    ciskg evaluate gold/ documents/
    ciskg evaluate gold/ build/ --by language --errors 50
    ciskg evaluate gold/ documents/ --format html -o accuracy.html
    ciskg evaluate gold/ documents/ --floor floors.toml    exit code 1 below a floor
    ciskg evaluate gold/ documents/ --rules                what each rule gave""",
)
@click.argument("gold", type=click.Path(exists=True, path_type=Path))
@click.argument("docs", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--gold",
    "more",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="Further gold facts; may be given again.",
)
@click.option(
    "--only",
    multiple=True,
    metavar="PATTERN",
    help="Only documents of these names: r0*, or even or odd, by their last digit.",
)
@click.option(
    "--by",
    multiple=True,
    type=click.Choice(["language", "document"]),
    help="Also a table for each.",
)
@click.option("--name", help="What the corpus is called.  [default: as its folder]")
@click.option(
    "--errors",
    type=click.IntRange(min=0),
    metavar="N",
    help=f"Show N errors of each kind.  [default: {AS_TEXT} as text, else all]",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "html"]),
    default="text",
    show_default=True,
    help="html is one page that needs nothing else.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, allow_dash=True),
    default=Path("-"),
    help="A file, written whole or not at all; - is stdout, the default.",
)
@click.option(
    "--floor",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A TOML file of figures to reach; exit code 1 where one is not.",
)
@click.option("--rules", is_flag=True, help="What each rule gave, and which gave nothing.")
def command(
    gold: Path,
    docs: tuple[Path, ...],
    more: tuple[Path, ...],
    only: tuple[str, ...],
    by: tuple[str, ...],
    name: str | None,
    errors: int | None,
    format_: str,
    output: Path,
    floor: Path | None,
    rules: bool,
) -> int:
    """Print precision, recall and F1 of the facts of a graph against GOLD, with the errors.

    GOLD is a folder with a file a document, a.jsonl for a.txt, or one JSONL file whose rows name
    their `doc`; docs/annotation.md is the convention.

    DOCS are the documents, as `ciskg build` takes them, or a folder that it wrote. Without DOCS
    they are looked for in docs/ beside GOLD, in GOLD and in the folder above.
    """
    from ciskg import assess
    from ciskg.atomic import OutputError, whole_file
    from ciskg.evaluate import GoldError, coverage, page, report, text
    from ciskg.evaluate.floors import FloorError, below, read_floors
    from ciskg.knowledge import KnowledgeError
    from ciskg.pipeline import NothingRead
    from ciskg.read import ReadError
    from ciskg.store import StoreError

    if rules and (by or floor is not None or format_ == "html"):
        raise click.UsageError("--rules goes with neither --by, --floor nor --format html")
    codes: Mapping[type[Exception], int] = {
        NothingRead: UNREADABLE,
        StoreError: UNREADABLE,
        ReadError: UNREADABLE,
        **dict.fromkeys((GoldError, assess.NoDocument, FloorError, KnowledgeError), USAGE),
        OutputError: USAGE,
    }
    with failing(codes):
        found = assess.assess([gold, *more], docs, only=only, whole=rules, tell=progress_line())
        title = name or found.name
        floors = {} if floor is None else read_floors(floor, title)
        for note in found.notes:
            print_error(note)
        missed: list[str] = []
        if rules:
            counts = coverage.cover(found.corpus, found.gold.facts)
            out = coverage.as_json(counts) if format_ == "json" else coverage.as_text(counts)
        else:
            whole = report.make_report(title, found.corpus, found.gold.facts, by)
            missed = list(below(whole.whole.scores, floors))
            if format_ == "text":
                out = text.as_text(whole, errors=AS_TEXT if errors is None else errors)
            elif format_ == "json":
                out = report.as_json(whole, errors=errors)
            else:
                out = "".join(page.as_page(whole, errors=errors))
        if str(output) == "-":
            click.echo(printable(out) if format_ == "text" else out.encode(), nl=False)
        else:
            whole_file(output, [out])
    for failed in found.failed:
        print_error(failed.message)
    for figure in missed:
        print_error(f"{title}: {figure} ({floor})")
    if found.failed:
        return UNREADABLE
    return VIOLATED if missed else FINE
