"""What `the summit`, `there`, `their meeting` or a day beside a naming refer to."""

import re
from collections.abc import Mapping, Sequence

from ciskg.cues import cue
from ciskg.extract.called import body_of_members, summit_of
from ciskg.extract.context import Context
from ciskg.extract.dateline import DATELINE, place_name
from ciskg.extract.gathering import Gathering
from ciskg.extract.naming import Named
from ciskg.recognise import Holder, Mention, Sentence

OWN_DAY = re.compile(r"XXXX-\d\d-\d\d$|day[+-]|week[+-]")  # a day told without its year
ANY_DAY = re.compile(r"(?:\d{4}|XXXX)-\d\d-\d\d$|day[+-]|week[+-]")
LEAD = 5  # sentences in which `the summit` may be named before its body


def give_own_day(
    gatherings: Sequence[Gathering],
    at: Mapping[int, Sequence[tuple[int, int, Gathering]]],
    sentences: Sequence[Sentence],
    context: Context,
) -> None:
    """Gives a gathering without a date the one day of a sentence that names it and no other.

    Talks take the one day on which the sentences before them tell that somebody came.
    """
    for n, named in sorted(at.items()):
        those = {id(x[2]) for x in named}
        gathering = named[0][2]
        if gathering.date or len(those) > 1:
            continue
        days = _days(sentences[n], OWN_DAY)
        if not days and gathering.kind == "bilateral" and gathering.status == "held":
            before = sentences[max(0, n - 2) : n]
            days = {
                day
                for s in before
                if s.block == sentences[n].block and cue("scene-came").search(s.text)
                for day in _days(s, ANY_DAY)
            }
        if len(days) == 1:
            planned = gathering.status == "planned"
            found = context.resolve(days.pop(), "", future=planned)
            if found and not found.edtf.startswith("XXXX"):
                gathering.date, gathering.steps = found.edtf, found.steps


def _days(sentence: Sentence, form: re.Pattern[str]) -> set[str]:
    """The days of one form that a sentence tells of what it is about."""
    return {
        str(m.value)
        for i, m in sentence.encoded.mentions.items()
        if m.kind == "date"
        and form.match(str(m.value))
        and not cue("scene-day-of-other").search(sentence.text, 0, i)
        and not cue("scene-day-of-person").search(sentence.text, 0, i)
    }


def entry_head(sentences: Sequence[Sentence], n: int) -> list[Mention]:
    """The day and place that head the entry of sentence n: `10 December – Moscow. …`."""
    found: list[Mention] = []
    for back in range(n - 1, max(-1, n - 3), -1):
        head = sentences[back]
        if head.block != sentences[n].block or not DATELINE.match(head.text):
            break
        found[:0] = [m for _, m in sorted(head.encoded.mentions.items())]
    return found if "date" in {m.kind for m in found} else []


def give_entry_head(new: Gathering, head: Sequence[Mention], context: Context) -> None:
    """Gives a gathering the day and place that head its entry."""
    for mention in head:
        if mention.kind == "place" and not new.place:
            new.place = place_name(mention, context)
            new.country = context.country(new.place)
        elif mention.kind == "date" and not new.date and re.search(r"-\d\d$", str(mention.value)):
            found = context.resolve(str(mention.value), "", future=False)
            if found:
                new.date, new.steps = found.edtf, found.steps


def give_place_before(
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


def refer(
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
    owner = cue("scene-its").match(word) and _owner(sentences[n], one.start, context)
    if owner:
        body = owner
    elif summit and not (thing and thing.summit):
        body = summit_of(context.organization_at(n), context)
    if not body or (old is None and not (new.date or new.place or _owned(sentences[n], n))):
        return False
    if re.search(r"\b(?:previous|last)\b", word) and not new.date:
        return False
    new.kind, new.body = "council", body
    return True


def in_passing(gathering: Gathering, main: Gathering | None, other_block: bool) -> bool:
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


def _owner(sentence: Sentence, start: int, context: Context) -> str:
    """The body that `their meeting` means, where a sentence names it or its members before."""
    for at, mention in sorted(sentence.encoded.mentions.items(), reverse=True):
        if at >= start:
            continue
        if mention.kind == "body":
            return (mention.names("body") or ("",))[0]
        if mention.kind == "many" and (body := body_of_members(mention, context)):
            return body
    return ""


def _owned(sentence: Sentence, n: int) -> bool:
    """Whether the lead names an organization or its members beside `the summit`."""
    return n < LEAD and any(
        m.kind in ("org", "body", "many") for m in sentence.encoded.mentions.values()
    )


def unit_of(gathering: Gathering, context: Context) -> str:
    thing = context.lexicon.by_name.get(gathering.body)
    return thing.unit_of if thing else ""
