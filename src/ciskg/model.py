"""The values that flow from step to step: frozen, plain, without behaviour.

Fields of a fact use the annotation convention of docs/annotation.md: states are ISO 3166-1
alpha-3 codes, organizations their short code (`CIS`) or English name, dates EDTF, a meeting the
`id` of the meeting fact of the same document.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

Value = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a document's text: `text[start:end]`."""

    start: int  # in code points
    end: int
    kind: str  # "heading", "paragraph", "item", "row", "furniture"


@dataclass(frozen=True, slots=True)
class Document:
    """A source text as it is stored, with what it says of itself."""

    key: str  # the file's stem; unique in one build
    path: str  # as the user gave it
    text: str  # offsets count its code points
    sha256: str  # of the text in UTF-8
    blocks: tuple[Block, ...]  # in order, without gaps that hold words
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str = "en"
    published: str | None = None  # EDTF; None where the document does not say
    published_from: str | None = None  # "table", "metadata", "text", "url"


@dataclass(frozen=True, slots=True)
class Span:
    """Words of one document: `text[start:end]`, in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Fact:
    """What one document says, read by one rule."""

    type: str  # a key of ontology/facts.toml: "meeting", "participant", "role", …
    id: str  # unique in its document: "m1"
    values: Mapping[str, Value]  # field -> value; absent where the document does not settle it
    evidence: tuple[Span, ...]  # at least one; the first shows the fact best
    rule: str  # id of the rule that read it
    modality: str = "stated"  # "stated", "reported" (by a speaker), "planned", "denied"
    certainty: str = "stated"  # "stated", "inferred"
    inferences: tuple[str, ...] = ()  # ids of inference steps, in order: "year-from-publication"
    speaker: str | None = None  # name, as a person of this document, where quoted


@dataclass(frozen=True, slots=True)
class Unread:
    """Something in a document that was not understood."""

    kind: str  # "language" or "scope", of a whole document; "sentence", "date", "person"
    span: Span
    trigger: str  # the word that promised a fact, the date, the name, the code of the language
    reason: str
    remedy: str  # the file in which a word, a rule or a date would settle it


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read out of one document."""

    document: Document
    facts: tuple[Fact, ...]
    names: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)  # person -> where named
    unread: tuple[Unread, ...] = ()
