"""The frame of a chairmanship, and those that follow from who chairs a council."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ciskg.cues import cue
from ciskg.extract.context import ORGANIZATIONS, Context
from ciskg.extract.draft import Draft, span
from ciskg.extract.rules import Found
from ciskg.recognise import Holder, Mention, Recognised, Sentence

CHAIR, BEFORE = "chair", "before"
TERM = re.compile(r"\d{4}(?:/\d{4})?|(?:year|past)[+-]\d+|[X\d]{4}-01-01")  # years of a term
NEAR = 60  # characters between a state and the word for presiding of which it is the subject


def presiding(found: Found, sentence: Sentence, context: Context) -> Found | None:
    """The find, its slots filled from its clause; None where that does not tell who presides."""
    text = sentence.text
    low, high = _clause(text, found)
    if cue("presiding-meeting-after").match(text, found.end) or cue(
        "presiding-meeting-before"
    ).search(text, low, found.start):
        return None
    organization = _organization(found, sentence, low, high)
    if not organization:
        return None
    parts = {CHAIR: [], BEFORE: []}  # type: dict[str, list[tuple[int, Mention]]]
    last = ""
    for at, mention in sorted(sentence.encoded.mentions.items()):
        if not low <= at < high:
            continue
        part = _part(at, mention, found, sentence, context, last)
        if part in parts:
            parts[part].append((at, mention))
        last = part if mention.kind in ("state", "adj") else last
    chairs = parts[CHAIR]
    states = {m.names(m.kind)[:1] or m.start for _, m in chairs}
    if len(states) != 1 or any(m.kind == "place" for _, m in chairs[1:]):
        return None
    change = cue("presiding-change").search(text, low, high)
    slots: dict[str, tuple[Mention, ...]] = {CHAIR: (chairs[0][1],), **organization}
    if parts[BEFORE]:
        slots[BEFORE] = (parts[BEFORE][-1][1],)
    if when := _when(chairs[0][0], found, sentence, low, high):
        slots["when"] = (when,)
    fields = dict(found.rule.fields) | {"time": "next" if change else "now"}
    start, end = min(found.start, chairs[0][0]), max(found.end, chairs[0][0] + 1)
    words = {"verb": change.span()} if change else {}
    return Found(replace(found.rule, fields=fields), start, end, slots, words)


def _clause(text: str, found: Found) -> tuple[int, int]:
    pattern = cue("presiding-clause")
    low = max((m.end() for m in pattern.finditer(text, 0, found.start)), default=0)
    after = pattern.search(text, found.end)
    return low, after.start() if after else len(text)


def _organization(
    found: Found, sentence: Sentence, low: int, high: int
) -> dict[str, tuple[Mention, ...]]:
    """The organization presided over: that of the office, else the one of the clause."""
    for mention in sentence.encoded.within(found.start, found.end, "office", "person"):
        holder = mention.value
        if not isinstance(holder, Holder) or not holder.offices or not holder.offices[0].of:
            return {}
        if not holder.offices[0].role.label.startswith("Chair"):
            return {}
        return {"office": (mention,)}
    named = sentence.encoded.within(low, high, "org", "summit")
    return {"org": (named[0],)} if named else {}


def _part(
    at: int, mention: Mention, found: Found, sentence: Sentence, context: Context, last: str
) -> str:
    """What a mention does in the clause: the chair, who had the chair before, or nothing."""
    text = sentence.text
    if mention.kind == "adj":
        return CHAIR if cue("presiding-adjective").match(text, at + 1) else ""
    if mention.kind == "place":
        capital = any(t.capital for e in mention.entries for t in e.things)
        return CHAIR if capital and cue("presiding-subject").match(text, at + 1) else ""
    if mention.kind in ("person", "office"):  # `President of Kazakhstan X, which chairs the CIS`
        if cue("presiding-which").match(text, at + 1):
            return CHAIR
        if not cue("presiding-change").search(text, 0, at):
            return ""
        if cue("presiding-before").search(text, 0, at):
            return BEFORE
        return CHAIR if cue("presiding-towards").search(text, 0, at) else ""
    if mention.kind != "state":
        return ""
    if cue("presiding-beside").search(text, 0, at) or cue("presiding-co").match(text, at + 1):
        return ""
    if cue("presiding-and").search(text, 0, at) and last != CHAIR:
        return last
    if cue("presiding-before").search(text, 0, at) or cue("presiding-outgoing").match(text, at + 1):
        return BEFORE
    if cue("presiding-of").search(text, 0, at):
        return CHAIR if cue("presiding-noun-of").search(text, 0, at) else ""
    if cue("presiding-to").search(text, 0, at):
        return CHAIR
    return "" if cue("presiding-oblique").search(text, 0, at) else CHAIR


def _when(chair: int, found: Found, sentence: Sentence, low: int, high: int) -> Mention | None:
    """The date of the clause that is nearest to the chair and its trigger."""
    best: tuple[int, Mention] | None = None
    for at, mention in sorted(sentence.encoded.mentions.items()):
        if mention.kind != "date" or not low <= at < high:
            continue
        if not TERM.fullmatch(str(mention.value)):  # the day of an event, left to `terms.years`
            continue
        if cue("presiding-no-date").search(sentence.text, 0, at):
            continue
        distance = min(abs(at - chair), abs(at - found.end), abs(found.start - at))
        if re.search(r"[()]", sentence.text[min(at, chair) : max(at, chair)]):
            distance += NEAR
        if best is None or distance < best[0]:
            best = distance, mention
    return best[1] if best else None


def chaired_body(n: int, found: Found, sentences: Sequence[Sentence], context: Context) -> str:
    """The body whose chairman, named before in the sentence, hands over the chair; "" for none."""
    for at, mention in sorted(sentences[n].encoded.mentions.items(), reverse=True):
        if at >= found.start or mention.kind not in ("person", "office"):
            continue
        for office in context.offices.get(context.holder(mention).name, ()):
            body = context.lexicon.by_name.get(office.of)
            if body and body.kind == "body" and not body.summit and office.role.label == "Chairman":
                return body.name
        return ""
    return ""


def by_office(read: Recognised, context: Context) -> Iterator[Draft]:
    """The state of the person who chairs a highest council chairs the organization."""
    year = (context.date or "")[:4]
    if not year.isdigit():
        return
    for sentence in read.sentences:
        for at, mention in sorted(sentence.encoded.mentions.items()):
            if mention.kind != "person" or not isinstance(mention.value, Holder):
                continue
            held = context.offices.get(mention.value.name, ())
            states = [
                o.of
                for o in held
                if (t := context.lexicon.by_name.get(o.of)) and t.kind == "state" and not o.former
            ]
            for office in held:
                body = context.lexicon.by_name.get(office.of)
                if (
                    body
                    and body.summit
                    and body.unit_of in ORGANIZATIONS
                    and office.role.label.startswith("Chair")
                    and not office.former
                    and states
                    and any(o.title == office.title for o in mention.value.offices)
                ):
                    yield Draft(
                        "chairmanship",
                        {"org": body.unit_of, "chair": states[0], "year": year, "status": "held"},
                        [span(sentence, at, at + 1), span(sentence)],
                        f"chair-of-highest-council-{context.language}",
                        steps=("chair-of-highest-council", "year-from-document-date"),
                    )
