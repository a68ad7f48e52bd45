"""A fact while it is being read, and the small helpers that every kind of fact needs."""

from dataclasses import dataclass, field

from ciskg.model import Span, Value
from ciskg.recognise import Encoded, Sentence

EDGES = " \t\n\xa0,;:"  # what no quotation begins or ends with


@dataclass(slots=True)
class Draft:
    """A fact before its id is known; `spans` in the order of their worth as evidence."""

    type: str
    values: dict[str, Value]
    spans: list[Span]
    rule: str
    modality: str = "stated"
    steps: tuple[str, ...] = ()
    speaker: str | None = None
    gathering: object = None  # the Gathering that the fact's `meeting` means
    key: tuple[object, ...] = field(default=())


def span(sentence: Sentence, start: int = 0, end: int | None = None) -> Span:
    """The span of the document behind a stretch of a sentence, in whole words."""
    return tight(sentence.encoded, start, len(sentence.text) if end is None else end)


def tight(encoded: Encoded, start: int, end: int) -> Span:
    """The span of the document behind a stretch of encoded text, in whole words."""
    text = encoded.text
    while start < end and text[start] in EDGES:
        start += 1
    while end > start and text[end - 1] in EDGES:
        end -= 1
    while 0 < start < len(text) and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while 0 < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    a, b = encoded.source(start, end)
    return Span(a, b)
