"""The command line: a command parses, calls one function, prints, and gives an exit code."""

import difflib
import importlib
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

import click

from ciskg import __version__
from ciskg.cli.messages import USAGE, Failure, print_error
from ciskg.cli.own import option

VERBS = (
    "build",
    "validate",
    "query",
    "explain",
    "facts",
    "export",
    "review",
    "evaluate",
    "unread",
)
INTERRUPTED, TERMINATED, BROKEN_PIPE = 130, 143, 141  # as a shell counts signals

FIRST_STEPS = """\
ciskg reads documents about the Commonwealth of Independent States and builds a graph
in which every fact shows the sentence it was read from.

"""
WITHOUT_BUILD = """\
Begin with a folder of documents (.txt, .md, .html):

    ciskg build DOCUMENTS/     read them; the graph comes to build/
"""
WITH_BUILD = """\
There is a graph in build/. Ask it:

    ciskg query                            which questions are stored
    ciskg query who-chaired --year 2024    the answer, with the sentences
    ciskg explain id:chairmanship/cis-rus-2024
                                           why one fact stands in the graph
    ciskg export build --format turtle     the graph for another program
"""
ALL_COMMANDS = "\nciskg --help lists all commands, ciskg COMMAND --help shows examples.\n"


class _Verbs(click.Group):
    """The commands, each in a module of its own that is read when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; a reader that has enough (`| head`) ends it without complaint.

        Here and not around `main`, where click would make it exit code 1, a violation.
        """
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return BROKEN_PIPE
        return result

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in VERBS and not args[0].startswith("-"):
            near = difflib.get_close_matches(args[0], VERBS, n=1, cutoff=0.5)
            meant = f"did you mean {near[0]}?" if near else f"there are {', '.join(VERBS)}"
            raise Failure(f"No such command {args[0]!r}; {meant}", USAGE)
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        command = importlib.import_module(f"ciskg.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command


@click.group(cls=_Verbs, invoke_without_command=True)
@click.version_option(__version__, prog_name="ciskg")
@click.pass_context
def cli(context: click.Context) -> None:
    """Documents about the Commonwealth of Independent States as a cited knowledge graph.

    \b
    Exit codes:
        0  fine
        1  the graph violates a shape
        2  wrong usage, or a broken file of knowledge
        3  an input could not be read, or validation could not run

    \b
    Shell completion (bash; zsh and fish in the same way):
        eval "$(_CISKG_COMPLETE=bash_source ciskg)"
    """
    if "NO_COLOR" in os.environ:
        context.color = False
    if context.invoked_subcommand is None:
        here = Path("build").is_dir()
        click.echo(FIRST_STEPS + (WITH_BUILD if here else WITHOUT_BUILD) + ALL_COMMANDS, nl=False)


cli.params.append(option(variable=True))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code; a user's mistake is a message, no traceback."""
    try:
        code = cli.main(arguments, prog_name="ciskg", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except click.exceptions.Exit as error:
        return error.exit_code
    except Failure as error:
        error.show()
        return error.code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        print_error("interrupted; nothing was changed")
        return INTERRUPTED


def main() -> None:
    """The `ciskg` command."""
    signal.signal(signal.SIGTERM, _terminated)
    sys.exit(run())


def _terminated(number: int, frame: FrameType | None) -> None:
    """Leave as after an error, so that what was half written goes."""
    raise SystemExit(TERMINATED)
