"""ciskg validate"""

import json
from dataclasses import asdict
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
)
from ciskg.cli.own import with_knowledge


@with_knowledge
@click.command(
    "validate",
    short_help="Check graphs against the shapes.",
    epilog="""\b
Examples:
    ciskg validate build
    ciskg validate mine.ttl theirs.trig
    ciskg validate build --format turtle > report.ttl
    ciskg validate --knowledge mine          names and rules of your own, laid over ours""",
)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "turtle", "json"]),
    default="text",
    show_default=True,
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
def command(files: tuple[Path, ...], format_: str, as_json: bool) -> int:
    """Check RDF files, or a build, against the shapes of ciskg; several are checked as one graph.

    - is Turtle or TriG from standard input.

    A build is held against the shapes that each build runs, as in its report.txt; RDF files also
    against those of the reference data (names of states, bodies, offices). Without FILES, your
    --knowledge is checked: the names, laid over ours, and the examples of your rules.

    A violation gives exit code 1; warnings are printed and give 0.
    """
    from ciskg.examples import broken_examples, own_rules
    from ciskg.knowledge import KnowledgeError, folder, own_sha256
    from ciskg.store import StoreError, is_build, open_build
    from ciskg.validate import ValidationInputError, validate

    codes = {StoreError: UNREADABLE, ValidationInputError: UNREADABLE, KnowledgeError: USAGE}
    wrong: list[str] = []
    with failing(codes):
        if not files and own_sha256() is None:
            raise click.UsageError("name FILES or a build, or your own knowledge: --knowledge DIR")
        if not files:
            report = validate(sorted((folder("ontology") / "reference").glob("*.ttl")))
            wrong = list(broken_examples(own_rules()))
        elif len(files) == 1 and is_build(files[0]):
            report = validate(open_build(files[0]))
        else:
            report = validate(files)
    if not report.checked:
        names = ", ".join(map(str, files))
        print_error(f"{names}: nothing to check: no thing there is of a class that the shapes know")
    if as_json or format_ == "json":
        found = {"conforms": report.conforms, "results": [asdict(r) for r in report.results]}
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    elif format_ == "turtle":
        click.echo(report.turtle, nl=False)
    else:
        click.echo(printable(report.text), nl=False)
    for message in wrong:
        print_error(message)
    return FINE if report.conforms and not wrong else VIOLATED
