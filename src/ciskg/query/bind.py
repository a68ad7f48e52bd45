"""Fills the parameters of a stored query: text of a user becomes a term, and never SPARQL.

A thing may be given as an IRI, a short IRI (`id:state/rus`), a notation (`RUS`) or any of its
labels; a store knows which. A label is looked up among things of the parameter's kind, which is
the part of the IRI after `id/`.
"""

import datetime
import difflib
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Protocol, TypeAlias

import pyoxigraph as ox

from ciskg.query.stored import XSD, Parameter, QueryError, StoredQuery, shown

if TYPE_CHECKING:
    import rdflib

    Store: TypeAlias = "ox.Store | rdflib.Graph | Directory"

Term = ox.NamedNode | ox.Literal
IDS = "https://w3id.org/ciskg/id/"
# A parameter is named for the part of the IRI that its things share, but for these.
_PARTS = {"organization": "org"}
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_DCT = "http://purl.org/dc/terms/"
# What names a thing, the best first.
NAMES = (
    _SKOS + "prefLabel",
    _SKOS + "notation",
    _DCT + "identifier",
    _DCT + "title",
    "http://www.w3.org/2000/01/rdf-schema#label",
    _SKOS + "altLabel",
    _SKOS + "hiddenLabel",
)
_IRI = re.compile(r"[a-z][a-z0-9+.-]*://|urn:", re.IGNORECASE)
_INTEGER = re.compile(r"-?[0-9]{1,9}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Directory(Protocol):
    """What knows the names of things, without being a store at hand."""

    def labels(self, part: str) -> Iterator[tuple[str, str, int]]:
        """IRI, label and rank (the place in NAMES) of things whose IRI starts so."""

    def occurs(self, term: ox.NamedNode) -> bool:
        """Whether anything is said of, or with, this thing."""


def bind(query: StoredQuery, parameters: Mapping[str, object]) -> str:
    """The query's text with these values in place of its defaults; others keep theirs.

    Things must be IRIs here: `resolve` makes them of labels. Raises QueryError for an unknown
    parameter or a value of the wrong kind.
    """
    lines = query.text.split("\n")
    for name, value in parameters.items():
        parameter = _parameter(query, name)
        head = lines[parameter.line].partition("VALUES")[0]
        term = _term(parameter, value)
        lines[parameter.line] = f"{head}VALUES ?{parameter.variable} {{ {term} }}"
    return "\n".join(lines)


def resolve(
    store: "Store", query: StoredQuery, parameters: Mapping[str, object]
) -> dict[str, Term]:
    """The terms that a user means by these values, by what the store calls its things.

    Raises QueryError, with near names, where the store has nothing of this name.
    """
    terms: dict[str, Term] = {}
    for name, value in parameters.items():
        parameter = _parameter(query, name)
        if parameter.kind != "iri":
            terms[name] = _term(parameter, value)
            continue
        if isinstance(value, str) and not _is_iri(value):
            terms[name] = _named(store, parameter, value)
            continue
        term = _term(parameter, value)
        assert isinstance(term, ox.NamedNode)
        if not _occurs(store, term):
            raise QueryError(f"--{parameter.name}: nothing here has the IRI {shown(term.value)}")
        terms[name] = term
    return terms


def _parameter(query: StoredQuery, name: str) -> Parameter:
    by_name = {parameter.name: parameter for parameter in query.parameters}
    if name in by_name:
        return by_name[name]
    if not by_name:
        raise QueryError(f"{query.name} has no parameter “{shown(name)}”; it has none at all")
    near = difflib.get_close_matches(name, by_name, n=1, cutoff=0.6)
    meant = (
        f"did you mean --{near[0]}?" if near else f"it has {', '.join(map('--{}'.format, by_name))}"
    )
    raise QueryError(f"{query.name} has no parameter “{shown(name)}”; {meant}")


def _term(parameter: Parameter, value: object) -> Term:
    """The value as a term of the parameter's kind."""
    if isinstance(value, ox.NamedNode | ox.Literal):
        value = value.value
    if isinstance(value, datetime.date):
        value = value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise _wrong(parameter, value)
    try:
        match parameter.kind:
            case "integer" if _INTEGER.fullmatch(value):
                return ox.Literal(int(value))
            case "date" if _DAY.fullmatch(value):
                datetime.date.fromisoformat(value)
                return ox.Literal(value, datatype=ox.NamedNode(XSD + "date"))
            # Some engines read `\u0022` as a quotation mark before they see that it is in a text.
            case "string" if "\\" not in value:
                return ox.Literal(value)
            case "iri" if _is_iri(value):
                return ox.NamedNode(IDS + value[3:] if value.startswith("id:") else value)
    except ValueError as error:
        raise _wrong(parameter, value) from error
    raise _wrong(parameter, value)


_EXPECTED = {
    "integer": "a whole number such as 2020",
    "date": "a day such as 2024-10-08",
    "string": "a text without backslashes",
    "iri": f"an IRI such as {IDS}org/cis",
}


def _wrong(parameter: Parameter, value: object) -> QueryError:
    expected = _EXPECTED[parameter.kind]
    return QueryError(f"--{parameter.name} takes {expected}, not “{shown(value)}”")


def _is_iri(text: str) -> bool:
    return text.startswith("id:") or _IRI.match(text) is not None


def _part(parameter: Parameter) -> str:
    return f"{IDS}{_PARTS.get(parameter.name, parameter.name)}/"


def _named(store: "Store", parameter: Parameter, name: str) -> ox.NamedNode:
    """The thing that bears this name."""
    wanted = " ".join(name.split()).casefold()
    labels: dict[str, dict[str, int]] = {}  # folded label -> IRI -> rank of the label
    best_label: dict[str, tuple[int, str]] = {}  # IRI -> its best label
    for iri, label, rank in _labels(store, _part(parameter)):
        bearers = labels.setdefault(" ".join(label.split()).casefold(), {})
        bearers[iri] = min(rank, bearers.get(iri, rank))
        best_label[iri] = min((rank, label), best_label.get(iri, (rank, label)))
    found = labels.get(wanted, {})
    best = sorted(iri for iri, rank in found.items() if rank == min(found.values()))
    if len(best) == 1:
        return ox.NamedNode(best[0])
    head = f"--{parameter.name}: "
    if best:
        things = "; ".join(best)
        raise QueryError(f"{head}“{shown(name)}” names more than one: {things}; give the IRI")
    words = set(wanted.split())
    near = [label for label in sorted(labels) if wanted and words <= set(label.split())]
    near += difflib.get_close_matches(wanted, sorted(labels), n=3, cutoff=0.6)
    iris = list(dict.fromkeys(iri for label in near for iri in sorted(labels[label])))[:3]
    meant = " or ".join(f"“{shown(best_label[iri][1])}” (id:{iri[len(IDS) :]})" for iri in iris)
    remedy = f"did you mean {meant}?" if meant else "give its name as the documents do, or its IRI"
    raise QueryError(f"{head}no {parameter.name} is called “{shown(name)}” here; {remedy}")


def _labels(store: "Store", part: str) -> Iterator[tuple[str, str, int]]:
    """IRI, label and rank of each name of the things whose IRI starts so."""
    if isinstance(store, ox.Store):
        for rank, name in enumerate(NAMES):
            for quad in store.quads_for_pattern(None, ox.NamedNode(name), None):
                subject, value = quad.subject, quad.object
                if not isinstance(subject, ox.NamedNode) or not isinstance(value, ox.Literal):
                    continue
                if _is_of(subject.value, part):
                    yield subject.value, value.value, rank
        return
    import rdflib

    if not isinstance(store, rdflib.Graph):
        yield from store.labels(part)
        return
    for rank, name in enumerate(NAMES):
        for thing, _, label in store.triples((None, rdflib.URIRef(name), None)):
            if _is_of(str(thing), part):
                yield str(thing), str(label), rank


def _is_of(iri: str, part: str) -> bool:
    """Whether the IRI is of a thing of this kind; a part of a document is no document."""
    return iri.startswith(part) and "#" not in iri


def _occurs(store: "Store", term: ox.NamedNode) -> bool:
    """Whether the store says anything of, or with, this thing."""
    if isinstance(store, ox.Store):
        patterns = (term, None, None), (None, None, term)
        return any(True for pattern in patterns for _ in store.quads_for_pattern(*pattern))
    import rdflib

    if not isinstance(store, rdflib.Graph):
        return store.occurs(term)
    iri = rdflib.URIRef(term.value)
    return (iri, None, None) in store or (None, None, iri) in store
