"""Russian words in the nominative: the nouns and adjectives of titles, by rules/ru/values.toml."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ciskg.kinds import CHAR
from ciskg.knowledge import KnowledgeError, cached, folder, read_table

FILE = "ru/values.toml"
NOUNS = "ru/themes.toml"
KIND = re.compile(r"\{([a-z]+)\}")
QUOTES = re.compile(r"[«»“”„\"]")


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of rules/ru/values.toml."""

    heads: Mapping[str, str]  # form -> nominative of nouns that head titles
    adjectives: tuple[tuple[re.Pattern[str], str, str], ...]  # ending, gender, nominative
    kinds: tuple[tuple[re.Pattern[str], str], ...]  # words -> the English word for the kind
    nouns: Mapping[str, str]  # form -> nominative of nouns of themes


@cached
def tables() -> Tables:
    """The Russian words that facts show otherwise than written.

    Raises KnowledgeError where the file is broken.
    """
    raw, nouns = (read_table(folder("rules") / file) for file in (FILE, NOUNS))
    try:
        return Tables(
            {str(k): str(v) for k, v in raw["heads"].items()},
            tuple((re.compile(r["form"]), r["gender"], r["nominative"]) for r in raw["adjective"]),
            tuple(
                (re.compile(KIND.sub(lambda m: CHAR[m.group(1)], r["word"])), r["english"])
                for r in raw["kind"]
            ),
            {form: str(k) for k, v in reversed(nouns["nouns"].items()) for form in str(v).split()},
        )
    except (re.error, KeyError) as error:
        raise KnowledgeError(f"rules/{FILE} or {NOUNS}: {error}") from error


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


def theme(written: str) -> str:
    """A theme (`литературы и чтения`) in the nominative, as far as its nouns are known."""
    first, *more = re.split(r"( и )", written)
    named, whole = _theme(first)
    out = named
    for link, part in zip(more[::2], more[1::2], strict=True):
        out += link + (_theme(part)[0] if whole else part)  # `охраны вод и лесов`: of one noun
    return out[:1].upper() + out[1:]


def _theme(words: str) -> tuple[str, bool]:
    """Words with their first noun in the nominative, and whether they end with it."""
    parts = words.split(" ")
    for n, part in enumerate(parts):
        noun = tables().nouns.get(part.lower().replace("ё", "е"))
        if noun:
            many = noun[-1] in "ыи"
            gender = "f" if noun[-1] in "аяь" else "n" if noun[-1] in "оеё" else "m"
            before = [_plural(p) if many else _agree(p, gender) for p in parts[:n]]
            return " ".join((*before, noun, *parts[n + 1 :])), n + 1 == len(parts)
        if not any(p.search(part.lower()) for p, _, _ in tables().adjectives):
            break
    return words, False


def _plural(word: str) -> str:
    return re.sub(r"ых$", "ые", re.sub(r"их$", "ие", word))


def _agree(word: str, gender: str) -> str:
    """An adjective in the nominative of a gender."""
    for pattern, named, ending in tables().adjectives:
        match = pattern.search(word.lower()) if named == gender else None
        if match:
            cut = word[: match.start()]
            return cut + ending
    return word
