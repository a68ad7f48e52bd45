"""Normal forms: what spellings of one name or title have in common.

They serve comparison and IRIs; nobody is shown them.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ciskg.knowledge import KnowledgeError, cached, folder, read_table

FILE = "normal-forms.toml"
WORDS = re.compile(r"\w+")
CYRILLIC = re.compile(r"[\u0400-\u052f]")
SLUG_LENGTH = 96
MARKS = {ord(c): "'" for c in "‘’ʼ`´"} | {ord(c): "-" for c in "‐‑‒–—"}
Endings = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class NormalForms:
    """The tables of ontology/normal-forms.toml, ready for use."""

    letters: dict[int, str]
    spellings: tuple[tuple[re.Pattern[str], str], ...]
    patronymic: re.Pattern[str]
    function: frozenset[str]
    phrases: tuple[tuple[str, str], ...]
    endings: Endings
    synonyms: dict[str, str]  # stem -> the stem that is kept
    generic: frozenset[str]  # stems
    heads: frozenset[str]  # stems
    russian: dict[str, tuple[str, ...]]  # stem of a Russian word of titles -> stems of the English


@cached
def forms() -> NormalForms:
    """The tables of normal forms.

    Raises KnowledgeError where the file is broken.
    """
    raw = read_table(folder("ontology") / FILE)
    try:
        letters = {ord(k): v for k, v in raw["romanise"]["letters"].items()}
        letters |= {
            ord(k.upper()): v.capitalize()
            for k, v in raw["romanise"]["letters"].items()
            if len(k.upper()) == 1 and k.upper() != k and not k.upper().isascii()
        }
        title = raw["title"]
        endings: Endings = (
            *((a, b) for a, b in title["endings"]),
            *((ending, "") for ending in title["endings_ru"]),
        )
        synonyms = {
            _cut(word, endings): _cut(row[0], endings) for row in title["synonyms"] for word in row
        }

        def kept(word: str) -> str:
            cut = _cut(word, endings)
            return synonyms.get(cut, cut)

        return NormalForms(
            letters=letters,
            spellings=tuple((re.compile(a), b) for a, b in raw["name"]["spellings"]),
            patronymic=re.compile(raw["name"]["patronymic"]),
            function=frozenset(title["function"]),
            phrases=tuple((a, b) for a, b in title["phrases"]),
            endings=endings,
            synonyms=synonyms,
            generic=frozenset(map(kept, title["generic"])),
            heads=frozenset(map(kept, title["heads"])),
            russian={
                kept(form): tuple(map(kept, english.split()))
                for forms, english in title["russian"].items()
                for form in forms.split()
            },
        )
    except re.error as error:
        raise KnowledgeError(f"{FILE}: {error}") from error
    except KeyError as error:
        raise KnowledgeError(f"{FILE}: {error} is missing; add it") from error


@cached
def romanise(text: str) -> str:
    """The text in Latin letters without diacritics, where it has such letters."""
    composed = unicodedata.normalize("NFC", text).translate(forms().letters)
    return "".join(c for c in unicodedata.normalize("NFKD", composed) if not _is_mark(c))


def is_cyrillic(text: str) -> bool:
    """Whether the text has Cyrillic letters."""
    return CYRILLIC.search(text) is not None


def first_latin(titles: Sequence[str]) -> str:
    """Of the wordings of one title the first without Cyrillic letters, else the first."""
    return next((t for t in titles if not is_cyrillic(t)), titles[0] if titles else "")


def fold(text: str) -> str:
    """The text for lookups: one kind of space, of apostrophe and of dash, no case."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(text.translate(MARKS).split())


def short_hash(text: str) -> str:
    """Eight hexadecimal digits that stand for the text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


@cached
def slug(text: str) -> str:
    """The text in ASCII letters, digits and single hyphens, never empty and never long.

    Where letters or the end are lost, a hash of the whole text keeps two texts apart.
    """
    latin = romanise(text).lower()
    words = re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’‘ʼ]", "", latin)).strip("-")
    lost = any(c.isalnum() and not c.isascii() for c in latin)
    return (
        bounded(words, fold(text)) if words and not lost else bounded(words, fold(text), cut=True)
    )


def bounded(words: str, whole: str, *, cut: bool = False) -> str:
    """`words`, not longer than a slug may be; cut ones end in a hash of `whole`."""
    if len(words) <= SLUG_LENGTH and not cut:
        return words
    kept = words[: SLUG_LENGTH - 9].rstrip("-")
    return f"{kept}-{short_hash(whole)}".strip("-")


@cached
def name_form(word: str) -> str:
    """The form in which the spellings of one given name or surname meet."""
    form = re.sub(r"[\W_]+", "", romanise(word).lower())
    for pattern, replacement in forms().spellings:
        form = pattern.sub(replacement, form)
    return form or fold(word)


@cached
def title_stems(title: str) -> frozenset[str]:
    """The content stems of a title, numbers included, without order."""
    table = forms()
    text = " ".join(WORDS.findall(fold(title)))
    padded = f" {text} "
    for phrase, word in table.phrases:
        padded = padded.replace(f" {phrase} ", f" {word} ")
    words = [w for w in padded.split() if w not in table.function]
    return frozenset(stem(word) for word in words or text.split())


@cached
def stem(word: str) -> str:
    """The stem of a word of a title, or the one its synonyms share."""
    table = forms()
    cut = _cut(word, table.endings)
    return table.synonyms.get(cut, cut)


def is_distinctive(
    stems: frozenset[str], common: frozenset[str], bodies: Iterable[frozenset[str]] = ()
) -> bool:
    """Whether a title says enough to name one instrument or gathering by itself.

    `common` are stems that many titles carry, of the names of states and organizations; `bodies`
    the stems of whole names, which say nothing where they stand together.
    """
    telling = stems - forms().generic - common
    if len(telling) > 1:
        telling -= {stem for body in bodies if body <= stems for stem in body}
    return len(telling) > 1 and any(not s[0].isdigit() for s in telling)


def _cut(word: str, endings: Endings) -> str:
    for ending, instead in endings:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)] + instead
    return word


def _is_mark(char: str) -> bool:
    return unicodedata.category(char) == "Mn"
