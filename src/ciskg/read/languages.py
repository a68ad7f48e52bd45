"""The language of a text, as its frequent words and its letters show: rules/languages.toml."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ciskg.knowledge import KnowledgeError, folder, read_table

WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
APOSTROPHES = str.maketrans("’ʻʼ‘", "''''")
LETTERS = re.compile(r"[^\W\d_]+")
SAMPLE = 20_000  # characters that are looked at
LEAST = 8  # frequent words that must stand in a text before they say anything
CLEARLY = 2.0  # times as many as of the next language


@dataclass(frozen=True, slots=True)
class Languages:
    """What rules/languages.toml says."""

    words: Mapping[str, frozenset[str]]  # code -> frequent words
    letters: Mapping[str, re.Pattern[str]]  # code -> a letter that no other language has


def shown_language(sample: str) -> str | None:
    """The language that a text clearly shows; None where it shows none.

    Raises KnowledgeError where languages.toml is broken.
    """
    known = _known(folder("rules"))
    sample = sample[:SAMPLE]
    letters = sum(map(len, LETTERS.findall(sample)))
    for code, letter in known.letters.items():
        if letters and len(letter.findall(sample)) * 2 > letters:
            return code
    found = Counter(WORD.findall(sample.lower().translate(APOSTROPHES)))
    hits = {code: sum(found[w] for w in words) for code, words in known.words.items()}
    ranked = sorted(hits, key=lambda code: (-hits[code], code))
    if not ranked or hits[ranked[0]] < LEAST:
        return None
    second = hits[ranked[1]] if len(ranked) > 1 else 0
    return ranked[0] if hits[ranked[0]] >= CLEARLY * second else None


@cache
def _known(rules: Path) -> Languages:
    path = rules / "languages.toml"
    data = read_table(path)
    try:
        rows = data["language"]
        return Languages(
            {row["code"]: frozenset(row["words"].split()) for row in rows if "words" in row},
            {row["code"]: re.compile(f"[{row['letters']}]") for row in rows if "letters" in row},
        )
    except re.error as error:
        raise KnowledgeError(f"rules/languages.toml: {error}") from error
    except (KeyError, TypeError, AttributeError) as error:
        remedy = "each [[language]] has a code and words or letters"
        raise KnowledgeError(f"rules/languages.toml: {error}: {remedy}") from error
