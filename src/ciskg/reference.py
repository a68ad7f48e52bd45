"""What things are called before the first document is read: the labels of the reference data."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from ciskg import knowledge
from ciskg.namespaces import expand, last, thing_iri
from ciskg.normal import fold, name_form, slug, title_stems

KINDS = {  # class of the reference data -> the word that ontology/facts.toml uses
    expand("ck:State"): "state",
    expand("org:FormalOrganization"): "organization",
    expand("org:OrganizationalUnit"): "body",
    expand("org:Role"): "role",
    expand("schema:Place"): "place",
}
PATHS = {  # kind -> folder of the IRIs of things that the reference does not know
    "state": "state",
    "organization": "org",
    "body": "org",
    "role": "role",
    "place": "place",
}
LABELS = tuple(
    expand(name)
    for name in ("skos:notation", "skos:prefLabel", "skos:altLabel", "skos:hiddenLabel")
)
COMMON = {  # the labels whose words say little in a title
    "state": tuple(expand(n) for n in ("skos:prefLabel", "skos:altLabel", "ck:demonym")),
    "organization": (expand("skos:notation"),),
}
SHORT_NAME = expand("ck:shortName")
NAMES = tuple(expand(n) for n in ("skos:prefLabel", "skos:altLabel"))
TYPE, IN_SCHEME = expand("rdf:type"), expand("skos:inScheme")
READ = {*LABELS, SHORT_NAME, TYPE, IN_SCHEME, *(p for names in COMMON.values() for p in names)}
UNIT = expand("org:OrganizationalUnit")


@dataclass(frozen=True, slots=True)
class ReferenceNames:
    """The reference data as plain tables; without RDF, so that any process can hold them."""

    things: Mapping[tuple[str, str], str] = field(default_factory=dict)  # (kind, label) -> IRI
    words: Mapping[str, str] = field(default_factory=dict)  # IRI -> notation, else English name
    shown: Mapping[str, str] = field(default_factory=dict)  # IRI -> English name
    concepts: Mapping[tuple[str, str], str] = field(default_factory=dict)  # (scheme, notation)
    given: Mapping[str, str] = field(default_factory=dict)  # form of a variant -> usual given name
    common: frozenset[str] = frozenset()  # stems of the names of states and organizations
    bodies: tuple[frozenset[str], ...] = ()  # stems of the names of bodies, without the owner

    def known(self, kinds: Sequence[str], name: str) -> str | None:
        """The thing of one of the kinds that is called so; the first kind wins."""
        key = fold(name)
        return next((iri for k in kinds if (iri := self.things.get((k, key)))), None)

    def iri(self, kinds: Sequence[str], name: str) -> str:
        """The thing of one of the kinds that is called so, else a new one of the last kind."""
        return self.known(kinds, name) or thing_iri(PATHS[kinds[-1]], name)


def read_reference(folder: Path | None = None) -> ReferenceNames:
    """The names in the reference data, those of the installation unless another folder is given.

    Raises KnowledgeError where a file is broken.
    """
    folder = folder or knowledge.folder("ontology") / "reference"
    return reference_names(
        t for path in sorted(folder.glob("*.ttl")) for t in knowledge.triples(path)
    )


def reference_names(triples: Iterable[ox.Triple]) -> ReferenceNames:
    """The names that these triples of reference data give.

    Where two things of one kind share a label, the stronger kind of label wins, then the IRI.
    """
    about: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = {}
    for triple in triples:
        predicate = triple.predicate.value
        if predicate in READ and isinstance(triple.subject, ox.NamedNode):
            said = about.setdefault(triple.subject.value, {})
            if not isinstance(triple.object, ox.BlankNode | ox.Triple):
                said.setdefault(predicate, []).append(triple.object)

    things: dict[tuple[str, str], str] = {}
    words: dict[str, str] = {}
    shown: dict[str, str] = {}
    given: dict[str, str] = {}
    concepts: dict[tuple[str, str], str] = {}
    common: set[str] = set()
    bodies: set[frozenset[str]] = set()
    for iri, said in sorted(about.items()):
        words[iri] = _word(said) or last(iri)
        shown[iri] = _english(said) or words[iri]
        types = {value.value for value in said.get(TYPE, ())}
        if any(type_.endswith("GivenName") for type_ in types):
            for name in LABELS:
                for value in said.get(name, ()):
                    given.setdefault(name_form(value.value), slug(shown[iri]))
        for scheme in said.get(IN_SCHEME, ()):
            key = last(scheme.value), words[iri]
            if key not in concepts or last(iri) == words[iri]:  # several kinds may be "other"
                concepts[key] = iri
        for name in COMMON.get(KINDS.get(min(types & KINDS.keys(), default=""), ""), ()):
            for label in said.get(name, ()):
                common |= title_stems(label.value)
        if UNIT in types:
            own = said.get(SHORT_NAME) or [v for name in NAMES for v in said.get(name, ())]
            bodies |= {stems for v in own if len(stems := title_stems(v.value)) > 1}
    kinds = [
        (kind, iri, said)
        for iri, said in sorted(about.items())
        for kind in sorted({KINDS[v.value] for v in said.get(TYPE, ()) if v.value in KINDS})
    ]
    for name in LABELS:
        for kind, iri, said in kinds:
            for label in said.get(name, ()):
                things.setdefault((kind, fold(label.value)), iri)
    return ReferenceNames(things, words, shown, concepts, given, frozenset(common), _sorted(bodies))


@knowledge.cached
def installed() -> ReferenceNames:
    """The names in the reference data of this installation, read once."""
    return read_reference()


def _sorted(sets: Iterable[frozenset[str]]) -> tuple[frozenset[str], ...]:
    return tuple(sorted(sets, key=sorted))


def _word(said: Mapping[str, list[ox.NamedNode | ox.Literal]]) -> str | None:
    notations = sorted(v.value for v in said.get(expand("skos:notation"), ()))
    return notations[0] if notations else _english(said)


def _english(said: Mapping[str, list[ox.NamedNode | ox.Literal]]) -> str | None:
    labels = said.get(expand("skos:prefLabel"), ())
    english = sorted(v.value for v in labels if isinstance(v, ox.Literal) and v.language == "en")
    return english[0] if english else min((v.value for v in labels), default=None)
