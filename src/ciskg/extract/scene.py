"""The scene: which gatherings a document speaks of, and which is in focus at each sentence."""

import re
from collections.abc import Mapping, Sequence

from ciskg.cues import cue
from ciskg.extract.called import summit_of
from ciskg.extract.context import Context
from ciskg.extract.dateline import DATELINE, dateline_of, place_name
from ciskg.extract.gathering import Gathering, Scene, apart, settle, worth
from ciskg.extract.naming import Named, namings
from ciskg.extract.narrowing import Fitting
from ciskg.extract.placing import complete, fill
from ciskg.extract.tables import columns_of, row_meeting
from ciskg.extract.world import names_officials
from ciskg.recognise import Holder, Recognised, Sentence

OWN_DAY = re.compile(r"XXXX-\d\d-\d\d$|day[+-]|week[+-]")  # a day told without its year
LEAD = 5  # sentences in which `the summit` may be named before its body

__all__ = ["Gathering", "Scene", "read_scene"]


def read_scene(read: Recognised, context: Context, fits: Sequence[Fitting]) -> Scene:
    """All gatherings of a document."""
    gatherings: list[Gathering] = []
    at: dict[int, list[tuple[int, int, Gathering]]] = {}
    dateline = dateline_of(read.sentences, context)
    body_seen = False
    main: Gathering | None = None
    columns: dict[int, str] = {}
    for n, sentence in enumerate(read.sentences):
        if sentence.kind == "row":
            columns = columns_of(sentence, context) or columns
            row = row_meeting(sentence, columns, context, n)
            if row:
                gatherings.append(row)
                at[n] = [(0, len(sentence.text), row)]
            continue
        named = list(namings(sentence, context, fits[n], read.sentences, n))
        antecedent = next(
            (
                x[2]
                for m in range(n, max(-1, n - 4), -1)
                for x in reversed(at.get(m, []))
                if not _passing(x[2], main, sentence.block != read.sentences[m].block)
            ),
            main,
        )
        for one in named:
            low = max((x.end for x in named if x.end <= one.start), default=0)
            high = min((x.start for x in named if x.start >= one.end), default=len(sentence.text))
            for new in fill(one, sentence, low, high, context, main.date if main else None):
                new.sentence = n
                _place_before(new, one, read.sentences, n, context)
                _entry(new, read.sentences, n, context)
                generic = new.kind == "generic"
                if generic and not _refer(new, antecedent, main, context, read.sentences, one, n):
                    continue
                lead = not body_seen and (sentence.kind == "heading" or n < 9)
                old = antecedent or main
                if (
                    generic
                    and old
                    and not new.date
                    and not new.place
                    and (new.kind, new.body or new.parties) == (old.kind, old.body or old.parties)
                    and not cue("scene-next").search(sentence.text[one.start : one.end])
                ):
                    at.setdefault(n, []).append((one.start, one.end, old))
                    continue
                gathering = settle(
                    new,
                    gatherings,
                    main,
                    lead,
                    sentence.text[max(0, one.start - 40) : one.end + 20],
                    context.date,
                )
                if gathering is None:
                    continue
                at.setdefault(n, []).append((one.start, one.end, gathering))
                antecedent = gathering
                ours = (
                    gathering.kind == "council"
                    and _unit(gathering, context) == context.organization
                )
                if (
                    main
                    and main is not gathering
                    and lead
                    and ours
                    and gathering.status == "held"
                    and main.kind == "council"
                    and _unit(main, context) != context.organization
                ):
                    main.main, main = False, None
                if (
                    main is None
                    and lead
                    and gathering.status == "held"
                    and gathering.kind != "forum"
                    and not _long_past(gathering, context.date)
                ):
                    main = gathering
                    main.main = True
        if sentence.kind == "paragraph" and len(sentence.text) > 120 and named:
            body_seen = True
    if main is None and gatherings:
        first = gatherings[0]
        if first.sentence < 6 and not (
            first.date and context.date and apart(first.date, context.date)
        ):
            main = first
            main.main = True
    _own_day(gatherings, at, read.sentences, context)
    complete(gatherings, main, dateline, context, read)
    kept = [g for g in gatherings if worth(g)] if names_officials(read) else []
    return Scene(
        kept,
        {
            n: [x for x in found if x[2] in kept]
            for n, found in at.items()
            if any(x[2] in kept for x in found)
        },
        main if main in kept else None,
        dateline,
        tuple(s.block for s in read.sentences),
        tuple(s.kind == "heading" for s in read.sentences),
    )


def _place_before(
    new: Gathering, one: Named, sentences: Sequence[Sentence], n: int, context: Context
) -> None:
    """Gives a gathering that was `there` the place named last before it in its block."""
    text = sentences[n].text
    near = text[max(0, one.start - 60) : one.end + 70]
    if new.place or new.country or not cue("scene-there").search(near):
        return
    for back in range(n, max(-1, n - 3), -1):
        if sentences[back].block != sentences[n].block:
            return
        places = [
            m
            for at, m in sorted(sentences[back].encoded.mentions.items())
            if m.kind == "place" and (back < n or at < one.start)
        ]
        if places:
            new.place = place_name(places[-1], context)
            new.country = context.country(new.place)
            return


def _own_day(
    gatherings: Sequence[Gathering],
    at: Mapping[int, Sequence[tuple[int, int, Gathering]]],
    sentences: Sequence[Sentence],
    context: Context,
) -> None:
    """Gives a gathering without a date the one day of a sentence that names it and no other."""
    for n, named in sorted(at.items()):
        those = {id(x[2]) for x in named}
        gathering = named[0][2]
        if gathering.date or len(those) > 1:
            continue
        text = sentences[n].text
        days = {
            str(m.value)
            for i, m in sentences[n].encoded.mentions.items()
            if m.kind == "date"
            and OWN_DAY.match(str(m.value))
            and not cue("scene-day-of-other").search(text, 0, i)
        }
        if len(days) == 1:
            planned = gathering.status == "planned"
            found = context.resolve(days.pop(), "", future=planned)
            if found and not found.edtf.startswith("XXXX"):
                gathering.date, gathering.steps = found.edtf, found.steps


def _entry(new: Gathering, sentences: Sequence[Sentence], n: int, context: Context) -> None:
    """Gives a gathering the day and place that head its entry: `10 December – Moscow. …`."""
    head = sentences[n - 1] if n else sentences[n]
    if head.block != sentences[n].block or not DATELINE.match(head.text):
        return
    if {"place", "date"} - {m.kind for m in head.encoded.mentions.values()}:
        return
    for _, mention in sorted(head.encoded.mentions.items()):
        if mention.kind == "place" and not new.place:
            new.place = place_name(mention, context)
            new.country = context.country(new.place)
        elif mention.kind == "date" and not new.date and re.search(r"-\d\d$", str(mention.value)):
            found = context.resolve(str(mention.value), "", future=False)
            if found:
                new.date, new.steps = found.edtf, found.steps


def _refer(
    new: Gathering,
    antecedent: Gathering | None,
    main: Gathering | None,
    context: Context,
    sentences: Sequence[Sentence],
    one: Named,
    n: int,
) -> bool:
    """Gives `the summit`, `the next session` the body or parties it means; False where open."""
    word = sentences[n].text[one.start : one.end].lower()
    old = antecedent or main
    if one.found.rule.fields.get("back") == "yes" and (
        old is None or old.sentence < n - 2 or not (new.date or new.place)
    ):
        return False
    if one.found.rule.fields.get("two") == "yes":
        pair = list(old.parties) if old and old.kind == "bilateral" else _two_before(sentences, n)
        new.kind, new.parties = "bilateral", pair
        return bool(pair)
    summit = cue("scene-summit").search(word) is not None
    if old is None and cue("scene-talks").search(word) and (pair := _two_before(sentences, n)):
        new.kind, new.parties = "bilateral", pair
        return True
    if old and old.kind == "bilateral" and not summit and not cue("scene-next").search(word):
        new.kind, new.parties = "bilateral", list(old.parties)
        return True
    if main and main.kind == "council" and cue("scene-of-series").search(word):
        old = main
    body = old.body if old and old.kind == "council" else ""
    if not body and main and main.kind == "council":
        body = main.body
    body = body or context.body
    thing = context.lexicon.by_name.get(body)
    if summit and not (thing and thing.summit):
        body = summit_of(context.organization_at(n), context)
    if not body or (old is None and not (new.date or new.place or _owned(sentences[n], n))):
        return False
    if re.search(r"\b(?:previous|last)\b", word) and not new.date:
        return False
    new.kind, new.body = "council", body
    return True


def _owned(sentence: Sentence, n: int) -> bool:
    """Whether the lead names an organization or its members beside `the summit`."""
    return n < LEAD and any(
        m.kind in ("org", "body", "many") for m in sentence.encoded.mentions.values()
    )


def _passing(gathering: Gathering, main: Gathering | None, other_block: bool) -> bool:
    """Whether talks or a coming session were told in passing.

    `The meeting` of the next paragraph is then the session that the document is about.
    """
    return (
        other_block
        and (gathering.kind == "bilateral" or gathering.status == "planned")
        and main is not None
        and main.kind == "council"
        and main.status == "held"
    )


def _long_past(gathering: Gathering, today: str | None) -> bool:
    """Whether talks lie weeks before the day of the document, which is not about them."""
    day = gathering.date or ""
    if gathering.kind != "bilateral" or len(today or "") != 10 or len(day) < 7:
        return False
    return day[:7] < (today or "")[:7] and (len(day) < 10 or (today or "")[8:] > "07")


def _two_before(sentences: Sequence[Sentence], n: int) -> list[str]:
    """The two persons that the sentences before n name, where they are just two."""
    names: list[str] = []
    for sentence in sentences[max(0, n - 3) : n]:
        for _, mention in sorted(sentence.encoded.mentions.items()):
            if (
                mention.kind == "person"
                and isinstance(mention.value, Holder)
                and mention.value.name not in names
            ):
                names.append(mention.value.name)
    return names if len(names) == 2 else []


def _unit(gathering: Gathering, context: Context) -> str:
    thing = context.lexicon.by_name.get(gathering.body)
    return thing.unit_of if thing else ""
