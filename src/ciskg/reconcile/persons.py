"""Which names mean one person.

Surname and given name decide, in the forms in which their spellings meet; known states keep
namesakes apart; initials and bare surnames join the one full name that fits. A patronymic does
not separate, and being father and son does: the given names differ.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations

from ciskg.identities import Proposal
from ciskg.namespaces import last, thing_iri
from ciskg.personnames import Name, is_short_for, parse_name

ALIKE = 0.8  # of two given names beside one surname, or two surnames beside one given name
AMBIGUOUS = 0.5
VOWELS = re.compile("[aeiou]")


@dataclass(frozen=True, slots=True, order=True)
class Named:
    """A person as one document names it."""

    document: str
    written: str
    states: tuple[str, ...]  # IRIs, sorted


@dataclass(frozen=True, slots=True)
class Person:
    """A person found so far."""

    iri: str
    names: tuple[Name, ...]
    states: frozenset[str]
    documents: frozenset[str]


def identify_persons(
    named: Sequence[Named], given: Mapping[str, str]
) -> tuple[dict[tuple[str, str], str], list[Proposal]]:
    """The IRI of each (document, name), and proposals for names that are only alike.

    `named` is sorted; `given` leads from the form of a given name to the usual variant.
    """
    found: dict[tuple[str, str], str] = {}
    proposals: list[Proposal] = []
    by_surname: dict[str, list[Person]] = defaultdict(list)
    levels: dict[int, list[Named]] = defaultdict(list)
    for one in named:
        levels[parse_name(one.written).level].append(one)
    for level in sorted(levels):
        rest: dict[tuple[str, ...], list[Named]] = defaultdict(list)
        for one in levels[level]:
            name = parse_name(one.written)
            fitting = [p for p in by_surname[name.surname] if level and _fits(one, name, p)]
            here = [p for p in fitting if one.document in p.documents]
            chosen = here if here else fitting
            if len(chosen) == 1:
                found[one.document, one.written] = chosen[0].iri
            else:
                first = (given.get(name.given, name.given),) if name.given else name.initials
                rest[(*first, name.surname)].append(one)
        new = [p for key in sorted(rest) for p in _new_persons(key, rest[key], found)]
        for person in new:
            proposals += (
                Proposal(
                    "person", p.iri, person.iri, AMBIGUOUS, "the shorter name fits several persons"
                )
                for p in by_surname[person.names[0].surname]
                if level and any(is_short_for(n, m) for n in person.names for m in p.names)
            )
        for person in new:
            by_surname[person.names[0].surname].append(person)
    everybody = (person for persons in by_surname.values() for person in persons)
    return found, proposals + list(_alike(everybody, given))


def _new_persons(
    key: tuple[str, ...], members: Sequence[Named], found: dict[tuple[str, str], str]
) -> Iterator[Person]:
    """Yield the persons whom one name means: one for each group of states that do not meet."""
    groups = _groups(members)
    for group in groups:
        states = frozenset(state for one in group for state in one.states)
        apart = sorted(last(state) for state in states) if len(groups) > 1 else []
        iri = thing_iri("person", *key, *apart, joiner="-")
        for one in group:
            found[one.document, one.written] = iri
        names = tuple(sorted({parse_name(one.written) for one in group}, key=repr))
        yield Person(iri, names, states, frozenset(one.document for one in group))


def _groups(members: Sequence[Named]) -> list[list[Named]]:
    """The members by states they share; those without a state join a single group."""
    groups: list[tuple[set[str], list[Named]]] = []
    homeless: list[Named] = []
    by_document: dict[str, list[Named]] = defaultdict(list)
    for one in members:
        by_document[one.document].append(one)
    for ones in by_document.values():  # one document means one person by its spellings of a name
        states = {state for one in ones for state in one.states}
        if not states:
            homeless += ones
            continue
        touching = [group for group in groups if group[0] & states]
        groups = [group for group in groups if not group[0] & states]
        groups.append(
            (states.union(*(g[0] for g in touching)), [*(m for g in touching for m in g[1]), *ones])
        )
    if len(groups) == 1:
        return [sorted([*groups[0][1], *homeless])]
    return [*sorted(sorted(group) for _, group in groups), *([homeless] if homeless else [])]


def _fits(one: Named, name: Name, person: Person) -> bool:
    if one.states and person.states and not person.states.intersection(one.states):
        return False
    return any(is_short_for(name, full) for full in person.names)


def _alike(persons: Iterable[Person], given: Mapping[str, str]) -> Iterator[Proposal]:
    """Yield the pairs of full names that differ a little in one of their two parts.

    Only names with one first letter, or one sequence of consonants, are compared at all.
    """
    by_surname: dict[str, list[Person]] = defaultdict(list)
    by_given: dict[str, list[Person]] = defaultdict(list)
    for person in persons:
        name = person.names[0]
        if name.given:
            usual = given.get(name.given, name.given)
            by_surname[f"{name.surname} {usual[:1]}"].append(person)
            by_given[f"{usual} {VOWELS.sub('', name.surname)}"].append(person)
    yield from _pairs(by_surname, lambda name: name.given, "one surname, given names alike")
    yield from _pairs(by_given, lambda name: name.surname, "one given name, surnames alike")


def _pairs(
    blocks: Mapping[str, list[Person]], part: Callable[[Name], str], reason: str
) -> Iterator[Proposal]:
    for _, block in sorted(blocks.items()):
        for left, right in combinations(sorted(block, key=lambda p: p.iri), 2):
            apart = left.states and right.states and not left.states & right.states
            score = SequenceMatcher(None, part(left.names[0]), part(right.names[0])).ratio()
            if score >= ALIKE and not apart:
                yield Proposal("person", left.iri, right.iri, round(score, 2), reason)
