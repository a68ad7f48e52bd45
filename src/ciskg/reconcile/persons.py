"""Which names mean one person.

Surname and given name decide, in the forms in which their spellings meet; known states keep
namesakes apart; initials and bare surnames join the one full name that fits. A patronymic does
not separate, and being father and son does: the given names differ.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from ciskg.identities import Proposal
from ciskg.namespaces import last, thing_iri
from ciskg.personnames import Name, is_short_for, parse_name

ALIKE = 0.85  # of two given names, and of two surnames, that may be one
BONES = 3  # consonants of a name that tell it
LONG = 5  # letters of a name in which one may be wrong
SAME_NAME = 0.9  # of namesakes that are kept apart
OTHER_STATES = 0.4  # what it counts against two that they are of two states
AMBIGUOUS = 0.5
PROPOSED = 0.5
REASONS = {  # whether the given names are the same, and the surnames
    (True, True): "one name, but other states or none",
    (True, False): "one given name, surnames alike",
    (False, True): "one surname, given names alike",
    (False, False): "given names and surnames alike",
}
VOWELS = re.compile("[aeiou]")
FIRST = {"h": "g", "c": "k", "x": "k", "q": "k", "e": "a", "i": "a", "j": "z", "u": "o"}


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
    """Yield the pairs of persons whose names differ a little, and of namesakes.

    Only names whose parts begin alike are compared at all.
    """
    blocks: dict[tuple[str, str], list[Person]] = defaultdict(list)
    for person in persons:
        name = person.names[0]
        if name.given:
            usual = given.get(name.given, name.given)
            blocks[_begins(usual), _begins(name.surname)].append(person)
    for _, block in sorted(blocks.items()):
        ordered = sorted(block, key=lambda p: (-len(p.documents), p.iri))
        for left, right in combinations(ordered, 2):
            apart = left.states and right.states and not left.states & right.states
            score, reason = _score(left, right, given)
            if apart:
                score -= OTHER_STATES
            if score >= PROPOSED:
                yield Proposal("person", left.iri, right.iri, round(score, 2), reason)


def _score(left: Person, right: Person, given: Mapping[str, str]) -> tuple[float, str]:
    """How likely two names mean one person, by the part in which they differ more, and why."""
    best = 0.0, ""
    for a in left.names:
        for b in right.names:
            if not a.given or not b.given or _contradict(a, b):
                continue
            first = _given_alike(a.given, b.given, given)
            last = _parts_alike(a.surname, b.surname)
            if min(first, last) < ALIKE:
                continue
            reason = REASONS[first == 1, last == 1]
            best = max(best, (SAME_NAME if first == last == 1 else min(first, last), reason))
    return best


def _given_alike(one: str, other: str, given: Mapping[str, str]) -> float:
    """How alike two given names are; names that are known to be two are not."""
    usual = given.get(one, one), given.get(other, other)
    if usual[0] != usual[1] and one in given and other in given:
        return 0.0
    return _parts_alike(*usual)


def _parts_alike(one: str, other: str) -> float:
    """How alike two parts of names are: in all letters, in their consonants, but for one letter."""
    ratio = fuzz.ratio(one, other) / 100
    bones = [VOWELS.sub("", part) for part in (one, other)]
    if bones[0] == bones[1] and len(bones[0]) >= BONES:
        return max(ratio, ALIKE)
    if Levenshtein.distance(one, other, score_cutoff=1) <= 1 and min(len(one), len(other)) >= LONG:
        return max(ratio, ALIKE)
    return ratio


def _contradict(a: Name, b: Name) -> bool:
    """Whether both have a patronymic, and other ones."""
    if not a.middle or not b.middle:
        return False
    return not any(
        x.startswith(y) or y.startswith(x) or fuzz.ratio(x, y) >= 100 * ALIKE
        for x in a.middle
        for y in b.middle
    )


def _begins(part: str) -> str:
    """The first letter of a name, one for those that spellings exchange."""
    return FIRST.get(part[:1], part[:1])
