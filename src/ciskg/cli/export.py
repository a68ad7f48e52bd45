"""ciskg export"""

from pathlib import Path

import click

from ciskg.cli.messages import UNREADABLE, USAGE, failing
from ciskg.cli.own import with_knowledge

TABLES_MARKER = "claims.csv"  # by it an older folder of tables is known
GRAPH_FORMATS = ("turtle", "trig", "nquads", "jsonld")


@with_knowledge
@click.command(
    "export",
    short_help="Write the graph for another program.",
    epilog="""\b
Examples:
    ciskg export build --format trig -o cis.trig
    ciskg export build --format csv --table meetings
    ciskg export build --format csv -o tables/     all tables, a file each""",
)
@click.argument("build", default=Path("build"), type=click.Path(path_type=Path))
@click.option(
    "--format",
    "format_",
    type=click.Choice([*GRAPH_FORMATS, "csv"]),
    default="turtle",
    show_default=True,
)
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, allow_dash=True),
    default=Path("-"),
    help="A file, written whole or not at all; - is stdout, the default. For csv without --table "
    "a folder.",
)
@click.option("--table", help="For csv: the one table to write.")
def command(build: Path, format_: str, out: Path, table: str | None) -> None:
    """Write the graph of a BUILD in a format of another program; the same graph, the same bytes.

    turtle has all triples in one graph; trig, nquads and jsonld keep the named graphs; csv has
    tidy tables.
    """
    from ciskg import export
    from ciskg.atomic import OutputError, whole_file, whole_folder
    from ciskg.knowledge import KnowledgeError
    from ciskg.store import StoreError, open_build

    if table is not None and format_ != "csv":
        raise click.BadOptionUsage("table", "--table goes with --format csv")
    with failing({StoreError: UNREADABLE, OutputError: USAGE, KnowledgeError: USAGE}):
        store = open_build(build)
        if format_ != "csv":
            chunks = export.serialize(store, format_)
        else:
            tables = {t.name: t for t in export.read_tables()}
            if table is None:
                if str(out) == "-":
                    names = ", ".join(tables)
                    raise click.BadOptionUsage(
                        "table", f"name one table with --table, or a folder with -o: {names}"
                    )
                with whole_folder(out, marker=TABLES_MARKER) as folder:
                    for name, shape in tables.items():
                        whole_file(folder / f"{name}.csv", [export.csv_text(store, shape)])
                return
            if table not in tables:
                raise click.BadParameter(
                    f"{table!r} is none of {', '.join(tables)}", param_hint="--table"
                )
            chunks = iter([export.csv_text(store, tables[table])])
        if str(out) == "-":
            click.echo("".join(chunks).encode(), nl=False)
        else:
            whole_file(out, chunks)
