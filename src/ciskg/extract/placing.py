"""When and where a gathering is: its clause, dates, place, mode, and what the document settles."""

import re
from collections.abc import Iterator
from datetime import date

from ciskg.cues import cue
from ciskg.extract.context import Context
from ciskg.extract.dateline import place_name
from ciskg.extract.draft import span
from ciskg.extract.gathering import Gathering
from ciskg.extract.naming import Named
from ciskg.recognise import CHAR, Sentence

# `the 59th meeting`, `58-е заседание`
COUNTED = re.compile(
    r"\b(\d{1,3})(?:st|nd|rd|th|-?[а-я]{1,3}) (?:[\w-]+ ){0,2}?"
    r"(?:meeting|session|summit|sitting|заседани|саммит|сесси)"
)
QUOTED = re.compile(r"[“\"«][^”\"»]{12,}[”\"»]")


COMING = re.compile(r"(?:day|about|month|year)\+[1-9]")  # tomorrow, next week, next year
DAY = re.compile(r"-\d\d-\d\d|^day|^week|^same")  # a written date that tells the day
PLACES = ("scene-in-place", "scene-host", "scene-in-place-ru", "scene-host-ru")
OF = (" of ", " for ")  # `the summit of 2023`
SOON = 60  # days within which a present tense tells what is ahead
CLOSE = 80  # characters after `the summit` within which its date may stand
ENTRY = re.compile(r" ?[–—-] ?")  # between a day and what it heads: `15 April – summit`
BEFORE = 45  # characters before a name in which another naming tells what is to come
FAR = 70  # characters round a name in which its verb is looked for
D, L = CHAR["date"], CHAR["place"]
DAY_FIRST = re.compile(
    rf"[^\w{D}]*{D}(?:,? (?:in )?{L})?\W*\Z"
)  # `22 January 1993 – adoption of …`
IN_BRACKETS = re.compile(
    rf"(?:in |held in |: )?(?P<all>{L} \({D}\)"
    rf"(?:(?:, | and | or |, and |, or )(?:in )?{L} \({D}\))+)"
)


def fill(
    one: Named,
    sentence: Sentence,
    low: int,
    high: int,
    context: Context,
    same: str | None,
    headed: bool = False,
) -> Iterator[Gathering]:
    """The gathering of one naming, with its date and place; two where the sentence tells two.

    `same` is the day that `the same day` means: that of the gathering the document is about.
    `headed`: day and place stand at the head of the entry.
    """
    text = sentence.text
    low, high = _clause(text, one.start, one.end, low, high)
    clause = text[max(low, one.start - 60) : min(high, one.end + 70)]
    aside = bool(cue("scene-aside").search(text[max(0, one.start - 40) : one.start]))
    planned = _planned(one, sentence, low, high)
    place, country = _where(sentence, one.start, one.end, low, high, context)
    kind = one.kind
    dates = _when(sentence, one.start, one.end, low, high, near=kind == "generic" or aside)
    needed = one.found.rule.fields.get("dated", "")
    if needed in ("somewhere", "both") and cue("scene-not-session").search(text, 0, one.start):
        return
    told = any(DAY.search(d) for d in dates[:1])
    enough = {"yes": told, "somewhere": told or bool(place), "both": told and bool(place)}
    if not headed and not enough.get(needed, True):
        return
    if dates[:1] == ["same"]:
        dates[:1] = [same or context.date or ""]
    if not dates and cue("scene-this").search(text, max(0, one.start - 16), one.end):
        dates = ["day+0"]
    bare = kind != "bilateral" and not dates and not place
    if bare and cue("scene-plural").search(text[one.start : one.end]):
        return  # `sessions are held twice a year`
    if cue("scene-off").search(text[one.end : high]) or cue("scene-none").search(
        text, 0, one.start
    ):
        return
    mode = ""
    around = text[max(0, one.start - 80) : one.end + 120]
    if cue("scene-video").search(around) and not cue("scene-joined").search(
        around.replace("took part in the", "")
    ):
        mode = "videoconference"
    elif cue("scene-in-person").search(around):
        mode = "in-person"
    groups: list[list[str]] = [list(one.parties)]
    if kind == "bilateral" and "pair" not in one.found.slots and len(one.parties) > 2:
        groups = [[one.parties[0], other] for other in one.parties[1:]]
    several = [] if kind == "bilateral" else list(_several(sentence, one.end, high, context))
    if needed == "several" and not several:
        return
    if several:
        for value, where, by_video, face in several:
            resolved = context.resolve(value, clause, future=planned)
            if resolved:
                yield Gathering(
                    kind=kind,
                    body=one.body,
                    title=one.title,
                    date=resolved.edtf,
                    place=where,
                    country=context.country(where),
                    mode="videoconference" if by_video else "in-person" if face else "",
                    status="planned" if planned else "held",
                    rule=one.found.rule.id,
                    spans=[span(sentence, one.start, high), span(sentence)],
                    steps=resolved.steps,
                )
        return
    planned = planned or any(COMING.match(value) for value in dates[:1])
    planned = planned or (bool(dates) and _soon(dates[0], one, text, context))
    for parties in groups:
        found = (context.resolve(value, clause, future=planned) for value in dates)
        resolved = next((day for day in found if day), None)
        yield Gathering(
            kind=kind,
            body=one.body,
            title=one.title,
            parties=parties,
            present=list(one.present),
            number=_number(one, text),
            adhoc=one.adhoc,
            date=resolved.edtf if resolved else None,
            place=place,
            country=country,
            mode=mode,
            status="planned" if planned else "held",
            rule=one.found.rule.id,
            beside=kind == "bilateral" and bool(cue("scene-sidelines").search(text)),
            spans=[span(sentence, one.start, one.end), span(sentence)],
            steps=resolved.steps if resolved else (),
        )


def _number(one: Named, text: str) -> int:
    """Which one of its series a session is: `the 59th meeting`; 0 where it is not told."""
    found = COUNTED.search(text[max(0, one.start - BEFORE) : one.end])
    return int(found.group(1)) if found and one.kind in ("council", "generic") else 0


def _planned(one: Named, sentence: Sentence, low: int, high: int) -> bool:
    """Whether a naming tells what is to come: the verb after it decides, else that before it."""
    text = sentence.text
    if sentence.kind == "heading" and cue("scene-coming").search(text):
        return True
    if "frame" in one.found.rule.fields:
        words = text[max(low, one.start - FAR) : min(high, one.end + FAR)]
        return cue("talks-planned").search(words) is not None
    if one.kind == "bilateral":
        words = text[max(low, one.start - 30) : one.end]
        return bool(cue("context-future").search(words) or cue("bilateral-purpose").search(words))
    if cue("scene-ahead").search(text, one.start, one.end):
        return True
    if low and cue("scene-ahead").search(text, max(0, low - BEFORE), low):
        return True  # "they will meet again at the summit"
    after = text[one.end : min(high, one.end + FAR)]
    speech = cue("scene-speech").search(after)
    after = after[: speech.start()] if speech else after
    before = text[max(low, one.start - FAR - 20) : one.start]
    before = cue("scene-speech").split(before)[-1]
    coming, held = cue("context-future").search(after), cue("scene-held").search(after)
    if coming or held:
        return not held or bool(coming and coming.start() < held.start())
    if cue("context-future").search(text[max(low, one.start - 20) : one.end]):
        return True
    last = {
        name: max((m.end() for m in cue(name).finditer(before)), default=-1)
        for name in ("context-future", "scene-held")
    }
    return last["context-future"] > last["scene-held"]


def _soon(value: str, one: Named, text: str, context: Context) -> bool:
    """Whether `they meet on May 25`, in the present tense, means a day that is just ahead."""
    today = context.date or ""
    if not value.startswith(("XXXX", "week")) or len(today) != 10:
        return False
    if not cue("scene-present").search(text, one.start, one.end + 12):
        return False
    day = context.resolve(value, "", future=True)
    if day is None or not re.fullmatch(r"\d{4}-\d\d-\d\d", day.edtf):
        return False
    ahead = date.fromisoformat(day.edtf) - date.fromisoformat(today)
    return 0 < ahead.days < SOON


def _clause(text: str, start: int, end: int, low: int, high: int) -> tuple[int, int]:
    """The bounds of the clause round text[start:end], between low and high."""
    for match in cue("scene-relative-clause").finditer(text, low, start):
        if not DAY_FIRST.match(text[: match.start()]):
            low = match.end()
    after = cue("scene-relative-clause").search(text, end, high)
    while after and (
        (after.start() - end < 4 and after.group().startswith(", "))
        or after.group() in (":", " – ")
    ):
        after = cue("scene-relative-clause").search(text, after.end(), high)
    return low, after.start() if after else high


def _several(
    sentence: Sentence, end: int, high: int, context: Context
) -> Iterator[tuple[str, str, bool, bool]]:
    """`in Minsk on April 12 and in Moscow on October 7`: two days and places of one body."""
    found = cue("scene-twice").search(sentence.text, end, min(high + 60, len(sentence.text)))
    if found and found.start() - end < 70:
        for n in "12":
            spot = (found.group("l" + n) and found.start("l" + n)) or (
                found.start("m" + n) if found.group("m" + n) else -1
            )
            place = (
                place_name(sentence.encoded.mentions[spot], context)
                if spot >= 0 and spot in sentence.encoded.mentions
                else ""
            )
            day = sentence.encoded.mentions[found.start("d" + n)]
            yield str(day.value), place, bool(found.group("v" + n)), bool(found.group("f" + n))
        return
    brackets = IN_BRACKETS.search(sentence.text, end, min(high + 60, len(sentence.text)))
    if brackets and brackets.start() - end < 12:
        inside = sentence.encoded.within(*brackets.span("all"), "place", "date")
        for where, when in zip(inside[::2], inside[1::2], strict=False):
            yield str(when.value), place_name(where, context), False, False


def _when(
    sentence: Sentence, start: int, end: int, low: int, high: int, near: bool = False
) -> list[str]:
    """The dates of a gathering named at start:end, the best first; `near`: only those after it."""
    text = sentence.text
    quoted = [m.span() for m in QUOTED.finditer(text)]
    quoted = [(a, b) for a, b in quoted if not a < start < b]  # what names it may be quoted too
    best: list[tuple[int, int, str]] = []
    for at, mention in sentence.encoded.mentions.items():
        if mention.kind != "date" or not low <= at < high or any(a < at < b for a, b in quoted):
            continue
        value = str(mention.value)
        if cue("scene-day-of-person").search(text, max(0, at - FAR), at):
            continue
        if value == "day-1" and text.startswith((" the ", " a "), at + 1):
            continue  # "the day before the summit"
        exact = (
            3
            if re.search(r"(?:-\d\d-\d\d|^day|^week|^same)", value)
            else 2
            if re.search(r"-\d\d$", value)
            else 1
        )
        if (
            exact == 1
            and ("/" in value or cue("scene-until").search(text[:at]))
            and text[end:at] not in OF
            and not value.startswith(("year", "after"))
        ):
            continue
        distance = at - end if at >= end else max(0, start - at) + 5
        if near and not (
            start <= at < end + (CLOSE if exact > 1 else CLOSE // 2)
            or ENTRY.fullmatch(text, at + 1, start)
        ):
            continue
        if distance < 160:
            best.append((-exact, distance, value))
    return [value for _, _, value in sorted(best)]


def _where(
    sentence: Sentence, start: int, end: int, low: int, high: int, context: Context
) -> tuple[str, str]:
    text = sentence.text
    spots: list[tuple[int, str, str]] = []
    for pattern in map(cue, PLACES):
        for match in pattern.finditer(text, low, high):
            group = next(g for g, found in match.groupdict().items() if found)
            mention = sentence.encoded.mentions[match.start(group)]
            distance = (
                match.start() - end if match.start() >= end - 12 else start - match.start() + 15
            )
            if group == "s":
                spots.append((distance + 40, "", (mention.names("state") or ("",))[0]))
            else:
                name = place_name(mention, context)
                spots.append((distance, name, context.country(name)))
    spots = [s for s in spots if s[0] < 150]
    return min(spots)[1:] if spots else ("", "")
