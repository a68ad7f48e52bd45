"""Texts that are built to be slow: from each rule and each cue, against what it looks for."""

import time
from collections.abc import Iterator
from importlib import import_module
from itertools import chain, cycle, islice
from typing import Any

from ciskg.extract import read_facts
from ciskg.extract.rules import Rule
from ciskg.kinds import KIND
from ciskg.read import read_text
from ciskg.recognise import load_lexicon

_parser: Any = import_module("re._parser")
_c: Any = import_module("re._constants")

# Words that are read as a mention of each kind.
NAMED = {
    "en": {
        "state": "Kazakhstan", "adj": "Kazakh", "org": "CIS",
        "body": "CIS Council of Heads of State", "short": "Council of Heads of State",
        "members": "heads of state", "summit": "CIS summit",
        "role": "President", "place": "Minsk", "kind": "agreement", "date": "5 October 2007",
        "name": "Vladimir Putin", "person": "President of Russia Vladimir Putin",
        "office": "the President of Belarus", "meeting": "summit", "instrument": "agreement",
        "many": "the presidents of Kazakhstan and Armenia",
    },
    "ru": {
        "state": "Казахстан", "adj": "казахстанский", "org": "СНГ",
        "body": "Совет глав государств СНГ", "short": "Совет глав государств",
        "members": "главы государств", "summit": "саммит СНГ",
        "role": "Президент", "place": "Минск", "kind": "соглашение", "date": "5 октября 2007 года",
        "name": "Владимир Путин", "person": "Президент России Владимир Путин",
        "office": "Президент Беларуси", "meeting": "саммит", "instrument": "соглашение",
        "many": "президенты Казахстана и Армении",
    },
}  # fmt: skip
BENIGN = {
    "en": "The delegations discussed trade, transport and culture in Minsk on 5 October 2007. "
    "Vladimir Putin thanked his colleagues for the work they had done together in the past year. ",
    "ru": "Делегации обсудили торговлю, транспорт и культуру в Минске 5 октября 2007 года. "
    "Владимир Путин поблагодарил коллег за работу, которую они проделали за прошедший год. ",
}


def seconds(text: str) -> float:
    """The processor time of reading the facts of a text; every quote must be one."""
    start = time.process_time()
    document = read_text(text, key="hostile", published="2021-05-05")
    reading = read_facts(document, load_lexicon(document.language))
    taken = time.process_time() - start
    for fact in reading.facts:
        for span in fact.evidence:
            assert 0 <= span.start < span.end <= len(document.text), (fact, span)
    return taken


def filled(parts: Iterator[str], size: int) -> str:
    """The parts, over and over, up to a size."""
    out: list[str] = []
    length = 0
    for part in cycle(list(parts)):
        out.append(part)
        length += len(part)
        if length >= size:
            return "".join(out)[:size]
    return ""


def of_rule(rule: Rule, size: int) -> str:
    """Text of the rule's own words: its examples and pattern whole, halved, and without an end."""
    examples = [str(example["text"]).strip() for example in (*rule.reads[:2], *rule.ignores[:1])]
    return _hostile([*examples, *wordings(rule.pattern.pattern, rule.language)], size)


def of_pattern(pattern: str, language: str, size: int) -> str:
    """Text of what a pattern looks for, in the words of a language."""
    return _hostile(wordings(pattern, language), size)


def _hostile(texts: list[str], size: int) -> str:
    texts = [text for text in texts if text.strip()] or ["x"]
    openings = [text[: len(text) * 2 // 3] for text in texts]
    endless = [" ".join(word.rstrip(".;:!?") for word in text.split()) for text in texts]
    ways = (
        (f"{text} " for text in texts),
        (f"{text}, " for text in endless),
        (f"{text} " for text in openings),
        (f"{text}\n" for text in openings),
        (f"({text} “" for text in openings),
        (f"{text.split()[0]} " for text in texts),
    )
    share = size // len(ways)
    return "\n\n".join(filled(way, share) for way in ways)


def wordings(pattern: str, language: str) -> list[str]:
    """Two texts that a pattern is made to look at: with all that it allows, and with the least."""
    parsed = _parser.parse(pattern)
    return ["".join(_words(parsed, language, most=most)) for most in (True, False)]


def _words(items: Any, language: str, *, most: bool) -> Iterator[str]:
    for code, value in items:
        if code is _c.LITERAL:
            yield _named(value, language)
        elif code is _c.IN:
            yield _one_of(value, language)
        elif code in (_c.ANY, _c.NOT_LITERAL):
            yield "x"
        elif code is _c.SUBPATTERN:
            yield from _words(value[3], language, most=most)
        elif code is _c.BRANCH:
            branches = value[1]
            yield from _words(branches[-1] if most else branches[0], language, most=most)
        elif code in (_c.MAX_REPEAT, _c.MIN_REPEAT):
            least, longest, part = value
            times = min(longest, max(least, 3)) if most else least
            yield from chain.from_iterable(_words(part, language, most=most) for _ in range(times))


def _named(number: int, language: str) -> str:
    kind = KIND.get(chr(number))
    return NAMED[language][kind] if kind else chr(number)


def _one_of(items: Any, language: str) -> str:
    if items[0][0] is _c.NEGATE:
        return " word"
    for code, value in items:
        if code is _c.LITERAL:
            return _named(value, language)
        if code is _c.RANGE:
            return chr(value[0])
        if code is _c.CATEGORY:
            return {"CATEGORY_DIGIT": "7", "CATEGORY_SPACE": " "}.get(str(value), "w")
    return "x"


def marks(size: int) -> Iterator[tuple[str, str]]:
    """Texts of marks and letters that open and never end: a name, and the text."""
    units = {
        "round brackets": "(", "quotes": "“", "straight quotes": '"', "guillemets": "«",
        "dashes": "– ", "commas": ", ", "points": ".", "initials": "A.", "initials apart": "A. ",
        "spaces": " ", "one word": "a", "capitals": "A", "capitalised": "Aa ", "hyphens": "a-",
        "apostrophes": "a’", "digits": "1", "dates": "5 ", "months": "May ", "colons": "a: ",
        "new lines": "\n", "bars": "|\t", "private": "\ue000 ", "private run": "\ue00c\ue00a",
        "combining": "e\u0301", "the": "the ", "of the": "of the ", "names": "Vladimir ",
        "Cyrillic capital": "Я", "Cyrillic word": "совета ", "offices": "President ",
        "bodies": "Council of ", "states": "Kazakhstan and ", "kinds": "agreement on ",
        "and": "and ", "long word": "abcdefghij" * 20 + " ", "tags": "<p", "links": "[a](",
        "surname": "Путин А.",
    }  # fmt: skip
    for name, unit in units.items():
        yield name, "words " + "".join(islice(cycle((unit,)), size // len(unit)))
