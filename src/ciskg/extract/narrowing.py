"""Which rules a sentence may fit: those whose needs its words and mentions meet."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from ciskg.extract.rules import Rule, load_rules
from ciskg.knowledge import folder
from ciskg.needs import fold, needs

WORD = re.compile(r"\w+")
MOST_WORDS = 200_000  # words that are remembered

Fitting = Mapping[str, Sequence[Rule]]  # type -> the rules of the type that may fit a sentence


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Rules with what they need, each need as the bits of its pieces."""

    rules: tuple[tuple[Rule, tuple[int, ...]], ...]
    bits: Mapping[str, int]  # piece -> its bit
    longest: int  # letters of a piece
    met: dict[str, int] = field(default_factory=dict)  # word -> the bits of the pieces in it

    def of_type(self, type_: str) -> tuple[Rule, ...]:
        """All rules of a type, in their order."""
        return tuple(rule for rule, _ in self.rules if rule.type == type_)


def rulebook(language: str) -> Rulebook:
    """The rules of one language with their needs.

    Raises KnowledgeError where a file of rules is broken.
    """
    return _rulebook(folder("rules"), language)


@cache
def _rulebook(_: Path, language: str) -> Rulebook:
    return bind(load_rules(language))


def bind(rules: Sequence[Rule]) -> Rulebook:
    """The rules with their needs."""
    wanted = [
        tuple(
            need
            for pattern in (rule.pattern, rule.only_in)
            if pattern is not None
            for need in needs(pattern)
        )
        for rule in rules
    ]
    pieces = sorted({piece for each in wanted for need in each for piece in need})
    bits = {piece: 1 << n for n, piece in enumerate(pieces)}
    bound = tuple(
        (rule, tuple(sum(bits[piece] for piece in need) for need in each))
        for rule, each in zip(rules, wanted, strict=True)
    )
    return Rulebook(bound, bits, max(map(len, pieces), default=0))


def fitting(book: Rulebook, text: str) -> Fitting:
    """The rules that may fit an encoded text or a part of it, by type, in their order."""
    held = _held(book, text)
    found: dict[str, list[Rule]] = {}
    for rule, wanted in book.rules:
        for need in wanted:
            if not held & need:
                break
        else:
            found.setdefault(rule.type, []).append(rule)
    return found


def _held(book: Rulebook, text: str) -> int:
    """The bits of the pieces that stand in a text."""
    held, bits, met = 0, book.bits, book.met
    for char in set(text):
        if char in bits:
            held |= bits[char]
    for word in WORD.findall(text):
        known = met.get(word)
        if known is None:
            if len(met) >= MOST_WORDS:
                met.clear()
            known = met[word] = _within(book, fold(word))
        held |= known
    return held


def _within(book: Rulebook, word: str) -> int:
    """The bits of the pieces in one word."""
    held, bits = 0, book.bits
    for start in range(len(word)):
        for end in range(start + 1, min(len(word), start + book.longest) + 1):
            held |= bits.get(word[start:end], 0)
    return held
