"""What facts and things are called: labels from their parts, and the most usual of spellings."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

import pyoxigraph as ox

from ciskg.mapping.terms import tagged
from ciskg.namespaces import term
from ciskg.normal import is_cyrillic
from ciskg.personnames import parse_name

SLOT = re.compile(r"\{(\w+)\}")
CLASSES = {
    "person": "foaf:Person",
    "organization": "org:Organization",
    "body": "org:Organization",
    "place": "schema:Place",
    "role": "org:Role",
    "state": "ck:State",
}


def fact_label(pieces: tuple[str, ...], known: Mapping[str, str], otherwise: str) -> str:
    """The pieces whose slots are all known, filled and joined."""
    filled = [
        SLOT.sub(lambda slot: known[slot[1]], piece)
        for piece in pieces
        if all(name in known for name in SLOT.findall(piece))
    ]
    return ", ".join(filled) or otherwise


def usual(spellings: Counter[str]) -> str:
    """The most frequent spelling; of equally frequent ones the longest, then the first."""
    return min(spellings, key=lambda text: (-spellings[text], -len(text), text))


def usual_name(spellings: Counter[str]) -> str:
    """The most frequent of the fullest forms of a person's name."""
    fullest = min(parse_name(text).level for text in spellings)
    return usual(Counter({t: n for t, n in spellings.items() if parse_name(t).level == fullest}))


def preferred(kind: str, spellings: Counter[str]) -> list[str]:
    """The preferred name in each script, Latin first."""
    best = usual_name if kind == "person" else usual
    by_script = [
        Counter({t: n for t, n in spellings.items() if is_cyrillic(t) is cyrillic})
        for cyrillic in (False, True)
    ]
    return [best(counter) for counter in by_script if counter]


def name_triples(
    iri: ox.NamedNode, kind: str, spellings: Counter[str], forms: set[str]
) -> Iterator[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]]:
    """Yield class and labels of a thing that the reference does not know.

    `forms` are further spellings, inflected ones among them: those that are the same name are
    accepted, the others only matched.
    """
    yield iri, term("rdf:type"), term(CLASSES[kind])
    names = preferred(kind, spellings)
    for name in names:
        yield iri, term("skos:prefLabel"), tagged(name)
    others = set(spellings) - set(names)
    same = {parse_name(text) for text in spellings}
    for form in sorted(forms - set(spellings)):
        if parse_name(form) in same:
            others.add(form)
        else:
            yield iri, term("skos:hiddenLabel"), tagged(form)
    for name in sorted(others):
        yield iri, term("skos:altLabel"), tagged(name)
