"""Finds and reads the files of knowledge: ontology, reference data, shapes, queries, rules."""

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

PACKAGE = Path(__file__).parent


class KnowledgeError(Exception):
    """A file of knowledge is broken; the message names file, line and remedy."""


def folder(name: str) -> Path:
    """The folder "ontology", "queries" or "rules": in the wheel, or at the top of a checkout.

    Raises KnowledgeError where the installation lacks it.
    """
    for parent in (PACKAGE, PACKAGE.parent.parent):
        if (parent / name).is_dir():
            return parent / name
    raise KnowledgeError(f"{name}/: this folder of the installation is missing; reinstall ciskg")


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
