"""Writes files and folders whole or not at all."""

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path


class OutputError(Exception):
    """A result cannot be written where it was asked for; the message names the remedy."""


@contextmanager
def whole_folder(target: Path, *, marker: str) -> Iterator[Path]:
    """A new folder to fill, which takes the place of `target` when the context ends well.

    An older folder is replaced only where it holds the file `marker`, and only by a whole new
    one; after an error nothing is left but what stood there before.
    Raises OutputError where the place is taken by something else or cannot be written.
    """
    _check_place(target, marker)
    target = target.resolve()  # a link stays a link
    new = target.parent / f".{target.name}.new-{os.getpid()}"
    try:  # the name is known before the folder is made: a signal in between leaves nothing
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.rmtree(new, ignore_errors=True)  # of a process that was killed
            new.mkdir()
        except OSError as error:
            raise OutputError(
                f"{target}: cannot be made: {error.strerror}; name a folder where you may write"
            ) from error
        try:
            yield new
            _check_place(target, marker)  # it may have changed meanwhile
            _replace(new, target)
        except OSError as error:
            raise OutputError(f"{target}: cannot be written: {error.strerror or error}") from error
    finally:
        shutil.rmtree(new, ignore_errors=True)


def whole_file(target: Path, chunks: Iterable[str]) -> None:
    """Write a text file: the new one is complete before the old one goes.

    What is not a regular file (`/dev/stdout`, a pipe) is written as it comes.
    Raises OutputError where it cannot be written.
    """
    try:
        if target.is_dir():
            raise OutputError(f"{target}: is a folder; name a file")
        if target.exists() and not target.is_file():
            with target.open("w", encoding="utf-8", newline="") as stream:
                stream.writelines(chunks)
            return
        place = target.resolve()  # a link stays a link
        handle, name = tempfile.mkstemp(prefix=f".{place.name}.new-", dir=place.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
                stream.writelines(chunks)
            Path(name).chmod(0o666 & ~_umask())
            Path(name).replace(place)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise OutputError(f"{target}: cannot be written: {error.strerror}") from error


def _check_place(target: Path, marker: str) -> None:
    try:
        if target.is_symlink() and not target.exists():
            raise OutputError(f"{target}: a link that leads nowhere; name another folder")
        if target.exists() and not target.is_dir():
            raise OutputError(f"{target}: is a file; name a folder")
        if target.is_dir() and any(target.iterdir()) and not (target / marker).is_file():
            raise OutputError(
                f"{target}: holds files that ciskg did not write; name another folder, "
                "or remove it yourself"
            )
    except OSError as error:
        raise OutputError(f"{target}: cannot be read: {error.strerror}") from error


def _replace(new: Path, target: Path) -> None:
    """Put `new` where `target` stands; two renames, so nobody meets half a folder."""
    if not target.exists():
        new.rename(target)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{target.name}.old-", dir=target.parent))
    target.replace(old / target.name)
    try:
        new.rename(target)
    except BaseException:
        (old / target.name).replace(target)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
