"""The words of dates in every language, and the pattern of a written date made of them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from ciskg.knowledge import KnowledgeError, folder, read_table
from ciskg.needs import fold
from ciskg.openings import Openings, openings

DAY = r"(?:0?[1-9]|[12]\d|3[01])"
YEAR = r"(?:1[89]|20)\d\d"
DASH = r"\s?[-–—]\s?"
TABLES = (
    "relative", "year-after", "month-after", "before-month", "before-weekday", "counts", "units",
    "later",
)  # fmt: skip
NUMBERED = ("months", "cut-months", "weekdays")


@dataclass(frozen=True, slots=True)
class DateWords:
    """The tables of rules/<language>/dates.toml, all languages together."""

    numbers: Mapping[str, Mapping[str, int]]  # "months": word -> number
    tables: Mapping[str, Mapping[str, str]]  # "relative": words -> meaning
    parts: Mapping[str, str]  # fragments of the pattern; alternatives of all languages
    never: frozenset[str]
    first: frozenset[str] = frozenset()  # the words with which a date may begin
    pattern: re.Pattern[str] = field(default_factory=lambda: re.compile(""))
    openings: Openings = field(default_factory=dict)  # how the pattern may begin

    def means(self, table: str, words: str) -> str | None:
        """What words of a table mean."""
        rows = self.tables[table]
        said = re.sub(r"\s+", " ", fold(words)).strip()
        if said in rows:
            return rows[said]
        return next((v for k, v in rows.items() if re.fullmatch(_spaced(k), said)), None)

    def number(self, table: str, word: str) -> int:
        """The number of a month or weekday."""
        return self.numbers[table][fold(word).rstrip(".")]


def date_words() -> DateWords:
    """The words of dates.

    Raises KnowledgeError where a file is not TOML.
    """
    return _load(folder("rules"))


@cache
def _load(rules: Path) -> DateWords:
    numbers: dict[str, dict[str, int]] = {name: {} for name in NUMBERED}
    tables: dict[str, dict[str, str]] = {name: {} for name in TABLES}
    parts: dict[str, list[str]] = {}
    never: set[str] = set()
    for path in sorted(rules.glob("*/dates.toml")):
        data = read_table(path)
        try:
            for name, known in numbers.items():
                for number, row in data.get(name, {}).items():
                    known |= {word: int(number) for word in str(row).split()}
        except ValueError as error:
            raise KnowledgeError(f"rules/{path.parent.name}/{path.name}: {error}") from error
        for name, rows in tables.items():
            rows |= {str(k): str(v) for k, v in data.get(name, {}).items()}
        for name, part in data.get("parts", {}).items():
            parts.setdefault(name, []).append(str(part))
        never |= set(data.get("never", {}))
    numbers["months"] |= numbers["cut-months"]
    joined = {name: "|".join(part) for name, part in parts.items()}
    words = DateWords(numbers, tables, joined, frozenset(never))
    pattern = _pattern(words)
    return replace(
        words, first=frozenset(_first(words)), pattern=pattern, openings=openings(pattern)
    )


def _first(words: DateWords) -> Iterator[str]:
    for rows in (*words.numbers.values(), *words.tables.values()):
        yield from (re.split(r"[\s\\-]", row)[0] for row in rows)
    yield from words.parts.get("article", "").split("|")


def _spaced(words: str) -> str:
    return words.replace(" ", r"\s")


def _either(words: Iterable[str]) -> str:
    return "|".join(_spaced(w) for w in sorted(words, key=lambda w: (-len(w), w))) or "(?!)"


def _pattern(words: DateWords) -> re.Pattern[str]:
    part = {name: words.parts.get(name, "(?!)") for name in (
        "article", "ordinal", "and", "to", "of-month", "near-month", "year-word",
        "not-after-month", "not-year", "last-day",
    )}  # fmt: skip
    cut = words.numbers["cut-months"]
    whole = _either(m for m in words.numbers["months"] if m not in cut)
    month = rf"(?:{whole}|(?:{_either(cut)})\b\.?)"
    year_word = rf"(?:\s?(?:{part['year-word']}))?"
    said_year = _either(words.tables["year-after"])
    article = rf"(?:{part['article']}\s)?"
    to = rf"(?:{DASH}|\s(?:{part['and']})\s|\s(?:{part['to']})\s{article})"
    near = rf"(?:(?:{part['near-month']})\s?)?"
    before = _either(words.tables["before-month"])
    not_after = rf"(?!\s(?:\d|{part['not-after-month']}))"
    weekday = _either(words.numbers["weekdays"])

    def day(name: str) -> str:
        return rf"(?P<{name}>{DAY})(?:{part['ordinal']})?(?!\d)"

    def year(n: int) -> str:
        return rf"(?:,?\s(?P<y{n}>{YEAR})(?!\d){year_word}|,?\s(?P<r{n}>{said_year}))?"

    forms = (
        rf"(?P<iso>{YEAR}-(?:0[1-9]|1[0-2])-{DAY})(?!\d)",
        rf"(?P<num>{DAY}[./-](?:0?[1-9]|1[0-2])[./-]{YEAR})(?!\d)",
        # "30 May – 1 June 2024", "May 30 – June 1, 2024"
        rf"{day('d7')}\s(?P<m7>{month}){DASH}{day('e7')}\s(?P<n7>{month})\b{year(7)}",
        rf"(?P<m8>{month})\s{day('d8')}{DASH}(?P<n8>{month})\s{day('e8')}{year(8)}",
        # "the 18th and 19th of October this year", "18–19 of this month"
        rf"{article}{day('d1')}(?:{to}{day('e1')})?\s{part['of-month']}(?P<m1>{month})\b{year(1)}",
        rf"{article}{day('d6')}(?:{to}{day('e6')})?\s(?P<r6>{_either(words.tables['month-after'])})\b",
        rf"(?P<last>{part['last-day']})\s(?P<m11>{month})\b{year(11)}",
        rf"(?P<m2>{month})\s{article}{day('d2')}(?:{to}{day('e2')})?{year(2)}",
        rf"(?P<m3>{month})\s(?:of\s)?(?P<y3>{YEAR})\b{year_word}",
        rf"(?P<m9>{month})\s(?P<r9>{said_year})\b",
        rf"(?P<b4>(?:{before})\s){near}(?P<m4>{whole})\b{not_after}",
        rf"(?P<ya>{YEAR}){DASH}(?P<yb>{YEAR})\b{year_word}",
        rf"(?P<y5>{YEAR})(?![\d%]){year_word}(?!\w|{part['not-year']})",
        rf"(?P<wb>(?:{_either(words.tables['before-weekday'])})\s)?\b(?P<wd>{weekday})\b"
        rf"(?:[’']s)?(?!,?\s(?:{whole}|{DAY}\s))",
        rf"(?P<n10>{_either(words.tables['counts'])}|\d{{1,2}})\s"
        rf"(?P<u10>{_either(words.tables['units'])})\s(?P<l10>{_either(words.tables['later'])})\b",
        rf"(?P<rel>\b(?:{_either(words.tables['relative'])}))(?:[’']s)?\b",
    )
    try:
        return re.compile(rf"(?<![\w.])(?:{'|'.join(forms)})", re.IGNORECASE)
    except re.error as error:
        raise KnowledgeError(
            f"rules/*/dates.toml: the pattern does not compile: {error}"
        ) from error
