"""Which gatherings of several documents are one."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from ciskg.facttypes import fact_types
from ciskg.identities import Identities, Proposal, things
from ciskg.namespaces import composed_iri, date_slug, last
from ciskg.normal import first_latin, is_distinctive, slug, title_stems
from ciskg.periods import Period, overlap, period

SAME_SUBJECT = 0.8  # score of two meetings of one body whose dates overlap
ALIKE = 0.6  # overlap of the stems of two titles


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


def identify_meetings(
    gatherings: Sequence[Gathering], who: Identities
) -> tuple[dict[tuple[str, str], str], list[Proposal]]:
    """The IRI of each (document, fact id), and proposals for meetings that may be one."""
    found: dict[tuple[str, str], str] = {}
    subjects: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    titles: dict[str, set[tuple[str, str, frozenset[str]]]] = defaultdict(set)
    for one in gatherings:
        subject, stems = _subject(one, who), title_stems(first_latin(one.titles))
        iri = found[one.document, one.id] = _iri(one, subject, stems, who)
        if one.date and subject:
            subjects[one.kind, subject].add((iri, one.date))
        if one.date and one.titles and not one.body:
            titles[one.date[:4]].add((iri, one.date, stems))
    return found, [*_same_subject(subjects), *_alike_titles(titles)]


def _subject(one: Gathering, who: Identities) -> str:
    """What distinguishes the series of meetings: a body, the parties, or a title."""
    fields = fact_types()["meeting"].fields
    if one.body:
        return "-".join(
            sorted(last(t.iri) for t in things(who, one.document, fields["body"], one.body))
        )
    if one.titles:
        return slug("-".join(sorted(title_stems(first_latin(one.titles)))))
    parties = things(who, one.document, fields["parties"], one.parties)
    return "-".join(sorted({last(party.iri) for party in parties}))


def _iri(one: Gathering, subject: str, stems: frozenset[str], who: Identities) -> str:
    """Kind, subject and full date say which meeting; without a full date, its place as well.

    A meeting of which less is known is one document's own.
    """
    parts = [slug(one.kind or "meeting"), subject or "unnamed"]
    if one.date:
        parts.append(date_slug(one.date))
    when = period(one.date) if one.date else None
    if subject and when and when.is_full:
        return composed_iri("meeting", parts)
    dated = when is not None and when.earliest is not None
    if subject and dated and one.place:
        return composed_iri("meeting", [*parts, last(who.names.iri(("place",), one.place))])
    telling = is_distinctive(stems, who.names.common, who.names.bodies)
    if subject and dated and one.titles and not one.body and telling:
        return composed_iri("meeting", parts)
    return composed_iri("meeting", [*parts, "in", slug(one.document), slug(one.id)])


def _same_subject(
    subjects: dict[tuple[str, str], set[tuple[str, str]]],
) -> Iterator[Proposal]:
    """Yield, for each meeting whose day is not known, the meetings of that time with a day.

    Where there is none, the first of that time stands for the others.
    """
    for _, dated in sorted(subjects.items()):
        meetings = [(iri, period(date)) for iri, date in sorted(dated)]
        exact = [(iri, when) for iri, when in meetings if when.is_full]
        firsts: dict[str, tuple[str, Period]] = {}
        for iri, when in meetings:
            others = [(other, day) for other, day in exact if not when.is_full or other < iri]
            others = [known for known in others if overlap(known[1], when)]
            if not others and not when.is_full:
                first = firsts.setdefault(when.edtf[:4], (iri, when))
                others = [first] if overlap(first[1], when) else []
            for other, _ in others:
                if other != iri:
                    reason = "one body or parties, dates overlap"
                    yield Proposal("meeting", other, iri, SAME_SUBJECT, reason)


def _alike_titles(
    titles: dict[str, set[tuple[str, str, frozenset[str]]]],
) -> Iterator[Proposal]:
    for _, dated in sorted(titles.items()):
        ordered = sorted(dated, key=lambda d: (d[0], d[1]))
        for (left, a, these), (right, b, those) in combinations(ordered, 2):
            score = len(these & those) / len(these | those)
            if left != right and score >= ALIKE and overlap(period(a), period(b)):
                yield Proposal(
                    "meeting", left, right, round(score, 2), "titles alike, dates overlap"
                )
