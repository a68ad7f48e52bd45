"""What the commands have in common: messages, errors, progress."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import IO, Any

import click

FINE, VIOLATED, USAGE, UNREADABLE = 0, 1, 2, 3


class Failure(click.ClickException):
    """A command ends with a message and an exit code."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.code = code

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the message in the form of all messages."""
        print_error(self.message)


@contextmanager
def failing(codes: Mapping[type[Exception], int]) -> Iterator[None]:
    """Turn the errors that a step may raise into messages with these exit codes."""
    try:
        yield
    except tuple(codes) as error:
        code = next(code for kind, code in codes.items() if isinstance(error, kind))
        raise Failure(str(error), code) from error


def print_error(message: str) -> None:
    """A message on stderr; nothing in it can steer a terminal."""
    start = "\r\x1b[K" if sys.stderr.isatty() else ""  # a line of progress may stand there
    click.echo(f"{start}{click.style('ciskg:', fg='red')} {printable(message)}", err=True)


def printable(text: str) -> str:
    """The text without what could steer a terminal."""
    return "".join(c if c.isprintable() or c in "\n\t" else "�" for c in text)


def progress_line() -> Callable[[str, int, int], None] | None:
    """A line on stderr that says how far the work is, where a person watches; else None."""
    if not sys.stderr.isatty():
        return None

    def tell(what: str, done: int, total: int) -> None:
        count = f" {done}/{total}" if total > 1 else ""
        click.echo(f"\r\x1b[K{what}{count}" if done < total else "\r\x1b[K", err=True, nl=False)

    return tell
