"""The lexicon: every label of the reference data, as a trie of words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from ciskg.knowledge import folder, triples
from ciskg.recognise.tokens import WORD, normal
from ciskg.recognise.variants import name_variants, owned_variants

SKOS = "http://www.w3.org/2004/02/skos/core#"
ORG = "http://www.w3.org/ns/org#"
CK = "https://w3id.org/ciskg/def#"
WITHIN = "https://schema.org/containedInPlace"

# Which property of the reference data makes a label of which kind, and whether the first letter
# of the words in the text must be a capital ("Turkey" the state, "turkey" the bird).
KINDS = {
    "State": "state",
    "FormalOrganization": "org",
    "OrganizationalUnit": "body",
    "Role": "role",
    "Place": "place",
    "InstrumentKind": "kind",
    "NationalBody": "national",
}
PROPERTIES = {
    SKOS + "prefLabel": "",
    SKOS + "altLabel": "",
    SKOS + "hiddenLabel": "",
    CK + "demonym": "adj",
    CK + "demonymForm": "adj",
    CK + "shortName": "short",
    CK + "memberPhrase": "members",
    CK + "gatheringName": "summit",
}
CAPITAL = frozenset({"state", "adj", "org", "place"})
VARIED = frozenset(  # properties whose names a rule varies, of things of the kinds below
    (SKOS + "prefLabel", SKOS + "altLabel", CK + "shortName")
)
VARIED_KINDS = frozenset({"org", "body", "national"})


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing of the reference data, as the recogniser needs it."""

    iri: str
    kind: str  # "state", "org", "body", "role", "place", "kind", "national"
    name: str  # in the convention of docs/annotation.md: its notation, else its English label
    label: str  # its English label
    unit_of: str = ""  # of a body or place: the name of its organization or state
    summit: bool = False  # a body whose chair chairs the organization
    capital: bool = False  # a place that is a capital
    role_in_state: bool = False  # a role that alone means an office of a state


@dataclass(frozen=True, slots=True)
class Entry:
    """One label: what it may name, and how."""

    kind: str  # as Thing.kind, or "adj", "short", "members", "summit"
    things: tuple[Thing, ...]
    capital: bool  # the text must start with a capital letter


Trie = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All labels, and the things by their IRI and by their name."""

    trie: Trie
    things: Mapping[str, Thing]
    by_name: Mapping[str, Thing]
    given_names: frozenset[str] = field(default_factory=frozenset)
    capitals: Mapping[str, Thing] = field(default_factory=dict)  # IRI of a state -> its capital
    countries: Mapping[str, str] = field(default_factory=dict)  # place -> state
    given_russian: Mapping[str, tuple[str, str]] = field(
        default_factory=dict
    )  # form of a Russian given name -> its nominative, its English label
    seats: Mapping[str, frozenset[str]] = field(default_factory=dict)  # role -> bodies it sits in
    members: Mapping[str, str] = field(default_factory=dict)  # body -> the office of its members


def load_lexicon(*languages: str) -> Lexicon:
    """The lexicon of the reference data: the labels of some languages ("en", "ru"), or of all.

    Raises KnowledgeError where a file is not Turtle.
    """
    return _load(folder("ontology") / "reference", languages)


@cache
def _load(reference: Path, languages: tuple[str, ...]) -> Lexicon:
    about: dict[str, dict[str, list[ox.Literal | ox.NamedNode]]] = {}
    for path in sorted(reference.glob("*.ttl")):
        for triple in triples(path):
            subject = str(getattr(triple.subject, "value", ""))
            properties = about.setdefault(subject, {})
            properties.setdefault(triple.predicate.value, []).append(triple.object)  # type: ignore[arg-type]
    things = dict(_things(about))
    trie: Trie = {}
    found: dict[tuple[str, tuple[str, ...]], list[str]] = {}  # to IRIs in order
    for iri, thing in things.items():
        for property_, said in about[iri].items():
            special = PROPERTIES.get(property_)
            for label in said if special is not None else ():
                if languages and isinstance(label, ox.Literal) and label.language not in languages:
                    continue
                kind = special or thing.kind
                names = [(kind, label.value)]
                if property_ in VARIED and thing.kind in VARIED_KINDS:
                    text, language = label.value, getattr(label, "language", None) or ""
                    names += [(kind, n) for n in name_variants(text, language)]
                    names += [
                        (thing.kind, n) for n in owned_variants(text, language, thing.unit_of)
                    ]
                for kind, name in names:
                    iris = found.setdefault((kind, _key(name)), [])
                    if not iris or iris[-1] != iri:
                        iris.append(iri)
    for (kind, key), iris in found.items():
        node = trie
        for word in key:
            node = node.setdefault(word, {})
        entries = node.setdefault("", [])
        entries.append(Entry(kind, tuple(things[iri] for iri in iris), kind in CAPITAL))
        if len(entries) > 1:
            entries.sort(key=lambda entry: entry.kind)
    by_name: dict[str, Thing] = {}
    for thing in reversed(things.values()):
        if thing.kind in ("state", "org", "body"):
            by_name[thing.name] = thing
    given = {
        word
        for properties in about.values()
        if any(o.value.endswith("GivenName") for o in properties.get(RDF_TYPE, ()))
        for property_ in PROPERTIES
        for label in properties.get(property_, ())
        for word in _key(label.value)
    }
    countries = {t.name: t.unit_of for t in things.values() if t.kind == "place"}
    capitals = {
        iri: things[properties[CK + "capital"][0].value]
        for iri, properties in about.items()
        if properties.get(CK + "capital") and properties[CK + "capital"][0].value in things
    }
    seats: dict[str, set[str]] = {}
    for (kind, key), iris in found.items():
        if kind == "members":
            for role in found.get(("role", key), ()):
                seats.setdefault(things[role].name, set()).update(things[iri].name for iri in iris)
    roles = {key: things[iris[0]].label for (kind, key), iris in found.items() if kind == "role"}
    members = {
        things[iri].name: roles[key]
        for (kind, key), iris in sorted(i for i in found.items() if i[0][0] == "members")
        if key in roles
        for iri in iris
    }
    return Lexicon(
        trie=trie,
        things=things,
        by_name=by_name,
        given_names=frozenset(given),
        capitals=capitals,
        countries=countries,
        seats={role: frozenset(bodies) for role, bodies in seats.items()},
        members=members,
        given_russian=_given_russian(about),
    )


def _key(label: str) -> tuple[str, ...]:
    """The normal forms of the words of a label."""
    return tuple(map(normal, WORD.findall(label)))


def _alike(a: str, b: str) -> int:
    """How many first letters two words share."""
    return next(
        (n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(min(a, b, key=len))
    )


def _given_russian(about: Mapping[str, Mapping[str, list[Any]]]) -> Mapping[str, tuple[str, str]]:
    """Each Russian form of a given name, with the nominative that it is most like."""
    out: dict[str, tuple[str, str]] = {}
    for _, properties in sorted(about.items()):
        if not any(o.value.endswith("GivenName") for o in properties.get(RDF_TYPE, ())):
            continue
        shown = [
            o.value
            for name in ("prefLabel", "altLabel")
            for o in properties.get(SKOS + name, ())
            if o.language == "ru"
        ]
        hidden = [o.value for o in properties.get(SKOS + "hiddenLabel", ()) if o.language == "ru"]
        for form in (*shown, *hidden):
            best = max(((_alike(s, form), s) for s in shown), default=(0, form))[1]
            key = "".join(_key(form))
            out.setdefault(key, (form if form in shown else best, _label(properties)))
    return out


RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def _things(about: Mapping[str, Mapping[str, list[Any]]]) -> Iterator[tuple[str, Thing]]:
    names = {iri: _name(properties) for iri, properties in about.items()}
    for iri, properties in about.items():
        for town in properties.get(WITHIN, ()):
            names[iri] = names.get(town.value, names[iri])  # a residence is told by its town
    capitals = {
        o.value for properties in about.values() for o in properties.get(CK + "capital", ())
    }
    for iri, properties in sorted(about.items()):
        types = {
            value.value.rpartition("#")[2].rpartition("/")[2]
            for value in properties.get(RDF_TYPE, ())
        }
        kind = next((KINDS[t] for t in sorted(types) if t in KINDS), None)
        if kind is None and any(
            "instrument-kind" in v.value.lower() or "instrumentKinds" in v.value
            for v in properties.get(SKOS + "inScheme", ())
        ):
            kind = "kind"
        if kind is None:
            continue
        above = [*properties.get(ORG + "unitOf", ()), *properties.get(CK + "country", ())]
        yield (
            iri,
            Thing(
                iri=iri,
                kind=kind,
                name=names[iri],
                label=_label(properties),
                unit_of=names.get(above[0].value, "") if above else "",
                summit=bool(properties.get(CK + "summitOf")),
                capital=iri in capitals,
                role_in_state=bool(properties.get(CK + "roleIn")),
            ),
        )


def _label(properties: Mapping[str, list[Any]]) -> str:
    labels = properties.get(SKOS + "prefLabel", [])
    return next((v.value for v in labels if v.language == "en"), labels[0].value if labels else "")


def _name(properties: Mapping[str, list[Any]]) -> str:
    notation = properties.get(SKOS + "notation", [])
    return notation[0].value if notation else _label(properties)
