"""The folder of one's own knowledge, which most commands take."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import click

from ciskg.cli.messages import USAGE, failing

VARIABLE = "CISKG_KNOWLEDGE"
HELP = f"A folder of your own names, rules, questions or shapes, laid over ours [env: {VARIABLE}]."
Command = TypeVar("Command", bound=click.Command)
PATH = click.Path(exists=True, file_okay=False, path_type=Path)


def _enter(context: click.Context, parameter: click.Parameter, value: Path | None) -> None:
    """Lay the folder over ours until the command ends."""
    if value is not None:
        from ciskg.knowledge import KnowledgeError, laid_over

        with failing({KnowledgeError: USAGE}):
            context.find_root().with_resource(laid_over(value))


def option(*, variable: bool = False) -> click.Option:
    """The option; it acts before all others are looked at."""
    return click.Option(
        ["--knowledge"],
        type=PATH,
        is_eager=True,
        expose_value=False,
        callback=_enter,
        envvar=VARIABLE if variable else None,
        help=HELP,
    )


def with_knowledge(command: Command) -> Command:
    """The command with the option `--knowledge DIR`."""
    command.params.append(option())
    return command


def enter_early(context: click.Context, arguments: Sequence[str]) -> None:
    """Lay the folder that the arguments of a command name over ours before it is looked up."""
    for here, argument in enumerate(arguments):
        name, equals, value = argument.partition("=")
        if name == "--knowledge" and (equals or here + 1 < len(arguments)):
            given = PATH.convert(value if equals else arguments[here + 1], None, context)
            _enter(context, option(), Path(os.fsdecode(given)))
