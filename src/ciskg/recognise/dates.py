"""Dates as they are written, and what they come to beside a document's own date.

A written date is kept in a small notation until it is resolved: EDTF where it is whole
(`2020-12-18`, `2024-10`, `2021/2025`), with `XXXX` for a year that is not written
(`XXXX-10-12`), `day+0` (today), `day-1`, `year-1` (last year), `month-1`, and `week-5` for a
weekday (Monday is 1).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan января январе январь янв",
            "february feb февраля феврале февраль фев",
            "march mar марта марте март мар",
            "april apr апреля апреле апрель апр",
            "may мая мае май",
            "june jun июня июне июнь июн",
            "july jul июля июле июль июл",
            "august aug августа августе август авг",
            "september sept sep сентября сентябре сентябрь сен сент",
            "october oct октября октябре октябрь окт",
            "november nov ноября ноябре ноябрь ноя",
            "december dec декабря декабре декабрь дек",
        ),
        1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday понедельник",
            "tuesday вторник",
            "wednesday среду",
            "thursday четверг",
            "friday пятницу",
            "saturday субботу",
            "sunday воскресенье",
        ),
        1,
    )
    for name in names.split()
}
RELATIVE = {
    "today": "day+0", "tonight": "day+0", "yesterday": "day-1", "tomorrow": "day+1",
    "the day before": "day-1", "a day earlier": "day-1", "the same day": "same",
    "that day": "same", "that same day": "same",
    "this year": "year+0", "the current year": "year+0", "the year now ending": "year+0",
    "last year": "year-1", "the past year": "year-1", "the previous year": "year-1",
    "a year ago": "year-1", "a year earlier": "year-1",
    "next year": "year+1", "the coming year": "year+1", "the new year": "year+1",
    "the following year": "after+1", "a year later": "after+1", "the year after": "after+1",
    "this month": "month+0", "last month": "month-1", "next month": "month+1",
    "сегодня": "day+0", "вчера": "day-1", "завтра": "day+1", "накануне": "day-1",
    "в этом году": "year+0", "в нынешнем году": "year+0", "в текущем году": "year+0",
    "этого года": "year+0", "нынешнего года": "year+0", "текущего года": "year+0",
    "в прошлом году": "year-1", "прошлого года": "year-1", "в минувшем году": "year-1",
    "в следующем году": "year+1", "следующего года": "year+1", "в будущем году": "year+1",
    "будущего года": "year+1", "в наступающем году": "year+1", "наступающий год": "year+1",
    "наступающего года": "year+1", "следующий год": "year+1", "нынешний год": "year+0", "текущий год": "year+0",
}  # fmt: skip
_EN = "January|February|March|April|May|June|July|August|September|October|November|December"
_ABBR = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
_RU = (
    "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
    "|январе|феврале|марте|апреле|мае|июне|июле|августе|сентябре|октябре|ноябре|декабре"
    "|январь|февраль|март|апрель|май|июнь|июль|август|сентябрь|октябрь|ноябрь|декабрь"
    "|янв|фев|мар|апр|июн|июл|авг|сент?|окт|ноя|дек"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?:1[89]|20)\d\d"
_MONTH = f"(?:{_EN}|{_ABBR}|{_EN.upper()}|{_EN.lower().replace('|may|', '|').replace('|march|', '|')}|{_RU})"
_ORD = r"(?:st|nd|rd|th)?"
_DASH = r"\s?[-–—]\s?"
_RELATIVE = "|".join(r"\s".join(w.split()) for w in sorted(RELATIVE, key=len, reverse=True))
_RUYEAR = r"(?:\s?(?:года|году|год|гг?\.))?"
DATE = re.compile(
    rf"""
    (?<![\w.])(?:
      (?P<iso>{_YEAR}-(?:0[1-9]|1[0-2])-{_DAY})(?!\d)
    | (?P<num>{_DAY}[./-](?:0?[1-9]|1[0-2])[./-]{_YEAR})(?!\d)
    | (?:the\s)?(?P<d1>{_DAY}){_ORD}(?:(?P<to1>{_DASH}|\sand\s|\sи\s)(?P<d1b>{_DAY}){_ORD})?\s(?:day\s)?(?:of\s)?(?P<m1>{_MONTH})\b(?:,?\s(?P<y1>{_YEAR}){_RUYEAR}|\s(?P<r1>this\syear|last\syear|next\syear|этого\sгода|прошлого\sгода|будущего\sгода|с\.\s?г\.))?
    | (?P<m2>{_MONTH})\s(?:the\s)?(?P<d2>{_DAY}){_ORD}(?!\d)(?:(?P<to2>{_DASH}|\sand\s)(?P<d2b>{_DAY}){_ORD}(?!\d))?(?:,?\s(?P<y2>{_YEAR})(?!\d)|,?\s(?P<r2>this\syear|last\syear|next\syear|of\sthis\syear|of\sthat\syear))?
    | (?P<m3>{_MONTH})\s(?:of\s)?(?P<y3>{_YEAR})\b{_RUYEAR}
    | (?P<m3b>{_MONTH})\s(?P<r3>of\sthis\syear|this\syear|last\syear|of\slast\syear|next\syear|of\snext\syear|этого\sгода|прошлого\sгода|будущего\sгода|следующего\sгода)
    | (?P<b4>(?:last|next|this|the\slast|in|since|by|until|for|through|from|of|в)\s|late\s|early\s)(?:late\s|early\s|mid-?)?(?P<m4>{_EN}|{_RU})\b(?!\s(?:\d|of\s|last\s|this\s|next\s|этого|прошл|будущ|следующ))
    | (?P<ya>{_YEAR})(?:{_DASH})(?P<yb>{_YEAR})\b(?:\s(?:годы|годов|гг\.?))?
    | (?P<y5>{_YEAR})(?![\d%])(?:\s(?:год[ауы]?|г\.))?(?![-–]\w*(?:bn|mln))
    | (?P<wd>(?:[Oo]n\s|[Ll]ast\s|[Nn]ext\s|[Tt]his\s|\b[Вв]о?\s)?\b(?:{"|".join(w.title() for w in WEEKDAYS)}|понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье))\b(?:[’']s)?(?!,?\s(?:{_EN}|{_DAY}\s))
    | (?P<rel>\b(?:{_RELATIVE}))(?:[’']s)?\b(?!(?<=накануне)\s[а-яё]+(?:а|я|и|ы|ов|ого|ой)\b)
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date where it stands, in the notation above."""

    start: int
    end: int
    value: str


def find_dates(text: str) -> Iterator[WrittenDate]:
    """Every date written in the text, in order, longest reading first."""
    for match in DATE.finditer(text):
        value = _value(match)
        if value:
            yield WrittenDate(match.start(), match.end(), value)


_SHIFT = {"this": 0, "last": -1, "next": 1, "этог": 0, "прош": -1, "буду": 1, "след": 1, "с.г.": 0}


def _value(match: re.Match[str]) -> str | None:
    group = match.groupdict()
    if group["iso"]:
        return group["iso"]
    if group["num"]:
        day, month, year = re.split(r"[./-]", group["num"])
        return f"{year}-{int(month):02}-{int(day):02}"
    if group["m1"] or group["m2"]:
        n = "1" if group["m1"] else "2"
        month = _month(group["m" + n])
        year = group["y" + n] or _relative_year(group["r" + n]) or "XXXX"
        first = _day(year, month, int(group["d" + n]))
        if not group[f"d{n}b"]:
            return first
        last = _day(year, month, int(group[f"d{n}b"]))
        joined = re.fullmatch(r"\s(?:and|и)\s", group["to" + n] or "")
        return f"{first}{'&' if joined else '/'}{last}"
    if group["m3"]:
        return f"{group['y3']}-{_month(group['m3']):02}"
    if group["m3b"]:
        return f"{_relative_year(group['r3'])}-{_month(group['m3b']):02}"
    if group["m4"]:
        before = group["b4"].strip().lower()
        if group["m4"] == "May" and before == "this":
            return None
        shift = {"last": "past", "the last": "past", "next": "next", "this": "this"}.get(before, "")
        return f"XXXX{shift and '~' + shift}-{_month(group['m4']):02}"
    if group["ya"]:
        return f"{group['ya']}/{group['yb']}" if group["ya"] < group["yb"] else None
    if group["y5"]:
        return group["y5"]
    if group["wd"]:
        name = group["wd"].split()[-1].lower()
        prefix = group["wd"].split()[0].lower()
        return f"week{'+' if prefix == 'next' else '-'}{WEEKDAYS[name]}"
    return RELATIVE.get(re.sub(r"\s+", " ", group["rel"].lower()))


def _month(name: str) -> int:
    return MONTHS[name.lower().rstrip(".")]


def _relative_year(words: str | None) -> str | None:
    if not words:
        return None
    last = words.lower().removeprefix("of ")
    return f"year{_SHIFT.get(last[:4], 0):+d}" if last[:4] != "that" else "XXXX"


def _day(year: str, month: int, day: int) -> str:
    return f"{year}-{month:02}-{day:02}"


@dataclass(frozen=True, slots=True)
class Resolved:
    """A date in EDTF, with the steps by which it was found."""

    edtf: str
    steps: tuple[str, ...] = ()


def resolve(
    value: str, anchor: str | None, *, future: bool = False, past: bool = False
) -> Resolved | None:
    """The EDTF of a written date beside the document's own date, or None where it stays unsettled.

    A day is never made for a month, nor a year for a day: without an anchor `XXXX-10-12` stays.
    `future` and `past` say what the sentence's tense tells; otherwise the nearest is taken.
    """
    if "&" in value:  # two days: the first is resolved, the caller splits
        value = value.partition("&")[0]
    if "/" in value:
        parts = [resolve(part, anchor, future=future, past=past) for part in value.split("/")]
        if None in parts:
            return None
        first, last = parts
        return Resolved(f"{first.edtf}/{last.edtf}", first.steps)  # type: ignore[union-attr]
    if re.fullmatch(r"\d{4}(-\d\d){0,2}", value):
        return Resolved(value) if _exists(value) else None
    year = int(anchor[:4]) if anchor and anchor[:4].isdigit() else None
    if value.startswith("XXXX"):
        return _missing_year(value, anchor, year, future, past)
    match = re.fullmatch(r"(day|month|year|after|week)([+-]\d+)(?:-(\d\d))?(?:-(\d\d))?", value)
    if not match or year is None or anchor is None:
        return None
    unit, shift, month, day = match.groups()
    if unit == "after":
        return None
    if unit == "year":
        rest = "".join("-" + part for part in (month, day) if part)
        return Resolved(f"{year + int(shift)}{rest}", ("year-from-relative-words",))
    if unit == "month":
        if len(anchor) < 7:
            return None
        months = year * 12 + int(anchor[5:7]) - 1 + int(shift)
        return Resolved(f"{months // 12}-{months % 12 + 1:02}", ("month-from-relative-words",))
    if len(anchor) != 10:
        return None
    start = date.fromisoformat(anchor)
    if unit == "day":
        return Resolved((start + timedelta(int(shift))).isoformat(), ("day-from-relative-words",))
    back = (start.isoweekday() - abs(int(shift))) % 7
    ahead = (abs(int(shift)) - start.isoweekday()) % 7
    chosen = start + timedelta(ahead) if future or shift[0] == "+" else start - timedelta(back)
    return Resolved(chosen.isoformat(), ("day-from-weekday",))


def _missing_year(
    value: str, anchor: str | None, year: int | None, future: bool, past: bool
) -> Resolved | None:
    flag, _, rest = value[4:].partition("-")
    future, past = future or flag == "~next", past or flag == "~past"
    if year is None or anchor is None:
        return Resolved(f"XXXX-{rest}") if len(rest) == 5 else None
    if "X" in anchor or len(anchor) < 7:  # only the year of the document is known
        chosen = year
    else:
        candidates = [y for y in (year - 1, year, year + 1) if _exists(f"{y}-{rest}")]
        mark = anchor[: 5 + len(rest)]
        if future and not past:
            candidates = [
                y for y in candidates if f"{y}-{rest}" >= mark[: len(f"{y}-{rest}")]
            ] or candidates
            chosen = min(candidates, default=year)
        elif past and not future:
            candidates = [y for y in candidates if f"{y}-{rest}"[: len(mark)] <= mark] or candidates
            chosen = max(candidates, default=year)
        else:
            chosen = min(
                candidates,
                key=lambda y: abs(_ordinal(f"{y}-{rest}") - _ordinal(anchor)),
                default=year,
            )
    edtf = f"{chosen}-{rest}"
    return Resolved(edtf, ("year-from-document-date",)) if _exists(edtf) else None


def _ordinal(edtf: str) -> int:
    parts = [int(p) for p in edtf.split("-")]
    return date(
        parts[0], parts[1] if len(parts) > 1 else 7, parts[2] if len(parts) > 2 else 15
    ).toordinal()


def _exists(edtf: str) -> bool:
    parts = [int(p) for p in edtf.split("-")]
    try:
        date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)
    except ValueError:
        return False
    return True
