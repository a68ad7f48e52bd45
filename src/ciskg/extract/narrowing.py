"""Which rules a sentence may fit: those whose needs its words and mentions meet."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from operator import or_
from pathlib import Path

from ciskg.extract.rules import Rule, load_rules
from ciskg.knowledge import folder
from ciskg.needs import Need, choices, fold, needs

WORD = re.compile(r"\w+|[^\w\s]")
MOST_WORDS = 200_000  # words that are remembered

# A choice: all pieces with which its branches begin, and of each the further needs of the branches.
Branches = tuple[int, Mapping[int, Sequence[tuple[int, ...]]]]
Bound = tuple[int, tuple[int, ...], tuple[Branches, ...]]  # a rule's number, needs and choices
Fitting = Mapping[str, Sequence[Rule]]  # type -> the rules of the type that may fit a sentence


class Pieces(dict[str, int]):
    """The bits of the pieces that each word holds, found when the word is first met."""

    def __init__(self, bits: Mapping[str, int]) -> None:
        super().__init__()
        self.bits = bits
        self.longest = max(map(len, bits), default=0)

    def __missing__(self, word: str) -> int:
        held, padded = 0, f" {fold(word)} "
        for start in range(len(padded)):
            for end in range(start + 1, min(len(padded), start + self.longest) + 1):
                held |= self.bits.get(padded[start:end], 0)
        if len(self) >= MOST_WORDS:
            self.clear()
        self[word] = held
        return held


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Rules with what they need, each need as the bits of its pieces."""

    rules: tuple[Rule, ...]
    groups: tuple[tuple[int, tuple[Bound, ...]], ...]  # a need, and the rules that have it first
    words: Pieces

    def of_type(self, type_: str) -> tuple[Rule, ...]:
        """All rules of a type, in their order."""
        return tuple(rule for rule in self.rules if rule.type == type_)


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
    bits: dict[str, int] = {}

    def bit(piece: str) -> int:
        return bits.setdefault(piece, 1 << len(bits))

    def masks(wanted: Iterable[Need]) -> tuple[int, ...]:
        return tuple(sum(map(bit, sorted(need))) for need in wanted)

    groups: dict[int, list[Bound]] = {}
    for number, rule in enumerate(rules):
        patterns = [p for p in (rule.pattern, rule.only_in) if p is not None]
        first, *more = masks(need for p in patterns for need in needs(p)) or (-1,)
        branches = tuple(
            _branches([masks(branch) for branch in choice])
            for p in patterns
            for choice in choices(p)
        )
        groups.setdefault(first, []).append((number, tuple(more), branches))
    return Rulebook(
        tuple(rules), tuple((need, tuple(each)) for need, each in groups.items()), Pieces(bits)
    )


def fitting(book: Rulebook, text: str) -> Fitting:
    """The rules that may fit an encoded text or a part of it, by type, in their order."""
    held = reduce(or_, map(book.words.__getitem__, WORD.findall(text)), 0)
    numbers: list[int] = []
    for need, rules in book.groups:
        if held & need or need < 0:
            for number, more, branches in rules:
                for further in more:
                    if not held & further:
                        break
                else:
                    if not branches or all(_meets(held, choice) for choice in branches):
                        numbers.append(number)
    found: dict[str, list[Rule]] = {}
    for number in sorted(numbers):
        rule = book.rules[number]
        found.setdefault(rule.type, []).append(rule)
    return found


def _branches(choice: Iterable[tuple[int, ...]]) -> Branches:
    """A choice, its branches by the pieces with which they begin."""
    begin: dict[int, list[tuple[int, ...]]] = {}
    for first, *more in choice:
        for piece in _bits(first):
            begin.setdefault(piece, []).append(tuple(more))
    return sum(begin), begin


def _bits(mask: int) -> Iterator[int]:
    while mask:
        lowest = mask & -mask
        yield lowest
        mask ^= lowest


def _meets(held: int, choice: Branches) -> bool:
    """Whether a text meets all needs of a branch."""
    begins, more = choice
    for piece in _bits(held & begins):
        for branch in more[piece]:
            for need in branch:
                if not held & need:
                    break
            else:
                return True
    return False
