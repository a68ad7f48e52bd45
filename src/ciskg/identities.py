"""Who is who: what reconciliation finds out and mapping relies on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ciskg.facttypes import Field
from ciskg.model import Fact, Value
from ciskg.reference import ReferenceNames


@dataclass(frozen=True, slots=True, order=True)
class Proposal:
    """Two things that may be one; a person decides."""

    kind: str  # "person", "meeting", "instrument", "body"
    left: str  # IRI; the one that is kept if they are the same
    right: str
    score: float  # 0 to 1
    reason: str


@dataclass(frozen=True, slots=True)
class Side:
    """One of two things that may be one, as a person is shown it."""

    label: str
    documents: tuple[str, ...] = ()  # keys of those that name it
    said: str = ""  # a sentence of the first of them


@dataclass(frozen=True, slots=True)
class Decisions:
    """What a person decided about proposals."""

    same: Mapping[str, str] = field(default_factory=dict)  # IRI -> the IRI that is kept
    different: frozenset[frozenset[str]] = frozenset()

    def kept(self, iri: str) -> str:
        """The IRI that stands for this one."""
        return self.same.get(iri, iri)

    def pair(self, left: str, right: str) -> frozenset[str]:
        """The IRIs that stand for two things; one where they are decided to be the same."""
        return frozenset((self.kept(left), self.kept(right)))


@dataclass(frozen=True, slots=True)
class Identities:
    """The IRIs of each document's persons, meetings and instruments, and the names of the rest."""

    names: ReferenceNames
    persons: Mapping[tuple[str, str], str]  # (document, name) -> IRI
    meetings: Mapping[tuple[str, str], str]  # (document, fact id) -> IRI
    instruments: Mapping[tuple[str, str], str]  # (document, fact id) -> IRI
    titles: Mapping[tuple[str, str], str]  # (document, title of a ratified instrument) -> IRI
    proposals: tuple[Proposal, ...] = ()
    decisions: Decisions = field(default_factory=Decisions)
    met: frozenset[str] = frozenset()  # IRIs of all these, before decisions


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that a field of a fact names."""

    iri: str
    kind: str  # "person", "state", "place", …
    written: str  # as the document calls it


def things(identities: Identities, key: str, field: Field, value: Value) -> Iterator[Thing]:
    """Yield what a field names; for kinds of value that are things with names."""
    for written in (value,) if isinstance(value, str) else value:
        yield _thing(identities, key, field, written)


def _thing(identities: Identities, key: str, field: Field, written: str) -> Thing:
    names, kept = identities.names, identities.decisions.kept
    for kind in field.kinds:
        found = (
            identities.persons.get((key, written))
            if kind == "person"
            else identities.titles.get((key, written))
            if kind == "instrument"
            else names.known((kind,), written)
        )
        if found is not None:
            return Thing(found, kind, written)
    kind = field.kinds[-1]
    if kind in ("person", "instrument"):
        raise ValueError(
            f"{key}: {kind} {written!r} was not reconciled; reconcile this reading too"
        )
    return Thing(kept(names.iri((kind,), written)), kind, written)


def values(fact: Fact, name: str) -> tuple[str, ...]:
    """The values of one field, none where the document does not settle it."""
    value = fact.values.get(name, ())
    return (value,) if isinstance(value, str) else tuple(value)
