"""Words of a text with their offsets and normal forms."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

WORD = re.compile(r"[^\W\d_]+(?:[’'ʼ‐‑-][^\W\d_]+)*|\d+")
POSSESSIVE = re.compile(r"(?:[’'ʼ]s|(?<=s)[’'ʼ]|[’'ʼ])$")
LONG = 40  # letters of words that are not remembered
JOINERS = str.maketrans("", "", "’'ʼ‐‑-")


def words(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int, str]]:
    """Start, end and normal form of each word and number of text[start:end], in code points.

    The normal form is lower case, without accents, hyphens, apostrophes and the English
    possessive: `Russia’s` and `Russia`, `Inter-Parliamentary` and `interparliamentary` agree.
    """
    for match in WORD.finditer(text, start, len(text) if end is None else end):
        yield *match.span(), normal(match.group())


def normal(word: str) -> str:
    """The form of a word under which labels and texts meet."""
    return _remembered(word) if len(word) < LONG else _normal(word)


def _normal(word: str) -> str:
    word = POSSESSIVE.sub("", word).translate(JOINERS).lower()
    if not word.isascii():
        word = word.replace("ё", "е")
        plain = unicodedata.normalize("NFKD", word)
        word = "".join(c for c in plain if not unicodedata.combining(c) or c == "̆")
        word = unicodedata.normalize("NFC", word)
    return word


_remembered = lru_cache(maxsize=65536)(_normal)
