"""Finds and reads the files of knowledge: ontology, reference data, shapes, queries, rules."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

import pyoxigraph as ox

PACKAGE = Path(__file__).parent
FOLDERS = ("ontology", "queries", "rules")

_laid_over: ContextVar[Path | None] = ContextVar("laid_over", default=None)


class KnowledgeError(Exception):
    """A file of knowledge is broken; the message names file, line and remedy."""


def folder(name: str) -> Path:
    """The folder "ontology", "queries" or "rules": in the wheel, or at the top of a checkout.

    Raises KnowledgeError where the installation lacks it.
    """
    return _find(name, _laid_over.get())


laid = _laid_over.get  # the folder that is read over the installation's; None for none


@cache
def _find(name: str, own: Path | None) -> Path:
    for parent in (PACKAGE, PACKAGE.parent.parent) if own is None else (own,):
        if (parent / name).is_dir():
            return parent / name
    raise KnowledgeError(f"{name}/: this folder of the installation is missing; reinstall ciskg")


@contextmanager
def laid_over(own: Path) -> Iterator[None]:
    """Read `own` over the files of the installation while the context lasts.

    A file of `own`/ontology, /queries or /rules takes the place of the one of the same name; a
    new one comes beside. Enter it before anything is read.
    Raises KnowledgeError where `own` holds none of these folders.
    """
    if not any((own / name).is_dir() for name in FOLDERS):
        raise KnowledgeError(f"{own}: holds none of the folders {', '.join(FOLDERS)}")
    with tempfile.TemporaryDirectory(prefix="ciskg-knowledge-") as merged:
        for name in FOLDERS:
            for source in (folder(name), own / name):
                if source.is_dir():
                    shutil.copytree(source, Path(merged, name), dirs_exist_ok=True)
        token = _laid_over.set(Path(merged))
        try:
            yield
        finally:
            _laid_over.reset(token)


def triples(path: Path) -> Iterator[ox.Triple]:
    """The triples of one Turtle file.

    Raises KnowledgeError that names the file and the line.
    """
    try:
        for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
            yield quad.triple
    except SyntaxError as error:
        raise KnowledgeError(f"{path.name}:{error.lineno}: not Turtle: {error.msg}") from error
    except OSError as error:
        raise KnowledgeError(f"{path}: {error.strerror}; check the file and its rights") from error
