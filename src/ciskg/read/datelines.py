"""The day on which a document says that it was published, by rules/datelines.toml."""

import calendar
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ciskg.knowledge import KnowledgeError, cached, folder, read_table
from ciskg.read.furniture import segments

_LONGEST = 250  # characters of a line that are looked at
_CLOCK = (
    r"[0-9]{1,2}[:.][0-9]{2}(?::[0-9]{2})?(?:\s?(?i:[ap]\.?m\.?|hrs|ч\.?))?"
    r"(?:\s?\(?(?:GMT|UTC|MSK|МСК|CET|EET)[+−–-]?[0-9:]{0,5}\)?)?"
)
_PLACE = r"[A-ZА-ЯЁ][\w'’.-]*(?:[ -](?:of |the |da |на )?[A-ZА-ЯЁ(][\w'’)-]*){0,4}"
_PLACE_IN_CAPITALS = r"[A-ZА-ЯЁ][A-ZА-ЯЁ'’-]+(?:[ -][A-ZА-ЯЁ'’-]+){0,3}"
_AGENCY = r"(?P<agency>[A-ZА-ЯЁ][\w./&-]*(?:[ -][A-ZА-ЯЁ][\w./-]*){0,3}?)"
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_EDTF = re.compile(r"(?P<y>[0-9]{4}|XXXX)(?:-(?P<m>[0-9]{2})(?:-(?P<d>[0-9]{2}))?)?")


@dataclass(frozen=True, slots=True)
class Dateline:
    """One way to say when a document was published."""

    id: str
    pattern: re.Pattern[str]
    where: str  # "top", "end", "any"
    whole: bool
    segment: bool  # matched against the parts of a line between | and ·
    last: bool  # only where no other rule finds a date
    figures: bool  # only dates in figures, or with a clock: words may begin a sentence
    reads: tuple[Mapping[str, str], ...]
    ignores: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dated:
    """A date that a line gives, and the agency it names beside it."""

    edtf: str
    rule: str
    agency: str | None = None
    last: bool = False  # a guess: any other date is surer


@cached
def _knowledge() -> tuple[Mapping[str, int], tuple[Dateline, ...]]:
    """Month names, and the rules in their order; raises KnowledgeError for a broken file."""
    path = folder("rules") / "datelines.toml"
    data = read_table(path)
    try:
        months = {name: int(n) for n, names in data["months"].items() for name in names}
        date = _date_pattern(months)
        made = []
        for table in data["dateline"]:
            if not table["reads"] or not table["ignores"]:
                raise KeyError(f"{table['id']}: reads or ignores")
            text = table["pattern"]
            for slot, part in (
                ("date", f"(?P<date>{date})"),
                ("clock", _CLOCK),
                ("place", _PLACE),
                ("PLACE", _PLACE_IN_CAPITALS),
            ):
                text = text.replace("{" + slot + "}", part)
            for number in range(text.count("{agency}")):  # a name may stand once in a pattern
                part = _AGENCY.replace("agency", f"agency{number}")
                text = text.replace("{agency}", part, 1)
            made.append(
                Dateline(
                    id=table["id"],
                    pattern=re.compile(text),
                    where=table["where"],
                    whole=table.get("whole", False),
                    segment=table.get("segment", False),
                    last=table.get("last", False),
                    figures=table.get("figures", False),
                    reads=tuple(table["reads"]),
                    ignores=tuple(table["ignores"]),
                )
            )
    except KeyError as error:
        raise KnowledgeError(f"{path.name}: {error.args[0]} is missing; add it") from error
    except (ValueError, re.error) as error:
        raise KnowledgeError(f"{path.name}: cannot be used: {error}") from error
    return months, tuple(made)


def rules() -> tuple[Dateline, ...]:
    """The rules of datelines.toml, in their order."""
    return _knowledge()[1]


def _date_pattern(months: Mapping[str, int]) -> str:
    """A regular expression for one date, in words or in figures."""
    month = "(?i:" + "|".join(sorted(months, key=lambda n: (-len(n), n))) + r")\b\.?"
    year = r"(?:19|20)[0-9]{2}\b"
    return "|".join(
        (
            rf"{month}\s+[0-9]{{1,2}}(?:st|nd|rd|th)?\b(?![:.][0-9])(?:,?\s+{year}(?![:]))?",
            rf"[0-9]{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{month}(?:,?\s+{year}(?:\s*(?:года|г)\b\.?)?)?",
            rf"{month},?\s+{year}(?:\s*(?:года|г)\b\.?)?",
            r"(?:19|20)[0-9]{2}[-./][0-9]{2}[-./][0-9]{2}(?![0-9])",
            r"[0-9]{1,2}([./-])[0-9]{1,2}\1(?:(?:19|20)[0-9]{2}|[0-9]{2})(?![0-9])".replace(
                r"([./-])", r"[./-]"
            ).replace(r"\1", "[./-]"),
        )
    )


def parse_date(words: str) -> str | None:
    """The EDTF date that the words say; None where they are no date of the calendar.

    Figures are read day first, or month first where the second number is no month; where a slash
    leaves open which is the day, nothing is read.
    """
    months = _knowledge()[0]
    if re.fullmatch(r"[0-9]{4}([-./])[0-9]{2}\1[0-9]{2}", words):
        return edtf(re.sub(r"[./]", "-", words))
    figures = re.fullmatch(r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{2}|[0-9]{4})", words)
    if figures:
        day, month, year = int(figures[1]), int(figures[3]), figures[4]
        if figures[2] == "/" and month > 12:  # the American order
            day, month = month, day
            return edtf(f"{_century(year)}-{month:02}-{day:02}")
        if figures[2] == "/" and day <= 12:  # the American order is as likely
            return edtf(f"{_century(year)}-{month:02}-{day:02}") if day == month else None
        return edtf(f"{_century(year)}-{month:02}-{day:02}")
    numbers = re.findall(r"[0-9]+", words)
    names = [months[w] for w in re.findall(r"[^\W\d_]+", words.lower()) if w in months]
    if not names or not numbers:
        return None
    if len(numbers[0]) == 4:
        return edtf(f"{numbers[0]}-{names[0]:02}")
    year = numbers[1] if len(numbers) > 1 else "XXXX"
    return edtf(f"{year}-{names[0]:02}-{int(numbers[0]):02}")


def _century(year: str) -> str:
    """A year of four figures; of two figures, 50–99 are of the last century."""
    if len(year) == 4:
        return year
    return ("19" if int(year) >= 50 else "20") + year


def edtf(text: str) -> str | None:
    """The text itself, where it is a day, month or year of the calendar in EDTF; else None."""
    match = _EDTF.fullmatch(text)
    if match is None or (match["y"] == "XXXX" and match["d"] is None):
        return None
    year = 2000 if match["y"] == "XXXX" else int(match["y"])  # a leap year
    if year < 1 or (match["m"] and not 1 <= int(match["m"]) <= 12):
        return None
    if match["d"] and not 1 <= int(match["d"]) <= calendar.monthrange(year, int(match["m"]))[1]:
        return None
    return text


def dates_of_line(line: str, *, places: Iterable[str]) -> Iterator[Dated]:
    """Yield the dates of publication that a line gives in one of the places "top" and "end"."""
    line = line[:_LONGEST].strip()
    for rule in rules():
        if rule.where != "any" and rule.where not in places:
            continue
        if rule.segment and len(segments(line)) < 2:
            continue
        for part in segments(line) if rule.segment else (line,):
            match = rule.pattern.fullmatch(part) if rule.whole else rule.pattern.match(part)
            if match is None:
                continue
            if rule.figures and not re.search(r"[0-9][./-][0-9]|[0-9]:[0-9]", match[0]):
                continue
            found = parse_date(match["date"])
            if found is not None and not (rule.last and not re.fullmatch(_DAY, found)):
                named = [v for k, v in match.groupdict().items() if k.startswith("agency") and v]
                yield Dated(found, rule.id, named[0] if named else None, rule.last)


def date_of_url(url: str) -> str | None:
    """The date in the path of an address: `/2022/10/14/`, `/2022/10/`, `/2009-12-31/`."""
    day = re.search(r"/((?:19|20)[0-9]{2})([/-])([0-9]{1,2})\2([0-9]{1,2})(?=[/_-]|$)", url)
    if day and (found := edtf(f"{day[1]}-{int(day[3]):02}-{int(day[4]):02}")):
        return found
    month = re.search(r"/((?:19|20)[0-9]{2})/([0-9]{1,2})/", url)
    return edtf(f"{month[1]}-{int(month[2]):02}") if month else None


def settled_by_url(partial: str, url: str) -> str | None:
    """A day without year, completed by an address that holds the same day or month."""
    _, month, day = partial.split("-")
    compact = re.search(rf"(?<![0-9])((?:19|20)[0-9]{{2}}){month}{day}", url)
    if compact:
        return edtf(f"{compact[1]}-{month}-{day}")
    known = date_of_url(url)
    if known is None or known[5:7] != month or known[8:] not in ("", day):
        return None
    return edtf(f"{known[:4]}-{month}-{day}")
