"""Which titles of instruments mean one."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from ciskg.facttypes import fact_types
from ciskg.identities import Identities, Proposal, things
from ciskg.namespaces import composed_iri, date_slug, last
from ciskg.normal import bounded, first_latin, is_distinctive, slug, title_stems
from ciskg.periods import overlap, period

ALIKE = 0.7  # overlap of the stems of two titles
RARE = 200  # a stem that more titles share says too little to compare them for


@dataclass(frozen=True, slots=True, order=True)
class Titled:
    """What reconciliation needs to know of an instrument; without an id, a ratified one."""

    document: str
    id: str
    titles: tuple[str, ...]  # the title, then what else it is called
    parties: tuple[str, ...] = ()
    date: str = ""  # EDTF
    meeting: str = ""  # id of a meeting of the same document


def identify_instruments(
    titled: Sequence[Titled], who: Identities
) -> tuple[dict[tuple[str, str], str], dict[tuple[str, str], str], list[Proposal]]:
    """The IRIs by (document, fact id) and by (document, ratified title), and proposals."""
    found: dict[tuple[str, str], str] = {}
    here: dict[tuple[str, frozenset[str]], str] = {}
    known: dict[str, tuple[frozenset[str], str]] = {}
    for one in titled:
        if one.id:
            stems = title_stems(first_latin(one.titles))
            iri = found[one.document, one.id] = _iri(one, stems, who)
            here.setdefault((one.document, stems), iri)
            if is_distinctive(stems, who.names.common, who.names.bodies):
                known.setdefault(iri, (stems, one.date))
    titles: dict[tuple[str, str], str] = {}
    for one in titled:
        if not one.id:
            stems = title_stems(first_latin(one.titles))
            iri = here.get((one.document, stems)) or _iri(one, stems, who)
            titles[one.document, one.titles[0]] = iri
            if is_distinctive(stems, who.names.common, who.names.bodies):
                known.setdefault(iri, (stems, ""))
    return found, titles, list(_alike(known))


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
        field = fact_types()["agreement"].fields["parties"]
        parties = sorted({last(t.iri) for t in things(who, one.document, field, one.parties)})
        return composed_iri("instrument", [form, "-".join(parties), date_slug(one.date)])
    return composed_iri("instrument", [form, "in", slug(one.document), slug(one.id or "ratified")])


def _own(document: str, id: str) -> str:
    return f"--in--{slug(document)}--{slug(id)}"


def _alike(known: Mapping[str, tuple[frozenset[str], str]]) -> Iterator[Proposal]:
    """Yield the pairs whose titles share most of their stems and whose dates do not exclude it."""
    by_stem: dict[str, list[str]] = defaultdict(list)
    for iri, (stems, _) in sorted(known.items()):
        for stem in stems:
            by_stem[stem].append(iri)
    pairs: Counter[tuple[str, str]] = Counter()
    for iris in by_stem.values():
        if len(iris) <= RARE:
            pairs.update(combinations(iris, 2))
    for left, right in sorted(pairs):
        (these, a), (those, b) = known[left], known[right]
        numbers = {s for s in these ^ those if s[0].isdigit()}
        apart = bool(a and b) and not overlap(period(a), period(b))
        score = len(these & those) / len(these | those)
        if score >= ALIKE and not numbers and not apart:
            yield Proposal("instrument", left, right, round(score, 2), "titles alike")
