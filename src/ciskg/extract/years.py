"""Years that an organization devotes to a theme."""

import re
from collections.abc import Iterator, Sequence

from ciskg.cues import cue
from ciskg.extract.context import Context
from ciskg.extract.draft import Draft, span
from ciskg.extract.narrowing import Fitting
from ciskg.extract.rules import Found, closest
from ciskg.extract.titles import words
from ciskg.recognise import Recognised, Sentence

DEVOTE = ("CIS", "EAEU", "CSTO", "SCO", "UN", "OTS")  # organizations that have such years
SHORTEST = 4  # characters of a theme
LONG, STEM = 3, 6  # letters that a word of a theme has more than, and that are compared


def read_years(read: Recognised, context: Context, fits: Sequence[Fitting]) -> Iterator[Draft]:
    """The thematic years of a document, each theme once."""
    seen: list[Draft] = []
    for n, sentence in enumerate(read.sentences):
        rules = fits[n].get("thematic_year")
        if not rules or not cue("years-word").search(sentence.text):
            continue
        made: list[Draft] = []
        for found in closest(rules, sentence.encoded, made):
            draft = _year(n, found, sentence, context)
            made += [draft] if draft else []
            if draft is None or any(_same(draft, other) for other in seen):
                continue
            seen.append(draft)
            yield draft


def _year(n: int, found: Found, sentence: Sentence, context: Context) -> Draft | None:
    dates = [m for m in found.slots.get("year", ()) if m.kind == "date"]
    year = context.resolve(str(dates[0].value), sentence.text) if dates else None
    if year is None or not re.fullmatch(r"\d{4}", year.edtf):
        return None
    a, b = found.words["theme"]
    stop = cue("events-theme-end").search(sentence.text, a + 3, b)
    end = stop.start() if stop else b
    theme = words(sentence.encoded, context.text, a, end).strip(' ,“”"')
    theme = re.sub(r"^(?:the|promoting) ", "", theme)
    organization = context.organization_at(n)
    for mention in found.slots.get("org", ()):
        organization = (mention.names("org") or (organization,))[0]
    if organization not in DEVOTE or len(theme) < SHORTEST or _of_state(found, end, sentence):
        return None
    return Draft(
        "thematic_year",
        {"org": organization, "year": year.edtf, "theme": theme},
        [span(sentence, found.start, end), span(sentence)],
        found.rule.id,
        steps=year.steps,
    )


def _of_state(found: Found, end: int, sentence: Sentence) -> bool:
    """Whether a state alone has the year: `Kazakhstan declared 2024 the Year of …`."""
    text = sentence.text
    if sentence.encoded.within(0, len(text), "org", "body", "summit", "short"):
        return False
    return bool(
        cue("years-of-state-before").search(text[: found.start])
        or cue("years-of-state-after").match(text, end)
    )


def _same(a: Draft, b: Draft) -> bool:
    if (a.values["org"], a.values["year"]) != (b.values["org"], b.values["year"]):
        return False
    x, y = (
        {w[:STEM] for w in re.findall(r"\w+", str(d.values["theme"]).lower()) if len(w) > LONG}
        for d in (a, b)
    )
    return len(x & y) * 2 >= min(len(x), len(y)) if x and y else x == y
