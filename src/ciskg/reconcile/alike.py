"""How much alike two titles are, also where one is Russian and one English."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from ciskg.knowledge import cached
from ciskg.normal import forms, is_cyrillic, romanise, title_stems
from ciskg.periods import contains, overlap, period

COGNATE = 80.0  # of two words that may be one in two spellings, or in two languages
SHORTEST = 5  # letters of a word that is compared letter by letter
WEAK = 0.4  # what a word that many titles have counts
ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th|[йея]|ой|ый|ий|го|ая|ое)?")
ROMAN = re.compile(r"(?=[mdclxvi])m*(?:c[md]|d?c{0,3})(?:x[cl]|l?x{0,3})(?:i[xv]|v?i{0,3})")
DIGITS = {"m": 1000, "d": 500, "c": 100, "l": 50, "x": 10, "v": 5, "i": 1}


@dataclass(frozen=True, slots=True)
class Words:
    """The content words of a title in one language and one spelling."""

    words: frozenset[str]
    numbers: frozenset[str]


@cached
def content(title: str) -> Words:
    """The words of a title: Russian ones translated where we can, numbers as digits."""
    words: set[str] = set()
    numbers: set[str] = set()
    for one in title_stems(title):
        number = _number(one)
        if number:
            numbers.add(number)
        elif one in forms().russian:
            words |= set(forms().russian[one])
        else:
            words.add(romanise(one) if is_cyrillic(one) else one)
    return Words(frozenset(words), frozenset(numbers))


def likeness(left: str, right: str, common: frozenset[str]) -> float:
    """The share of the two titles' content that both have, 0 to 1; 0 where numbers contradict.

    `common` are stems that many titles carry: they count less.
    """
    a, b = content(left), content(right)
    if a.numbers != b.numbers and not (a.numbers < b.numbers or b.numbers < a.numbers):
        return 0.0
    weak = forms().generic | common
    both = _weight(a.words & b.words, weak) + len(a.numbers & b.numbers)
    whole = _weight(a.words, weak) + _weight(b.words, weak) + len(a.numbers) + len(b.numbers)
    rest = sorted(b.words - a.words)
    for word in sorted(a.words - b.words):
        best = max(((_ratio(word, other), other) for other in rest), default=(0.0, ""))
        if best[0] >= COGNATE:
            rest.remove(best[1])
            both += best[0] / 100 * (WEAK if word in weak or best[1] in weak else 1)
    return 2 * both / whole if whole else 0.0


def together(one: str, other: str) -> bool:
    """Whether two EDTF dates may be one; also where one lacks its year, or is not known."""
    if not one or not other:
        return True
    a, b = period(one), period(other)
    return overlap(a, b) or contains(a, b) or contains(b, a)


def _weight(words: Iterable[str], weak: frozenset[str]) -> float:
    return sum(WEAK if word in weak else 1 for word in words)


def _ratio(one: str, other: str) -> float:
    long = len(one) >= SHORTEST and len(other) >= SHORTEST
    return fuzz.ratio(one, other, score_cutoff=COGNATE) if long else 0.0


def _number(word: str) -> str:
    """The digits of a number or an ordinal, Roman ones too; "" where the word is none."""
    match = ORDINAL.fullmatch(word)
    if match:
        return match[1]
    if len(word) > 1 and ROMAN.fullmatch(word):
        values = [DIGITS[letter] for letter in word]
        pairs = zip(values, [*values[1:], 0], strict=True)
        return str(sum(-value if value < after else value for value, after in pairs))
    return ""
