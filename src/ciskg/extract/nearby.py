"""The state that words near an office mean, where the office does not say whose it is."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ciskg.cues import cue
from ciskg.recognise import Holder, Lexicon, Mention, Office, Sentence


@dataclass(frozen=True, slots=True)
class Where:
    """A place in the document where an office without `of` is named."""

    name: str
    office: Office
    sentence: int
    at: int


def state_near(
    where: Where,
    sentences: Sequence[Sentence],
    home: str,
    held: Mapping[str, list[Office]],
    unnamed: Sequence[tuple[str, str]],
    lexicon: Lexicon,
) -> str:
    """The state that an office named without one belongs to, from the words before it."""
    sentence, at, title = sentences[where.sentence], where.at, where.office.title
    others = {
        o.of
        for person, offices in held.items()
        if person != where.name
        for o in offices
        if o.title == title
    }
    states = [
        state
        for i, m in sorted(sentence.encoded.mentions.items())
        if i < at and (state := _stands(m, sentence.text, i))
    ]
    sent = [
        m.names("state")[0]
        for i, m in sorted(sentence.encoded.mentions.items())
        if i < at and m.kind == "state" and cue("holding-sent").search(sentence.text, 0, i)
    ]
    if sent:  # `от Молдавии – премьер-министр …`
        return sent[-1]
    free = [s for s in states if s not in others]
    beside = _beside(sentence, at, lexicon)
    if beside and beside not in others:
        return beside
    if free:
        return free[-1]
    section = _section(sentences, where.sentence)
    if section and section not in others:
        return section
    meant = {of for t, of in unnamed if t == title} - others
    after = [
        state
        for i, m in sorted(sentence.encoded.mentions.items())
        if i > at and (state := _named(m, lexicon)) and state not in others
    ]
    taken = any(
        o.of == home and o.title == "President"
        for p, offices in held.items()
        if p != where.name
        for o in offices
    )
    if len(meant) == 1 and not home:
        return meant.pop()
    if after and (taken or not home):
        return after[0]
    told = [s for s in persons_states(sentence, at) if s not in others and s != home]
    if told and not home_named(sentence, home):
        return told[-1]
    if home and home not in others and not (taken and title == "President"):
        return home
    before = [
        m.names(m.kind)[0]
        for s in sentences[max(0, where.sentence - 1) : where.sentence]
        for m in s.encoded.mentions.values()
        if m.kind in ("state", "adj")
    ]
    free = [s for s in before if s not in others and s != home]
    if free or states:
        return free[-1] if free else states[-1]
    return "" if taken else home or _most(sentences)


def states_named(sentence: Sentence, stop: int | None = None) -> Iterator[str]:
    """The states named in a sentence, and those for which its persons stand, in order."""
    for i, mention in sorted(sentence.encoded.mentions.items()):
        if stop is not None and i >= stop:
            return
        if isinstance(mention.value, Holder):
            if len(mention.value.of) == 3:
                yield mention.value.of
        elif mention.kind in ("state", "adj"):
            yield mention.names(mention.kind)[0]


def persons_states(sentence: Sentence, stop: int) -> Iterator[str]:
    """The states for which the persons before a place in a sentence stand, in order."""
    for i, mention in sorted(sentence.encoded.mentions.items()):
        if i < stop and isinstance(mention.value, Holder) and len(mention.value.of) == 3:
            yield mention.value.of


def home_named(sentence: Sentence, home: str) -> bool:
    """Whether a sentence names the state whose publisher speaks."""
    return home in states_named(sentence)


def host_state(sentences: Sequence[Sentence], lexicon: Lexicon) -> str:
    """The state of the place that the document names first."""
    for sentence in sentences[:8]:
        for _, mention in sorted(sentence.encoded.mentions.items()):
            for place in mention.names("place")[:1]:
                return lexicon.countries.get(place, "")
    return ""


def _most(sentences: Sequence[Sentence]) -> str:
    """The state of which a document speaks more than of all others together; "" for none."""
    count = Counter(
        mention.names(mention.kind)[0]
        for sentence in sentences
        for mention in sentence.encoded.mentions.values()
        if mention.kind in ("state", "adj")
    )
    best = count.most_common(1)
    return best[0][0] if best and best[0][1] * 2 > sum(count.values()) else ""


def _stands(mention: Mention, text: str, at: int) -> str:
    """The state that a name, an adjective or a capital (`Minsk declined`) stands for."""
    if cue("holding-not-subject").search(text, max(0, at - 12), at):
        return ""
    if cue("holding-possessive").match(text, at + 1):
        return ""
    if mention.kind in ("state", "adj"):
        return mention.names(mention.kind)[0]
    if cue("holding-where").search(text, max(0, at - 12), at):
        return ""
    return next(
        (t.unit_of for e in mention.entries if e.kind == "place" for t in e.things if t.capital), ""
    )


def _named(mention: Mention, lexicon: Lexicon) -> str:
    """The state that a mention names, by itself or in the name of a state's body."""
    if mention.kind == "state":
        return mention.names("state")[0]
    units = [lexicon.by_name[b].unit_of for b in mention.names("body")[:1]]
    return next((u for u in units if (t := lexicon.by_name.get(u)) and t.kind == "state"), "")


def _beside(sentence: Sentence, at: int, lexicon: Lexicon) -> str:
    """The state of the person named right before: `Speaker of the Senate of A X and Premier Y`."""
    gap = cue("holding-beside").search(sentence.text, 0, at)
    mention = sentence.encoded.mentions.get(gap.start()) if gap else None
    if mention is None or not isinstance(mention.value, Holder) or not mention.value.offices:
        return ""
    of = mention.value.offices[-1].of
    thing = lexicon.by_name.get(of)
    return thing.unit_of if thing and thing.kind == "body" else of if len(of) == 3 else ""


def _section(sentences: Sequence[Sentence], n: int) -> str:
    """The state that is the whole of the heading above a sentence: `RUSSIA`."""
    for sentence in reversed(sentences[max(0, n - 40) : n]):
        mentions = list(sentence.encoded.mentions.values())
        alone = len(sentence.text.strip()) == 1 and mentions
        if alone and mentions[0].kind == "state":
            return mentions[0].names("state")[0]
    return ""
