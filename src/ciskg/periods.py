"""Dates in EDTF: what they may say, the days they cover, and which of several is most precise.

Understood are days, months and years; `X` for what is not known; intervals, also open ones; and
the marks `?`, `~` and `%`. Seasons are refused: half the world has another spring.
"""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

DATE = re.compile(r"([0-9X]{4})(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX))?)?[?~%]?", re.ASCII)
YEAR = re.compile(r"[0-9]{4}|[0-9]{3}X|[0-9]{2}XX|XXXX", re.ASCII)
OPEN = ("", "..")
LEAP_YEAR = 2000


@dataclass(frozen=True, slots=True)
class Period:
    """A span of days, as precise as its source."""

    edtf: str
    start: str | None  # "2020", "2020-12" or "2020-12-18"; None where no calendar form says it
    end: str | None
    earliest: date | None  # the first day it may touch; None where the year is not known
    latest: date | None  # the last

    @property
    def is_full(self) -> bool:
        """Whether its first and last day are known."""
        return all(part is not None and len(part) == 10 for part in (self.start, self.end))


@lru_cache(maxsize=65536)
def period(edtf: str) -> Period:
    """The period that an EDTF date or interval names.

    Raises ValueError where the text is no EDTF, or names a day that no calendar has.
    """
    if "/" not in edtf:
        start, earliest, latest = _bounds(edtf)
        return Period(edtf, start, start, earliest, latest)
    first, _, last = edtf.partition("/")
    if first in OPEN and last in OPEN:
        raise ValueError(f"{edtf!r} is an interval without ends")
    start, earliest, _ = (None, None, None) if first in OPEN else _bounds(first)
    end, _, latest = (None, None, None) if last in OPEN else _bounds(last)
    if earliest and latest and earliest > latest:
        raise ValueError(f"{edtf!r} ends before it begins")
    return Period(edtf, start, end, earliest, latest)


def contains(outer: Period, inner: Period) -> bool:
    """Whether the inner period is the outer one or a more precise part of it."""
    if outer.edtf.startswith("XXXX-") and "/" not in outer.edtf:
        tail = outer.edtf[4:].rstrip("?~%")
        return "/" not in inner.edtf and inner.edtf[4:].startswith(tail)
    if outer.earliest is None or outer.latest is None:
        return outer.edtf == inner.edtf
    if inner.earliest is None or inner.latest is None:
        return False
    return outer.earliest <= inner.earliest and inner.latest <= outer.latest


def overlap(one: Period, other: Period) -> bool:
    """Whether the two may share a day; never where a year is not known."""
    if not (one.earliest and one.latest and other.earliest and other.latest):
        return False
    return one.earliest <= other.latest and other.earliest <= one.latest


def most_precise(dates: Iterable[str]) -> list[str]:
    """The dates that no other of them makes more precise, sorted.

    Dates that contradict each other all stay.
    """
    periods = [period(d) for d in sorted(set(dates))]
    return [
        p.edtf
        for i, p in enumerate(periods)
        if not any(
            contains(p, q) and (not contains(q, p) or j < i)
            for j, q in enumerate(periods)
            if j != i
        )
    ]


def _bounds(edtf: str) -> tuple[str | None, date | None, date | None]:
    """What a single date says in calendar form, and its first and last possible day."""
    found = DATE.fullmatch(edtf)
    if found is None or not YEAR.fullmatch(found[1]) or found[1] == "0000":
        raise ValueError(f"{edtf!r} is no EDTF date")
    year, month, day = found[1], found[2], found[3]
    if year == "XXXX":
        _check(LEAP_YEAR, month, day, edtf)
        return None, None, None
    first, last = max(1, int(year.replace("X", "0"))), int(year.replace("X", "9"))
    if "X" in year:
        _check(LEAP_YEAR, month, day, edtf)
        return None, date(first, 1, 1), date(last, 12, 31)
    _check(first, month, day, edtf)
    if month in (None, "XX"):
        return year, date(first, 1, 1), date(first, 12, 31)
    number = int(month)
    if day in (None, "XX"):
        end = calendar.monthrange(first, number)[1]
        return f"{year}-{month}", date(first, number, 1), date(first, number, end)
    exact = date(first, number, int(day))
    return f"{year}-{month}-{day}", exact, exact


def _check(year: int, month: str | None, day: str | None, edtf: str) -> None:
    """Raises ValueError where the month or the day does not exist."""
    longest = 31
    if month is not None and month != "XX":
        if not 1 <= int(month) <= 12:
            raise ValueError(f"{edtf!r} has no such month")
        longest = calendar.monthrange(year, int(month))[1]
    if day is not None and day != "XX" and not 1 <= int(day) <= longest:
        raise ValueError(f"{edtf!r} has no such day")
