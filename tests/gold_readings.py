"""The seeds as a careful reader read them: gold facts, for the tests of later steps."""

import json
from functools import lru_cache
from pathlib import Path

from ciskg.model import Document, Fact, Reading, Span
from ciskg.read import find_sources, read_document

HERE = Path(__file__).parent
SEEDS = HERE.parent / "seeds"
ABOUT_A_FACT = ("id", "type", "quote", "optional", "certainty", "modality", "aliases", "written")


@lru_cache(maxsize=1)
def gold_readings() -> tuple[Reading, ...]:
    """One reading a seed, in the order of their keys."""
    documents = [read_document(source) for source in find_sources([SEEDS]).documents]
    assert len(documents) == 5
    return tuple(_reading(document) for document in documents)


def _reading(document: Document) -> Reading:
    lines = (HERE / "gold" / f"{document.key}.jsonl").read_text("utf-8").splitlines()
    facts = tuple(_fact(document, json.loads(line)) for line in lines)
    assert facts
    return Reading(document, facts)


def _fact(document: Document, said: dict[str, object]) -> Fact:
    values = {
        name: tuple(map(str, value)) if isinstance(value, list) else _text(value)
        for name, value in said.items()
        if name not in ABOUT_A_FACT
    }
    return Fact(
        type=str(said["type"]),
        id=str(said["id"]),
        values=values,
        evidence=(_evidence(document.text, str(said.get("quote", ""))),),
        rule="gold",
        certainty=str(said.get("certainty", "stated")),
        inferences=("known-office",) if said.get("certainty") == "inferred" else (),
    )


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _evidence(text: str, quote: str) -> Span:
    """Where the quote stands; the first words of the text where an annotator shortened it."""
    start = text.replace("\xa0", " ").find(quote)
    return Span(start, start + len(quote)) if quote and start >= 0 else Span(0, min(40, len(text)))
