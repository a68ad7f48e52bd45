"""Forms of a body's name that a rule makes: Russian cases, English orders of words.

The tables are ontology/name-forms.toml.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from ciskg.knowledge import KnowledgeError, folder, read_table

FILE = "name-forms.toml"
CASES = 5  # genitive, dative, accusative, instrumental, locative
Endings = tuple[tuple[str, tuple[str, ...]], ...]  # ending -> those of the five other cases


@dataclass(frozen=True, slots=True)
class _Tables:
    nouns: frozenset[str]
    noun_endings: Endings
    adjective_endings: Endings
    english: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]


def name_variants(name: str, language: str) -> Iterator[str]:
    """Yield the other forms of a name in its language.

    Raises KnowledgeError where the tables are broken.
    """
    tables = _read(folder("ontology"))
    if language == "ru":
        yield from _declined(name, tables)
    else:
        yield from _english(name, "", tables)


def owned_variants(name: str, language: str, owner: str) -> Iterator[str]:
    """Yield the forms of a name with the code of its organization inside: `Council of CIS …`."""
    if owner and language == "en":
        yield from _english(name, owner, _read(folder("ontology")))


def _english(name: str, owner: str, tables: _Tables) -> Iterator[str]:
    """Yield the English forms that have, or have not, an owner inside."""
    for form, also in tables.english:
        match = form.fullmatch(name)
        for template in also if match else ():
            if match and bool(owner) == ("{owner}" in template):
                yield template.format(owner=owner, **match.groupdict())


def _declined(name: str, tables: _Tables) -> Iterator[str]:
    """Yield the oblique cases of a Russian name that begins with adjectives and a known noun."""
    words = name.split(" ")
    forms: list[tuple[str, ...]] = []
    for n, word in enumerate(words):
        if word.lower() in tables.nouns:
            forms.append(_endings(word, tables.noun_endings))
            rest = words[n + 1 :]
            for case in zip(*forms, strict=True):
                yield " ".join((*case, *rest))
            return
        adjective = _endings(word, tables.adjective_endings)
        if not adjective or n > 3:
            return
        forms.append(adjective)


@lru_cache(maxsize=4096)
def _endings(word: str, table: Endings) -> tuple[str, ...]:
    for ending, others in table:
        if word.endswith(ending):
            stem = word.removesuffix(ending)
            return tuple(stem + other for other in others)
    return ()


@cache
def _read(ontology: Path) -> _Tables:
    raw = read_table(ontology / FILE)
    try:
        tables = _Tables(
            nouns=frozenset(raw["ru"]["nouns"].split()),
            noun_endings=_longest_first(raw["ru"]["noun_endings"]),
            adjective_endings=_longest_first(raw["ru"]["adjective_endings"]),
            english=tuple((re.compile(r["form"]), tuple(r["also"])) for r in raw["en"]),
        )
        uneven = [
            e for e, o in (*tables.noun_endings, *tables.adjective_endings) if len(o) != CASES
        ]
    except re.error as error:
        raise KnowledgeError(f"ontology/{FILE}: {error}") from error
    except KeyError as error:
        raise KnowledgeError(f"ontology/{FILE}: {error} is missing; add it") from error
    if uneven:
        raise KnowledgeError(f"ontology/{FILE}: give {CASES} endings for {', '.join(uneven)}")
    return tables


def _longest_first(rows: dict[str, list[str]]) -> Endings:
    return tuple(sorted(((k, tuple(v)) for k, v in rows.items()), key=lambda r: -len(r[0])))
