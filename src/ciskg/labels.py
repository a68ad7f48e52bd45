"""What a thing of the graph is called, for people."""

from collections.abc import Iterator

import pyoxigraph as ox

from ciskg.namespaces import term

NOTATION = term("skos:notation")
NAMES = (term("skos:prefLabel"), term("dcterms:title"), term("rdfs:label"))

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def name(store: ox.Store, thing: Term) -> str:
    """The English name of a thing, else another name of it, else its IRI; a literal's own text."""
    if isinstance(thing, ox.Literal):
        return thing.value
    for property_ in NAMES:
        names = sorted(_literals(store, thing, property_), key=_english_first)
        if names:
            return names[0].value
    return iri(thing)


def code(store: ox.Store, thing: Term) -> str:
    """The short code of a thing (`RUS`, `CIS`), else its name."""
    codes = sorted(literal.value for literal in _literals(store, thing, NOTATION))
    return codes[0] if codes else name(store, thing)


def word(thing: Term) -> str:
    """The last word of an IRI (`held` of `…/def#held`)."""
    text = iri(thing)
    return text[max(text.rfind("#"), text.rfind("/")) + 1 :]


def iri(thing: Term) -> str:
    """An IRI, or a literal's own text."""
    return thing.value if isinstance(thing, ox.NamedNode | ox.Literal) else str(thing)


def _literals(store: ox.Store, thing: Term, property_: ox.NamedNode) -> Iterator[ox.Literal]:
    if isinstance(thing, ox.Literal):
        return
    for quad in store.quads_for_pattern(thing, property_, None, None):
        if isinstance(quad.object, ox.Literal):
            yield quad.object


def _english_first(label: ox.Literal) -> tuple[bool, str]:
    return label.language not in ("en", None), label.value
