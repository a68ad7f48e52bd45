"""Which meetings that documents tell apart may be one: told less exactly, or by other names."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from ciskg.facttypes import fact_types
from ciskg.identities import Identities, Proposal, things
from ciskg.periods import period
from ciskg.reconcile.alike import likeness, together
from ciskg.reference import ReferenceNames

ONE_SUBJECT = 0.65  # score of two meetings of one body or of the same parties, whose dates may meet
ONE_DAY = 0.5  # of two meetings on one day, of which one has no body and no parties
ONE_TITLE = 0.7  # likeness of two titles that may be one
SAME_PLACE = 0.15  # what it counts that they have one place
SAME_PEOPLE = 0.3  # what it counts that the same persons took part, by their share
SAME_MONTH = 0.1
ONE_DOCUMENT = 0.1  # what it counts against two that one document names both
PROPOSED = 0.6
SUREST = 0.99
MONTH = len("2020-12")


@dataclass(frozen=True, slots=True, order=True)
class Gathering:
    """What reconciliation needs to know of a meeting fact."""

    document: str
    id: str
    kind: str
    body: tuple[str, ...]
    titles: tuple[str, ...]  # the title, then what else it is called
    parties: tuple[str, ...]
    date: str  # EDTF, or ""
    place: str
    people: tuple[str, ...] = ()  # who took part or chaired, as the document names them


@dataclass(slots=True)
class Held:
    """What all documents together say of a meeting with a date."""

    iri: str
    subject: str
    bodies: set[str] = field(default_factory=set)  # IRIs
    written: set[str] = field(default_factory=set)  # names of bodies and titles
    parties: set[str] = field(default_factory=set)  # IRIs
    states: set[str] = field(default_factory=set)  # IRIs of the parties' states
    dates: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)

    def add(self, one: Gathering, who: Identities, states: Mapping[str, frozenset[str]]) -> None:
        """Add what one document says."""
        fields = fact_types()["meeting"].fields
        self.bodies.update(t.iri for t in things(who, one.document, fields["body"], one.body))
        self.written.update((*one.body, *one.titles))
        for party in things(who, one.document, fields["parties"], one.parties):
            self.parties.add(party.iri)
            self.states |= states.get(party.iri, {party.iri})
        self.dates.add(one.date)
        self.documents.add(one.document)
        if one.place:
            self.places.add(who.names.iri(("place",), one.place))
        keys = ((one.document, name) for name in one.people)
        self.people |= {who.persons[key] for key in keys if key in who.persons}

    @property
    def day(self) -> str:
        """The day, or the days, where all is told of them; else ""."""
        return next((d for d in sorted(self.dates) if period(d).is_full), "")


def alike_meetings(meetings: Iterable[Held], names: ReferenceNames) -> Iterator[Proposal]:
    """Yield the pairs of meetings that may be one, the one with a day first."""
    ordered = sorted(meetings, key=lambda held: held.iri)
    best: dict[tuple[str, str], tuple[float, str]] = {}
    for left, right, score, reason in (
        *_same_subject(ordered),
        *_same_day(ordered),
        *_alike_titles(ordered, names.common),
    ):
        if score >= PROPOSED and not _apart(left, right):
            kept, other = sorted((left, right), key=lambda held: (not held.day, held.iri))
            pair = kept.iri, other.iri
            best[pair] = max(best.get(pair, (0.0, "")), (min(score, SUREST), reason))
    for (kept_iri, other_iri), (score, reason) in sorted(best.items()):
        yield Proposal("meeting", kept_iri, other_iri, round(score, 2), reason)


Pair = tuple[Held, Held, float, str]


def _same_subject(meetings: Iterable[Held]) -> Iterator[Pair]:
    """Yield, for each meeting whose day is not known, the meetings of that time with a day.

    Where there is none, the first of that time stands for the others.
    """
    subjects: dict[str, list[Held]] = defaultdict(list)
    for one in meetings:
        if one.subject:
            subjects[one.subject].append(one)
    for _, those in sorted(subjects.items()):
        firsts: dict[str, Held] = {}
        for one in sorted(those, key=lambda held: sorted(held.dates)):
            others = [
                other
                for other in those
                if other.day and _meet(one, other) and (not one.day or other.iri < one.iri)
            ]
            if not others and not one.day:
                first = firsts.setdefault(min(one.dates)[:4], one)
                others = [first] if _meet(first, one) else []
            for other in others:
                if other is not one:
                    score = ONE_SUBJECT + _context(one, other)
                    score += SAME_MONTH * (max(map(len, one.dates)) >= MONTH)
                    yield other, one, score, "one body or parties, dates may be one"


def _same_day(meetings: Iterable[Held]) -> Iterator[Pair]:
    """Yield the pairs on one day that other names tell: a title, states in place of persons."""
    days: dict[str, list[Held]] = defaultdict(list)
    for one in meetings:
        if one.day:
            days[one.day].append(one)
    for _, those in sorted(days.items()):
        for left, right in combinations(those, 2):
            if left.parties and right.parties:
                same = len(left.states) > 1 and left.states == right.states
                if same and not (left.bodies or right.bodies) and _may_be_states(left, right):
                    reason = "one day, persons of the same states"
                    yield left, right, ONE_DAY + SAME_PLACE + _context(left, right), reason
            elif not (left.parties or right.parties) and not (left.bodies and right.bodies):
                yield left, right, ONE_DAY + _context(left, right), "one day, another name"


def _alike_titles(meetings: Iterable[Held], common: frozenset[str]) -> Iterator[Pair]:
    """Yield the pairs of one year whose names are alike."""
    years: dict[str, list[Held]] = defaultdict(list)
    for one in meetings:
        if one.written and not one.parties:
            years[min(one.dates)[:4]].append(one)
    for _, those in sorted(years.items()):
        for left, right in combinations(those, 2):
            if (left.bodies and left.bodies == right.bodies) or not _meet(left, right):
                continue
            score = max(likeness(a, b, common) for a in left.written for b in right.written)
            if left.documents == right.documents and len(left.documents) == 1:
                score -= ONE_DOCUMENT
            if score >= ONE_TITLE:
                yield left, right, score, "names alike, dates may be one"


def _meet(one: Held, other: Held) -> bool:
    return any(together(a, b) for a in one.dates for b in other.dates)


def _apart(one: Held, other: Held) -> bool:
    """Whether places or known bodies tell two meetings apart."""
    if one.places and other.places and not one.places & other.places:
        return True
    return bool(one.day and other.day and one.day != other.day)


def _may_be_states(one: Held, other: Held) -> bool:
    """Whether one of them names states where the other names persons."""
    return (one.parties == one.states) != (other.parties == other.states)


def _context(one: Held, other: Held) -> float:
    """What place and people add to the score."""
    score = SAME_PLACE if one.places & other.places else 0.0
    if one.people and other.people:
        score += (
            SAME_PEOPLE * len(one.people & other.people) / min(len(one.people), len(other.people))
        )
    return score
