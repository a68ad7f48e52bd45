"""Visits: who went to which state, when, and of what kind."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TypeAlias

from ciskg.cues import cue
from ciskg.extract.context import Context
from ciskg.extract.draft import Draft, span
from ciskg.extract.naming import subject
from ciskg.extract.narrowing import Fitting
from ciskg.extract.rules import Found, closest
from ciskg.model import Value
from ciskg.recognise import Mention, Recognised, Sentence
from ciskg.recognise.dates import Resolved

SOON = 60  # days within which a present tense tells what is ahead
Dated: TypeAlias = tuple[str | None, tuple[str, ...]]


def read_visits(read: Recognised, context: Context, fits: Sequence[Fitting]) -> Iterator[Draft]:
    """The visits of a document; one of each person to each state on each date."""
    seen: dict[tuple[str, str], list[Draft]] = {}
    for n, sentence in enumerate(read.sentences):
        taken: list[tuple[int, int]] = []
        for found in closest(fits[n].get("visit", ()), sentence.encoded, taken):
            if any(found.start < b and a < found.end for a, b in taken):
                continue
            drafts = [*_visits(n, found, read, context)]
            if drafts:
                taken.append((found.start, found.end))
            for draft in drafts:
                key = str(draft.values["person"]), str(draft.values["to"])
                known = seen.setdefault(key, [])
                same = next((d for d in known if _same(d, draft)), None)
                if same is None:
                    known.append(draft)
                    yield draft
                else:
                    _join(same, draft)


def _same(old: Draft, new: Draft) -> bool:
    a, b = str(old.values.get("date", "")), str(new.values.get("date", ""))
    if not a or not b:
        return True
    if _guessed(old) or _guessed(new):
        return True
    a, b = a.split("/")[0], b.split("/")[0]
    short = min(len(a), len(b))
    return a[:short] == b[:short]


def _guessed(draft: Draft) -> bool:
    """Whether the date is only that of the document."""
    return bool({"date-from-document-date", "year-from-document-date"} & set(draft.steps))


def _join(old: Draft, new: Draft) -> None:
    date = str(new.values.get("date", ""))
    if (
        date
        and not _guessed(new)
        and (_guessed(old) or len(date) > len(str(old.values.get("date", ""))))
    ):
        old.values["date"], old.steps = date, new.steps
    for name, value in new.values.items():
        old.values.setdefault(name, value)
    old.spans += [s for s in new.spans if s not in old.spans]
    if old.modality == "planned" and new.modality != "planned":
        old.modality = new.modality


def _visits(n: int, found: Found, read: Recognised, context: Context) -> Iterator[Draft]:
    sentence = read.sentences[n]
    kind = _kind(found, sentence)
    if "a" in found.slots or "many" in found.slots:
        yield from _exchange(kind, found, sentence, read, context, n)
        return
    before = sentence.text[max(0, found.start - 60) : found.start]
    after = sentence.text[found.end : found.end + 50]
    within = sentence.text[found.start : found.end]
    if (
        cue("visits-unreal-before").search(before)
        or cue("visits-unreal").search(within)
        or cue("visits-unreal-after").match(after)
    ):
        return
    who = [
        name
        for m in found.slots.get("person", ())
        if m.kind in ("person", "office") and (name := context.holder(subject(m, sentence)).name)
    ]
    if not who and "person" in found.slots:
        return
    who = who or [x for x in (_subject_before(n, found, read, context),) if x]
    planned = bool(cue("visits-planned").search(f"{before[-20:]}{within}"))
    for name in who:
        if cue("visits-our-country").search(within):
            stops = [(context.home, "", found.start, found.end)] if context.home else []
        else:
            stops = list(_stops(found, sentence, read, context, name, n))
        for state, place, low, high in stops:
            home = context.state_of(name)
            if state == home or (not home and state == context.home):
                continue
            values: dict[str, Value] = {"person": name, "to": state}
            if place:
                values["place"] = place
            if kind:
                values["kind"] = kind
            day, steps = _date(
                n, found, (low, high) if len(stops) > 1 else None, read, context, planned
            )
            if day:
                values["date"] = day
            yield Draft(
                "visit",
                values,
                [span(sentence, found.start, found.end), span(sentence)],
                found.rule.id,
                "planned" if planned else "stated",
                steps,
            )


def _kind(found: Found, sentence: Sentence) -> str:
    for name in ("kind", "kind_2"):
        if name in found.words:
            a, b = found.words[name]
            return sentence.text[a:b].lower()
    word = cue("visits-kind").search(sentence.text, found.start, found.end)
    return word.group("kind").lower() if word else ""


def _subject_before(n: int, found: Found, read: Recognised, context: Context) -> str:
    """Whose visit `the state visit to X` was: the last visitor's, else the first person before."""
    for back in range(n, max(-1, n - 6), -1):
        limit = found.start if back == n else 10**9
        for at, mention in sorted(read.sentences[back].encoded.mentions.items()):
            if mention.kind in ("person", "office") and at < limit:
                name = context.holder(mention).name
                if name and (not context.home or context.state_of(name) in (context.home, "")):
                    return name
    return ""


def _stops(
    found: Found, sentence: Sentence, read: Recognised, context: Context, name: str, n: int
) -> Iterator[tuple[str, str, int, int]]:
    """State, place and the stretch of the sentence of each stop."""
    spots = [
        (at, m)
        for at, m in sorted(sentence.encoded.mentions.items())
        if any(m is slot for slot in found.slots.get("to", ()))
    ]
    if not spots:
        spots = _guess(found, sentence, read, context, name, n)
    stops: list[tuple[str, str, int]] = []
    for at, mention in spots:
        if mention.kind == "place":
            place = mention.names("place")[0]
            state = context.country(place)
        else:
            place = ""
            state = next(iter(mention.names("state") or mention.names("adj")), "")
        if not state:
            continue
        if stops and stops[-1][0] == state:  # `Kazakhstan’s capital Astana`
            stops[-1] = (state, stops[-1][1] or place, stops[-1][2])
            continue
        stops.append((state, place, at))
    ends = [at for _, _, at in stops[1:]] + [len(sentence.text)]
    for (state, place, at), end in zip(stops, ends, strict=False):  # without stops one end is left
        yield state, place, at, end


def _guess(
    found: Found, sentence: Sentence, read: Recognised, context: Context, name: str, n: int
) -> list[tuple[int, Mention]]:
    """Where a visit went that does not say it: `to this country`, or to the place named next."""
    here = sorted(sentence.encoded.mentions.items())
    if cue("visits-this-country").search(sentence.text, found.start, found.end + 20):
        states = [x for x in here if x[0] < found.start and x[1].kind == "state"]
        if not states and n:
            before = sorted(read.sentences[n - 1].encoded.mentions.items())
            states = [(found.start, m) for _, m in before if m.kind == "state"]
        return [x for x in states if x[1].names("state")[0] != context.state_of(name)][-1:]
    if found.rule.fields.get("where") != "next":
        return []
    places = [x for x in here if x[0] >= found.start and x[1].kind == "place"]
    for below in read.sentences[n + 1 : n + 2]:
        places += [
            (found.end, m) for _, m in sorted(below.encoded.mentions.items()) if m.kind == "place"
        ]
    return places[:1]


def _date(
    n: int,
    found: Found,
    stretch: tuple[int, int] | None,
    read: Recognised,
    context: Context,
    planned: bool,
) -> Dated:
    """The date of a visit: written with it, else of the document where the visit is its news."""
    sentence = read.sentences[n]
    written = [
        (i, m)
        for i, m in sorted(sentence.encoded.mentions.items())
        if m.kind == "date" and not cue("visits-not-when").search(sentence.text[:i])
    ]
    dates = [m for i, m in written if stretch and stretch[0] < i < stretch[1]]
    dates = dates or [m for m in found.slots.get("when", ()) if m.kind == "date"]
    if not dates:
        near = [(i, m) for i, m in written if i - found.start > -130 and i - found.end < 60]
        near.sort(key=lambda x: (-len(str(x[1].value)), abs(x[0] - found.end)))
        dates = [m for _, m in near]
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
        resolved = _just_ahead(value, sentence, found, context) or context.resolve(
            value, sentence.text
        )
        if resolved and not resolved.edtf.startswith("XXXX"):
            return resolved.edtf, resolved.steps
    if n < 6 and not planned and context.date and len(context.date) == 10:
        return context.date, (*context.date_steps, "date-from-document-date")
    year = context.review_year or (context.date or "")[:4]
    return (year, ("year-from-document-date",)) if year.isdigit() else (None, ())


def _just_ahead(value: str, sentence: Sentence, found: Found, context: Context) -> Resolved | None:
    """The day that `he goes to Minsk on May 25` means: in the present tense one just ahead."""
    today = context.date or ""
    if not value.startswith("XXXX") or len(today) != 10:
        return None
    if not cue("visits-present").search(sentence.text, found.start, found.end):
        return None
    day = context.resolve(value, "", future=True)
    if day is None or not re.fullmatch(r"\d{4}-\d\d-\d\d", day.edtf):
        return None
    ahead = date.fromisoformat(day.edtf) - date.fromisoformat(today)
    return day if 0 <= ahead.days < SOON else None


def _exchange(
    kind: str, found: Found, sentence: Sentence, read: Recognised, context: Context, n: int
) -> Iterator[Draft]:
    """`an exchange of visits of the heads of state of A and B`: each visited the other."""
    states: list[str] = []
    for mention in sentence.encoded.within(found.start, found.end, "state", "many"):
        if mention.kind == "state":
            states.append(mention.names("state")[0])
        else:
            states += [o.of for o in getattr(mention.value, "offices", ()) if o.of]
    if len(states) < 2:
        return
    heads = {
        office.of: name
        for name, offices in sorted(context.offices.items())
        for office in offices
        if office.title == "President" and not office.former
    }
    date, steps = _date(n, found, None, read, context, False)
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
