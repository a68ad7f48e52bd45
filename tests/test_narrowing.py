"""A rule is left out only where it cannot fit: its needs are read off its own pattern."""

import re
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from ciskg.extract import load_rules
from ciskg.extract.narrowing import fitting, rulebook
from ciskg.extract.rules import find
from ciskg.needs import choices, fold, needs
from ciskg.read import read_text
from ciskg.recognise import load_lexicon, recognise

HERE = Path(__file__).parent
EXAMPLES = [str(e["text"]) for rule in load_rules() for e in (*rule.reads, *rule.ignores)]
DOCUMENTS = [p.read_text(encoding="utf-8") for p in sorted((HERE / "dev/docs").glob("*.txt"))]


def test_no_rule_that_fits_a_sentence_is_left_out() -> None:
    fired = left_out = 0
    for text in (*EXAMPLES, *DOCUMENTS):
        read = recognise(read_text(text), load_lexicon())
        for language in ("en", "ru"):
            book = rulebook(language)
            for sentence in read.sentences:
                kept = [r for rules in fitting(book, sentence.text).values() for r in rules]
                fits = [r for r in book.rules if any(find(r, sentence.encoded))]
                assert {r.id for r in fits} <= {r.id for r in kept}, sentence.text
                fired += len(fits)
                left_out += len(book.rules) - len(kept)
    assert fired > len(EXAMPLES) / 2
    assert left_out > 20 * fired  # the work that is saved


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"chair(?:ed|s) by X", [{"chaired ", "chairs "}, {" by "}, {" x"}]),
        (r"(?:met|spoke) with", [{" with"}, {"met ", "spoke "}]),
        (r"\bmet\b.*talks", [{"talks"}, {" met "}]),
        (r"[Tt]alks?", [{"talk"}]),
        (r"(?:signed )?.", []),
        (r"\w+ed|to sign", [{"ed", " sign"}]),
        (r"signed|.", []),
        (r"(?!not)a(?=b)b+", [{"a"}, {"b"}]),
        (r"(?:a|the) (?:summit|meeting)", [{" meeting", " summit"}, {"a ", "the "}]),
        ("(?:the )?[\ue000\ue001]", [{"\ue000", "\ue001"}]),
        (r"x{2,3}(?:y|z)?", [{"x"}]),
    ],
)
def test_a_pattern_needs_what_every_text_has_that_it_fits(
    pattern: str, expected: list[set[str]]
) -> None:
    assert {frozenset(n) for n in needs(re.compile(pattern))} == {frozenset(e) for e in expected}


def test_letters_are_folded_as_patterns_compare_them() -> None:
    letters = re.compile("[a-zа-яё]", re.IGNORECASE)
    alike = [c for c in map(chr, range(sys.maxunicode + 1)) if letters.fullmatch(c)]
    assert len(alike) > 2 * 59
    for char in alike:
        assert re.fullmatch("[a-zа-яё]", fold(char)), (char, fold(char))
        assert re.fullmatch(fold(char), char, re.IGNORECASE)


def test_the_order_of_words_met_before_changes_nothing() -> None:
    book = rulebook("en")
    text = " ".join(EXAMPLES)
    before = fitting(book, text)
    book.words.clear()
    assert fitting(book, text) == before


@pytest.mark.parametrize(
    ("pattern", "text", "may"),
    [
        (r"(?:signed .* by|adopted at .* session)", "signed by", True),
        (r"(?:signed .* by|adopted at .* session)", "adopted at a session", True),
        (r"(?:signed .* by|adopted at .* session)", "signed at a session", False),
        (r"(?:took part|sat down) in", "took a seat in a part of it", True),
        (r"(?:took part|sat down) in", "took a seat and lay down in it", False),
        (r"(?:took .* part|sat|.)", "nothing", True),
    ],
)
def test_a_branch_needs_all_its_words(pattern: str, text: str, may: bool) -> None:
    words = {f" {word} " for word in text.split()}

    def met(need: Iterable[str]) -> bool:
        return any(piece in word for piece in need for word in words)

    compiled = re.compile(pattern)
    branches = [[all(map(met, b)) for b in choice] for choice in choices(compiled)]
    assert (all(map(met, needs(compiled))) and all(map(any, branches))) == may
