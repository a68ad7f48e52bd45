"""Prefixes, and every function that makes an IRI.

IRIs are computed from what identifies a thing: two runs, and two documents that mean the same
thing, give the same one. Whatever a document wrote, an IRI holds only characters that need no
escaping, and is not long.
"""

from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import quote

import pyoxigraph as ox

from ciskg.normal import bounded, short_hash, slug

BASE = "https://w3id.org/ciskg/"
ID = f"{BASE}id/"
PREFIXES = {
    "ck": f"{BASE}def#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "id": ID,
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
FACTS_GRAPH = f"{BASE}graph/facts"
KEY_LENGTH = 120


@lru_cache(maxsize=4096)
def expand(name: str) -> str:
    """The IRI of a prefixed name such as `ck:held`.

    Raises ValueError where the prefix is not one of ours.
    """
    prefix, colon, local = name.partition(":")
    if not colon or prefix not in PREFIXES:
        raise ValueError(f"{name!r} has no known prefix; known: {' '.join(PREFIXES)}")
    return PREFIXES[prefix] + local


@lru_cache(maxsize=65536)
def node(iri: str) -> ox.NamedNode:
    """The RDF term of an IRI."""
    return ox.NamedNode(iri)


def term(name: str) -> ox.NamedNode:
    """The RDF term of a prefixed name."""
    return node(expand(name))


@lru_cache(maxsize=4096)
def safe(text: str) -> str:
    """The text as a part of an IRI: percent-encoded, so that two texts stay two."""
    encoded = quote(text.encode("utf-8", "surrogatepass"), safe="-_.")
    if len(encoded) > KEY_LENGTH:
        return f"{encoded[: KEY_LENGTH - 12].rpartition('%')[0] or 'x'}-{short_hash(text)}"
    return encoded if encoded.strip(".") else f"-{short_hash(text)}"


def document_graph(key: str) -> str:
    """The named graph of one document."""
    return f"{BASE}graph/document/{safe(key)}"


def document_iri(key: str) -> str:
    """The document itself."""
    return f"{ID}document/{safe(key)}"


def claim_iri(key: str, fact: str) -> str:
    """What the document says in one place; `fact` is the fact's id in its document."""
    return f"{document_iri(key)}#claim-{safe(fact)}"


def mention_iri(key: str, thing: str, written: str) -> str:
    """The document's way of writing the name of a thing."""
    return f"{document_iri(key)}#mention-{local(thing).replace('/', '-')}-{short_hash(written)}"


def evidence_iri(key: str, start: int, end: int) -> str:
    """A passage of the document, as RFC 5147 counts characters."""
    return f"{document_iri(key)}#char={start},{end}"


def rule_iri(rule: str) -> str:
    """A rule of extraction."""
    return f"{BASE}rule/{safe(rule)}"


def period_iri(edtf: str) -> str:
    """The period that an EDTF expression names."""
    return f"{ID}period/{quote(edtf.replace('/', '--'), safe='-.~')}"


def date_slug(edtf: str) -> str:
    """A date as a part of an IRI that identifies by it: `2024-10-08--2024-10-09`."""
    return "--".join(slug(day) if day.strip(".") else "open" for day in edtf.split("/"))


def thing_iri(path: str, *parts: str, joiner: str = "--") -> str:
    """A thing of one kind, from the words that identify it: `id:org/eurasian-bank`."""
    slugs = [slug(part) for part in parts]
    return f"{ID}{path}/{bounded(joiner.join(slugs), chr(0).join(parts))}"


def composed_iri(path: str, slugs: Sequence[str], joiner: str = "--") -> str:
    """A thing of one kind, from parts that are slugs already."""
    whole = joiner.join(slugs)
    return f"{ID}{path}/{bounded(whole, whole)}"


def local(iri: str) -> str:
    """The part of an instance's IRI after the namespace: `person/sergei-lebedev`."""
    return iri.removeprefix(ID)


def last(iri: str) -> str:
    """The last part of an instance's IRI: `sergei-lebedev`."""
    return iri[max(iri.rfind("/"), iri.rfind("#")) + 1 :]
