"""JSON-LD with short names and a context of its own, sorted."""

import json
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from ciskg.namespaces import PREFIXES, expand

RDF_TYPE = expand("rdf:type")
XSD_STRING = expand("xsd:string")
SPACES = {space: prefix for prefix, space in PREFIXES.items()}


def jsonld(quads: Iterable[ox.Quad]) -> Iterator[str]:
    """Yield a JSON-LD document: one object a named graph, in it one line a subject."""
    graphs: dict[str, dict[str, dict[str, list[object]]]] = {}
    for quad in sorted(set(quads), key=str):
        default = isinstance(quad.graph_name, ox.DefaultGraph)
        graph = graphs.setdefault("" if default else _reference(quad.graph_name), {})
        subject = graph.setdefault(_reference(quad.subject), {})
        if quad.predicate.value == RDF_TYPE:
            subject.setdefault("@type", []).append(_short(_reference(quad.object)))
        else:
            property_ = _short(quad.predicate.value)
            subject.setdefault(property_, []).append(_value(quad.object))
    yield '{"@context": ' + json.dumps(dict(sorted(PREFIXES.items()))) + ',\n"@graph": ['
    before = "\n"
    for name, subjects in sorted(graphs.items()):
        nodes = [{"@id": iri, **dict(sorted(node.items()))} for iri, node in subjects.items()]
        lines = ",\n".join(json.dumps(node, ensure_ascii=False) for node in nodes)
        if name:
            yield f'{before}{{"@id": {json.dumps(name)}, "@graph": [\n{lines}\n]}}'
        else:
            yield before + lines
        before = ",\n"
    yield "\n]}\n"


Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | ox.DefaultGraph


def _reference(term: Term) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def _short(iri: str) -> str:
    """A name by prefix; only words of vocabularies get one, things keep their IRI."""
    cut = max(iri.rfind("#"), iri.rfind("/")) + 1
    space, local = iri[:cut], iri[cut:]
    return f"{SPACES[space]}:{local}" if local and space in SPACES else iri


def _value(term: Term) -> object:
    if not isinstance(term, ox.Literal):
        return {"@id": _reference(term)}
    if term.language is not None:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value == XSD_STRING:
        return term.value
    return {"@value": term.value, "@type": _short(term.datatype.value)}
