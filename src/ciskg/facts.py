"""Reads the facts of documents back out of the graph, in the convention of docs/annotation.md."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import pyoxigraph as ox

from ciskg.facttypes import FactType, Field, fact_types
from ciskg.knowledge import folder
from ciskg.namespaces import PREFIXES, expand

NUMBERS = re.compile(r"(\d+)")
Values = Mapping[tuple[str, str, str], list[Any]]  # (claim, "claim" or "fact", property) -> terms


def read_back(store: ox.Store) -> Iterator[dict[str, Any]]:
    """Yield what each document claims, sorted by document and id.

    Names come in the document's own spelling, dates and statuses are its own. What it denies is
    left out.
    """
    claims = {
        row["claim"].value: row
        for row in _ask(store, "claims")
        if row["class"].value in _types_by_class()
    }
    values: dict[tuple[str, str, str], list[Any]] = defaultdict(list)
    for row in _ask(store, "claim-values"):
        values[row["claim"].value, row["from"].value, row["property"].value].append(row["value"])
    mentions: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in _ask(store, "claim-mentions"):
        mentions[row["claim"].value, row["thing"].value].append(row["written"].value)
    words = _words(store)

    def order(claim: str) -> tuple[str, list[tuple[int, str]]]:
        row = claims[claim]
        parts = NUMBERS.split(row["id"].value)
        return row["doc"].value, [(int(p), "") if p.isdigit() else (-1, p) for p in parts]

    for claim in sorted(claims, key=order):
        row = claims[claim]
        kinds = _types_by_class()[row["class"].value]
        fact: dict[str, Any] = {
            "doc": row["doc"].value,
            "id": row["id"].value,
            "type": kinds.name,
        }
        for name, field in kinds.fields.items():
            found = _texts(claim, field, values, mentions, words)
            if found:
                fact[name] = _shape(found, field)
        if row["quote"] is not None:
            fact["quote"] = row["quote"].value
        fact["certainty"] = row["certainty"].value.removeprefix(PREFIXES["ck"])
        yield fact


def _texts(
    claim: str,
    field: Field,
    values: Values,
    mentions: Mapping[tuple[str, str], list[str]],
    words: Mapping[str, str],
) -> list[str]:
    if field.kinds[0] == "meeting":
        ids = (
            values.get((meeting.value, "claim", expand("dcterms:identifier")), ())
            for meeting in values.get((claim, "claim", expand("ck:meetingClaim")), ())
        )
        return sorted(id.value for found in ids for id in found)
    source = "fact" if field.on == "fact" else "claim"
    named = {iri: word for word, iri in field.values.items()}
    found: set[str] = set()
    for value in values.get((claim, source, field.property), ()):
        if isinstance(value, ox.Literal):
            found.add(value.value)
        elif field.values:
            found.update([named[value.value]] if value.value in named else ())
        else:
            found.update(
                mentions.get((claim, value.value)) or [words.get(value.value, value.value)]
            )
    return sorted(found)


def _shape(found: list[str], field: Field) -> str | bool | list[str]:
    if field.kinds[0] == "flag":
        return found == ["true"]
    return found if field.list or len(found) > 1 else found[0]


def _words(store: ox.Store) -> dict[str, str]:
    ranked: dict[str, tuple[int, str]] = {}
    for row in _ask(store, "words"):
        thing, word = row["thing"].value, (int(row["rank"].value), row["word"].value)
        ranked[thing] = min(word, ranked.get(thing, word))
    return {thing: word for thing, (_, word) in ranked.items()}


def _types_by_class() -> dict[str, FactType]:
    """The types of the convention by each class that a fact of them may have."""
    found: dict[str, FactType] = {}
    for kinds in fact_types().values():
        if kinds.read:
            found[kinds.class_] = kinds
            for field in kinds.fields.values():
                if field.kinds[0] == "class":
                    found |= dict.fromkeys(field.values.values(), kinds)
    return found


def _ask(store: ox.Store, name: str) -> Iterator[Any]:
    text = (folder("queries") / "internal" / f"{name}.rq").read_text(encoding="utf-8")
    yield from store.query(text, use_default_graph_as_union=True)  # type: ignore[misc]
