"""The dateline of a document, and the day of its news that its first lines tell."""

import re
from collections.abc import Sequence
from datetime import date

from ciskg.cues import cue
from ciskg.extract.context import Context
from ciskg.recognise import CHAR, Mention, Sentence
from ciskg.recognise.dates import Resolved

D, L, S = (CHAR[k] for k in ("date", "place", "state"))
DATELINE = re.compile(
    rf"^\W*(?:(?:The |At )?[{D}{L}{S}]|\d\d[:.]\d\d|[\s,.|/()–-]|Region|region)+$"
)

RECENT = 10  # days before its text to which news go back
NEWS = 40  # characters before a day in which a plan is told


def place_name(mention: Mention, context: Context) -> str:
    return (mention.names("place") or ("",))[0]


def dateline_of(sentences: Sequence[Sentence], context: Context) -> str:
    """The place of a dateline: a line of date and place, or `DUSHANBE, September 28 /Agency/`."""
    for sentence in [*sentences[:12], *sentences[-2:]]:
        places = [m for _, m in sorted(sentence.encoded.mentions.items()) if m.kind == "place"]
        if not places:
            continue
        agency = cue("scene-agency").match(sentence.text)
        if DATELINE.match(sentence.text) or agency:
            names = [place_name(m, context) for m in places]
            if agency:
                return names[0]
            towns = [n for n in names if n not in ("Kremlin", "Moscow Kremlin")]
            return (towns or names)[0]
    return ""


def day_in_head(sentences: Sequence[Sentence], context: Context) -> Resolved | None:
    """The day of the news: of a line of date and place alone, else the first the text tells."""
    for sentence in sentences[:6]:
        days = [str(m.value) for m in sentence.encoded.mentions.values() if m.kind == "date"]
        if DATELINE.match(sentence.text) and len(days) == 1 and "/" in days[0]:
            return context.resolve(days[0], "", future=False)
    for sentence in sentences[:6]:
        told = [
            str(m.value)
            for at, m in sorted(sentence.encoded.mentions.items())
            if m.kind == "date" and cue("scene-news").search(sentence.text, 0, at)
        ]
        if told and re.match(r"day-1|week-", told[0]):
            return context.resolve(told[0], "", future=False)
    return _day_before(sentences, context)


def _day_before(sentences: Sequence[Sentence], context: Context) -> Resolved | None:
    """The day without year that the first paragraph tells, where it is just before the news."""
    lead = next((s.block for s in sentences if s.kind == "paragraph"), -1)
    if not context.date or len(context.date) != 10 or "X" in context.date:
        return None
    for sentence in sentences:
        if sentence.block != lead:
            continue
        for at, mention in sorted(sentence.encoded.mentions.items()):
            if mention.kind != "date" or not re.fullmatch(r"XXXX-\d\d-\d\d", str(mention.value)):
                continue
            if cue("context-future").search(sentence.text, max(0, at - NEWS), at):
                continue
            day = context.resolve(str(mention.value), "", future=False)
            if day and re.fullmatch(r"\d{4}-\d\d-\d\d", day.edtf):
                since = date.fromisoformat(context.date) - date.fromisoformat(day.edtf)
                return day if 0 <= since.days <= RECENT else None
    return None
