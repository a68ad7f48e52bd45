"""ciskg unread"""

from pathlib import Path

import click

from ciskg.cli.messages import (
    FINE,
    UNREADABLE,
    USAGE,
    failing,
    print_error,
    printable,
    progress_line,
)
from ciskg.cli.own import with_knowledge


@with_knowledge
@click.command(
    "unread",
    short_help="Show what was not understood, document by document.",
    epilog="""\b
Examples:
    ciskg unread build/
    ciskg unread documents/ --kind person
    ciskg unread build/ --json | jq -r '.[] | select(.kind == "date") | .trigger'""",
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(["language", "scope", "sentence", "date", "person"]),
    help="Only this; may be given again.",
)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
def command(paths: tuple[Path, ...], kinds: tuple[str, ...], as_json: bool) -> int:
    """Show what in documents was not understood, and which file of knowledge would settle it.

    PATHS are a folder that `ciskg build` wrote (build/ without PATHS; its unread.csv holds the
    same), or documents as `build` takes them; of these no graph is built.

    \b
    sentence  its words promise a fact, and none was read from it
    date      it stays without a year or a day
    person    named, but no office was read
    language  the document is in one that ciskg does not read
    scope     too little of it is about the region, so nothing is read
    """
    from ciskg import unread
    from ciskg.assemble import open_result, silent
    from ciskg.extract import languages
    from ciskg.knowledge import KnowledgeError
    from ciskg.pipeline import NothingRead, read_paths
    from ciskg.store import StoreError, is_build

    given = paths or (Path("build"),)
    with failing({NothingRead: UNREADABLE, StoreError: UNREADABLE, KnowledgeError: USAGE}):
        if not paths or (len(given) == 1 and is_build(given[0])):
            summary = open_result(given[0]).summary
            number, failed, found = len(summary.documents), summary.failed, summary.unread
        else:
            read = read_paths(given, progress_line() or silent)
            ordered = sorted(read.readings, key=lambda reading: reading.document.key)
            number, failed = len(ordered), read.failed
            found = tuple(part for reading in ordered for part in unread.parts(reading))
    found = tuple(part for part in found if not kinds or part.kind in kinds)
    if as_json:
        click.echo(unread.as_json(found), nl=False)
    else:
        click.echo(printable(unread.as_text(found, number, languages())), nl=False)
    for failure in failed:
        print_error(failure.message)
    return UNREADABLE if failed else FINE
