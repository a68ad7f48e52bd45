"""Which titles of instruments mean one."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from ciskg.facttypes import fact_types
from ciskg.identities import Identities, Proposal, things
from ciskg.namespaces import composed_iri, date_slug, last
from ciskg.normal import (
    bounded,
    first_latin,
    forms,
    is_cyrillic,
    is_distinctive,
    slug,
    title_stems,
)
from ciskg.periods import period
from ciskg.reconcile.alike import content, likeness, together

ALIKE = 0.7  # of two instruments that may be one
SUREST = 0.99  # what is alike is never sure
SAME_DAY = 0.1  # what it counts that they have one date
SAME_PARTIES = 0.1
OTHER_KIND = 0.2  # what it counts against them that one is a plan, the other a strategy
ONE_DOCUMENT = 0.1  # and that one document names both
RARE = 200  # a word that more titles share says too little to compare them for
WHOLE_DATE = len("2020-12-18")


@dataclass(frozen=True, slots=True, order=True)
class Titled:
    """What reconciliation needs to know of an instrument; without an id, a ratified one."""

    document: str
    id: str
    titles: tuple[str, ...]  # the title, then what else it is called
    parties: tuple[str, ...] = ()
    date: str = ""  # EDTF
    meeting: str = ""  # id of a meeting of the same document


@dataclass(frozen=True, slots=True)
class Told:
    """What all documents together say of an instrument."""

    titles: set[str] = field(default_factory=set)
    dates: set[str] = field(default_factory=set)  # EDTF
    parties: set[str] = field(default_factory=set)  # IRIs
    documents: set[str] = field(default_factory=set)


def identify_instruments(
    titled: Sequence[Titled], who: Identities
) -> tuple[dict[tuple[str, str], str], dict[tuple[str, str], str], list[Proposal]]:
    """The IRIs by (document, fact id) and by (document, ratified title), and proposals."""
    found: dict[tuple[str, str], str] = {}
    here: dict[tuple[str, frozenset[str]], str] = {}
    told: list[tuple[str, Titled]] = []
    for one in titled:
        if one.id:
            iri = found[one.document, one.id] = _iri(one, _stems(one), who)
            here.setdefault((one.document, _stems(one)), iri)
            told.append((iri, one))
    titles: dict[tuple[str, str], str] = {}
    for one in titled:
        if not one.id:
            iri = here.get((one.document, _stems(one))) or _iri(one, _stems(one), who)
            titles[one.document, one.titles[0]] = iri
            told.append((iri, one))
    return found, titles, list(_alike(_told(told, who), who))


def _iri(one: Titled, stems: frozenset[str], who: Identities) -> str:
    """The normal form of a telling title; of a common one with its meeting, or parties and day."""
    words = sorted(slug(stem) for stem in stems)
    form = bounded("-".join(words), " ".join(sorted(stems))) or "untitled"
    if is_distinctive(stems, who.names.common, who.names.bodies):
        return composed_iri("instrument", [form])
    meeting = who.meetings.get((one.document, one.meeting), "")
    if meeting and not meeting.endswith(_own(one.document, one.meeting)):
        return composed_iri("instrument", [form, last(meeting)])
    if one.parties and one.date and period(one.date).is_full:
        by = fact_types()["agreement"].fields["parties"]
        parties = sorted({last(t.iri) for t in things(who, one.document, by, one.parties)})
        return composed_iri("instrument", [form, "-".join(parties), date_slug(one.date)])
    return composed_iri("instrument", [form, "in", slug(one.document), slug(one.id or "ratified")])


def _own(document: str, id: str) -> str:
    return f"--in--{slug(document)}--{slug(id)}"


def _told(instruments: Sequence[tuple[str, Titled]], who: Identities) -> dict[str, Told]:
    """What all documents say of each instrument with a telling title."""
    found: dict[str, Told] = {}
    by = fact_types()["agreement"].fields["parties"]
    for iri, one in instruments:
        if not is_distinctive(_stems(one), who.names.common, who.names.bodies):
            continue
        told = found.setdefault(iri, Told())
        told.titles.update(one.titles)
        told.dates.update([one.date] if one.date else [])
        told.parties.update(t.iri for t in things(who, one.document, by, one.parties))
        told.documents.add(one.document)
    return found


def _alike(told: Mapping[str, Told], who: Identities) -> Iterator[Proposal]:
    """Yield the pairs whose titles say much the same, where dates and parties do not exclude it."""
    by_word: dict[str, list[str]] = defaultdict(list)
    for iri, one in sorted(told.items()):
        words = {word for title in one.titles for word in content(title).words}
        for word in words - forms().generic - who.names.common:
            by_word[word].append(iri)
    pairs = {
        pair for iris in by_word.values() if len(iris) <= RARE for pair in combinations(iris, 2)
    }
    for left, right in sorted(pairs):
        score = _score(told[left], told[right], who.names.common)
        if score >= ALIKE:
            languages = {is_cyrillic(t) for one in (left, right) for t in told[one].titles}
            reason = "titles alike, Russian and English" if len(languages) > 1 else "titles alike"
            yield Proposal("instrument", left, right, round(min(score, SUREST), 2), reason)


def _score(one: Told, other: Told, common: frozenset[str]) -> float:
    """How likely two instruments are one, by their best two titles and what is told of them."""
    if (
        one.dates
        and other.dates
        and not any(together(a, b) for a in one.dates for b in other.dates)
    ):
        return 0.0
    score = max(
        likeness(a, b, common) - OTHER_KIND * _other_kind(a, b)
        for a in one.titles
        for b in other.titles
    )
    if any(len(date) == WHOLE_DATE for date in one.dates & other.dates):
        score += SAME_DAY
    if one.parties and other.parties:
        score += SAME_PARTIES if one.parties == other.parties else -SAME_PARTIES
    if one.documents == other.documents and len(one.documents) == 1:
        score -= ONE_DOCUMENT
    return score


def _other_kind(one: str, other: str) -> int:
    """Whether the titles name kinds of instruments, and other ones."""
    named = content(one).words & forms().heads, content(other).words & forms().heads
    return int(bool(named[0]) and bool(named[1]) and named[0] != named[1])


def _stems(one: Titled) -> frozenset[str]:
    return title_stems(first_latin(one.titles))
