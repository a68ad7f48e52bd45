"""Libraries that only some inputs need."""

from collections.abc import Iterator
from contextlib import contextmanager

from ciskg.read.errors import ReadError


@contextmanager
def needs(extra: str, what: str, where: str) -> Iterator[None]:
    """Turn the want of a library into a ReadError that says how to install it."""
    try:
        yield
    except ImportError as error:
        problem = f"{what} is read with a further library that is not installed"
        raise ReadError(where, problem, f"install it: pip install 'ciskg[{extra}]'") from error
