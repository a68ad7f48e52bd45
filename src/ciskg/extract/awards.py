"""Orders, medals and other awards, who received them and from whom."""

import re
from collections.abc import Iterator, Sequence

from ciskg.cues import cue
from ciskg.extract.awarding import Awarded, find_awards, read_awarding
from ciskg.extract.context import Context
from ciskg.extract.draft import Draft, span
from ciskg.extract.narrowing import Fitting
from ciskg.extract.rules import Found, closest, find
from ciskg.extract.titles import words
from ciskg.model import Value
from ciskg.recognise import Recognised, Sentence

PEOPLE = ("person", "office")


def read_awards(read: Recognised, context: Context, fits: Sequence[Fitting]) -> Iterator[Draft]:
    """The awards of a document."""
    out: list[Draft] = []
    last = ""
    for n, (sentence, fit) in enumerate(zip(read.sentences, fits, strict=True)):
        rules = fit.get("award")
        if not rules:
            continue
        frames = [
            found
            for rule in rules
            if "voice" in rule.fields
            for found in find(rule, sentence.encoded)
        ]
        made = [
            _draft(one, sentence)
            for one in read_awarding(n, frames, read, context, last)
            if one.person
        ]
        others = [rule for rule in rules if "voice" not in rule.fields]
        for found in closest(others, sentence.encoded, made):
            draft = _award(found, sentence, context)
            made += [draft] if draft else []
        out += [draft for draft in made if not any(_joins(draft, other) for other in out)]
        if frames or cue("events-award-word").search(sentence.text):
            last = next((a.title for a in find_awards(sentence, context)), last)
    yield from out


def _draft(one: Awarded, sentence: Sentence) -> Draft:
    values: dict[str, Value] = {"person": one.person, "award": one.award}
    if one.by:
        values["by"] = one.by
    return Draft("award", values, [span(sentence, one.start, one.end), span(sentence)], one.rule)


def _award(found: Found, sentence: Sentence, context: Context) -> Draft | None:
    award = _title(found, sentence, context)
    person = _person(found, "person", context)
    if not award or not person or cue("awards-unreal").search(sentence.text[: found.end]):
        return None
    values: dict[str, Value] = {"person": person, "award": award}
    by = _person(found, "by", context)
    if by and by != person:
        values["by"] = by
    evidence = [span(sentence, found.start, found.end), span(sentence)]
    return Draft("award", values, evidence, found.rule.id)


def _title(found: Found, sentence: Sentence, context: Context) -> str:
    """The words of the award without what is said of it; "" where they name none."""
    start, end = found.words.get("award") or found.words["headline"]
    other = cue("awards-apposition").match(sentence.text, start, end)
    if other:  # `the highest award of Russia, the Order of …`
        start = other.end()
    stop = cue("awards-end").search(sentence.text, start + 1, end)
    written = words(sentence.encoded, context.text, start, stop.start() if stop else end)
    written = re.sub(r"^(?:the|an?|his|her) ", "", written.strip(" ,;-–—"))
    bracket = cue("awards-bracket").match(written)
    if bracket:
        written = f"{bracket.group('head')} of {bracket.group('name')}"
    named = cue("events-award-word").search(written) and " " in written
    return written if named else ""


def _person(found: Found, slot: str, context: Context) -> str:
    for mention in found.slots.get(slot, ()):
        if mention.kind in PEOPLE and (name := context.holder(mention).name):
            return name
    return ""


def _joins(draft: Draft, other: Draft) -> bool:
    """Whether the award is told again; what is new goes to the one known."""
    if draft.values["person"] != other.values["person"]:
        return False
    x, y = (set(re.findall(r"\w+", str(d.values["award"]).lower())) for d in (draft, other))
    if not (x <= y or y <= x):
        return False
    if y < x:
        other.values["award"] = draft.values["award"]
    if "by" in draft.values:
        other.values.setdefault("by", draft.values["by"])
    other.spans += [s for s in draft.spans if s not in other.spans]
    return True
