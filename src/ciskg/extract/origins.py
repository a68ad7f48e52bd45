"""Where and when an instrument belongs: its gathering and its date."""

import re
from collections.abc import Sequence

from ciskg.cues import cue
from ciskg.extract.context import Context
from ciskg.extract.draft import Draft
from ciskg.extract.scene import Gathering, Scene
from ciskg.extract.titles import Title, find_titles
from ciskg.model import Span, Value
from ciskg.recognise import Sentence

AWAY = 100  # what the end of a clause adds to the characters between a title and a date
BEFORE, AFTER = 240, 120  # characters from a date to a title after it, and before it
LONG = 300  # characters of a sentence that is no lead to the next paragraph
TREATIES = ("agreement", "treaty", "protocol", "memorandum")


def gathering_of(
    n: int,
    title: Title,
    sentences: Sequence[Sentence],
    scene: Scene,
    context: Context,
    status: str,
) -> Gathering | None:
    """The gathering an instrument of sentence n comes from: named near it, else the main one."""
    named = [x for x in scene.at.get(n, ()) if not title.start <= x[0] < title.end]
    if named:
        return min(named, key=lambda x: min(abs(x[0] - title.end), abs(title.start - x[1])))[2]
    if status == "planned":
        for back in range(n - 1, max(-1, n - 8), -1):
            for _, _, gathering in reversed(scene.at.get(back, [])):
                if gathering.status == "planned" and gathering.kind == "council":
                    return gathering
    for back in range(n - 1, max(-1, n - 3), -1):
        if sentences[back].block != sentences[n].block and len(sentences[back].text) > LONG:
            break  # what a whole paragraph before this one was about
        for start, _, gathering in reversed(scene.at.get(back, [])):
            if gathering.kind != "council" or gathering.status != "held":
                continue
            if not _aside(start, sentences[back], context):
                return gathering
    return scene.main


def told_date(
    n: int, sentences: Sequence[Sentence], scene: Scene, context: Context
) -> tuple[str, tuple[str, ...]] | None:
    """The date that the paragraph named last, where no gathering has been named since."""
    if scene.at.get(n):
        return None
    for back in (n - 1, n - 2):
        if back < 0 or sentences[back].block != sentences[n].block or scene.at.get(back):
            return None
        sentence = sentences[back]
        for at, mention in sorted(sentence.encoded.mentions.items(), reverse=True):
            if mention.kind != "date" or cue("dates-of").search(sentence.text, 0, at):
                continue
            if cue("context-future").search(sentence.text):
                return None
            found = context.resolve(str(mention.value), sentence.text, future=False)
            if found and "X" not in found.edtf and len(found.edtf) >= len("2024-05"):
                return found.edtf, (*found.steps, "date-from-previous-date")
            return None
    return None


def _aside(start: int, sentence: Sentence, context: Context) -> bool:
    """Whether a gathering is told in passing: `since the last session`."""
    if cue("scene-aside").search(sentence.text[max(0, start - 40) : start]):
        return True
    titles = find_titles(sentence.encoded, context.text)
    return any(t.head < start < t.end for t in titles)


def placed(
    values: dict[str, Value],
    gathering: Gathering | None,
    spans: list[Span],
    rule: str,
    where: tuple[Sentence, Title, Sequence[Title]] | None,
    context: Context,
    told: tuple[str, tuple[str, ...]] | None = None,
) -> Draft:
    """The draft with its date: one written beside the instrument, else that of its gathering."""
    steps: tuple[str, ...] = ()
    date = None
    if where and (own := own_date(where[0], where[1], context)):
        if not gathering or not gathering.date or not _within(own, gathering.date):
            gathering = None
            if values["kind"] in TREATIES and values["status"] != "planned":
                values["status"] = "signed"
        date = own
    elif where:
        date, steps = _date(*where, context, str(values["status"]))
        if told and not date and values["status"] != "planned":
            if not gathering or not gathering.date or not _within(told[0], gathering.date):
                gathering = None
            date, steps = told
    if values["status"] == "initialled":
        del values["status"]
    if date and gathering and gathering.date and not _within(date, gathering.date):
        gathering = None
    if gathering and gathering.date and (not date or len(date) <= len(gathering.date)):
        date, steps = gathering.date, ("date-from-meeting",)
    if gathering and gathering.kind == "bilateral" and "parties" not in values:
        states = tuple(of for p in gathering.parties if (of := context.state_of(p)))
        if len(states) == len(gathering.parties) and all(_is_state(s, context) for s in states):
            values["parties"] = states
    if not date and values.get("status") in ("signed", "adopted", "approved"):
        year = context.review_year or (context.date or "")[:4]
        if year.isdigit():
            date, steps = year, ("year-from-document-date",)
    if date:
        values["date"] = date
    modality = "planned" if values.get("status") == "planned" else "stated"
    return Draft("agreement", values, spans, rule, modality, steps, gathering=gathering)


def own_date(sentence: Sentence, title: Title, context: Context) -> str:
    """The date that a title has of its own: `agreement of 18 October 2011`, `1993 Charter`."""
    for at, mention in sorted(sentence.encoded.mentions.items()):
        if mention.kind != "date" or not title.start <= at < title.end:
            continue
        before = sentence.text[max(title.start, at - 8) : at]
        attached = at == title.start or (at > title.head and cue("titles-of-date").search(before))
        nested = sentence.encoded.within(title.head + 1, at, "kind")
        if not attached or nested:
            continue
        found = context.resolve(str(mention.value), "")
        if found and "/" not in found.edtf and "X" not in found.edtf:
            return "" if found.edtf > (context.date or "9") else found.edtf
    return ""


def _within(a: str, b: str) -> bool:
    short = min(len(a), len(b))
    return a[:short] == b[:short]


def _is_state(name: str, context: Context) -> bool:
    thing = context.lexicon.by_name.get(name)
    return thing is not None and thing.kind == "state"


def _date(
    sentence: Sentence, title: Title, titles: Sequence[Title], context: Context, status: str
) -> tuple[str | None, tuple[str, ...]]:
    """The nearest date that is no part of a title and no term (`until 2030`)."""
    best: tuple[int, str] | None = None
    inner = bool(sentence.encoded.within(title.head + 1, title.end, "kind"))
    inside = [span for t in titles if t is not title for span in (t.pieces or ((t.start, t.end),))]
    for at, mention in sentence.encoded.mentions.items():
        if mention.kind != "date" or title.start <= at < title.end:
            continue
        if any(a <= at < b for a, b in inside):
            continue
        value = str(mention.value)
        if "/" in value and re.fullmatch(r"\d{4}/\d{4}", value):
            continue
        if cue("instruments-no-date").search(sentence.text[max(0, at - 14) : at]):
            continue
        if inner and cue("origins-of-inner").fullmatch(sentence.text, title.end, at):
            continue
        distance = min(abs(at - title.end), abs(title.start - at))
        if re.search(r"[.;\]]", sentence.text[min(at, title.end) : max(at, title.start)]):
            distance += AWAY
        if distance < (BEFORE if at < title.start else AFTER) and (
            best is None or distance < best[0]
        ):
            best = (distance, value)
    if best is None:
        return None, ()
    resolved = context.resolve(best[1], sentence.text, future=status == "planned")
    if resolved is None or resolved.edtf.startswith("XXXX"):
        return None, ()
    now = (context.date or "")[:4]
    if status != "planned" and now.isdigit() and resolved.edtf[:4] > now:
        return None, ()
    return resolved.edtf, resolved.steps
