"""Russian names from case to case and in English spelling, by rules/ru/names.toml."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ciskg.knowledge import KnowledgeError, cached, folder, read_table
from ciskg.recognise.lexicon import Lexicon
from ciskg.recognise.tokens import normal

FILE = "ru/names.toml"
WORD = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁа-яё][а-яё]+)*|[А-ЯЁ]{2,}(?:-[А-ЯЁ]{2,})*"
INITIAL = r"(?:Дж|Ш|[А-ЯЁ])\.(?:-[А-ЯЁ]\.)?"
SHORTEST = 3  # letters of a surname


@dataclass(frozen=True, slots=True)
class Endings:
    """The tables of rules/ru/names.toml."""

    indeclinable: re.Pattern[str]
    patronymic: re.Pattern[str]
    particle: re.Pattern[str]
    masculine: frozenset[str]
    stop: frozenset[str]
    men: tuple[tuple[str, re.Pattern[str], str], ...]
    women: tuple[tuple[str, re.Pattern[str], str], ...]
    unmistakable: Mapping[str, re.Pattern[str]]
    office: tuple[tuple[str, re.Pattern[str]], ...]
    sequences: tuple[tuple[re.Pattern[str], str], ...]
    letters: Mapping[str, str]
    initials: Mapping[str, str]


@cached
def endings() -> Endings:
    """The case endings and spellings of Russian names.

    Raises KnowledgeError where the file is broken.
    """
    raw = read_table(folder("rules") / FILE)
    try:
        return Endings(
            indeclinable=re.compile(raw["indeclinable"]),
            patronymic=re.compile(raw["patronymic"]),
            particle=re.compile(raw["particle"] + "$"),
            masculine=frozenset(raw["masculine"]),
            stop=frozenset(raw["stop"]),
            men=_rows(raw["masculine_ending"]),
            women=_rows(raw["feminine_ending"]),
            unmistakable={k: re.compile(v) for k, v in raw["unmistakable"].items()},
            office=tuple((r["case"], re.compile(r["form"])) for r in raw["office_case"]),
            sequences=tuple((re.compile(a), b) for a, b in raw["romanise"]["sequences"]),
            letters=raw["romanise"]["letters"],
            initials=raw["romanise"]["initials"],
        )
    except re.error as error:
        raise KnowledgeError(f"rules/{FILE}: {error}") from error
    except KeyError as error:
        raise KnowledgeError(f"rules/{FILE}: {error} is missing; add it") from error


def _rows(rows: Sequence[Mapping[str, str]]) -> tuple[tuple[str, re.Pattern[str], str], ...]:
    return tuple((r["case"], re.compile(r["form"]), r["nominative"]) for r in rows)


def fold(word: str) -> str:
    """The form under which spellings of one Russian word meet."""
    return word.lower().replace("ё", "е")


def case_of(form: str, nominative: str) -> str:
    """The case of a form of a given name."""
    form, nominative = fold(form), fold(nominative)
    if form == nominative:
        return "nom"
    stem = nominative[:-1] if nominative[-1:] in "аяйьуюеио" else nominative
    rest = form[len(stem) :] if form.startswith(stem) else form[-1:]
    feminine = nominative[-1:] in "ая"
    if rest in ("ы", "и"):
        return "gen"
    if rest in ("а", "я"):
        return "gen"
    if rest in ("у", "ю"):
        return "gen" if feminine else "dat"
    if rest.endswith(("м", "й", "ю")):
        return "ins"
    return "dat" if feminine else "pre"


@cached
def nominative(word: str, case: str, woman: bool) -> str:
    """The nominative of a form of a surname; "" where the form does not show this case."""
    lower = word.lower()
    table = endings().women if woman else endings().men
    if not woman and endings().indeclinable.search(lower) and case != "pre":
        return ""
    for named, pattern, nominative in table:
        match = pattern.search(lower) if woman or named == case else None
        if match:
            return word[: match.start()] + nominative
    return ""


@cached
def surname_forms(word: str) -> tuple[str, ...]:
    """The nominatives that a form of a surname may have, itself first."""
    plain = without_capitals(word)
    found = [nominative(plain, case, False) for case in ("gen", "dat", "ins", "pre")]
    found.append(nominative(plain, "obl", True))
    return tuple(dict.fromkeys((plain, *(f for f in found if len(f) >= SHORTEST))))


def without_capitals(word: str) -> str:
    """`ПУТИН` as `Путин`."""
    return "-".join(p.capitalize() for p in word.split("-")) if word.isupper() else word


def english(given: Sequence[str], surname: str, lexicon: Lexicon) -> str:
    """A nominative name in English: the given name by its usual label, the rest by its letters."""
    if "." in given[0]:
        letters = [
            "-".join(
                endings().initials.get(c.rstrip("."), romanise(c.rstrip("."))) + "."
                for c in i.split("-")
            )
            for i in re.findall(INITIAL, given[0])
        ]
        return f"{''.join(letters)} {romanise(surname)}"
    known = lexicon.given_russian.get(normal(given[0]))
    first = known[1] if known else romanise(given[0])
    return " ".join((first, *(romanise(g) for g in given[1:]), romanise(surname)))


@cached
def romanise(word: str) -> str:
    """A Russian name in its usual English spelling."""
    parts = []
    tables = endings()
    whole = next((b for p, b in tables.sequences if p.pattern == word.lower()), "")
    if whole:
        return whole.capitalize()
    for part in word.split("-"):
        lower, at, spelt = part.lower(), 0, ""
        while at < len(lower):
            for pattern, letters in tables.sequences:
                match = pattern.match(lower, at)
                if match:
                    spelt, at = spelt + letters, match.end()
                    break
            else:
                spelt, at = spelt + tables.letters.get(lower[at], lower[at]), at + 1
        parts.append(spelt.capitalize() if part[:1].isupper() else spelt)
    return "-".join(parts)
