"""Turtle and TriG that a person can read and that is the same bytes each time.

pyoxigraph's own writer orders its prefixes by chance; this one sorts everything.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby

import pyoxigraph as ox

from ciskg.namespaces import ID, PREFIXES, expand

RDF_TYPE = expand("rdf:type")
INTEGER_TYPE = expand("xsd:integer")
LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?")
INTEGER = re.compile(r"[+-]?[0-9]+")

Shorten = Callable[[str], str | None]


def turtle(triples: Iterable[ox.Triple | ox.Quad]) -> Iterator[str]:
    """Yield a Turtle document, a subject at a time, sorted; a triple in two graphs comes once."""
    rows = sorted({_row(triple) for triple in triples})
    names = _names(rows)
    yield from _header(names)
    yield from _subjects(rows, _shortener(names), "")


def trig(quads: Iterable[ox.Quad]) -> Iterator[str]:
    """Yield a TriG document: the graphs in the order of their IRIs, each sorted."""
    graphs: dict[str, set[Row]] = {}
    for quad in quads:
        name = "" if isinstance(quad.graph_name, ox.DefaultGraph) else str(quad.graph_name)
        graphs.setdefault(name, set()).add(_row(quad))
    names = _names(row for rows in graphs.values() for row in rows)
    shorten = _shortener(names)
    yield from _header(names)
    for name, rows in sorted(graphs.items()):
        indent = "    " if name else ""
        yield f"\n{name} {{\n" if name else "\n"
        yield from _subjects(sorted(rows), shorten, indent)
        yield "}\n" if name else ""


# A row sorts as it should be read: by subject, rdf:type first, then predicate and object.
Row = tuple[str, bool, str, str]


def _row(triple: ox.Triple | ox.Quad) -> Row:
    predicate = triple.predicate.value
    return str(triple.subject), predicate != RDF_TYPE, predicate, str(triple.object)


def _names(rows: Iterable[Row]) -> dict[str, str]:
    """The namespaces that the rows use, each with its prefix; folders of things get their own."""
    known = {space: prefix for prefix, space in PREFIXES.items()}
    used: set[str] = set()
    for subject, _, predicate, object_ in rows:
        if predicate != RDF_TYPE:
            used.add(_split(predicate)[0])
        used.add(_split(subject[1:-1])[0])
        if object_.startswith("<"):
            used.add(_split(object_[1:-1])[0])
        elif object_.endswith(">"):
            datatype = object_[object_.rindex("^^<") + 3 : -1]
            used.add(_split(datatype)[0])
    names = {space: known[space] for space in used if space in known}
    for space in sorted(used - names.keys()):
        folder = space.removeprefix(ID)[:-1]
        if space.startswith(ID) and LOCAL.fullmatch(folder):
            names[space] = f"id-{folder}" if folder in PREFIXES else folder
    return names


def _split(iri: str) -> tuple[str, str]:
    cut = max(iri.rfind("#"), iri.rfind("/")) + 1
    return iri[:cut], iri[cut:]


def _shortener(names: Mapping[str, str]) -> Shorten:
    """A function from an IRI to its short name, None where it has none."""
    cache: dict[str, str | None] = {}

    def shorten(iri: str) -> str | None:
        if iri not in cache:
            space, local = _split(iri)
            named = space in names and (not local or LOCAL.fullmatch(local))
            cache[iri] = f"{names[space]}:{local}" if named else None
        return cache[iri]

    return shorten


def _header(names: Mapping[str, str]) -> Iterator[str]:
    for prefix, space in sorted((prefix, space) for space, prefix in names.items()):
        yield f"PREFIX {prefix}: <{space}>\n"


def _subjects(rows: Iterable[Row], shorten: Shorten, indent: str) -> Iterator[str]:
    for subject, statements in groupby(rows, key=lambda row: row[0]):
        lines = []
        for predicate, group in groupby(statements, key=lambda row: row[2]):
            verb = "a" if predicate == RDF_TYPE else shorten(predicate) or f"<{predicate}>"
            objects = " , ".join(_text(row[3], shorten) for row in group)
            lines.append(f"{verb} {objects}")
        body = f" ;\n{indent}    ".join(lines)
        yield f"\n{indent}{_text(subject, shorten)} {body} .\n"


def _text(term: str, shorten: Shorten) -> str:
    """A term in N-Triples form as Turtle would have it."""
    if term.startswith("<"):
        return shorten(term[1:-1]) or term
    if term.startswith('"') and term.endswith(">"):
        cut = term.rindex("^^<")
        value, datatype = term[:cut], term[cut + 3 : -1]
        if datatype == INTEGER_TYPE and INTEGER.fullmatch(value[1:-1]):
            return value[1:-1]
        return f"{value}^^{shorten(datatype) or f'<{datatype}>'}"
    return term
