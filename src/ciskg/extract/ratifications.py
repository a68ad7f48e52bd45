"""Which state ratified which instrument."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ciskg.cues import cue
from ciskg.extract.context import Context
from ciskg.extract.draft import Draft, span
from ciskg.extract.narrowing import Fitting
from ciskg.extract.ratifiers import ratifiers, state_for
from ciskg.extract.rules import Found, closest
from ciskg.extract.russian_titles import find_titles
from ciskg.extract.titles import Title, words
from ciskg.normal import is_cyrillic
from ciskg.recognise import Recognised, Sentence

SHORTEST = 14  # characters of a title that tells which instrument is meant
AHEAD = 8  # sentences in which an instrument only meant before is named
PAIR = 2  # states that `both countries` means
BACK = 14  # sentences in which an instrument named before is still meant


@dataclass(frozen=True, slots=True)
class Instrument:
    """An instrument of the document, for what refers back to it."""

    title: str
    sentence: int


def read_ratifications(
    n: int,
    read: Recognised,
    context: Context,
    fits: Fitting,
    known: Sequence[Instrument],
) -> Iterator[Draft]:
    """The ratifications of sentence n; `known` are the instruments named so far."""
    sentence, rules = read.sentences[n], fits.get("ratification")
    if not rules or not cue("ratifications-gate").search(sentence.text):
        return
    made: list[str] = []
    for found in closest(rules, sentence.encoded, made):
        framed = found.rule.fields.get("frame")
        states = (ratifiers if framed else _states)(n, found, read, context)
        if framed == "word" and not states:
            states = _of_chamber(n, found, read, context)
        title = _ratified(n, found, read, context, known) if states else ""
        if not title:
            continue
        made += states
        for state in states:
            yield Draft(
                "ratification",
                {"agreement": title, "state": state},
                [span(sentence, found.start, found.end), span(sentence)],
                found.rule.id,
            )


def _states(n: int, found: Found, read: Recognised, context: Context) -> list[str]:
    """The states that ratified: named, or those of the parliament or president that acted."""
    text = read.sentences[n].text
    if cue("ratifications-unreal").search(text[: _verb(found, text)]):
        return []
    mentions = (*found.slots.get("who", ()), *found.slots.get("more", ()))
    states = list(dict.fromkeys(s for m in mentions if (s := state_for(m, context))))
    if states or (mentions and not all(m.kind in ("short", "office") for m in mentions)):
        return states
    if found.rule.fields.get("who") == "both":
        return _both(n, read)
    if found.rule.fields.get("who") == "law":
        return _of_law(n, read)
    return _of_parliament(n, found, read, context)


def _of_chamber(n: int, found: Found, read: Recognised, context: Context) -> list[str]:
    """The state whose deputies, unnamed, ratified: `депутаты проголосовали за ратификацию`."""
    text = read.sentences[n].text
    if cue("ratified-unreal").search(text) or not cue("ratifications-deputies").search(text):
        return []
    return _of_parliament(n, found, read, context)


def _both(n: int, read: Recognised) -> list[str]:
    """The two states that `both countries` means: the two that the sentences before it name."""
    states: dict[str, None] = {}
    for sentence in reversed(read.sentences[max(0, n - 3) : n + 1]):
        for _, mention in sorted(sentence.encoded.mentions.items()):
            for entry in mention.entries:
                if entry.kind in ("state", "adj"):
                    states |= dict.fromkeys(t.name for t in entry.things[:1])
        if len(states) >= PAIR:
            break
    return list(states) if len(states) == PAIR else []


def _verb(found: Found, text: str) -> int:
    """Where the word for ratifying starts within a match."""
    match = cue("ratifications-word").search(text, found.start, found.end)
    return match.start() if match else found.start


def _of_law(n: int, read: Recognised) -> list[str]:
    """The state whose law a heading `On the ratification of …` opens."""
    for sentence in read.sentences[n : n + 3]:
        law = cue("ratifications-law").search(sentence.text)
        if law:
            mention = sentence.encoded.mentions[law.start(law.lastgroup or 0)]
            return list((mention.names("state") or mention.names("adj"))[:1])
    return []


def _of_parliament(n: int, found: Found, read: Recognised, context: Context) -> list[str]:
    """The state whose parliament sits: the one named last beside words for a parliament."""
    for back in range(n, max(-1, n - 4), -1):
        sentence = read.sentences[back]
        written = context.text[sentence.encoded.starts[0] : sentence.encoded.starts[-1]]
        if not cue("ratifications-parliament").search(written):
            continue
        for at, mention in sorted(sentence.encoded.mentions.items(), reverse=back == n):
            if back == n and at >= found.start:
                continue
            if mention.kind in ("state", "adj", "body") and (state := state_for(mention, context)):
                return [state]
    return [context.home] if context.home else []


def _ratified(
    n: int, found: Found, read: Recognised, context: Context, known: Sequence[Instrument]
) -> str:
    """The title of what was ratified: named in the sentence, else the last named before."""
    sentence = read.sentences[n]
    titles = [t for t in find_titles(sentence.encoded, context.text) if _tells(t)]
    after = [t for t in titles if t.end > found.end]
    for title in sorted(after or titles, key=lambda t: _distance(t, found)):
        written = _written(title, sentence, context)
        if _long(written):
            return written
    if known and n - known[-1].sentence < BACK:
        return known[-1].title
    for back in range(n - 1, max(-1, n - 3), -1):
        earlier = read.sentences[back]
        for title in reversed(list(find_titles(earlier.encoded, context.text))):
            written = _written(title, earlier, context)
            if not title.plural and _long(written):
                return written
    return _told_later(n, read, context) if "frame" in found.rule.fields else ""


def _told_later(n: int, read: Recognised, context: Context) -> str:
    """The first title after sentence n, where the document names what it speaks of only then."""
    for sentence in read.sentences[n + 1 : n + AHEAD]:
        for title in find_titles(sentence.encoded, context.text):
            written = _written(title, sentence, context)
            if _tells(title) and _long(written):
                return written
    return ""


def _long(written: str) -> bool:
    """Whether a title tells which instrument is meant: `Устав СНГ` does, `соглашение о нём` not."""
    return len(written) > SHORTEST or (is_cyrillic(written) and written[-1:].isupper())


def _tells(title: Title) -> bool:
    return not title.plural and (title.end > title.head + 1 or title.start < title.head)


def _distance(title: Title, found: Found) -> int:
    return min(abs(title.start - found.end), abs(found.start - title.end))


def _written(title: Title, sentence: Sentence, context: Context) -> str:
    written = words(sentence.encoded, context.text, title.start, title.end).strip('“”"«» ,')
    written = re.sub(r"^(?:the|an?) ", "", cue("ratifications-title-end").sub("", written))
    return written[:1].upper() + written[1:]
