"""ciskg query: each stored query is a command with its own options"""

import json
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ciskg.cli.messages import UNREADABLE, USAGE, Failure, failing, print_error
from ciskg.cli.own import enter_early, option, with_knowledge

if TYPE_CHECKING:
    from ciskg.query import Parameter, Rows, StoredQuery

DEFAULT = click.core.ParameterSource.DEFAULT
ID = "https://w3id.org/ciskg/id/"
FORMATS = ("table", "csv", "tsv", "json", "markdown")
EPILOG = """\b
Examples:
    ciskg query                                  the questions, by name
    ciskg query show who-chaired                 one question, as SPARQL
    ciskg query who-chaired --year 2024          its answer
    ciskg query who-chaired --year 2024 --format csv > chairs.csv
    ciskg query who-chaired --endpoint http://localhost:7878/query
    ciskg query who-chaired --help               what it can be asked"""


class _Queries(click.Group):
    """`list` and `show`, and a command for each stored query, made of its file."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*super().list_commands(ctx), *(query.name for query in _stored())]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        own = super().get_command(ctx, cmd_name)
        if own is not None:
            return own
        query = next((query for query in _stored() if query.name == cmd_name), None)
        return None if query is None else _command(query)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        from ciskg.query import QueryError, get

        enter_early(ctx, args)
        if args and not args[0].startswith("-") and super().get_command(ctx, args[0]) is None:
            _stored()
            with failing({QueryError: USAGE}):
                get(args[0])
        return super().resolve_command(ctx, args)


@with_knowledge
@click.group(
    "query",
    cls=_Queries,
    invoke_without_command=True,
    short_help="Ask the graph a stored question.",
    epilog=EPILOG,
    subcommand_metavar="NAME [OPTIONS]...",
)
@click.pass_context
def command(context: click.Context) -> None:
    """Ask the graph a stored question; without a name, list the questions."""
    if context.invoked_subcommand is None:
        context.invoke(list_)


@with_knowledge
@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print names and parameters as JSON.")
def list_(as_json: bool = False) -> None:
    """List the stored questions."""
    queries = _stored()
    if as_json:
        rows = [
            {
                "name": query.name,
                "summary": query.summary,
                "parameters": [p.name for p in query.parameters],
            }
            for query in queries
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    width = max((len(query.name) for query in queries), default=0)
    for query in queries:
        options = " ".join(f"--{_option(p)}" for p in query.parameters)
        click.echo(f"{query.name:<{width}}  {query.summary}")
        if options:
            click.echo(" " * width + f"  {options}")


@with_knowledge
@command.command("show")
@click.argument("name")
def show(name: str) -> None:
    """Print a stored question as SPARQL; it runs as it is in any SPARQL engine."""
    from ciskg.query import QueryError, get

    _stored()
    with failing({QueryError: USAGE}):
        click.echo(get(name).text.rstrip("\n"))


def _command(query: "StoredQuery") -> click.Command:
    """The command of one stored query."""
    options: list[click.Parameter] = [
        click.Option(
            [f"--{_option(parameter)}", f"q_{parameter.name}"],
            metavar=parameter.kind.upper(),
            help=f"{parameter.description} [default: {_default(parameter)}]",
        )
        for parameter in query.parameters
    ]
    options += [
        click.Option(
            ["--build"],
            type=click.Path(path_type=Path),
            default=Path("build"),
            show_default=True,
            help="The build to ask.",
        ),
        click.Option(
            ["--data"],
            type=click.Path(path_type=Path),
            multiple=True,
            help="Ask these RDF files instead of a build.",
        ),
        click.Option(
            ["--endpoint"],
            metavar="URL",
            help="Ask a SPARQL endpoint, whose default graph is the union of its graphs.",
        ),
        click.Option(
            ["--timeout"],
            type=click.IntRange(1, 86400),
            default=60,
            show_default=True,
            metavar="SECONDS",
            help="How long to wait for an endpoint.",
        ),
        click.Option(
            ["--format", "format_"],
            type=click.Choice(FORMATS),
            default="table",
            show_default=True,
        ),
        click.Option(["--json", "as_json"], is_flag=True, help="The same as --format json."),
        option(),
        click.Option(["--columns"], help="Show these alone: names with commas between them."),
    ]

    def ask(
        build: Path,
        data: tuple[Path, ...],
        endpoint: str | None,
        timeout: int,
        format_: str,
        as_json: bool,
        columns: str | None,
        **parameters: str | None,
    ) -> None:
        from ciskg.knowledge import KnowledgeError
        from ciskg.query import QueryError, render, run
        from ciskg.query.remote import Endpoint, EndpointError, ask
        from ciskg.store import StoreError, load_files, open_build

        given = {name.removeprefix("q_"): value for name, value in parameters.items()}
        is_default = click.get_current_context().get_parameter_source("build") is DEFAULT
        if sum((bool(data), endpoint is not None, not is_default)) > 1:
            raise click.UsageError("--build, --data and --endpoint exclude each other; name one")
        codes = {StoreError: UNREADABLE, EndpointError: UNREADABLE}
        with failing({**codes, QueryError: USAGE, KnowledgeError: USAGE}):
            if endpoint is not None:
                rows = ask(Endpoint(endpoint, timeout), query.name, **given)
            else:
                store = load_files(data) if data else open_build(build)
                rows = run(store, query.name, **given)
            if columns is not None:
                rows = rows.only(*(name.strip() for name in columns.split(",")))
        watched = sys.stdout.isatty()
        shown = rows
        if watched and columns is None and format_ == "table" and not as_json:
            shown = rows.readable()
        text = render(
            shown,
            "json" if as_json else format_,
            width=shutil.get_terminal_size().columns if watched else None,
            colour=watched,
        )
        click.echo(text, nl=False)
        _tell(query, given, rows, shown)

    return click.Command(
        query.name,
        params=options,
        callback=ask,
        help=f"{query.summary}\n\n{query.description}",
        short_help=query.summary,
        epilog="\b\nColumns:\n"
        + "\n".join(f"    {name:<14} {meaning}" for name, meaning in query.columns),
    )


def _tell(
    query: "StoredQuery", given: Mapping[str, str | None], rows: "Rows", shown: "Rows"
) -> None:
    """Say on stderr what the answer does not: the defaults, that it is empty, what is left out."""
    assumed = [
        f"--{_option(p)} {_default(p)}"
        for p in query.parameters
        if p.default is not None and given.get(p.name) is None
    ]
    if assumed:
        print_error(f"asked with the default {', '.join(assumed)}")
    if not rows.rows:
        print_error("no rows: nothing found for these values")
    hidden = [name for name in rows.columns if name not in shown.columns]
    if hidden:
        print_error(
            f"IRIs not shown: {', '.join(hidden)}; --columns NAMES or --format csv shows them"
        )


def _stored() -> "tuple[StoredQuery, ...]":
    from ciskg.knowledge import KnowledgeError
    from ciskg.query import stored

    with failing({KnowledgeError: USAGE}):
        queries = stored()
    if not queries:
        raise Failure("queries/: there are no stored queries; reinstall ciskg", USAGE)
    return queries


def _option(parameter: "Parameter") -> str:
    return parameter.name.replace("_", "-")


def _default(parameter: "Parameter") -> str:
    if parameter.default is None:
        return "any"
    value = parameter.default.value
    return f"id:{value.removeprefix(ID)}" if value.startswith(ID) else value
