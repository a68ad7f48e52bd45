"""The graph of one document: its description, its mentions, its claims and their evidence."""

from collections.abc import Iterator

import pyoxigraph as ox

from ciskg.identities import Identities, Thing
from ciskg.mapping.terms import (
    Filled,
    Resolved,
    Triple,
    calendar_date,
    facts_terms,
    meeting_claims,
    plain,
    resolve,
    tagged,
)
from ciskg.model import Document, Reading, Span
from ciskg.namespaces import (
    ID,
    claim_iri,
    document_graph,
    document_iri,
    evidence_iri,
    expand,
    mention_iri,
    node,
    rule_iri,
    term,
)
from ciskg.normal import slug
from ciskg.periods import period

INTEGER = term("xsd:integer")


def to_quads(reading: Reading, identities: Identities) -> Iterator[ox.Quad]:
    """Yield the quads of one document's graph, each once.

    Raises ValueError that names the document, the fact and the field that cannot be mapped.
    """
    graph = node(document_graph(reading.document.key))
    said: set[Triple] = set()
    for triple in _triples(reading, identities):
        if triple not in said:
            said.add(triple)
            yield ox.Quad(*triple, graph)


def _triples(reading: Reading, identities: Identities) -> Iterator[Triple]:
    key = reading.document.key
    yield from _document(reading.document)
    for name in sorted(reading.names):
        thing = Thing(identities.persons[key, name], "person", name)
        yield from _mention(key, thing)
    seen: set[Span] = set()
    for resolved in resolve(reading, identities):
        yield from _claim(key, resolved, identities)
        for span in resolved.fact.evidence:
            if span not in seen:
                seen.add(span)
                yield from _evidence(key, span, reading.document.text)


def _document(document: Document) -> Iterator[Triple]:
    subject = node(document_iri(document.key))
    yield subject, term("rdf:type"), term("schema:CreativeWork")
    yield subject, term("rdf:type"), term("prov:Entity")
    yield subject, term("dcterms:identifier"), plain(document.key)
    if document.title is not None:
        yield subject, term("dcterms:title"), tagged(document.title)
    if document.publisher is not None:
        yield subject, term("dcterms:publisher"), plain(document.publisher)
    yield subject, term("dcterms:language"), plain(document.language)
    if document.url is not None:
        yield subject, term("schema:url"), ox.Literal(document.url, datatype=term("xsd:anyURI"))
    yield subject, term("ck:sha256"), plain(document.sha256)
    if document.published is not None:
        when = period(document.published)
        yield subject, term("ck:edtf"), plain(when.edtf)
        if when.start is not None and when.start == when.end:
            yield subject, term("dcterms:issued"), calendar_date(when.start)


def _mention(key: str, thing: Thing) -> Iterator[Triple]:
    subject = node(mention_iri(key, thing.iri, thing.written))
    yield subject, term("rdf:type"), term("ck:Mention")
    yield subject, term("ck:refersTo"), node(thing.iri)
    yield subject, term("ck:writtenName"), plain(thing.written)
    yield subject, term("ck:inDocument"), node(document_iri(key))


def _claim(key: str, resolved: Resolved, identities: Identities) -> Iterator[Triple]:
    fact, denied = resolved.fact, resolved.fact.modality == "denied"
    subject = node(claim_iri(key, fact.id))
    yield subject, term("rdf:type"), term("ck:Claim")
    yield subject, term("dcterms:identifier"), plain(fact.id)
    yield subject, term("ck:inDocument"), node(document_iri(key))
    if denied:
        kinds = [v for f in resolved.fields.values() if _is_kind(f) for v in facts_terms(f)]
        for kind in kinds or [node(resolved.type.class_)]:
            yield subject, term("ck:deniedType"), kind
    else:
        yield subject, term("ck:about"), node(resolved.iri)
    yield subject, term("ck:rule"), node(rule_iri(fact.rule))
    yield subject, term("ck:modality"), term(f"ck:{fact.modality}")
    yield subject, term("ck:certainty"), term(f"ck:{fact.certainty}")
    for step in fact.inferences:
        concept = identities.names.concepts.get(("inferenceSteps", step))
        yield subject, term("ck:inference"), node(concept or f"{ID}inference/{slug(step)}")
    for span in fact.evidence:
        yield subject, term("prov:wasDerivedFrom"), node(evidence_iri(key, span.start, span.end))
    for span in fact.evidence[:1]:
        yield subject, term("ck:bestEvidence"), node(evidence_iri(key, span.start, span.end))
    if fact.speaker is not None:
        speaker = Thing(identities.persons[key, fact.speaker], "person", fact.speaker)
        yield subject, term("prov:wasAttributedTo"), node(speaker.iri)
        yield from _mention(key, speaker)
    for meeting in meeting_claims(key, resolved):
        yield subject, term("ck:meetingClaim"), meeting
    for filled in resolved.fields.values():
        if denied and (_is_kind(filled) or filled.field.property == expand("ck:meeting")):
            continue  # the kind is told above; a meeting that is denied stands nowhere
        if denied or filled.field.on != "fact":
            for value in facts_terms(filled):
                yield subject, node(filled.field.property), value
        for thing in filled.things:
            if identities.names.words.get(thing.iri) != thing.written:
                yield from _named(key, subject, thing)
    if resolved.type.name == "agreement":
        for title in resolved.fields["title"].texts if "title" in resolved.fields else ():
            yield from _mention(key, Thing(resolved.iri, "instrument", title))


def _is_kind(filled: Filled) -> bool:
    return filled.field.property == expand("rdf:type")


def _named(key: str, claim: ox.NamedNode, thing: Thing) -> Iterator[Triple]:
    """Yield the mention by which a claim calls a thing other than the reference data do."""
    yield claim, term("ck:mention"), node(mention_iri(key, thing.iri, thing.written))
    yield from _mention(key, thing)


def _evidence(key: str, span: Span, text: str) -> Iterator[Triple]:
    iri = evidence_iri(key, span.start, span.end)
    subject, quote, position = node(iri), node(f"{iri}-quote"), node(f"{iri}-position")
    yield subject, term("rdf:type"), term("oa:SpecificResource")
    yield subject, term("oa:hasSource"), node(document_iri(key))
    yield subject, term("oa:hasSelector"), quote
    yield subject, term("oa:hasSelector"), position
    yield quote, term("rdf:type"), term("oa:TextQuoteSelector")
    yield quote, term("oa:exact"), ox.Literal(text[span.start : span.end])
    yield position, term("rdf:type"), term("oa:TextPositionSelector")
    yield position, term("oa:start"), ox.Literal(str(span.start), datatype=INTEGER)
    yield position, term("oa:end"), ox.Literal(str(span.end), datatype=INTEGER)
