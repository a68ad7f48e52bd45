"""Thematic years, elections with their observers, awards."""

import re
from collections.abc import Iterator, Sequence

from ciskg.cues import cue
from ciskg.extract.context import Context
from ciskg.extract.draft import Draft, span
from ciskg.extract.rules import Found, Rule, find
from ciskg.extract.scene import Scene
from ciskg.extract.titles import words
from ciskg.model import Value
from ciskg.recognise import CHAR, Recognised, Sentence

S = CHAR["state"]


def read_events(
    read: Recognised, context: Context, scene: Scene, rules: Sequence[Rule]
) -> Iterator[Draft]:
    """The events of a document that are no gatherings."""
    last_kind = ""
    for n, sentence in enumerate(read.sentences):
        for rule in rules:
            if rule.type not in ("thematic_year", "election", "award"):
                continue
            for found in find(rule, sentence.encoded):
                if rule.type == "thematic_year":
                    yield from _year(found, sentence, context)
                elif rule.type == "election":
                    kind = _group(found, sentence, "kind").lower() or last_kind
                    if kind:
                        last_kind = kind
                        yield from _election(n, kind, found, sentence, read, context)
                else:
                    yield from _award(found, sentence, context)


def _group(found: Found, sentence: Sentence, name: str) -> str:
    if name not in found.words:
        return ""
    a, b = found.words[name]
    return sentence.text[a:b]


def _year(found: Found, sentence: Sentence, context: Context) -> Iterator[Draft]:
    year = next(
        (
            context.resolve(str(m.value), sentence.text)
            for m in found.slots.get("year", ())
            if m.kind == "date"
        ),
        None,
    )
    if year is None or not re.fullmatch(r"\d{4}", year.edtf):
        return
    a, b = found.words["theme"]
    stop = cue("events-theme-end").search(sentence.text, a + 3, b)
    end = stop.start() if stop else b
    theme = words(sentence.encoded, context.text, a, end).strip(" ,")
    theme = re.sub(r"^(?:the|promoting) ", "", theme)
    organization = context.organization
    for mention in found.slots.get("org", ()):
        organization = (mention.names("org") or (organization,))[0]
    if organization not in ("CIS", "EAEU", "CSTO", "SCO", "UN", "OTS") or len(theme) < 4:
        return
    evidence = [span(sentence, found.start, end), span(sentence)]
    yield Draft(
        "thematic_year",
        {"org": organization, "year": year.edtf, "theme": theme},
        evidence,
        found.rule.id,
        steps=year.steps,
    )


def _date(
    n: int, found: Found, sentence: Sentence, context: Context, read: Recognised
) -> tuple[str | None, tuple[str, ...]]:
    dates = [m for m in found.slots.get("when", ()) if m.kind == "date"]
    if not dates:
        dates = [
            m
            for i, m in sorted(sentence.encoded.mentions.items())
            if m.kind == "date"
            and abs(i - found.start) < 130
            and not re.search(r"\b(?:until|since|for)\s$", sentence.text[:i])
        ]
        dates.sort(key=lambda m: -len(str(m.value)))
    for mention in dates:
        value = str(mention.value)
        if re.fullmatch(r"\d{4}/\d{4}", value):
            continue
        if value.startswith("after"):
            previous = [
                str(m.value)
                for s in read.sentences[max(0, n - 2) : n]
                for _, m in sorted(s.encoded.mentions.items())
                if m.kind == "date" and re.match(r"\d{4}", str(m.value))
            ]
            if previous:
                return str(int(previous[-1][:4]) + 1), ("year-after-previous-date",)
            continue
        resolved = context.resolve(value, sentence.text)
        if resolved and not resolved.edtf.startswith("XXXX"):
            return resolved.edtf, resolved.steps
    if n < 6 and context.date and len(context.date) == 10:
        return context.date, (*context.date_steps, "date-from-document-date")
    year = context.review_year or (context.date or "")[:4]
    return (year, ("year-from-document-date",)) if year.isdigit() else (None, ())


def _election(
    n: int, kind: str, found: Found, sentence: Sentence, read: Recognised, context: Context
) -> Iterator[Draft]:
    if cue("events-unreal").search(sentence.text):
        return
    state = next(
        (
            name
            for m in found.slots.get("state", ())
            for name in (m.names("state") or m.names("adj"))[:1]
        ),
        "",
    )
    if not state:
        near = [
            m.names("state")[0]
            for i, m in sorted(sentence.encoded.mentions.items())
            if m.kind == "state" and i < found.start
        ]
        state = near[-1] if near else context.home or _first_state(read, context)
    if not state:
        return
    values: dict[str, Value] = {"state": state, "kind": kind}
    observers = _observers(n, read, context)
    if observers:
        values["observers"] = observers
    elif not found.slots.get("when"):
        return
    date, steps = _date(n, found, sentence, context, read)
    ahead = bool(
        re.search(
            r"\b(?:preparing|upcoming|forthcoming|will|prepares)\b",
            sentence.text[max(0, found.start - 40) : found.end + 30],
        )
    )
    if (
        date
        and ahead
        and len(date) == 4
        and date == (context.date or "")[:4]
        and (context.date or "")[5:7] == "12"
    ):
        date, steps = str(int(date) + 1), ("year-of-coming-event",)
    if date and len(date) == 10 and "date-from-document-date" in steps:
        date, steps = date[:4], ("year-from-document-date",)
    if date:
        values["date"] = date
    yield Draft(
        "election",
        values,
        [span(sentence, found.start, found.end), span(sentence)],
        found.rule.id,
        "planned" if ahead else "stated",
        steps,
    )


def _first_state(read: Recognised, context: Context) -> str:
    """The state of the first person of the document, else the state most named in its first lines."""
    for sentence in read.sentences[:4]:
        for _, mention in sorted(sentence.encoded.mentions.items()):
            thing = (
                context.lexicon.by_name.get(context.state_of(context.holder(mention).name))
                if mention.kind == "person"
                else None
            )
            if thing and thing.kind == "state":
                return thing.name
    states = [
        name
        for s in read.sentences[:8]
        for m in s.encoded.mentions.values()
        for name in (m.names("state") or m.names("adj"))[:1]
    ]
    return max(sorted(set(states)), key=states.count) if states else ""


def _observers(n: int, read: Recognised, context: Context) -> str:
    """The organization whose mission watched: named with observers near by."""
    for near in (0, 1, -1, 2, 3, -2):
        if 0 <= n + near < len(read.sentences):
            sentence = read.sentences[n + near]
            if cue("events-observers").search(sentence.text):
                for _, mention in sorted(sentence.encoded.mentions.items()):
                    if mention.names("org"):
                        return mention.names("org")[0]
    return (
        context.organization
        if any(
            cue("events-observers").search(s.text) for s in read.sentences[max(0, n - 3) : n + 4]
        )
        else ""
    )


def _award(found: Found, sentence: Sentence, context: Context) -> Iterator[Draft]:
    written = words(sentence.encoded, context.text, *found.words["award"])
    if not cue("events-award-word").search(written):
        return
    award = re.split(
        r",? (?:for (?!services|merit)|in recognition|in connection|on the|at the|in a|during|who|which|and )",
        written,
    )[0].strip(" ,")
    award = re.sub(r"^(?:the|an?) ", "", award)
    bracket = re.match(r'Order of ["“]\w+["”] \(["“](\w+)["”]\)', award)
    if bracket:
        award = f"Order of {bracket.group(1)}"
    name = next(
        (
            context.holder(m).name
            for m in found.slots.get("person", ())
            if m.kind in ("person", "office")
        ),
        "",
    )
    if not name:
        return
    values: dict[str, Value] = {"person": name, "award": award}
    by = next(
        (
            context.holder(m).name
            for m in found.slots.get("by", ())
            if m.kind in ("person", "office")
        ),
        "",
    )
    if by:
        values["by"] = by
    yield Draft(
        "award", values, [span(sentence, found.start, found.end), span(sentence)], found.rule.id
    )
