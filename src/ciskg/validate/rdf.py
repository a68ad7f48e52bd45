"""Reads RDF for pySHACL: parsed by pyoxigraph, which is 20 times as fast, held by rdflib."""

import logging
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ciskg.store import RDF_FILES, is_build

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import BNode, Literal, URIRef

STDIN = Path("-")
NO_DATATYPE = (  # rdflib leaves these out, and compares a literal that has one as another
    "http://www.w3.org/2001/XMLSchema#string",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString",
)


class ValidationInputError(Exception):
    """Data cannot be read as RDF; the message names file, line and remedy."""


def read_data(paths: Iterable[Path]) -> "rdflib.Graph":
    """The union of all graphs of RDF files; `-` is Turtle or TriG from standard input.

    Blank nodes get labels that depend on the data alone.
    Raises ValidationInputError that names the file and, where it is not well formed, the line.
    """
    quads = [quad for path in paths for quad in _read(path)]
    if any(isinstance(node, ox.BlankNode) for q in quads for node in (q.subject, q.object)):
        dataset = ox.Dataset(quads)
        dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
        quads = list(dataset)
    return to_rdflib(quad.triple for quad in quads)


def to_rdflib(triples: Iterable[ox.Triple]) -> "rdflib.Graph":
    """The triples in an rdflib graph, with the literals exactly as they are written."""
    import rdflib

    terms: dict[object, URIRef | BNode | Literal] = {}
    graph = rdflib.Graph(bind_namespaces="none")
    with quiet():
        for triple in triples:
            for node in (triple.subject, triple.predicate, triple.object):
                if node not in terms:
                    terms[node] = _term(node)
            graph.add((terms[triple.subject], terms[triple.predicate], terms[triple.object]))
    return graph


def union(dataset: "rdflib.Dataset") -> "rdflib.Graph":
    """All graphs of a dataset in one."""
    import rdflib

    graph = rdflib.Graph(bind_namespaces="none")
    for subject, predicate, object_, _ in dataset.quads():
        graph.add((subject, predicate, object_))
    return graph


@contextmanager
def quiet() -> Iterator[None]:
    """Keep rdflib and pySHACL from logging what the report or the exception says."""
    loggers = [logging.getLogger(name) for name in ("rdflib.term", "pyshacl-validate")]
    before = [logger.disabled for logger in loggers]
    for logger in loggers:
        logger.disabled = True
    try:
        yield
    finally:
        for logger, was in zip(loggers, before, strict=True):
            logger.disabled = was


def _term(node: object) -> "URIRef | BNode | Literal":
    import rdflib

    if isinstance(node, ox.NamedNode):
        return rdflib.URIRef(node.value)
    if isinstance(node, ox.BlankNode):
        return rdflib.BNode(node.value)
    if not isinstance(node, ox.Literal):
        raise ValidationInputError(f"{node}: a triple inside a triple; validate RDF without them")
    datatype = node.datatype.value
    return rdflib.Literal(
        node.value,
        lang=node.language,
        datatype=None if datatype in NO_DATATYPE else rdflib.URIRef(datatype),
        normalize=False,
    )


def _of_folder(path: Path) -> str:
    """What to say of a folder among the files."""
    if is_build(path):
        return "a build is checked alone; with others, name its graph.nq"
    if any(file.suffix.lower() in RDF_FILES for file in path.iterdir()):
        return f"a folder, and no build of ciskg; name its files: {path / '*'}"
    return "a folder, and no build of ciskg; name a build or RDF files"


def _read(path: Path) -> Iterator[ox.Quad]:
    if path == STDIN:
        name, content, format_ = "stdin", sys.stdin.buffer.read(), ox.RdfFormat.TRIG
    else:
        if path.is_dir():
            raise ValidationInputError(f"{path}: {_of_folder(path)}")
        found = ox.RdfFormat.from_extension(path.suffix.removeprefix(".").lower())
        if found is None or path.suffix.lower() == ".txt":
            known = ", ".join(RDF_FILES)
            raise ValidationInputError(f"{path}: not RDF by its name; known endings: {known}")
        try:
            name, content, format_ = str(path), path.read_bytes(), found
        except OSError as error:
            raise ValidationInputError(f"{path}: {error.strerror}; check the path") from error
    try:
        yield from ox.parse(content, format=format_, base_iri=path.absolute().as_uri())
    except SyntaxError as error:
        raise ValidationInputError(f"{name}:{error.lineno}: not {format_}: {error.msg}") from error
