"""Russian words in the nominative: the nouns and adjectives of titles, by rules/ru/values.toml."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

from ciskg.kinds import CHAR
from ciskg.knowledge import KnowledgeError, cached, folder

FILE = "ru/values.toml"
KIND = re.compile(r"\{([a-z]+)\}")
QUOTES = re.compile(r"[«»“”„\"]")


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of rules/ru/values.toml."""

    heads: Mapping[str, str]  # form -> nominative of nouns that head titles
    adjectives: tuple[tuple[re.Pattern[str], str, str], ...]  # ending, gender, nominative
    kinds: tuple[tuple[re.Pattern[str], str], ...]  # words -> the English word for the kind


@cached
def tables() -> Tables:
    """The Russian words that facts show otherwise than written.

    Raises KnowledgeError where the file is broken.
    """
    path = folder("rules") / FILE
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        return Tables(
            {str(k): str(v) for k, v in raw["heads"].items()},
            tuple((re.compile(r["form"]), r["gender"], r["nominative"]) for r in raw["adjective"]),
            tuple(
                (re.compile(KIND.sub(lambda m: CHAR[m.group(1)], r["word"])), r["english"])
                for r in raw["kind"]
            ),
        )
    except (tomllib.TOMLDecodeError, re.error, OSError, KeyError) as error:
        raise KnowledgeError(f"rules/{FILE}: {error}") from error


def nominative(title: str) -> str:
    """A title with head and adjectives in the nominative, without quotation marks."""
    plain = re.sub(r"\s+", " ", QUOTES.sub("", title)).replace(" : ", " ").strip(" ,")
    heads, agree = tables().heads, tables().adjectives
    parts = plain.split(" ")
    for n, part in enumerate(parts[:8]):
        head = heads.get(part.lower().replace("ё", "е"))
        if head is None:
            if not any(p.search(part.lower()) for p, _, _ in agree):
                break
            continue
        gender = "f" if head[-1] in "ая" else "n" if head[-1] in "оеё" else "m"
        before = [_agree(p, gender) for p in parts[:n]]
        out = " ".join((*before, head, *parts[n + 1 :]))
        return out[:1].upper() + out[1:]
    return plain[:1].upper() + plain[1:]


def _agree(word: str, gender: str) -> str:
    """An adjective in the nominative of a gender."""
    for pattern, named, ending in tables().adjectives:
        match = pattern.search(word.lower()) if named == gender else None
        if match:
            cut = word[: match.start()]
            return cut + ending
    return word
