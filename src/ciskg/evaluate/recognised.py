"""What was recognised in a document, asked for each of its errors."""

from collections.abc import Sequence
from dataclasses import dataclass

from ciskg.evaluate.compare import is_state, same_body, same_person
from ciskg.extract import load_rules
from ciskg.extract.rules import Rule, find
from ciskg.model import Document
from ciskg.recognise import Holder, Recognised, Sentence, load_lexicon, recognise

GIVES = {"act": "agreement"}  # type of a rule -> type of the facts it gives, where they differ
THINGS = ("state", "adj", "org", "body", "summit", "short")


@dataclass(frozen=True, slots=True)
class Seen:
    """A document as the rules see it."""

    read: Recognised
    persons: tuple[str, ...]  # all forms of all names
    things: frozenset[str]  # states, organizations and bodies, as the convention calls them
    holders: frozenset[str]  # persons beside whose name an office stands
    rules: tuple[Rule, ...]

    def knows(self, value: str) -> bool:
        """Whether the document names this person, state, organization or body, as far as seen."""
        if value in self.things or is_state(value):
            return value in self.things
        names = list(self.persons)
        return same_person(value, names) or any(same_body(value, name) for name in self.things)

    def fitting(self, type_: str, start: int, end: int) -> bool:
        """Whether a rule of a type fits a sentence of the span."""
        own = [rule for rule in self.rules if gives(rule) == type_]
        return any(
            True
            for sentence in _within(self.read.sentences, start, end)
            for rule in own
            for _ in find(rule, sentence.encoded)
        )

    def set_apart(self, start: int, end: int) -> bool:
        """Whether the span stands in furniture of the page."""
        blocks = [b for b in self.read.document.blocks if b.start < end and start < b.end]
        return bool(blocks) and all(b.kind == "furniture" for b in blocks)


def see(document: Document) -> Seen:
    """A document with all that is recognised in it."""
    read = recognise(document, load_lexicon(document.language))
    mentions = [m for s in read.sentences for m in s.encoded.mentions.values()]
    holders = [m.value for m in mentions if isinstance(m.value, Holder)]
    things = {name for m in mentions for kind in THINGS for name in m.names(kind)}
    things |= {office.of for holder in holders for office in holder.offices}
    return Seen(
        read,
        tuple(name for person, forms in read.forms.items() for name in (person, *forms)),
        frozenset(things - {""}),
        frozenset(holder.name for holder in holders if holder.name and holder.offices),
        load_rules(document.language),
    )


def gives(rule: Rule) -> str:
    """The type of the facts that a rule gives."""
    return GIVES.get(rule.type, rule.type)


def _within(sentences: Sequence[Sentence], start: int, end: int) -> list[Sentence]:
    return [s for s in sentences if s.encoded.starts[0] < end and start < s.encoded.starts[-1]]
