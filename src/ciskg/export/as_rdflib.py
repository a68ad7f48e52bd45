"""The graph as values of rdflib."""

import pyoxigraph as ox
from rdflib import BNode, Dataset, Graph, Literal, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.namespace import NamespaceManager
from rdflib.term import Node

from ciskg import labels
from ciskg.labels import Term
from ciskg.namespaces import PREFIXES, expand

XSD_STRING = expand("xsd:string")


def graph(store: ox.Store) -> Graph:
    """The union of all named graphs."""
    union = Graph(bind_namespaces="none")
    _bind(union.namespace_manager)
    for quad in store:
        union.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    return union


def dataset(store: ox.Store) -> Dataset:
    """The named graphs; a query sees their union."""
    named = Dataset(default_union=True)
    _bind(named.namespace_manager)
    graphs: dict[str, Graph] = {}
    for quad in store:
        name = _name(quad.graph_name)
        if name not in graphs:
            graphs[name] = named.graph(URIRef(name))
        graphs[name].add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    return named


def _name(graph_name: ox.NamedNode | ox.BlankNode | ox.DefaultGraph) -> str:
    if isinstance(graph_name, ox.DefaultGraph):
        return str(DATASET_DEFAULT_GRAPH_ID)
    return labels.iri(graph_name)


def _bind(manager: NamespaceManager) -> None:
    for prefix, space in PREFIXES.items():
        manager.bind(prefix, space, replace=True)


def _term(term: Term) -> Node:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.Literal):
        if term.language is not None:
            return Literal(term.value, lang=term.language)
        if term.datatype.value == XSD_STRING:
            return Literal(term.value)
        return Literal(term.value, datatype=URIRef(term.datatype.value), normalize=False)
    return BNode(labels.iri(term).removeprefix("_:"))
