"""The named graphs that do not come from documents, and the rule that nothing is said twice."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from ciskg import knowledge
from ciskg.namespaces import BASE, expand, term
from ciskg.query import StoredQuery

GRAPH = f"{BASE}graph/"
REFERENCE, ONTOLOGY, SHAPES, QUERIES, DATASET, FACTS = (
    ox.NamedNode(GRAPH + name)
    for name in ("reference", "ontology", "shapes", "queries", "dataset", "facts")
)
# By the folder or the stem of a file of ontology/; all others are the ontology itself.
OWN_GRAPH = {"reference": REFERENCE, "shapes": SHAPES, "dataset": DATASET}
TYPE = term("rdf:type")
XSD_INTEGER = term("xsd:integer")


def once(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield each triple in the first graph that says it, and in no other."""
    said: set[ox.Triple] = set()
    for quad in quads:
        if quad.triple not in said:
            said.add(quad.triple)
            yield quad


def knowledge_quads() -> Iterator[ox.Quad]:
    """Yield what the installation knows: reference data, ontology, shapes, the dataset's title.

    Raises KnowledgeError that names the file and the line.
    """
    ontology = knowledge.folder("ontology")
    for path in sorted(ontology.rglob("*.ttl")):
        kind = path.relative_to(ontology).with_suffix("").parts[0]
        yield from _file_quads(path, OWN_GRAPH.get(kind, ONTOLOGY))


def _file_quads(path: Path, graph: ox.NamedNode) -> Iterator[ox.Quad]:
    """The triples of a file; its blank nodes get IRIs by the order in which they come."""
    names: dict[ox.BlankNode, ox.NamedNode] = {}

    def named(term: ox.BlankNode) -> ox.NamedNode:
        iri = f"{graph.value}#{path.stem}-{len(names) + 1}"
        return names.setdefault(term, ox.NamedNode(iri))

    for triple in knowledge.triples(path):
        subject, object_ = triple.subject, triple.object
        yield ox.Quad(
            named(subject) if isinstance(subject, ox.BlankNode) else subject,
            triple.predicate,
            named(object_) if isinstance(object_, ox.BlankNode) else object_,
            graph,
        )


def dataset_quads(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield the counts (VoID) of a dataset that holds these quads; its own graph is not counted."""
    sizes: Counter[str] = Counter()
    classes: Counter[str] = Counter()
    subjects: set[object] = set()
    for quad in quads:
        if quad.graph_name == DATASET or not isinstance(quad.graph_name, ox.NamedNode):
            continue
        sizes[quad.graph_name.value] += 1
        subjects.add(quad.subject)
        if quad.predicate == TYPE and isinstance(quad.object, ox.NamedNode):
            classes[quad.object.value] += 1

    yield _count(DATASET, "triples", sizes.total())
    yield _count(DATASET, "distinctSubjects", len(subjects))
    for name, size in sorted(sizes.items()):
        graph = ox.NamedNode(name)
        yield _said(DATASET, term("void:subset"), graph)
        yield _said(graph, TYPE, term("void:Dataset"))
        yield _count(graph, "triples", size)
    words: Counter[str] = Counter()
    for name, size in sorted(classes.items()):
        word = name[max(name.rfind("#"), name.rfind("/")) + 1 :]
        words[word] += 1  # two vocabularies may use one word
        end = word if words[word] == 1 else f"{word}-{words[word]}"
        part = ox.NamedNode(f"{DATASET.value}#class-{end}")
        yield _said(DATASET, term("void:classPartition"), part)
        yield _said(part, term("void:class"), ox.NamedNode(name))
        yield _count(part, "entities", size)


def own_knowledge_quads() -> Iterator[ox.Quad]:
    """Yield which knowledge of somebody's own was laid over that of the installation, if any."""
    sha256 = knowledge.own_sha256()
    if sha256 is not None:
        subject = ox.NamedNode(f"{BASE}knowledge/{sha256}")
        yield _said(DATASET, term("prov:wasInfluencedBy"), subject)
        yield _said(subject, TYPE, term("prov:Entity"))
        title = ox.Literal("knowledge of one's own, laid over that of ciskg", language="en")
        yield _said(subject, term("dcterms:title"), title)
        yield _said(subject, term("dcterms:identifier"), ox.Literal(f"sha256:{sha256}"))


def _said(
    subject: ox.NamedNode, predicate: ox.NamedNode, object_: ox.NamedNode | ox.Literal
) -> ox.Quad:
    return ox.Quad(subject, predicate, object_, DATASET)


def _count(subject: ox.NamedNode, property_: str, number: int) -> ox.Quad:
    return _said(subject, term(f"void:{property_}"), ox.Literal(str(number), datatype=XSD_INTEGER))


def query_quads(queries: Iterable[StoredQuery]) -> Iterator[ox.Quad]:
    """Yield the stored queries, each as something that SPARQL engines can run."""
    for query in queries:
        subject = ox.NamedNode(f"{BASE}query/{query.name}")
        yield ox.Quad(subject, TYPE, term("sh:SPARQLSelectExecutable"), QUERIES)
        for property_, text in (
            (expand("dcterms:identifier"), query.name),
            (expand("dcterms:title"), query.summary),
            (expand("dcterms:description"), query.description),
            (expand("sh:select"), query.text),
        ):
            yield ox.Quad(subject, ox.NamedNode(property_), ox.Literal(text), QUERIES)
