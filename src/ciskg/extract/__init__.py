"""The extract step: a document becomes facts, each with its evidence."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ciskg.extract.attendance import read_attendance
from ciskg.extract.awards import read_awards
from ciskg.extract.chairmanships import read_chairmanships
from ciskg.extract.context import Context, make_context
from ciskg.extract.draft import Draft
from ciskg.extract.elections import read_elections
from ciskg.extract.holders import read_holders
from ciskg.extract.instruments import read_instruments
from ciskg.extract.narrowing import Rulebook, fitting, rulebook
from ciskg.extract.portions import portions, together
from ciskg.extract.roles import read_roles
from ciskg.extract.rosters import read_rosters
from ciskg.extract.rules import load_rules
from ciskg.extract.russian import finish
from ciskg.extract.scene import Gathering, Scene, read_scene
from ciskg.extract.speech import read_denials, read_speech
from ciskg.extract.unread import NOT_THIS_WORLD, find_unread, not_this_language
from ciskg.extract.visits import read_visits
from ciskg.extract.world import of_this_world
from ciskg.extract.years import read_years
from ciskg.kinds import without_kinds
from ciskg.model import Document, Fact, Reading, Span, Value
from ciskg.recognise import Holder, Lexicon, Recognised, recognise

__all__ = ["languages", "load_rules", "read_facts"]

PREFIX = {
    "meeting": "m",
    "participant": "p",
    "absence": "n",
    "role": "r",
    "chairmanship": "c",
    "meeting_chair": "mc",
    "agreement": "a",
    "ratification": "x",
    "thematic_year": "t",
    "visit": "v",
    "election": "e",
    "award": "w",
}
KEYS = {
    "participant": ("meeting", "person"),
    "absence": ("meeting", "person"),
    "role": ("person", "title", "of"),
    "chairmanship": ("org", "chair", "year"),
    "meeting_chair": ("meeting", "chair"),
    "agreement": ("title",),
    "ratification": ("agreement", "state"),
    "thematic_year": ("org", "year", "theme"),
    "visit": ("person", "to", "date"),
    "election": ("state", "kind", "date"),
    "award": ("person", "award"),
}
MOST_SPANS = 6  # pieces of evidence that one fact shows


def read_facts(document: Document, lexicon: Lexicon) -> Reading:
    """All facts of one document, in the order of their kinds and places."""
    book = rulebook(document.language)
    readings: list[Reading] = []
    first: Context | None = None
    for portion in portions(replace(document, text=without_kinds(document.text))):
        reading, context = _read(portion, lexicon, book, first)
        readings.append(reading)
        first = first or context
    return together(document, readings, KEYS, MOST_SPANS)


def _read(
    document: Document, lexicon: Lexicon, book: Rulebook, first: Context | None
) -> tuple[Reading, Context | None]:
    """What one portion of a document says; its date is that which the first portion tells."""
    read = recognise(document, lexicon)
    names = _places(read)
    if document.language not in languages():
        return Reading(document, (), names, (not_this_language(document.language),)), None
    if not of_this_world(read):
        return Reading(document, (), names, (NOT_THIS_WORLD,)), None
    context = make_context(read, read.lexicon)
    if first is not None:
        context = replace(
            context, date=first.date, date_steps=first.date_steps, review_year=first.review_year
        )
    fits = [fitting(book, sentence.text) for sentence in read.sentences]
    scene = read_scene(read, context, fits)
    drafts = [
        *read_roles(read, context, fits),
        *read_holders(read, context),
        *read_attendance(read, context, scene, fits),
        *read_rosters(read, context, scene),
        *read_chairmanships(read, context, scene, fits),
        *read_instruments(read, context, scene, fits, book.of_type("act")),
        *read_visits(read, context, fits),
        *read_years(read, context, fits),
        *read_elections(read, context, fits),
        *read_awards(read, context, fits),
    ]
    if document.language == "ru":
        drafts = finish(drafts, scene, read, context)
    speech = read_speech(read, context)
    denials = read_denials(read)
    facts = tuple(_denied(_attributed(f, speech), denials) for f in _facts(scene, drafts))
    unread = tuple(find_unread(read, context, facts, names, book.rules))
    return Reading(document, facts, names, unread), context


def languages() -> tuple[str, ...]:
    """The codes of the languages that there are rules for."""
    return tuple(sorted({rule.language for rule in load_rules()}))


def _places(read: Recognised) -> dict[str, tuple[Span, ...]]:
    """Where each person of the document is named."""
    places: dict[str, list[Span]] = {name: [] for name in read.forms}
    for sentence in read.sentences:
        for _, m in sorted(sentence.encoded.mentions.items()):
            if m.kind == "person" and isinstance(m.value, Holder) and m.value.name in places:
                places[m.value.name].append(Span(m.start, m.end))
    return {name: tuple(spans) for name, spans in places.items()}


def _attributed(fact: Fact, speech: Sequence[tuple[int, int, str]]) -> Fact:
    """The fact with its speaker, where its evidence is what a person says."""
    best = fact.evidence[0]
    name = next((n for a, b, n in speech if a <= best.start and best.end <= b), None)
    if name is None:
        return fact
    modality = "reported" if fact.modality == "stated" else fact.modality
    return replace(fact, speaker=name, modality=modality)


def _denied(fact: Fact, denials: Sequence[tuple[int, int]]) -> Fact:
    """The fact as one that is denied, where the words that show it stand in a denial."""
    if fact.type == "role" or not denials:
        return fact
    if all(any(a <= s.start < b for a, b in denials) for s in fact.evidence[:1]):
        return replace(fact, modality="denied")
    return fact


def _facts(scene: Scene, drafts: Iterable[Draft]) -> Iterator[Fact]:
    """The drafts as facts: one of each key, with all its evidence, and ids by kind."""
    ids: dict[int, str] = {}
    for n, gathering in enumerate(scene.gatherings, 1):
        ids[id(gathering)] = f"m{n}"
        yield _meeting(f"m{n}", gathering)
    count: dict[str, int] = {}
    merged: dict[tuple[object, ...], Draft] = {}
    for draft in drafts:
        if draft.gathering is not None and id(draft.gathering) in ids:
            draft.values["meeting"] = ids[id(draft.gathering)]
        elif draft.type in ("participant", "absence", "meeting_chair"):
            continue
        key = (draft.type, *(str(draft.values.get(k, "")).lower() for k in KEYS[draft.type]))
        old = merged.setdefault(key, draft)
        if old is not draft:
            if len(old.spans) < MOST_SPANS:
                old.spans += [s for s in draft.spans if s not in old.spans]
            for name, value in draft.values.items():
                old.values.setdefault(name, value)
            if old.values.get("status") == "planned" and draft.values.get("status") not in (
                None,
                "planned",
            ):
                old.values["status"], old.modality = draft.values["status"], draft.modality
    for draft in merged.values():
        prefix = PREFIX[draft.type]
        count[prefix] = count.get(prefix, 0) + 1
        yield Fact(
            draft.type,
            f"{prefix}{count[prefix]}",
            dict(sorted(draft.values.items())),
            tuple(draft.spans[:MOST_SPANS]),
            draft.rule,
            draft.modality,
            "inferred" if draft.steps else "stated",
            tuple(dict.fromkeys(draft.steps)),
            draft.speaker,
        )


def _meeting(id_: str, g: Gathering) -> Fact:
    values: dict[str, Value] = {"kind": g.kind, "status": g.status}
    for name, value in (
        ("body", g.body),
        ("title", g.title),
        ("date", g.date),
        ("place", g.place),
        ("country", g.country),
        ("mode", g.mode),
    ):
        if value:
            values[name] = value
    if g.parties:
        values["parties"] = tuple(g.parties)
    spans = tuple(dict.fromkeys(g.spans))[:MOST_SPANS]
    modality = "planned" if g.status == "planned" else "stated"
    steps = tuple(dict.fromkeys(g.steps))
    return Fact(
        "meeting",
        id_,
        dict(sorted(values.items())),
        spans,
        g.rule,
        modality,
        "inferred" if steps else "stated",
        steps,
    )
