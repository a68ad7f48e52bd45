"""Finds the thing of a graph that a person means: by IRI, prefixed name, end of an IRI, or name."""

import difflib
from collections.abc import Iterable, Iterator
from contextlib import suppress

import pyoxigraph as ox

from ciskg.namespaces import ID, PREFIXES, local, term

TYPE = term("rdf:type")
# What a thing is called, the best first.
NAMES = tuple(
    term(name)
    for name in (
        *("skos:prefLabel", "skos:notation", "dcterms:identifier", "dcterms:title", "rdfs:label"),
        *("skos:altLabel", "skos:hiddenLabel"),
    )
)
SHOWN = 10  # of several things that could be meant


class UnknownThing(Exception):
    """The graph does not hold what was asked about; the message names what comes near."""


def find(store: ox.Store, thing: str) -> ox.NamedNode:
    """The one thing of the graph that is meant.

    By its IRI, its prefixed name as graph.ttl writes it, the end of its IRI, or one of its names.
    Raises UnknownThing that names what comes near, or the several things that could be meant.
    """
    word = thing.strip().removeprefix("<").removesuffix(">")
    for node in _nodes(word):
        if any(store.quads_for_pattern(node, None, None, None)):
            return node
    known = sorted(
        {
            quad.subject.value
            for quad in store.quads_for_pattern(None, TYPE, None, None)
            if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(ID)
        }
    )
    names, called = _named(store, " ".join(word.split()).casefold())
    ending = [iri for iri in known if iri.endswith((f"/{word}", f"#{word}"))] if word else []
    for meant, how in ((ending, "end so"), (called, "are called so")):
        if len(meant) == 1:
            return ox.NamedNode(meant[0])
        if meant:
            raise UnknownThing(_list(f"{thing}: several things {how}:", meant, names))
    near = _near(word, known, names)
    if near:
        raise UnknownThing(_list(f"{thing}: not in this graph; near it:", near, names))
    raise UnknownThing(f"{thing}: not in this graph")


def _nodes(word: str) -> Iterator[ox.NamedNode]:
    """Yield the IRIs that a word may stand for."""
    prefix, colon, rest = word.partition(":")
    texts = [ID + word]
    if colon:  # graph.ttl gives a prefix to each folder of things
        texts = [word, f"{ID}{prefix.removeprefix('id-')}/{rest}"]
        texts += [PREFIXES[prefix] + rest] if prefix in PREFIXES else []
    for text in texts:
        with suppress(ValueError):
            yield ox.NamedNode(text)


def _named(store: ox.Store, wanted: str) -> tuple[dict[str, str], list[str]]:
    """The best name of each thing, and the things whose best matching name is the wanted one."""
    names: dict[str, str] = {}
    called: dict[str, int] = {}
    for rank, property_ in enumerate(NAMES):
        for quad in store.quads_for_pattern(None, property_, None, None):
            subject, value = quad.subject, quad.object
            if not isinstance(subject, ox.NamedNode) or not isinstance(value, ox.Literal):
                continue
            iri = subject.value
            if not iri.startswith(ID) or "#" in iri:
                continue
            best = names.get(iri)
            if best is None or (value.language == "en" and rank == 0):
                names[iri] = value.value
            if wanted and " ".join(value.value.split()).casefold() == wanted:
                called.setdefault(iri, rank)
    best_rank = min(called.values(), default=0)
    return names, sorted(iri for iri, rank in called.items() if rank == best_rank)


def _near(word: str, known: Iterable[str], names: dict[str, str]) -> list[str]:
    """What could have been meant: by words of a name, else by a likeness of names and IRIs."""
    words = set(word.casefold().split())
    folded = {iri: set(name.casefold().split()) for iri, name in names.items()}
    holding = [iri for iri, parts in folded.items() if words and words <= parts]
    holding.sort(key=lambda iri: (len(names[iri]), iri))
    ends = {local(iri): iri for iri in known}
    tail = word.removeprefix("id:").removeprefix(ID)
    alike = difflib.get_close_matches(tail, ends, n=5, cutoff=0.5)
    by_name = {name.casefold(): iri for iri, name in sorted(names.items())}
    called = difflib.get_close_matches(word.casefold(), by_name, n=3, cutoff=0.75)
    near = [*holding, *(by_name[name] for name in called), *(ends[end] for end in alike)]
    return list(dict.fromkeys(near))


def _list(head: str, iris: list[str], names: dict[str, str]) -> str:
    lines = [f"    id:{local(iri)}  {names.get(iri, '')}".rstrip() for iri in iris[:SHOWN]]
    more = [f"    and {len(iris) - SHOWN} more"] if len(iris) > SHOWN else []
    return "\n".join([head, *lines, *more])
