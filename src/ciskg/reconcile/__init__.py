"""Gives every person, meeting and instrument that documents name its identity.

The only step that looks across documents. Exact normal forms join; what is only alike is
proposed, and joined when a person has decided so. The order of the documents does not matter.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain

from ciskg.facttypes import Field, fact_types
from ciskg.identities import Decisions, Identities, Proposal, values
from ciskg.model import Reading
from ciskg.personnames import has_initials
from ciskg.reconcile.bodies import alike_bodies
from ciskg.reconcile.instruments import Titled, identify_instruments
from ciskg.reconcile.meetings import identify_meetings
from ciskg.reconcile.persons import Named, identify_persons
from ciskg.reconcile.sessions import Gathering
from ciskg.reconcile.sides import sides_of
from ciskg.reference import ReferenceNames

__all__ = ["reconcile", "sides_of"]

STATE_OF = {"role": "of", "participant": "of", "absence": "of"}  # fields that tell a person's state

TAKING_PART = {"participant": "person", "meeting_chair": "chair"}  # fields that tell who was there


def reconcile(
    readings: Iterable[Reading], names: ReferenceNames, decisions: Decisions | None = None
) -> Identities:
    """The identities of all that the readings name.

    Each reading is looked at once and its text is not kept.
    """
    decisions = decisions or Decisions()
    named: list[Named] = []
    gatherings: list[Gathering] = []
    titled: list[Titled] = []
    bodies: dict[str, set[str]] = defaultdict(set)
    for reading in readings:
        named += _persons(reading, names)
        gatherings += _gatherings(reading)
        titled += _titled(reading)
        for iri, name in _unknown_bodies(reading, names):
            bodies[iri].add(name)

    raw_persons, proposals = identify_persons(sorted(named), names.given)
    persons = {key: decisions.kept(iri) for key, iri in raw_persons.items()}
    who = Identities(names, persons, {}, {}, {}, (), decisions)
    raw_meetings, more = identify_meetings(sorted(gatherings), who, _states_of(named, persons))
    proposals += more
    meetings = {key: decisions.kept(iri) for key, iri in raw_meetings.items()}
    who = Identities(names, persons, meetings, {}, {}, (), decisions)
    instruments, titles, more = identify_instruments(sorted(titled), who)
    proposals += more
    proposals += alike_bodies(bodies, names)
    return Identities(
        names=names,
        persons=persons,
        meetings=meetings,
        instruments={key: decisions.kept(iri) for key, iri in instruments.items()},
        titles={key: decisions.kept(iri) for key, iri in titles.items()},
        proposals=_open(proposals, decisions),
        decisions=decisions,
        met=frozenset(
            chain(
                raw_persons.values(),
                raw_meetings.values(),
                instruments.values(),
                titles.values(),
                bodies,
            )
        ),
    )


def _states_of(
    named: Iterable[Named], persons: Mapping[tuple[str, str], str]
) -> dict[str, frozenset[str]]:
    """The states that each person is said to belong to."""
    found: dict[str, frozenset[str]] = {}
    for one in named:
        iri = persons[one.document, one.written]
        found[iri] = found.get(iri, frozenset()) | frozenset(one.states)
    return found


def _open(proposals: Iterable[Proposal], decisions: Decisions) -> tuple[Proposal, ...]:
    """The proposals on which nobody has decided, sorted, each of two things that are kept."""
    different = {decisions.pair(*pair) for pair in decisions.different}
    best: dict[frozenset[str], Proposal] = {}
    for one in sorted(proposals):
        pair = decisions.pair(one.left, one.right)
        if len(pair) == 2 and pair not in different:
            left, right = decisions.kept(one.left), decisions.kept(one.right)
            kept = replace(one, left=left, right=right)
            best[pair] = max(best.get(pair, kept), kept, key=lambda p: p.score)
    return tuple(sorted(best.values()))


def _unknown_bodies(reading: Reading, names: ReferenceNames) -> Iterator[tuple[str, str]]:
    """Yield IRI and name of each organization and body that the reference does not know."""
    for fact in reading.facts:
        kinds = fact_types().get(fact.type)
        for field in kinds.fields.values() if kinds else ():
            if {"organization", "body"}.intersection(field.kinds):
                for name in values(fact, field.name):
                    if names.known(field.kinds, name) is None and not (
                        "person" in field.kinds and _is_person(reading, name, field, names)
                    ):
                        yield names.iri(field.kinds[-1:], name), name


def _is_person(reading: Reading, name: str, field: Field, names: ReferenceNames) -> bool:
    return name in reading.names or _means_person(name, field, names)


def _persons(reading: Reading, names: ReferenceNames) -> Iterator[Named]:
    """Yield the persons of one document, each with the states it is said to belong to."""
    states: dict[str, set[str]] = {name: set() for name in reading.names}
    for fact in reading.facts:
        kinds = fact_types().get(fact.type)
        if kinds is None:
            continue  # mapping reports it
        if fact.speaker is not None:
            states.setdefault(fact.speaker, set())
        for field in kinds.fields.values():
            if "person" in field.kinds:
                for name in values(fact, field.name):
                    if name in states or _means_person(name, field, names):
                        states.setdefault(name, set())
        for of in values(fact, STATE_OF.get(fact.type, "")):
            state = names.known(("state",), of)
            for person in values(fact, "person") if state else ():
                states[person].add(state or "")
    for name, found in states.items():
        yield Named(reading.document.key, name, tuple(sorted(found)))


def _means_person(name: str, field: Field, names: ReferenceNames) -> bool:
    others = [kind for kind in field.kinds if kind != "person"]
    if not others:
        return True
    if names.known(others, name) is not None:
        return False
    return field.kinds[-1] == "person" or has_initials(name)


def _gatherings(reading: Reading) -> Iterator[Gathering]:
    people: dict[str, set[str]] = defaultdict(set)
    for fact in reading.facts:
        if fact.type in TAKING_PART:
            for meeting in values(fact, "meeting"):
                people[meeting].update(values(fact, TAKING_PART[fact.type]))
    for fact in reading.facts:
        if fact.type == "meeting":
            yield Gathering(
                document=reading.document.key,
                id=fact.id,
                kind="".join(values(fact, "kind")[:1]),
                body=values(fact, "body"),
                titles=values(fact, "title") + values(fact, "aliases"),
                parties=tuple(sorted(values(fact, "parties"))),
                date="".join(values(fact, "date")[:1]),
                place="".join(values(fact, "place")[:1]),
                people=tuple(sorted(people[fact.id])),
            )


def _titled(reading: Reading) -> Iterator[Titled]:
    for fact in reading.facts:
        if fact.type == "agreement":
            yield Titled(
                document=reading.document.key,
                id=fact.id,
                titles=values(fact, "title") + values(fact, "aliases"),
                parties=tuple(sorted(values(fact, "parties"))),
                date="".join(values(fact, "date")[:1]),
                meeting="".join(values(fact, "meeting")[:1]),
            )
        elif fact.type == "ratification":
            for title in values(fact, "agreement"):
                yield Titled(reading.document.key, "", (title, *values(fact, "aliases")))
