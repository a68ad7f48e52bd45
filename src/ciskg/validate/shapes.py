"""Finds and reads the shapes, and says where they are broken."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ciskg import knowledge
from ciskg.knowledge import KnowledgeError
from ciskg.namespaces import expand
from ciskg.validate.rdf import to_rdflib

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

SH = "http://www.w3.org/ns/shacl#"
TYPE = expand("rdf:type")
ALWAYS_READ = (TYPE, expand("rdfs:subClassOf"))  # by every target class and sh:class
REFERENCE = "reference.ttl"  # the shapes of names, which do not change in a build
NAME = re.compile(r"([A-Za-z][\w-]*):([A-Za-z]\w*)|<([^<>\s]+)>")
TWO_VARIABLES = re.compile(r"[?$]\w+\s+[?$]\w+")
POSITION = re.compile(r"error at (\d+):(\d+)")  # in the message of pyoxigraph
SHAPE_LINE = re.compile(r"\w+:([\w-]+) a sh:")


def shape_files(*, reference: bool = True) -> tuple[Path, ...]:
    """The files of shapes, sorted; without `reference` those that each build runs.

    Raises KnowledgeError where the installation lacks them.
    """
    found = sorted(knowledge.folder("ontology").glob("shapes/*.ttl"))
    if not found:
        raise KnowledgeError("ontology/shapes/: no shapes are there; reinstall ciskg")
    return tuple(path for path in found if reference or path.name != REFERENCE)


def read_shapes(files: Iterable[Path]) -> "rdflib.Graph":
    """The shapes of Turtle files in one graph.

    A property shape that a node shape holds gets the node shape's targets: this says the same,
    and pySHACL then looks at all nodes of a class at once, which is three times as fast.
    Raises KnowledgeError that names file and line where one is no Turtle or a query no SPARQL.
    """
    files = tuple(files)
    graph = to_rdflib(triple for path in files for triple in knowledge.triples(path))
    errors = [error for path in files for error in _broken_queries(path, _prefixes(graph))]
    if errors:
        raise KnowledgeError("\n".join(errors))
    _flatten(graph)
    return graph


def properties_read(shapes: "rdflib.Graph") -> frozenset[str] | None:
    """The IRIs of all properties that the shapes may read; None where a query may read any."""
    from rdflib import URIRef

    names = {str(node) for node in shapes.objects() if isinstance(node, URIRef)}
    prefixes = _prefixes(shapes)
    for query in shapes.objects(None, URIRef(f"{SH}select")):
        pattern = str(query).partition("{")[2]
        if TWO_VARIABLES.search(pattern):  # the second may stand for a property
            return None
        for prefix, local, iri in NAME.findall(pattern):
            names.add(iri or prefixes.get(prefix, "") + local)
    return frozenset(n for n in names if ":" in n and not n.startswith(SH)).union(ALWAYS_READ)


def has_focus(data: "rdflib.Graph", shapes: "rdflib.Graph") -> bool:
    """Whether the data hold a thing that a shape has as its target."""
    from rdflib import RDF, RDFS, URIRef

    def targets(kind: str) -> "set[Node]":
        return set(shapes.objects(None, URIRef(f"{SH}target{kind}")))

    named = targets("Class") | set(shapes.subjects(RDF.type, RDFS.Class))
    below = (data.transitive_subjects(RDFS.subClassOf, class_) for class_ in named)
    classes = named.union(*below)
    return (
        any((None, RDF.type, class_) in data for class_ in classes)
        or any((node, None, None) in data for node in targets("Node"))
        or any((None, property_, None) in data for property_ in targets("SubjectsOf"))
        or any((None, property_, None) in data for property_ in targets("ObjectsOf"))
    )


def blame(message: str, shapes: "rdflib.Graph", files: Iterable[Path]) -> str:
    """What pySHACL says of broken shapes, after the shapes that are not well formed.

    File and line stand there where the shapes come from files.
    """
    from pyshacl.entrypoints import meta_validate
    from rdflib import Graph, URIRef

    _, found, _ = meta_validate(shapes)
    focus = URIRef(f"{SH}focusNode")
    broken = {str(n) for n in found.objects(None, focus)} if isinstance(found, Graph) else set()
    lines = [
        f"{path.name}:{number}: {start[1]}"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if (start := SHAPE_LINE.match(line))
        and any(iri.endswith((f"#{start[1]}", f"/{start[1]}")) for iri in broken)
    ]
    where = ", ".join(lines or sorted(broken)) or ", ".join(path.name for path in files)
    return f"{where or 'shapes'}: not a well-formed shape: {message.strip().splitlines()[0]}"


def _flatten(shapes: "rdflib.Graph") -> None:
    from rdflib import URIRef

    held, targets = URIRef(f"{SH}property"), f"{SH}target"
    for shape in set(shapes.subjects(held)):
        said = list(shapes.predicate_objects(shape))
        aims = [(p, o) for p, o in said if str(p).startswith(targets)]
        is_used = any(True for _ in shapes.subjects(None, shape))
        if not aims or is_used or (shape, URIRef(f"{SH}deactivated"), None) in shapes:
            continue
        for part in [o for p, o in said if p == held]:
            shapes.remove((shape, held, part))
            for aim, target in aims:
                shapes.add((part, aim, target))


def _prefixes(shapes: "rdflib.Graph") -> dict[str, str]:
    """The prefixes that the shapes declare for their queries."""
    from rdflib import URIRef

    return {
        str(prefix): str(namespace)
        for node, prefix in shapes.subject_objects(URIRef(f"{SH}prefix"))
        for namespace in shapes.objects(node, URIRef(f"{SH}namespace"))
    }


def _broken_queries(path: Path, prefixes: dict[str, str]) -> Iterator[str]:
    """What is wrong with the SPARQL constraints of a file, each with its line."""
    header = "".join(f"PREFIX {p}: <{iri}>\n" for p, iri in sorted(prefixes.items()))
    store = ox.Store()
    for triple in knowledge.triples(path):
        if triple.predicate.value != f"{SH}select" or not isinstance(triple.object, ox.Literal):
            continue
        query = triple.object.value
        try:
            store.query(header + query)
        except SyntaxError as error:
            text = path.read_text(encoding="utf-8")
            line = text.partition(query)[0].count("\n") + 1 if query in text else 1
            if at := POSITION.search(str(error)):
                line += int(at[1]) - header.count("\n") - 1
            column = f", column {at[2]}" if at else ""
            yield f"{path.name}:{line}: not SPARQL{column}; mend this sh:select"
