"""Which states ratified, by frames: a word of ratifying, and the states of its clause (Russian)."""

from collections.abc import Sequence

from ciskg.cues import cue
from ciskg.extract.cases import PEOPLE, clause, preposition
from ciskg.extract.context import Context
from ciskg.extract.rules import Found
from ciskg.extract.russian_titles import find_titles
from ciskg.recognise import Mention, Recognised, Sentence

AROUND = (4, 3)  # sentences before and after a law in which ratification is spoken of


def ratifiers(n: int, found: Found, read: Recognised, context: Context) -> list[str]:
    """The states that ratified, told by their case; none where the words tell no act done."""
    sentence = read.sentences[n]
    text = sentence.text
    low, high = clause(text, found.start, found.end)
    if cue("ratified-law-says").search(text, 0, found.end):
        return _lawgiver(read, context)
    if cue("ratified-unreal").search(text, low, high):
        return []
    word = text[found.start : found.end]
    active = bool(cue("ratified-active").match(word))
    passive = bool(cue("ratified-passive").match(word))
    if not active and not passive and not _done(n, found, low, high, read):
        return []
    cases = ("nom",) if active else ("ins",) if passive else ("ins", "nom")
    found_states = _between(low, high, cases, sentence, context)
    if not found_states and text[high : high + 1] == ":":  # `ратифицировали все: A, B и C`
        found_states = _between(high, len(text), ("nom", "ins"), sentence, context)
    relative = cue("ratified-relative").search(text)
    if not found_states and relative:  # `A и B, чьи парламенты его ратифицировали`
        listed = sentence.encoded.within(*relative.span("list"), "state")
        found_states = [state_for(m, context) for m in listed]
    return list(dict.fromkeys(found_states))


def _between(
    low: int, high: int, cases: Sequence[str], sentence: Sentence, context: Context
) -> list[str]:
    """The states of a stretch that stand in one of the cases, outside titles."""
    text = sentence.text
    inside = [(t.start, t.end) for t in find_titles(sentence.encoded, context.text)]
    states: list[str] = []
    last = -1
    for at, mention in sorted(sentence.encoded.mentions.items()):
        if not low <= at < high or any(a <= at < b for a, b in inside):
            continue
        state = state_for(mention, context)
        listed = last >= 0 and cue("ratified-list").fullmatch(text, last + 1, at)
        if state and (listed or _acts(mention, at, sentence, cases, context)):
            last = at
            states.append(state)
    return states


def _lawgiver(read: Recognised, context: Context) -> list[str]:
    """The state whose law a document is: that of its title, its chambers or who signed it."""
    for sentence in read.sentences:
        law = cue("ratified-law-of").search(sentence.text)
        if law:
            return [state_for(sentence.encoded.mentions[law.start("s")], context)]
        for _, mention in sorted(sentence.encoded.mentions.items()):
            if mention.kind in ("body", *PEOPLE) and (state := state_for(mention, context)):
                return [state]
    return [context.home] if context.home else []


def _done(n: int, found: Found, low: int, high: int, read: Recognised) -> bool:
    text = read.sentences[n].text
    if found.rule.fields["frame"] == "law":
        near = read.sentences[max(0, n - AROUND[0]) : n + AROUND[1]]
        told = any(cue("ratifications-word").search(s.text) for s in near)
        return told and cue("ratified-law").search(text, low, high) is not None
    return cue("ratified-done").search(text, low, high) is not None


def _acts(
    mention: Mention, at: int, sentence: Sentence, cases: Sequence[str], context: Context
) -> bool:
    text = sentence.text
    governed = preposition(mention, sentence)
    if mention.kind == "body":
        return not governed
    if mention.kind == "adj":
        return bool(cue("ratified-chamber").match(text, at + 2))
    stands = mention.case
    if mention.kind in PEOPLE:
        return not governed and stands in (*cases, "nom")
    if cue("ratified-row").match(text, at + 1):  # `Армения – ратифицирован 16 марта`
        return True
    before = [m for m in cue("ratified-chamber").finditer(text, 0, at) if m.end() >= at - 1]
    if before:
        return True
    return (not governed and stands in cases) or (
        governed in ("в", "во", "от") and stands in ("pre", "gen")
    )


def state_for(mention: Mention, context: Context) -> str:
    """The state that a mention names, or for which a person or a chamber of it acts."""
    names = (*mention.names("state"), *mention.names("adj"))
    if names:
        return names[0]
    if mention.kind in PEOPLE:
        holder = context.holder(mention)
        of = holder.of or context.state_of(holder.name)
        of = of or next((o.of for o in holder.offices if o.of), "")
        thing = context.lexicon.by_name.get(of)
        return of if thing and thing.kind == "state" else ""
    for name in mention.names("body"):
        thing = context.lexicon.by_name.get(name)
        while thing and thing.kind == "body":
            thing = context.lexicon.by_name.get(thing.unit_of)
        return thing.name if thing and thing.kind == "state" else ""
    return ""
