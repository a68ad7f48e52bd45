"""Which gatherings of several documents are one."""

from collections.abc import Mapping, Sequence

from ciskg.facttypes import fact_types
from ciskg.identities import Identities, Proposal, things
from ciskg.namespaces import composed_iri, date_slug, last
from ciskg.normal import first_latin, is_distinctive, slug, title_stems
from ciskg.periods import period
from ciskg.reconcile.sessions import Gathering, Held, alike_meetings


def identify_meetings(
    gatherings: Sequence[Gathering], who: Identities, states: Mapping[str, frozenset[str]]
) -> tuple[dict[tuple[str, str], str], list[Proposal]]:
    """The IRI of each (document, fact id), and proposals for meetings that may be one.

    `states` tells which states a person belongs to.
    """
    found: dict[tuple[str, str], str] = {}
    held: dict[str, Held] = {}
    for one in gatherings:
        subject, stems = _subject(one, who), title_stems(first_latin(one.titles))
        iri = found[one.document, one.id] = _iri(one, subject, stems, who)
        if one.date:
            held.setdefault(iri, Held(iri, subject)).add(one, who, states)
    return found, list(alike_meetings(held.values(), who.names))


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
