"""Thematic years, visits, elections with their observers, awards."""

import re
from collections.abc import Iterator, Sequence

from ciskg.extract.awards import read_awards
from ciskg.extract.context import Context
from ciskg.extract.draft import Draft, span
from ciskg.extract.elections import read_elections
from ciskg.extract.rules import Found, Rule, find
from ciskg.extract.scene import Scene
from ciskg.extract.years import read_years
from ciskg.model import Value
from ciskg.recognise import Mention, Recognised, Sentence


def read_events(
    read: Recognised, context: Context, scene: Scene, rules: Sequence[Rule]
) -> Iterator[Draft]:
    """The events of a document that are no gatherings."""
    yield from read_years(read, context, rules)
    yield from read_elections(read, context, rules)
    yield from read_awards(read, context, rules)
    own = [r for r in rules if r.type == "visit"]
    for n, sentence in enumerate(read.sentences):
        for rule in own:
            for found in find(rule, sentence.encoded):
                yield from _visit(n, found, sentence, read, context, scene)


def _group(found: Found, sentence: Sentence, name: str) -> str:
    if name not in found.words:
        return ""
    a, b = found.words[name]
    return sentence.text[a:b]


def _visit(
    n: int, found: Found, sentence: Sentence, read: Recognised, context: Context, scene: Scene
) -> Iterator[Draft]:
    kind = (_group(found, sentence, "kind") or _group(found, sentence, "kind_2")).lower()
    if found.rule.id.startswith("exchange"):
        yield from _exchange(kind, found, sentence, read, context, n)
        return
    name = next(
        (
            context.holder(m).name
            for m in found.slots.get("person", ())
            if m.kind in ("person", "office")
        ),
        "",
    )
    if not name:
        name = _subject_before(n, sentence, found, read, context)
    to, place = _to(found, sentence, read, context, name, n)
    if not name or not to or to == context.state_of(name):
        return
    values: dict[str, Value] = {"person": name, "to": to}
    if place:
        values["place"] = place
    if kind:
        values["kind"] = kind
    date, steps = _date(n, found, sentence, context, read)
    if date:
        values["date"] = date
    planned = bool(
        re.search(
            r"\b(?:will|is to|plans?|scheduled|upcoming|forthcoming)\b",
            sentence.text[max(0, found.start - 20) : found.end],
        )
    )
    yield Draft(
        "visit",
        values,
        [span(sentence, found.start, found.end), span(sentence)],
        found.rule.id,
        "planned" if planned else "stated",
        steps,
    )


def _subject_before(
    n: int, sentence: Sentence, found: Found, read: Recognised, context: Context
) -> str:
    """Whose visit `the state visit to X` was: the last visitor's, else the first person before."""
    for back in range(n, max(-1, n - 6), -1):
        limit = found.start if back == n else 10**9
        for at, mention in sorted(read.sentences[back].encoded.mentions.items()):
            if mention.kind == "person" and at < limit:
                name = context.holder(mention).name
                if context.state_of(name) == context.home or not context.home:
                    return name
    return ""


def _to(
    found: Found, sentence: Sentence, read: Recognised, context: Context, name: str, n: int
) -> tuple[str, str]:
    mentions: list[Mention] = list(found.slots.get("to", ()))
    if not mentions:
        if "this country" in sentence.text[found.start : found.end + 20]:
            mentions = [
                m
                for i, m in sorted(sentence.encoded.mentions.items())
                if i < found.start and m.kind == "state"
            ]
            if not mentions and n:
                mentions = [
                    m
                    for _, m in sorted(read.sentences[n - 1].encoded.mentions.items())
                    if m.kind == "state"
                ]
            mentions = [m for m in mentions if m.names("state")[0] != context.state_of(name)][-1:]
        elif re.search(r"visit(?: of| by)", sentence.text[found.start : found.end]):
            return ("", "")
        else:
            after = [
                m
                for i, m in sorted(sentence.encoded.mentions.items())
                if i >= found.start and m.kind == "place"
            ]
            mentions = after[:1]
            if not mentions and found.rule.id.startswith("departed"):
                mentions = [
                    m
                    for s in read.sentences[n + 1 : n + 2]
                    for _, m in sorted(s.encoded.mentions.items())
                    if m.kind == "place"
                ][:1]
    for mention in mentions:
        if mention.kind == "place":
            place = mention.names("place")[0]
            country = context.country(place)
            return (country, place)
        for state in (mention.names("state") or mention.names("adj"))[:1]:
            return (state, "")
    return ("", "")


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


def _exchange(
    kind: str, found: Found, sentence: Sentence, read: Recognised, context: Context, n: int
) -> Iterator[Draft]:
    """`an exchange of visits of the heads of state of A and B`: each president visited the other."""
    states: list[str] = []
    for mention in sentence.encoded.within(found.start, found.end, "state", "many"):
        if mention.kind == "state":
            states.append(mention.names("state")[0])
        else:
            offices = getattr(mention.value, "offices", ())
            states += [o.of for o in offices if o.of]
    if len(states) < 2:
        return
    heads = {
        of: name
        for name, offices in sorted(context.offices.items())
        for o in offices
        if o.title == "President" and not o.former
        for of in [o.of]
    }
    date, steps = _date(n, found, sentence, context, read)
    for mine, other in ((states[0], states[1]), (states[1], states[0])):
        if mine in heads:
            values: dict[str, Value] = {"person": heads[mine], "to": other}
            if date:
                values["date"] = date
            if kind:
                values["kind"] = kind
            yield Draft(
                "visit",
                values,
                [span(sentence, found.start, found.end), span(sentence)],
                found.rule.id,
                steps=(*steps, "head-of-state-of-document"),
            )
