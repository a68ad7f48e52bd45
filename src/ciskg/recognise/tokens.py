"""Words of a text with their offsets and normal forms."""

import re
import unicodedata
from collections.abc import Iterator

WORD = re.compile(r"[^\W\d_]+(?:[’'ʼ‐‑-][^\W\d_]+)*|\d+")
POSSESSIVE = re.compile(r"(?:[’'ʼ]s|(?<=s)[’'ʼ]|[’'ʼ])$")
JOINERS = str.maketrans("", "", "’'ʼ‐‑-")


def words(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and normal form of each word and number, in code points.

    The normal form is lower case, without accents, hyphens, apostrophes and the English
    possessive: `Russia’s` and `Russia`, `Inter-Parliamentary` and `interparliamentary` agree.
    """
    for match in WORD.finditer(text):
        yield match.start(), match.end(), normal(match.group())


def normal(word: str) -> str:
    """The form of a word under which labels and texts meet."""
    word = POSSESSIVE.sub("", word).translate(JOINERS).lower()
    if not word.isascii():
        word = word.replace("ё", "е")
        plain = unicodedata.normalize("NFKD", word)
        word = "".join(c for c in plain if not unicodedata.combining(c) or c == "̆")
        word = unicodedata.normalize("NFC", word)
    return word
