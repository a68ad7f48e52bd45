"""The RDF terms that the fields of one fact become."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph as ox

from ciskg.facttypes import FactType, Field, fact_types
from ciskg.identities import Identities, Thing, things, values
from ciskg.model import Fact, Reading
from ciskg.namespaces import claim_iri, composed_iri, date_slug, expand, last, node, period_iri
from ciskg.normal import first_latin, is_cyrillic, slug, title_stems
from ciskg.periods import Period, period

XSD = "http://www.w3.org/2001/XMLSchema#"
CALENDAR = {4: f"{XSD}gYear", 7: f"{XSD}gYearMonth", 10: f"{XSD}date"}
LITERAL = ("text", "flag")
Triple = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]


@dataclass(frozen=True, slots=True)
class Filled:
    """A field of one fact with what it names."""

    field: Field
    iris: tuple[str, ...]  # none for texts and flags
    texts: tuple[str, ...]  # as the document writes them
    things: tuple[Thing, ...] = ()  # those with names of their own


@dataclass(frozen=True, slots=True)
class Resolved:
    """A fact whose names have become IRIs."""

    fact: Fact
    type: FactType
    iri: str
    fields: Mapping[str, Filled]


def resolve(reading: Reading, identities: Identities) -> Iterator[Resolved]:
    """Yield the facts of one document with their IRIs, in its order.

    Raises ValueError that names the document, the fact and the field that cannot be mapped.
    """
    key = reading.document.key
    for fact in reading.facts:
        kinds = fact_types().get(fact.type)
        if kinds is None:
            raise ValueError(
                f"{key}: {fact.id}: no type {fact.type!r} in ontology/facts.toml; add it"
            )
        filled: dict[str, Filled] = {}
        for name in fact.values:
            field = kinds.fields.get(name)
            if field is None:
                raise ValueError(
                    f"{key}: {fact.id}: {fact.type} has no field {name!r} in facts.toml"
                )
            try:
                filled[name] = _fill(identities, key, field, fact)
            except ValueError as error:
                raise ValueError(f"{key}: {fact.id}: {name}: {error}") from error
        yield Resolved(fact, kinds, _fact_iri(key, fact, kinds, filled, identities), filled)


def _fill(identities: Identities, key: str, field: Field, fact: Fact) -> Filled:
    written, kind = values(fact, field.name), field.kinds[0]
    if kind in LITERAL:
        return Filled(field, (), written)
    if kind == "period":
        return Filled(field, tuple(period_iri(period(w).edtf) for w in written), written)
    if kind == "meeting":
        for id in written:
            if (key, id) not in identities.meetings:
                raise ValueError(f"{id!r} is no meeting of this document")
        return Filled(field, tuple(identities.meetings[key, id] for id in written), written)
    if kind in ("concept", "class"):
        return Filled(field, tuple(concept(identities, field, w) for w in written), written)
    named = tuple(things(identities, key, field, fact.values[field.name]))
    return Filled(field, tuple(thing.iri for thing in named), written, named)


def concept(identities: Identities, field: Field, word: str) -> str:
    """The IRI for a word of a closed list.

    Raises ValueError where the list does not have it.
    """
    if field.scheme is None:
        found, known = field.values.get(word), sorted(field.values)
    else:
        concepts = identities.names.concepts
        found = concepts.get((field.scheme, word))
        known = sorted(notation for scheme, notation in concepts if scheme == field.scheme)
    if found is None:
        raise ValueError(f"{word!r} is not one of: {', '.join(known)}")
    return found


def _fact_iri(
    key: str, fact: Fact, type_: FactType, filled: Mapping[str, Filled], identities: Identities
) -> str:
    kept = identities.decisions.kept
    if type_.reconciled:
        known = identities.meetings if type_.name == "meeting" else identities.instruments
        if (key, fact.id) not in known:
            raise ValueError(f"{key}: {fact.id} was not reconciled; reconcile this reading too")
        return known[key, fact.id]
    parts = [
        part
        for name in type_.identity
        if name in filled
        for part in _identity_parts(filled[name], name in type_.coarse)
    ]
    if type_.exact:
        date, place = (filled.get(name) for name in type_.exact)
        when = period(date.texts[0]) if date else None
        if when is None or not when.is_full:
            if when is None or when.earliest is None or place is None:
                parts += ["in", slug(key), slug(fact.id)]
            else:
                parts += [last(iri) for iri in place.iris]
    if any(name in type_.coarse and name not in filled for name in type_.identity):
        parts += ["in", slug(key), slug(fact.id)]
    if type_.ending:
        parts.append(type_.ending)
    return kept(composed_iri(type_.path, parts or ["in", slug(key), slug(fact.id)], type_.joiner))


def _identity_parts(filled: Filled, coarse: bool) -> Iterator[str]:
    kind = filled.field.kinds[0]
    if kind == "text":
        yield "-".join(sorted(slug(s) for s in title_stems(first_latin(filled.texts))))
    elif kind == "period":
        for date in filled.texts:
            when = period(date)
            yield str(when.earliest.year) if coarse and when.earliest else date_slug(date)
    else:
        yield from sorted(last(iri) for iri in filled.iris)


def facts_terms(filled: Filled) -> Iterator[ox.NamedNode | ox.Literal]:
    """Yield the values of a field."""
    if filled.field.kinds[0] == "flag":
        for text in filled.texts:
            yield ox.Literal(text == "true")
    elif filled.field.kinds[0] == "text":
        for text in filled.texts:
            yield plain(text) if filled.field.on == "claim" else tagged(text)
    else:
        yield from map(node, filled.iris)


def meeting_claims(key: str, resolved: Resolved) -> Iterator[ox.NamedNode]:
    """Yield the claims of the same document that describe the meetings this fact names."""
    for filled in resolved.fields.values():
        if filled.field.kinds[0] == "meeting":
            for id in filled.texts:
                yield node(claim_iri(key, id))


@lru_cache(maxsize=65536)
def tagged(text: str) -> ox.Literal:
    """A text of people, tagged with the language that its letters show."""
    return ox.Literal(text, language="ru" if is_cyrillic(text) else "en")


@lru_cache(maxsize=65536)
def plain(text: str) -> ox.Literal:
    """A text without a language."""
    return ox.Literal(text)


def calendar_date(text: str) -> ox.Literal:
    """A year, a month or a day in its own type."""
    return ox.Literal(text, datatype=node(CALENDAR[len(text)]))


def period_triples(when: Period) -> Iterator[Triple]:
    """Yield what the graph says of a period."""
    subject = node(period_iri(when.edtf))
    yield subject, node(expand("rdf:type")), node(expand("dcterms:PeriodOfTime"))
    yield subject, node(expand("ck:edtf")), plain(when.edtf)
    for name, text in (("dcat:startDate", when.start), ("dcat:endDate", when.end)):
        if text is not None:
            yield subject, node(expand(name)), calendar_date(text)
    for name, day in (("ck:earliest", when.earliest), ("ck:latest", when.latest)):
        if day is not None:
            yield subject, node(expand(name)), calendar_date(day.isoformat())
