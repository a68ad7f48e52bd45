"""What a person is shown of things that may be one: names, documents, a sentence."""

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping

from ciskg.facttypes import fact_types
from ciskg.identities import Identities, Side, things, values
from ciskg.model import Document, Fact, Reading, Span

LONGEST = 300  # characters of a sentence
ENDS = re.compile(r"(?<![\s.][A-ZА-ЯЁ])[.!?…][\"»”’)]*\s+(?=[\"«“(]*[A-ZА-ЯЁ])|\n\s*\n")
NAMED_BY = {"meeting": ("body", "title", "parties"), "agreement": ("title",)}
FURTHER = {"meeting": ("date", "place"), "agreement": ("date",)}


def sides_of(
    wanted: Container[str], readings: Iterable[Reading], identities: Identities
) -> dict[str, Side]:
    """How the readings show each of the wanted things, by IRI."""
    labels: dict[str, Counter[str]] = defaultdict(Counter)
    shown: dict[str, dict[str, str]] = defaultdict(dict)  # IRI -> document -> sentence
    for reading in readings:
        document = reading.document
        for iri, label, span in _mentions(reading, identities):
            if iri in wanted:
                labels[iri][label] += 1
                shown[iri].setdefault(document.key, _sentence(document, span))
    found = {iri: _side(labels[iri], shown[iri]) for iri in labels}
    names = identities.names.shown
    return {iri: Side(names[iri]) for iri in names if iri in wanted} | found


def _side(labels: Counter[str], shown: Mapping[str, str]) -> Side:
    usual = sorted(labels, key=lambda label: (-labels[label], label))
    first = min(shown)
    return Side(" / ".join(usual[:3]), tuple(sorted(shown)), f"{shown[first]}")


def _mentions(reading: Reading, identities: Identities) -> Iterator[tuple[str, str, Span]]:
    """Yield IRI, label and words of all that one document names."""
    key = reading.document.key
    for name, spans in sorted(reading.names.items()):
        for span in spans[:1]:
            yield identities.persons[key, name], name, span
    for fact in reading.facts:
        span = fact.evidence[0]
        own = identities.meetings if fact.type == "meeting" else identities.instruments
        if fact.type in NAMED_BY and (key, fact.id) in own:
            yield own[key, fact.id], _label(fact), span
        type_ = fact_types().get(fact.type)
        for name in fact.values if type_ else ():
            field = type_.fields.get(name) if type_ else None
            if field and {"person", "organization", "body", "instrument"}.intersection(field.kinds):
                for thing in things(identities, key, field, fact.values[name]):
                    yield thing.iri, thing.written, span


def _label(fact: Fact) -> str:
    """What a fact is about: a meeting's body, title or parties, with date and place."""
    named = next((values(fact, n) for n in NAMED_BY[fact.type] if values(fact, n)), (fact.type,))
    further = [text for name in FURTHER[fact.type] for text in values(fact, name)]
    return ", ".join([" – ".join(named), *further])


def _sentence(document: Document, span: Span) -> str:
    """The sentence about a span, in one line; of a long one the part around the span."""
    text = document.text
    blocks = [b for b in document.blocks if b.start <= span.start < b.end]
    start, end = (blocks[0].start, max(blocks[0].end, span.end)) if blocks else (0, len(text))
    start = max((m.end() for m in ENDS.finditer(text, start, span.start)), default=start)
    end = next((m.start() + 1 for m in ENDS.finditer(text, span.end, end)), end)
    if end - start > LONGEST:
        start = max(start, span.start - LONGEST // 2)
        end = min(end, start + LONGEST)
    return " ".join(text[start:end].split())
