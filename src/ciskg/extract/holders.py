"""Lists of those who held an office: a heading names it, each entry one holder and the term."""

import re
from collections.abc import Iterator

from ciskg.cues import cue
from ciskg.extract.context import Context
from ciskg.extract.draft import Draft, span
from ciskg.model import Value
from ciskg.recognise import Holder, Office, Recognised, Sentence

FARTHEST = 30  # lines that one heading opens
LONGEST = 100  # characters of one entry
TOLD = 3  # words from which an entry is a sentence
MENTION = re.compile("[\ue000-\ue0ff]")


def read_holders(read: Recognised, context: Context) -> Iterator[Draft]:
    """The holders that stand in a list under an office: former where their term is over."""
    for n, sentence in enumerate(read.sentences):
        office = _heading(sentence)
        if office is None:
            continue
        of = office.of or context.organization_at(n)
        for below in read.sentences[n + 1 : n + 1 + FARTHEST]:
            entries = list(_entries(below))
            if not entries and (below.kind == "heading" and len(below.text) > 40):
                break
            if not entries and below.encoded.mentions and below.kind != "heading":
                break
            for name, start, end, dates in entries:
                values: dict[str, Value] = {"person": name, "title": office.title, "of": of}
                over = len(dates) > 1 or "/" in dates[-1]
                if over and not cue("holders-incumbent").search(below.text, start, end):
                    values["former"] = "true"
                if of:
                    rule = f"holders-list-{context.language}"
                    yield Draft("role", values, [span(below, start, end), span(sentence)], rule)


def _heading(sentence: Sentence) -> Office | None:
    """The office that a short line is all about: `Executive Secretaries`."""
    text = sentence.text.strip()
    holders = [m.value for m in sentence.encoded.mentions.values() if isinstance(m.value, Holder)]
    if len(text) > 60 or len(holders) != 1 or holders[0].name or not holders[0].plural:
        return None
    words = MENTION.sub("", text)
    return None if cue("holders-list-other").search(words) else holders[0].offices[-1]


def _entries(sentence: Sentence) -> Iterator[tuple[str, int, int, list[str]]]:
    """Each holder of a line, where the entry stands, and the dates of the term."""
    mentions = sentence.encoded.mentions
    starts = [
        at for at, m in sorted(mentions.items()) if isinstance(m.value, Holder) and m.value.name
    ]
    if not starts or MENTION.sub("", sentence.text[: starts[0]]).strip(" \t-–—•*.0123456789"):
        return
    for start, end in zip(starts, [*starts[1:], len(sentence.text)], strict=True):
        dates = [str(m.value) for m in sentence.encoded.within(start, end, "date")]
        told = re.findall(r"[a-zа-яё]{3,}", MENTION.sub("", sentence.text[start:end]))
        if dates and end - start <= LONGEST and len(told) < TOLD:
            yield mentions[start].value.name, start, end, dates  # type: ignore[attr-defined]
