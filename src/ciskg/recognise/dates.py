"""Dates as they are written, and what they come to beside a document's own date.

A written date is kept in a small notation until it is resolved: EDTF where it is whole
(`2020-12-18`, `2024-10`, `2021/2025`), with `XXXX` for a year that is not written
(`XXXX-10-12`), `day+0` (today), `day-1`, `year-1` (last year), `month-1`, `about-7` (last week),
`week-5` for a weekday (Monday is 1), and `same` for the date told before (`same+1`: the day after,
`same+2year`: two years later).
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ciskg.openings import may_open
from ciskg.recognise.datewords import DateWords, date_words

LATE = "11"  # the month from which `the past year` is the one that is ending
SHORT = 2001  # a year whose February is short
START = re.compile(r"(?<![\w.])[^\W_]+")  # where a date may begin


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date where it stands, in the notation above."""

    start: int
    end: int
    value: str


def find_dates(text: str) -> Iterator[WrittenDate]:
    """Every date written in the text, in order, longest reading first."""
    words = date_words()
    end = 0
    for start in START.finditer(text):
        word = start.group()
        if word.lower() not in words.first and not word[0].isdigit():
            continue
        at = start.end()
        if start.start() < end or not (
            word[0].isdigit() or may_open(words.openings, word, text[at : at + 3])
        ):
            continue
        match = words.pattern.match(text, start.start())
        value = _value(match, words) if match else None
        if match and value:
            end = match.end()
            yield WrittenDate(match.start(), match.end(), value)


def _value(match: re.Match[str], words: DateWords) -> str | None:
    group = match.groupdict()
    if group["iso"]:
        return group["iso"]
    if group["num"]:
        day, month, year = re.split(r"[./-]", group["num"])
        return f"{year}-{int(month):02}-{int(day):02}"
    for n in "781269":
        if group.get(f"d{n}") or (n == "9" and group["m9"]):
            return _days(match, n, words)
    if group["m11"]:
        month = words.number("months", group["m11"])
        year = group["y11"] or _relative_year(group["r11"], words) or "XXXX"
        return f"{year}-{month:02}-{monthrange(int(year) if year.isdigit() else SHORT, month)[1]}"
    if group["m3"]:
        return f"{group['y3']}-{words.number('months', group['m3']):02}"
    if group["m4"]:
        return _month_alone(group["b4"].strip(), group["m4"], words)
    if group["ya"]:
        return f"{group['ya']}/{group['yb']}" if group["ya"] < group["yb"] else None
    if group["y5"]:
        return group["y5"]
    if group["wd"]:
        sign = words.means("before-weekday", group["wb"] or "") or "-"
        return f"week{sign}{words.number('weekdays', group['wd'])}"
    if group["n10"]:
        return _counted(group["n10"], group["u10"], group["l10"], words)
    return words.means("relative", group["rel"])


def _counted(count: str, unit: str, later: str, words: DateWords) -> str | None:
    """`four days later` counts from the date named before, `six years ago` from the document's."""
    number = words.means("counts", count) or count
    shift, what = words.means("later", later) or "", words.means("units", unit) or ""
    if shift.startswith("same"):
        return f"{shift}{number}{'' if what == 'day' else what}"
    return f"{what}{shift}{number}" if what else None


def _days(match: re.Match[str], n: str, words: DateWords) -> str:
    """A day of a month, two of them, or a span; `9` is a month with its year in words."""
    group = match.groupdict()
    if n == "6":
        shift = words.means("month-after", group["r6"])
        year = f"month{shift}"
        first, last = (
            f"{year}-{int(group['d6']):02}",
            group["e6"] and f"{year}-{int(group['e6']):02}",
        )
    else:
        month = words.number("months", group[f"m{n}"])
        year = group.get(f"y{n}") or _relative_year(group[f"r{n}"], words) or "XXXX"
        if n == "9":
            return f"{year}-{month:02}"
        first = f"{year}-{month:02}-{int(group[f'd{n}']):02}"
        end = words.number("months", group[f"n{n}"]) if n in "78" else month
        last = group[f"e{n}"] and f"{year}-{end:02}-{int(group[f'e{n}']):02}"
    if not last:
        return first
    between = match.string[match.end(f"d{n}") : match.start(f"e{n}")]
    joined = re.search(rf"\s(?:{words.parts['and']})\s", between)
    apart = joined and int(group[f"e{n}"]) - int(group[f"d{n}"]) > 1
    return f"{first}{'&' if apart else '/'}{last}"


def _relative_year(said: str | None, words: DateWords) -> str:
    shift = words.means("year-after", said) if said else None
    if shift == "~that":
        return "XXXX~that"
    return f"year{shift}" if shift else ""


def _month_alone(before: str, month: str, words: DateWords) -> str | None:
    if f"{before} {month}".lower() in words.never:
        return None
    shift = words.means("before-month", before)
    return f"XXXX{shift and '~' + shift}-{words.number('months', month):02}"


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
    match = re.fullmatch(
        r"(day|about|month|year|after|past|week)([+-]\d+)(?:-(\d\d))?(?:-(\d\d))?", value
    )
    if not match or year is None or anchor is None:
        return None
    unit, shift, month, day = match.groups()
    if unit == "after":
        return None
    if unit == "past":  # `the past year`, said in its last months or after it
        return Resolved(str(year - (anchor[5:7] < LATE)), ("year-from-relative-words",))
    if unit == "year":
        rest = "".join("-" + part for part in (month, day) if part)
        return Resolved(f"{year + int(shift)}{rest}", ("year-from-relative-words",))
    if unit == "month":
        if len(anchor) < 7:
            return None
        months = year * 12 + int(anchor[5:7]) - 1 + int(shift)
        rest = f"-{month}" if month else ""  # of a day, the part after the month is the day
        edtf = f"{months // 12}-{months % 12 + 1:02}{rest}"
        return Resolved(edtf, ("month-from-relative-words",)) if _exists(edtf) else None
    if len(anchor) != 10:
        return None
    start = date.fromisoformat(anchor)
    if unit == "about":  # a day of that week: its month is told
        near = start + timedelta(int(shift))
        return Resolved(near.isoformat()[:7], ("month-from-relative-words",))
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
