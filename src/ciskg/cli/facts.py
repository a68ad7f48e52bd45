"""ciskg facts"""

import json
from pathlib import Path

import click

from ciskg.cli.messages import UNREADABLE, failing
from ciskg.cli.own import with_knowledge


@with_knowledge
@click.command(
    "facts",
    short_help="Print what each document says as JSON lines.",
    epilog="""\b
Examples:
    ciskg facts build > facts.jsonl
    ciskg facts build | jq 'select(.type == "chairmanship")'""",
)
@click.argument("build", default=Path("build"), type=click.Path(path_type=Path))
def command(build: Path) -> None:
    """Print the facts of a BUILD as JSON lines, read back from its graph: one line a claim."""
    from ciskg.assemble import open_result
    from ciskg.store import StoreError

    with failing({StoreError: UNREADABLE}):
        result = open_result(build)
    for fact in result.facts():
        click.echo(json.dumps(fact, ensure_ascii=False))
