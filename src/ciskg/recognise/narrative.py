"""Dates that lean on the date told before them: `the following day`, `on June 26 of that year`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from ciskg.cues import cue
from ciskg.recognise.mentions import Encoded, Mention

SAME = re.compile(r"same(?P<days>[+-]\d+)?(?P<unit>month|year)?")
THAT_YEAR = "XXXX~that"
OPENING = 12  # characters within which a sentence opens
LEAP = "2000"  # a year with every day, for days told without one


def tie_dates(parts: Sequence[tuple[int, Encoded]]) -> list[Encoded]:
    """The sentences, each with the number of its block, with dates tied to those before them.

    A day after another of its block that is told to follow it takes its year; `that day` is the
    day last told in the block.
    """
    out: list[Encoded] = []
    year, day, block, head = "", "", -1, ""
    for number, encoded in parts:
        before = year, day  # a block may open with `Eight days later`
        if number != block:
            year, day = "", ""
            head = _heading_year(encoded)
        block = number
        tied: dict[int, Mention] = {}
        for at, mention in sorted(encoded.mentions.items()):
            if mention.kind != "date":
                continue
            if at < OPENING and str(mention.value).startswith(("same", "after")):
                year, day = year or before[0], day or before[1]
            value = _tied(str(mention.value), encoded.text, at, year, day)
            if value == mention.value:
                value = _in_year(value, encoded, tied, at, year, head)
            if value != mention.value:
                tied[at] = replace(mention, value=value)
            first = value.split("/")[0].split("&")[0]
            year = first if re.match(r"\d{4}", first) else year
            if re.search(r"-\d\d-\d\d$", first) or re.match(r"day|week", first):
                day = first
        out.append(replace(encoded, mentions={**encoded.mentions, **tied}) if tied else encoded)
    return out


def _tied(value: str, text: str, at: int, year: str, day: str) -> str:
    same = SAME.fullmatch(value)
    if same and same.group("unit"):
        return _months_later(year, int(same.group("days")), same.group("unit")) or value
    if value.startswith("after") and year:
        return str(int(year[:4]) + int(value[5:]))
    if same:
        return _later(day, int(same.group("days") or 0)) or value
    if value.startswith(THAT_YEAR):
        return f"{year[:4] or 'XXXX'}{value.removeprefix(THAT_YEAR)}"
    if year and re.fullmatch(r"XXXX-\d\d-\d\d", value) and cue("dates-then").search(text, 0, at):
        later = len(year) < 7 or value[5:] >= year[5:]
        return f"{year[:4] if later else int(year[:4]) + 1}{value[4:]}"
    return value


def _heading_year(encoded: Encoded) -> str:
    """The year, or the day with its year, with which a block opens; "" for none."""
    for at, mention in sorted(encoded.mentions.items()):
        if mention.kind == "date":
            opens = cue("dates-heads-block").fullmatch(encoded.text, 0, at)
            found = opens and re.match(r"\d{4}(?:-\d\d)*", str(mention.value))
            return found.group() if found else ""
    return ""


def _in_year(
    value: str, encoded: Encoded, tied: Mapping[int, Mention], at: int, year: str, head: str
) -> str:
    """A day without its year, of the year told right before it or at the head of its block."""
    text = encoded.text
    if not re.fullmatch(r"XXXX-\d\d(?:-\d\d)?", value) or cue("context-future").search(text):
        return value
    last = max((k for k, m in encoded.mentions.items() if k < at and m.kind == "date"), default=-1)
    told = str(tied.get(last, encoded.mentions[last]).value) if last >= 0 else ""
    relative = re.match(r"year[+-]\d+", told)
    if relative and cue("dates-of-that-year").fullmatch(text, last + 1, at):
        return f"{relative.group()}{value[4:]}"
    opened = text.rfind("(", 0, at)
    if year and opened > text.rfind(")", 0, at):
        before = [m for k, m in sorted(encoded.mentions.items()) if k < opened and m.kind == "date"]
        if before and str(before[-1].value) == year:
            return f"{year[:4]}{value[4:]}"
    if head and value[5:] >= head[5:]:
        return f"{head[:4]}{value[4:]}"
    return value


def _months_later(last: str, count: int, unit: str) -> str:
    """A year or month so many years or months after a date; "" where that cannot be told."""
    if unit == "year":
        return str(int(last[:4]) + count) if last else ""
    if len(last) < len("2024-05"):
        return ""
    months = int(last[:4]) * 12 + int(last[5:7]) - 1 + count
    return f"{months // 12}-{months % 12 + 1:02}"


def _later(day: str, days: int) -> str:
    """A written day so many days later; "" where that cannot be told."""
    if not days:
        return day
    match = re.fullmatch(r"(\d{4}|XXXX)(-\d\d-\d\d)", day)
    if match is None:
        relative = re.fullmatch(r"day([+-]\d+)", day)
        return f"day{int(relative.group(1)) + days:+}" if relative else ""
    try:
        later = date.fromisoformat(match.group(1).replace("XXXX", LEAP) + match.group(2))
    except ValueError:
        return ""
    later += timedelta(days)
    return f"{match.group(1)}{later.isoformat()[4:]}" if day.startswith("X") else later.isoformat()
