"""The years of a chairmanship: written, counted from a change of chair, or the document's own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ciskg.cues import cue
from ciskg.extract.context import Context
from ciskg.extract.rules import Found
from ciskg.extract.scene import Gathering, Scene
from ciskg.recognise import Mention, Sentence
from ciskg.recognise.dates import Resolved, resolve

NEAR = 45  # characters between a rule's match and a date that may belong to it
AUTUMN = "08"  # from this month on, who takes over a calendar-year chair begins next January
SUMMIT_TERMS = frozenset({"SCO", "OTS"})  # chaired from one summit to the next
LONGEST_TERM = 12  # years of a span in a table that is one chair's


@dataclass(frozen=True, slots=True)
class Year:
    """A year or a span of years, and how it was found."""

    value: str
    steps: tuple[str, ...]


def years(
    n: int,
    found: Found,
    sentence: Sentence,
    context: Context,
    scene: Scene,
    time: str,
    organization: str,
) -> list[Year]:
    """The years that a chairmanship of sentence n fills, as its rule's `time` has it."""
    written = list(found.slots.get("when", ())) or _near(found, sentence)
    if time == "following":
        return _following(found, sentence)
    verb = sentence.text[slice(*found.words.get("verb", (found.start, found.end)))]
    done = bool(cue("chairmanships-done").search(verb))
    spans = [r for m in written if (r := _resolve(m, found, sentence, context, time, done))]
    if time == "row":
        return [y for r in spans for y in _each(r)]
    if len(spans) == 2 and re.search(
        r"\bfrom .{1,3} (?:to|until) ", sentence.text[found.start : found.end]
    ):
        a, b = (r.edtf[:4] for r in spans)
        if a < b:
            return [Year(f"{a}/{b}", spans[0].steps)]
    listed = [r for r in spans if re.fullmatch(r"\d{4}", r.edtf)]
    if len({r.edtf for r in listed}) == len(spans) > 1:  # `presided in 2007, in 2011, in 2018`
        return [Year(r.edtf, r.steps) for r in listed]
    if spans and done and time in ("next", "passed") and not found.slots.get("when"):
        event = spans[0].edtf  # the date of the change itself, not of the term
        calendar = organization not in SUMMIT_TERMS
        if len(event) >= 7 and (not calendar or event[5:7] >= AUTUMN):
            return [Year(str(int(event[:4]) + 1), spans[0].steps)]
    for resolved in spans:
        whole = re.fullmatch(r"(\d{4})/(\d{4})", resolved.edtf)
        return [Year(resolved.edtf if whole else resolved.edtf[:4], resolved.steps)]
    now = (context.date or "")[:4]
    if not now.isdigit():
        return []
    if time in ("next", "passed"):
        return [_change(n, context, scene, organization, verb, done)]
    held = _held(n, scene, 3)
    if held:
        return [Year((held.date or "")[:4], ("year-from-meeting",))]
    if time == "series":
        return []
    return [Year(context.review_year or now, ("year-from-document-date",))]


def earlier(year: Year, context: Context) -> Year | None:
    """The year of the chair before, that before the successor's, but none still to come."""
    first = year.value[:4]
    now = (context.date or "")[:4]
    if not first.isdigit() or not now.isdigit():
        return None
    last = str(min(int(first) - 1, int(now)) if int(first) > int(now) else int(first) - 1)
    if "/" in year.value:  # from summit to summit
        last = f"{int(first) - 1}/{first}"
    return Year(last, (*year.steps, "year-before-successor"))


def _near(found: Found, sentence: Sentence) -> list[Mention]:
    """The date of the clause nearest to the match."""
    best: tuple[int, Mention] | None = None
    for at, mention in sorted(sentence.encoded.mentions.items()):
        if mention.kind != "date":
            continue
        gap = sentence.text[min(at, found.end) : max(at, found.start)]
        distance = at - found.end if at >= found.end else found.start - at
        if not 0 <= distance < NEAR or re.search(r"[;:]", gap):
            continue
        if re.search(r", (?:and|while|but) | and ", gap):
            distance += NEAR
        if best is None or distance < best[0]:
            best = (distance, mention)
    return [best[1]] if best else []


def _resolve(
    mention: Mention, found: Found, sentence: Sentence, context: Context, time: str, done: bool
) -> Resolved | None:
    value, text = str(mention.value), sentence.text
    if value.startswith("after"):  # `in 2018 … the year after`
        known = [
            str(m.value)
            for _, m in sorted(sentence.encoded.mentions.items())
            if m.kind == "date" and m.start < mention.start and re.match(r"\d{4}", str(m.value))
        ]
        year = str(int(known[-1][:4]) + 1) if known else ""
        return Resolved(year, ("year-after-previous-date",)) if year else None
    around = text[max(0, found.start - 30) : found.end + 30]
    ahead = (time in ("next", "passed") and not done) or (
        "verb" not in found.words and bool(cue("context-future").search(around))
    )
    if value.endswith("-01-01") and not re.search(r"\bsince\b", text):
        ahead = ahead or not done
    if value == "XXXX-01-01":  # the day on which calendar-year chairs change
        resolved = resolve(value, context.date, future=ahead, past=not ahead)
    elif time == "now" and value.startswith("XXXX"):
        resolved = resolve(value, context.date, future=ahead)  # else the nearest
    else:
        resolved = context.resolve(value, text, future=ahead)
    return resolved if resolved and resolved.edtf[:4].isdigit() else None


def _each(resolved: Resolved) -> Iterator[Year]:
    whole = re.fullmatch(r"(\d{4})/(\d{4})", resolved.edtf)
    if whole:
        a, b = map(int, whole.groups())
        if b - a < LONGEST_TERM:
            yield from (Year(str(y), ("years-of-range",)) for y in range(a, b + 1))
    else:
        yield Year(resolved.edtf[:4], resolved.steps)


def _following(found: Found, sentence: Sentence) -> list[Year]:
    """`A is its chair in 2024 and B will be next`: the year after the last one named before."""
    named = [
        str(m.value)
        for i, m in sorted(sentence.encoded.mentions.items())
        if m.kind == "date" and i < found.start and re.match(r"\d{4}", str(m.value))
    ]
    if not named:
        return []
    last = re.split("[/&]", named[-1])[-1][:4]
    return [Year(str(int(last) + 1), ("year-after-previous-date",))]


def _held(n: int, scene: Scene, back: int) -> Gathering | None:
    """The council session with a year that was named last before sentence n."""
    for earlier_ in range(n, max(-1, n - back), -1):
        for _, _, gathering in reversed(scene.at.get(earlier_, [])):
            if (
                gathering.kind == "council"
                and gathering.status == "held"
                and (gathering.date or "")[:4].isdigit()
            ):
                return gathering
    return None


def _change(
    n: int, context: Context, scene: Scene, organization: str, verb: str, done: bool
) -> Year:
    """The year in which a new chair begins, where no date tells it.

    Calendar-year chairs begin in January: what changes hands in autumn begins next year, what is
    said of it in the first weeks of a year means that year.
    """
    now, month = int((context.date or "")[:4]), (context.date or "")[5:7]
    calendar = organization not in SUMMIT_TERMS
    held = _held(n, scene, 2) if done else None
    if held and int((held.date or "")[:4]) < now:
        year = int((held.date or "")[:4]) + 1
    elif month in ("01", "02") and calendar and not cue("context-future").search(verb):
        year = now
    elif done and not (calendar and month >= AUTUMN):
        year = now + (not calendar and bool(held))
    else:
        year = now + 1
    return Year(str(year), ("year-of-change",))
