"""Meetings in the rows of a table."""

import re
from collections.abc import Mapping

from ciskg.cues import cue
from ciskg.extract.called import summit_of
from ciskg.extract.context import Context
from ciskg.extract.dateline import place_name
from ciskg.extract.draft import span
from ciskg.extract.gathering import Gathering
from ciskg.recognise import Sentence


def columns_of(sentence: Sentence, context: Context) -> dict[int, str]:
    """The columns of a table's head that hold meetings, years and places."""
    if sentence.encoded.within(0, len(sentence.text), "date"):
        return {}
    found: dict[int, str] = {}
    at = 0
    for k, cell in enumerate(sentence.text.split("|")):
        a, b = sentence.encoded.source(at, at + len(cell)) if cell else (0, 0)
        written = context.text[a:b]
        if cue("scene-meeting-column").search(written) or cue("scene-meeting-column").search(cell):
            found[k] = "meeting"
        elif re.search(r"\b[Yy]ear\b|\b[Гг]од\b", written):
            found[k] = "year"
        at += len(cell) + 1
    return found if "meeting" in found.values() else {}


def row_meeting(
    sentence: Sentence, columns: Mapping[int, str], context: Context, n: int
) -> Gathering | None:
    """The meeting of a table row: day and place from its cell, the year from its own column."""
    if not columns:
        return None
    at, year, cell_span = 0, "", (0, 0)
    for k, cell in enumerate(sentence.text.split("|")):
        if columns.get(k) == "year":
            year = next(
                (str(m.value) for m in sentence.encoded.within(at, at + len(cell), "date")), ""
            )
        elif columns.get(k) == "meeting":
            cell_span = (at, at + len(cell))
        at += len(cell) + 1
    body = summit_of(context.organization_at(n), context)
    day = next((str(m.value) for m in sentence.encoded.within(*cell_span, "date")), "")
    place = next((place_name(m, context) for m in sentence.encoded.within(*cell_span, "place")), "")
    date = day.replace("XXXX", year) if year else day
    date = date or year
    if not body or not re.fullmatch(r"\d{4}(?:-\d\d){0,2}", date):
        return None
    cell_text = sentence.text[slice(*cell_span)]
    planned = bool(context.date and date > context.date) or bool(
        re.search(r"\b(?:to be|TBA|TBC|planned)\b", cell_text)
    )
    video = bool(re.search(r"video|online|virtual", cell_text, re.I))
    return Gathering(
        "council",
        body,
        date=date,
        place=place,
        country=context.country(place),
        mode="videoconference" if video else "",
        status="planned" if planned else "held",
        rule="table-of-meetings-en",
        spans=[span(sentence)],
        sentence=n,
    )
