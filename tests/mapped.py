"""Gold facts as readings, and the graph that they make: what the tests of later steps stand on."""

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from ciskg.knowledge import folder
from ciskg.mapping import facts_quads, to_quads
from ciskg.model import Document, Fact, Reading, Span, Value
from ciskg.read import find_sources, read_document
from ciskg.reconcile import reconcile
from ciskg.reference import installed

HERE = Path(__file__).parent
CORPORA = {
    "seeds": (HERE.parent / "seeds", HERE / "gold"),
    "dev": (HERE / "dev" / "docs", HERE / "dev" / "gold"),
}
REFERENCE = ox.NamedNode("https://w3id.org/ciskg/graph/reference")
FACTS = ox.NamedNode("https://w3id.org/ciskg/graph/facts")
ID = "https://w3id.org/ciskg/id/"
NOT_A_FIELD = ("id", "type", "quote", "optional", "certainty")


def gold(corpus: str) -> dict[tuple[str, str], dict[str, Any]]:
    """The gold facts by document and id."""
    found = {}
    for path in sorted(CORPORA[corpus][1].glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            fact = json.loads(line)
            found[path.stem, fact["id"]] = fact
    assert found
    return found


@lru_cache(maxsize=2)
def readings(corpus: str) -> tuple[Reading, ...]:
    """One reading a document, with every gold fact and its sentence."""
    documents = [read_document(s) for s in find_sources([CORPORA[corpus][0]]).documents]
    assert documents
    facts = gold(corpus)
    return tuple(
        Reading(
            document,
            tuple(_fact(document, f) for (key, _), f in facts.items() if key == document.key),
        )
        for document in documents
    )


def _fact(document: Document, said: dict[str, Any]) -> Fact:
    values: dict[str, Value] = {
        name: tuple(value) if isinstance(value, list) else "true" if value is True else value
        for name, value in said.items()
        if name not in NOT_A_FIELD
    }
    words = said.get("quote", "").split()
    match = re.search(r"\s+".join(map(re.escape, words)), document.text) if words else None
    span = Span(*match.span()) if match else Span(0, min(40, len(document.text)))
    return Fact(said["type"], said["id"], values, (span,), "gold", certainty=said["certainty"])


def quads(read: tuple[Reading, ...]) -> list[ox.Quad]:
    """The graphs of documents and facts that the readings make."""
    identities = reconcile(read, installed())
    return [
        *(quad for reading in read for quad in to_quads(reading, identities)),
        *facts_quads(read, identities),
    ]


def store_of(made: list[ox.Quad]) -> ox.Store:
    """A store with the quads and the reference data."""
    store = ox.Store()
    store.extend(made)
    for path in sorted((folder("ontology") / "reference").glob("*.ttl")):
        store.load(path=str(path), format=ox.RdfFormat.TURTLE, to_graph=REFERENCE)
    return store


def reading(key: str, *facts: Fact, text: str = "Some words that say so.") -> Reading:
    """A reading of a small document."""
    return Reading(Document(key, f"{key}.txt", text, "0" * 64, ()), facts)


def fact(type: str, id: str, **values: Value) -> Fact:
    """A fact shown by the first four letters of its document."""
    return Fact(type, id, values, (Span(0, 4),), "test-rule")
