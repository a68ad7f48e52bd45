"""What in a document was not understood, and where a word or a rule would settle it."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

from ciskg.cues import cue, may_hold
from ciskg.extract.context import Context
from ciskg.extract.draft import span
from ciskg.extract.rules import Rule
from ciskg.model import Fact, Span, Unread
from ciskg.needs import fold
from ciskg.recognise import Holder, Recognised

# Types of fact whose words are looked for, those with the surest words first, each with the type
# of the rules that read it.
PROMISED = {
    "ratification": "ratification",
    "award": "award",
    "election": "election",
    "chairmanship": "chairmanship",
    "visit": "visit",
    "agreement": "act",
    "thematic_year": "thematic_year",
    "participant": "participant",
    "role": "role",
    "meeting": "meeting",
}
FROM_ANOTHER = ("same", "after")  # written dates that count from another one
DOCUMENTS = "published in documents.csv"
LABELS = "ontology/reference"
NOT_THIS_WORLD = Unread(
    "scope",
    Span(0, 0),
    "",
    "too little of it is about the states of the region",
    "rules/world.toml",
)


def not_this_language(language: str) -> Unread:
    """What to say of a document in a language without rules."""
    return Unread("language", Span(0, 0), language, f"language: {language}", f"rules/{language}/")


def find_unread(
    read: Recognised,
    context: Context,
    facts: Sequence[Fact],
    names: Mapping[str, tuple[Span, ...]],
    rules: Sequence[Rule],
) -> Iterator[Unread]:
    """What was not understood of a document: sentences, dates and persons, by kind and place."""
    yield from _sentences(read, facts, rules)
    yield from _dates(read, context, facts)
    yield from _persons(read, facts, names)


def _touching(spans: Iterable[Span]) -> Callable[[Span], bool]:
    """Whether a span shares words with any of these, as a function."""
    taken = sorted({(s.start, s.end) for s in spans})
    ends = list(accumulate((end for _, end in taken), max))  # the last end of all up to one

    def touches(whole: Span) -> bool:
        before = bisect_left(taken, (whole.end, 0))
        return before > 0 and ends[before - 1] > whole.start

    return touches


def _sentences(read: Recognised, facts: Sequence[Fact], rules: Sequence[Rule]) -> Iterator[Unread]:
    """Yield the sentences whose words promise a fact, and that show none but offices."""
    taken = _touching(s for f in facts if f.type != "role" for s in f.evidence)
    files = {
        type_: sorted({f"rules/{rule.file}" for rule in rules if rule.type == of})
        for type_, of in PROMISED.items()
    }
    for sentence in read.sentences:
        whole = span(sentence)
        if taken(whole):
            continue
        folded = fold(sentence.text)
        for type_ in PROMISED:
            word = f"unread-{type_}"
            match = cue(word).search(sentence.text) if may_hold(word, folded) else None
            if match:
                remedy = ", ".join(files[type_]) or f"rules/{read.document.language}/"
                yield Unread("sentence", whole, match.group(), f"no {type_} was read", remedy)
                break


def _dates(read: Recognised, context: Context, facts: Sequence[Fact]) -> Iterator[Unread]:
    """Yield the dates that stay without a year or a day.

    One that counts from another date (`the same day`) is settled where a dated fact is read there.
    """
    dated = _touching(
        s for f in facts if "date" in f.values or "year" in f.values for s in f.evidence
    )
    for sentence in read.sentences:
        for _, mention in sorted(sentence.encoded.mentions.items()):
            if mention.kind != "date":
                continue
            value = str(mention.value)
            if value.startswith(FROM_ANOTHER) and dated(span(sentence)):
                continue
            found = context.resolve(value, sentence.text)
            if found is None or "X" in found.edtf:
                place = Span(mention.start, mention.end)
                words = read.document.text[mention.start : mention.end]
                yield Unread("date", place, words, *_why(value, context.date))


def _why(value: str, known: str | None) -> tuple[str, str]:
    """Why a date stays unsettled, and where it would be settled."""
    if value[:4].isdigit():
        return "the calendar has no such day", "the document itself"
    if value.startswith(FROM_ANOTHER):
        return "it counts from another date", ""
    what = "no year is told" if value.startswith("XXXX") else "it counts from the document's date"
    if known is None:
        return f"{what}, and the document's date is not known", DOCUMENTS
    return f"{what}, and of the document's date only {known} is known", DOCUMENTS


def _persons(
    read: Recognised, facts: Sequence[Fact], names: Mapping[str, tuple[Span, ...]]
) -> Iterator[Unread]:
    """Yield the persons of whom no office was read."""
    held = {str(fact.values["person"]) for fact in facts if fact.type == "role"}
    offices: dict[str, str] = {}
    for sentence in read.sentences:
        for mention in sentence.encoded.mentions.values():
            if isinstance(mention.value, Holder) and mention.value.offices:
                offices.setdefault(mention.value.name, mention.value.offices[0].title)
    for name in sorted(names, key=lambda name: (names[name][:1] or (Span(0, 0),))[0].start):
        if name in held or not names[name]:
            continue
        title = offices.get(name)
        reason = f"{title}, but not of what" if title else "no office stands beside the name"
        remedy = f"{LABELS}/bodies.ttl" if title else f"{LABELS}/roles.ttl"
        yield Unread("person", names[name][0], name, reason, remedy)
