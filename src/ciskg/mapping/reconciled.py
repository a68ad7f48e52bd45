"""The graph of facts: each fact, and each thing met in a document, said once for all documents."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from ciskg.facttypes import FactType, fact_types
from ciskg.identities import Identities
from ciskg.mapping.labels import fact_label, name_triples, preferred, usual
from ciskg.mapping.terms import Resolved, Triple, calendar_date, period_triples, resolve, tagged
from ciskg.model import Reading
from ciskg.namespaces import FACTS_GRAPH, composed_iri, expand, last, node, period_iri, term
from ciskg.normal import first_latin, fold, stem
from ciskg.periods import most_precise, period

THINGS_FIRST = {"meeting": 0, "agreement": 1}  # other facts are called by these


@dataclass(frozen=True, slots=True)
class Merged:
    """What all documents together say of one fact."""

    type: FactType
    said: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    alternatives: set[str] = field(default_factory=set)  # its title in other languages


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the graph of facts is made from."""

    facts: dict[str, Merged] = field(default_factory=dict)
    things: dict[str, tuple[str, Counter[str]]] = field(default_factory=dict)  # kind, spellings
    forms: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    periods: set[str] = field(default_factory=set)
    also: set[tuple[str, str]] = field(default_factory=set)  # what else the reference's are called


def facts_quads(readings: Iterable[Reading], identities: Identities) -> Iterator[ox.Quad]:
    """Yield the quads of the graph of facts, each once.

    Each reading is looked at once. Raises ValueError where a fact cannot be mapped.
    """
    gathered = Gathered()
    for reading in readings:
        _add(gathered, reading, identities)
    graph = node(FACTS_GRAPH)
    said: set[Triple] = set()
    for triple in _triples(gathered, identities):
        if triple not in said:
            said.add(triple)
            yield ox.Quad(*triple, graph)


def _add(gathered: Gathered, reading: Reading, identities: Identities) -> None:
    key = reading.document.key
    seen = {(identities.persons[key, name], "person", name) for name in reading.names}
    for resolved in resolve(reading, identities):
        fact = resolved.fact
        if fact.speaker is not None:
            seen.add((identities.persons[key, fact.speaker], "person", fact.speaker))
        for filled in resolved.fields.values():
            if filled.field.kinds[0] == "period":
                gathered.periods.update(filled.texts)
            for thing in filled.things:
                if thing.kind == "instrument":
                    whole = fact_types()["agreement"]
                    instrument = gathered.facts.setdefault(thing.iri, Merged(whole))
                    instrument.said["title"][thing.written] += 1
                elif thing.iri not in identities.names.words:
                    seen.add((thing.iri, thing.kind, thing.written))
                elif identities.decisions.same and not identities.names.known(
                    filled.field.kinds, thing.written
                ):  # a person decided that it is one of the reference
                    gathered.also.add((thing.iri, thing.written))
        _add_aliases(gathered, resolved)
        if fact.modality != "denied":
            merged = gathered.facts.setdefault(resolved.iri, Merged(resolved.type))
            for name, filled in resolved.fields.items():
                if filled.field.on != "claim":
                    merged.said[name].update(
                        filled.texts if filled.field.kinds[0] in ("period", "text") else filled.iris
                    )
    for iri, kind, written in seen:  # one document counts once for a spelling
        gathered.things.setdefault(iri, (kind, Counter()))[1][written] += 1


def _add_aliases(gathered: Gathered, resolved: Resolved) -> None:
    """Keep the other names of a fact's one person, or of its one title; else whose are they?"""
    aliases = resolved.fields.get("aliases")
    if aliases is None or resolved.fact.modality == "denied":
        return
    titled = any(field.usual for field in resolved.type.fields.values())
    persons = {
        thing.iri
        for filled in resolved.fields.values()
        for thing in filled.things
        if thing.kind == "person"
    }
    if titled and not resolved.type.persons:
        merged = gathered.facts.setdefault(resolved.iri, Merged(resolved.type))
        merged.alternatives.update(aliases.texts)
    elif len(persons) == 1 and not titled:
        gathered.forms[persons.pop()].update(aliases.texts)


def _triples(gathered: Gathered, identities: Identities) -> Iterator[Triple]:
    names = dict(identities.names.shown)
    for iri, (kind, spellings) in sorted(gathered.things.items()):
        names[iri] = preferred(kind, spellings)[0]
        yield from name_triples(node(iri), kind, spellings, gathered.forms[iri])
    for iri, written in sorted(gathered.also):
        yield node(iri), term("skos:altLabel"), tagged(written)
    for edtf in sorted(gathered.periods):
        yield from period_triples(period(edtf))
    order = sorted(
        gathered.facts.items(), key=lambda item: (THINGS_FIRST.get(item[1].type.name, 2), item[0])
    )
    for iri, merged in order:
        yield from _fact(iri, merged, names, identities)


def _fact(
    iri: str, merged: Merged, names: dict[str, str], identities: Identities
) -> Iterator[Triple]:
    subject, type_ = node(iri), merged.type
    known: dict[str, str] = {}
    classes = sorted(merged.said.get("kind", ())) if "kind" in _class_fields(type_) else []
    for class_ in classes or [type_.class_]:
        yield subject, term("rdf:type"), node(class_)
    for name, field_ in type_.fields.items():
        values = merged.said.get(name)
        kind = field_.kinds[0]
        if not values or kind == "class":
            continue
        if kind == "period":
            dates = most_precise(values)
            known[name] = " or ".join(dates)
            for date in dates:
                yield subject, node(field_.property), node(period_iri(date))
                when = period(date)
                day = when.start if when.is_full and when.start == when.end else None
                if field_.day and day and not _only_planned(merged):
                    yield subject, node(field_.day), calendar_date(day)
        elif kind == "text":
            chosen = known[name] = usual(values)
            yield subject, node(field_.property), tagged(chosen)
            for other in sorted((set(values) | merged.alternatives) - {chosen}):
                yield subject, term("dcterms:alternative"), tagged(other)
            known[name] = first_latin((chosen, *sorted(merged.alternatives)))
        else:
            known[name] = " and ".join(sorted(_shown(v, kind, names, identities) for v in values))
            for value in sorted(values):
                yield subject, node(field_.property), node(value)
    for property_, value in type_.constants.items():
        yield subject, node(property_), node(value)
    for property_, (scheme, notation) in type_.concepts.items():
        yield subject, node(property_), node(identities.names.concepts[scheme, notation])
    if type_.name == "agreement" and not merged.said.get("kind"):
        yield from _kind_in_title(subject, type_, merged, identities)
    yield from _post(subject, merged, known)
    names[iri] = fact_label(type_.label, known, last(iri))
    yield subject, term("rdfs:label"), ox.Literal(names[iri], language="en")


def _class_fields(type_: FactType) -> set[str]:
    return {name for name, field_ in type_.fields.items() if field_.kinds[0] == "class"}


def _shown(iri: str, kind: str, names: dict[str, str], identities: Identities) -> str:
    if kind == "concept":
        return identities.names.words.get(iri, last(iri))
    return names.get(iri, last(iri))


def _only_planned(merged: Merged) -> bool:
    return set(merged.said.get("status", ())) == {expand("ck:planned")}


def _kind_in_title(
    subject: ox.NamedNode, type_: FactType, merged: Merged, identities: Identities
) -> Iterator[Triple]:
    """Yield the kind that the title itself names, where no document settles it."""
    field_ = type_.fields["kind"]
    kinds = {
        stem(fold(word)): iri
        for (scheme, word), iri in sorted(identities.names.concepts.items())
        if scheme == field_.scheme
    }
    title = usual(merged.said["title"]) if merged.said.get("title") else ""
    stems = (stem(word) for word in fold(title).split())
    found = next((kinds[s] for s in stems if s in kinds), kinds.get("other"))
    if found is not None:
        yield subject, node(field_.property), node(found)


def _post(subject: ox.NamedNode, merged: Merged, known: dict[str, str]) -> Iterator[Triple]:
    """Yield the office that a tenure fills, where its organization is known."""
    post = merged.type.post
    if post is None or not all(len(merged.said.get(name, ())) == 1 for name in post.identity):
        return
    parts = {name: next(iter(merged.said[name])) for name in post.identity}
    iri = node(composed_iri(post.path, [last(part) for part in parts.values()]))
    yield subject, node(post.property), iri
    yield iri, term("rdf:type"), node(post.class_)
    for name, property_ in post.says.items():
        yield iri, node(property_), node(parts[name])
    label = fact_label(post.label, known, last(iri.value))
    yield iri, term("rdfs:label"), ox.Literal(label, language="en")
