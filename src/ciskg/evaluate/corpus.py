"""What a graph says of its documents, laid out for comparison with gold."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from ciskg.evaluate.scores import Facts
from ciskg.extract import load_rules
from ciskg.facts import read_back
from ciskg.knowledge import folder
from ciskg.model import Document
from ciskg.namespaces import last, rule_iri
from ciskg.read import read_text


@dataclass(frozen=True, slots=True)
class Place:
    """Which rule read a claim, and where its best evidence stands."""

    rule: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Corpus:
    """Documents with the facts that a graph has of them."""

    documents: Mapping[str, Document]  # by key
    facts: Facts  # by key
    places: Mapping[tuple[str, str], Place]  # (document, id of the fact); denied claims too


def read_corpus(store: ox.Store, documents: Mapping[str, Document]) -> Corpus:
    """The facts of a graph, read back, beside the documents that it was made of."""
    facts: dict[str, list[dict[str, Any]]] = {key: [] for key in sorted(documents)}
    for fact in read_back(store):
        facts.setdefault(fact["doc"], []).append(fact)
    rules = {rule_iri(rule.id): rule.id for rule in load_rules()}
    places = {
        (row["doc"].value, row["id"].value): Place(
            rules.get(row["rule"].value, last(row["rule"].value)),
            int(row["start"].value),
            int(row["end"].value),
        )
        for row in _ask(store, "claim-places")
    }
    return Corpus(documents, facts, places)


def stored_documents(
    store: ox.Store, keys: Iterable[str], text: Callable[[str], str]
) -> Iterator[Document]:
    """Yield the documents of a build, made anew of their stored texts."""
    told = {row["doc"].value: row for row in _ask(store, "document-dates")}
    for key in sorted(keys):
        language, published = told[key]["language"], told[key]["published"]
        yield read_text(
            text(key),
            key=key,
            language=language.value,
            published=None if published is None else published.value,
        )


def _ask(store: ox.Store, name: str) -> Iterator[Any]:
    text = (folder("queries") / "internal" / f"{name}.rq").read_text(encoding="utf-8")
    yield from store.query(text, use_default_graph_as_union=True)  # type: ignore[misc]
