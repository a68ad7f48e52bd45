"""Dates as machines and tables write them, to EDTF."""

import datetime
import math
import re
from typing import Any

from ciskg.read.datelines import edtf, parse_date

_DAY = re.compile(r"([0-9]{4})([-/.]?)([0-9]{2})\2([0-9]{2})(?![0-9])")
_CLOCK = re.compile(
    r"(?:[,;]\s*|\s+)(?:at |в |-\s*)?[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2})?(?:\s?[ap]\.?m\.?)?"
    r"(?:\s*\(?(?:GMT|UTC|MSK|МСК|[A-Z]{3,4})?[+-]?[0-9:]{0,5}\)?)?\s*$",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"^[^\W\d_]{2,12},?\s+(?=[0-9])")


def written_date(value: Any) -> str | None:
    """The EDTF date that a cell or an attribute holds; None where it is not understood.

    The day is taken as it is written, without moving it to another time zone. A whole number is
    seconds or milliseconds since 1970, as data frames write them, unless it reads as 20241008.
    """
    if isinstance(value, datetime.datetime):
        return edtf(value.date().isoformat())
    if isinstance(value, datetime.date):
        return edtf(value.isoformat())
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _of_number(value)
    return _of_words(value.strip()[:120]) if isinstance(value, str) else None


def _of_number(value: float) -> str | None:
    """The day of a number: a year, 20241008, or a count of seconds or milliseconds."""
    if not math.isfinite(value) or value != int(value):
        return None
    number = int(value)
    if 1000 <= number <= 2999:
        return edtf(str(number))
    if 19000101 <= number <= 29991231:
        return _of_words(str(number))
    if abs(number) >= 10**11:
        number //= 1000
    if not 10**8 <= abs(number) < 10**11:
        return None
    moment = datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=number)
    return edtf(moment.date().isoformat())


def _of_words(words: str) -> str | None:
    """The date that words or figures say."""
    day = _DAY.match(words)
    if day:
        return edtf(f"{day[1]}-{day[3]}-{day[4]}")
    known = edtf(words)
    if known is not None:
        return None if known.startswith("XXXX") else known
    short = _WEEKDAY.sub("", _CLOCK.sub("", words))
    found = parse_date(short) if _is_date_alone(short) else None
    if found is None and words[:1].isalpha():
        from email.utils import parsedate  # 20 ms that most builds do not need

        if parts := parsedate(words):
            found = edtf(f"{parts[0]:04}-{parts[1]:02}-{parts[2]:02}")
    return None if found is None or found.startswith("XXXX") else found


def _is_date_alone(words: str) -> bool:
    """Whether words are no longer than a date is."""
    return len(words) <= 30 and len(words.split()) <= 5
