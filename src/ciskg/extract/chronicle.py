"""Chronicles of a body: entries that open with a day, each of which tells one session."""

import re
from collections.abc import Iterator, Sequence

from ciskg.cues import cue
from ciskg.extract.called import body_of_members, summit_of
from ciskg.extract.context import Context
from ciskg.extract.dateline import place_name
from ciskg.extract.draft import span
from ciskg.extract.gathering import Gathering
from ciskg.recognise import CHAR, Sentence

D, L, S = (CHAR[k] for k in ("date", "place", "state"))
# `Ashgabat, 11 October 2019.`, `11 October 2019 – Ashgabat:` before what is told of it
HEAD = re.compile(
    rf"\W*(?:{L}(?:, ?{S})?[ ,(–—-]+{D}|{D}(?:[ ,(–—-]+(?:in )?{L}(?:, ?{S})?)?)\)?(?:[.:–—-]|\W*$)"
)
DAY = re.compile(r"(?:19|20)\d\d-\d\d(?:-\d\d(?:/.*)?)?")
FEW = 3  # entries that make a chronicle
LEAD = 3  # sentences that tell what a document is about


def chronicle(sentences: Sequence[Sentence], context: Context) -> dict[int, Gathering]:
    """The sessions whose entries sentences open, by the number of the sentence; {} for none.

    Only where a heading, or the first words, tell that the sessions of one body are listed.
    """
    heads = [n for n, s in enumerate(sentences) if _opens(sentences, n) and _day(s)]
    if len(heads) < FEW:
        return {}
    body = next(_listed(sentences[: heads[0]], context), "")
    if not body:
        return {}
    return {n: _session(sentences, n, body, context) for n in heads}


def _opens(sentences: Sequence[Sentence], n: int) -> bool:
    return n == 0 or sentences[n].block != sentences[n - 1].block


def _day(sentence: Sentence) -> str:
    """The day or month, with its year, that heads an entry; "" for none."""
    head = HEAD.match(sentence.text)
    if not head:
        return ""
    days = [str(m.value) for m in sentence.encoded.within(0, head.end(), "date")]
    return days[0] if len(days) == 1 and DAY.fullmatch(days[0]) else ""


def _listed(before: Sequence[Sentence], context: Context) -> Iterator[str]:
    """The bodies whose sessions a heading above the entries says are listed."""
    for n, sentence in enumerate(before):
        heads = sentence.kind == "heading" or n < LEAD or n == len(before) - 1
        if not heads or not cue("scene-chronicle").search(sentence.text):
            continue
        for _, mention in sorted(sentence.encoded.mentions.items()):
            names = (*mention.names("summit"), *mention.names("body"))
            found = names[:1] or tuple(
                filter(None, (context.short(mention, n), body_of_members(mention, context)))
            )
            if not found and mention.kind == "org":
                found = (summit_of(mention.names("org")[0], context),)
            yield from filter(None, found)


def _session(sentences: Sequence[Sentence], n: int, body: str, context: Context) -> Gathering:
    """The session that one entry tells."""
    sentence = sentences[n]
    head = HEAD.match(sentence.text)
    high = head.end() if head else len(sentence.text)
    places = [place_name(m, context) for m in sentence.encoded.within(0, high, "place")]
    date = _day(sentence)
    after = sentence.text[high:]
    if not after.strip() and n + 1 < len(sentences):
        after = sentences[n + 1].text
    video = cue("scene-entry-video").match(after) is not None
    place = "" if video or not places else places[0]
    return Gathering(
        "council",
        body,
        date=date,
        place=place,
        country=context.country(place),
        mode="videoconference" if video else "",
        status="planned" if context.date and date > context.date else "held",
        rule="chronicle-of-meetings-en",
        spans=[span(sentence)],
        sentence=n,
    )
