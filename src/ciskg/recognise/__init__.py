"""The recognise step: a document becomes sentences whose mentions are known."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ciskg.cues import cue
from ciskg.kinds import CHAR, KIND
from ciskg.model import Block, Document
from ciskg.recognise.bodies import compose_bodies
from ciskg.recognise.holders import Holder
from ciskg.recognise.lexicon import Lexicon, Thing, load_lexicon
from ciskg.recognise.mentions import Encoded, Mention, encode, find_labels
from ciskg.recognise.naming import name_mentions
from ciskg.recognise.narrative import tie_dates
from ciskg.recognise.offices import Office
from ciskg.recognise.owned import own_bodies
from ciskg.recognise.persons import find_persons
from ciskg.recognise.portfolios import extend_portfolios
from ciskg.recognise.pronouns import resolve_pronouns
from ciskg.recognise.russian import russian_names
from ciskg.recognise.russian_bodies import name_again
from ciskg.recognise.russian_cases import with_cases

__all__ = [
    "CHAR", "KIND", "Encoded", "Holder", "Lexicon", "Mention", "Office", "Recognised", "Sentence",
    "Thing", "cut", "find_labels", "load_lexicon", "recognise",
]  # fmt: skip

_PUA = "\ue000-\ue020"
END = re.compile(rf"[.!?…][\"”’»)]*\s+(?=[\"“«(]?[A-ZА-ЯЁ0-9{_PUA}])")

LONGEST = 6_000  # characters that are looked at at once
# Characters of an encoded sentence: three to four times the longest of the corpora. The work on a
# sentence may grow with its square, so one that goes on without end is read in parts.
SENTENCE = 1_500
CLAUSE_ENDS = ("; ", ": ", ", ", " ")  # where such a sentence is cut, the best first


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, heading, list item or table row."""

    block: int
    kind: str  # of its block
    encoded: Encoded

    @property
    def text(self) -> str:
        return self.encoded.text


@dataclass(frozen=True, slots=True)
class Recognised:
    """A document with all that is named in it."""

    document: Document
    sentences: tuple[Sentence, ...]
    forms: Mapping[str, tuple[str, ...]]  # person -> the forms of the name in the document
    lexicon: Lexicon  # with the bodies that the document composes


def recognise(document: Document, lexicon: Lexicon) -> Recognised:
    """The sentences of a document with their mentions; furniture is left out."""
    text = document.text
    blocks = [
        (n, piece)
        for n, b in enumerate(document.blocks)
        if b.kind != "furniture"
        for piece in cut(text, b)
    ]
    spans = [(b.start, b.end) for _, b in blocks]
    labels = [extend_portfolios(text, find_labels(text, a, b, lexicon)) for a, b in spans]
    labels, lexicon = own_bodies(text, spans, labels, lexicon)
    labels, lexicon = compose_bodies(text, spans, labels, lexicon)
    if document.language == "ru":
        labels = name_again(text, spans, labels)
    names = russian_names if document.language == "ru" else name_mentions
    mentions, forms = names(text, spans, labels, lexicon)
    sentences: list[Sentence] = []
    for (n, block), found in zip(blocks, mentions, strict=True):
        encoded = find_persons(
            encode(text, block.start, block.end, found), text, lexicon, document.language
        )
        sentences += [Sentence(n, block.kind, part) for part in _split(encoded)]
    dated = tie_dates([(s.block, s.encoded) for s in sentences])
    resolved = resolve_pronouns(dated, [s.kind == "heading" for s in sentences])
    if document.language == "ru":
        resolved = [with_cases(e, text, forms, lexicon) for e in resolved]
    sentences = [Sentence(s.block, s.kind, e) for s, e in zip(sentences, resolved, strict=True)]
    return Recognised(document, tuple(sentences), forms, lexicon)


def cut(text: str, block: Block, longest: int = LONGEST) -> Iterator[Block]:
    """Yield a block whole, or cut at ends of sentences where it is too long for one look."""
    start = block.start
    while block.end - start > longest:
        ends = [
            m.end()
            for m in END.finditer(text, start + longest // 2, start + longest)
            if not cue("sentence-abbreviation").search(text, max(start, m.start() - 8), m.start())
        ]
        space = text.rfind(" ", start + longest // 2, start + longest) + 1
        stop = ends[-1] if ends else space or start + longest
        yield Block(start, stop, block.kind)
        start = stop
    yield Block(start, block.end, block.kind)


def _split(encoded: Encoded) -> Iterator[Encoded]:
    start = 0
    for match in END.finditer(encoded.text):
        if encoded.text[match.start()] == "." and cue("sentence-abbreviation").search(
            encoded.text, max(0, match.start() - 8), match.start()
        ):
            continue
        yield from _in_parts(encoded, start, match.end())
        start = match.end()
    if encoded.text[start:].strip():
        yield from _in_parts(encoded, start, len(encoded.text))


def _in_parts(encoded: Encoded, start: int, end: int) -> Iterator[Encoded]:
    """Yield a sentence whole, or in parts that end where its clauses and words do."""
    while end - start > SENTENCE:
        half, limit = start + SENTENCE // 2, start + SENTENCE
        ends = (
            at + len(mark)
            for mark in CLAUSE_ENDS
            if (at := encoded.text.rfind(mark, half, limit)) >= 0
        )
        stop = next(ends, limit)
        yield _slice(encoded, start, stop)
        start = stop
    yield _slice(encoded, start, end)


def _slice(encoded: Encoded, a: int, b: int) -> Encoded:
    return Encoded(
        encoded.text[a:b],
        encoded.starts[a : b + 1],
        {i - a: m for i, m in encoded.mentions.items() if a <= i < b},
    )
