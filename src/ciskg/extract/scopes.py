"""Whom a rule of attendance means: the persons of its slots, its clause or the list below."""

import re
from collections.abc import Iterator, Sequence

from ciskg.cues import cue
from ciskg.extract.cases import PEOPLE, clause, position, preposition
from ciskg.extract.context import Context
from ciskg.extract.rules import Found, Rule
from ciskg.recognise import Holder, Mention, Sentence

LINE = 160  # characters of a line in a list of persons
NEAR = 70  # characters after which a list of persons may still begin


def in_scope(
    rule: Rule, found: Found, n: int, sentences: Sequence[Sentence], context: Context
) -> Iterator[tuple[Sentence, Mention]]:
    sentence = sentences[n]
    scope = rule.fields.get("scope", "slots")
    if scope == "slots":
        for mention in found.slots.get("who", ()):
            yield sentence, mention
        return
    if scope == "onward":
        yield from ((sentence, m) for m in _onward(sentence, found.end))
        return
    if scope == "acting":
        yield from (
            (sentence, m)
            for m in _people(sentence, found.end, len(sentence.text))
            if _stands(m, sentence, "nom", context)
            and not cue("holding-possessive").match(sentence.text, position(m, sentence) + 1)
        )
        return
    if scope == "list":
        yield from ((sentence, m) for m in _people(sentence, found.start, len(sentence.text)))
        for below in sentences[n + 1 : n + 40]:
            if below.kind != "item" and not _is_line(below.text):
                break
            yield from ((below, m) for m in _people(below, 0, len(below.text)))
        return
    if scope in ("clause", "before", "after"):
        low, high = clause(sentence.text, found.start, found.end)
        if scope == "before":
            high = found.end
        elif scope == "after":
            low = found.start
            if sentence.text[high : high + 1] == ":":  # `приветствовала поимённо: …`
                high = len(sentence.text)
        cases = rule.fields.get("case", "" if scope == "after" else "nom")
        for mention in _people(sentence, low, high):
            kept_away = scope != "after" and cue("attendance-absent").search(
                sentence.text, position(mention, sentence), found.end
            )
            if not kept_away and _stands(mention, sentence, cases, context):
                yield sentence, mention
        return
    if scope == "subject":
        start = found.start
        for at, mention in sorted(sentence.encoded.mentions.items(), reverse=True):
            # Back over the list that ends with the subject.
            if at < start and mention.kind in PEOPLE:
                if not cue("attendance-glue").fullmatch(sentence.text, at + 1, start):
                    break
                start = at
        yield from ((sentence, m) for m in _people(sentence, start, found.end))
        return
    stop = len(sentence.text)
    absent = cue("attendance-absent").search(sentence.text, found.end)
    if absent:
        cut = max(
            sentence.text.rfind(mark, found.end, absent.start())
            for mark in (";", ".", ", while", " but", ", though")
        )
        stop = cut if cut > 0 else stop
    yield from ((sentence, m) for m in _people(sentence, found.start, stop))


def _onward(sentence: Sentence, start: int) -> Iterator[Mention]:
    """The persons of the list that begins soon after a place in a sentence."""
    last = -1
    for at, mention in sorted(sentence.encoded.mentions.items()):
        if at < start or mention.kind not in PEOPLE:
            continue
        between = sentence.text[max(start, last + 1) : at]
        if last < 0 and (len(between) > NEAR or re.search(r"(?<!Mr)(?<!Ms)(?<!rs)[.;:]", between)):
            return
        if last >= 0 and not cue("attendance-glue").fullmatch(between):
            return
        if cue("attendance-aside").search(sentence.text, 0, at):
            return
        if isinstance(mention.value, Holder) and (mention.value.name or last >= 0):
            last = at
        yield mention


def _is_line(text: str) -> bool:
    """Whether a paragraph is a line of a list of persons, or such a list run together."""
    short = len(text) < LINE or ";" in text
    return short and cue("attendance-line").match(text) is not None


def acts(mention: Mention, sentence: Sentence, context: Context) -> bool:
    """Whether a person is who does what a clause tells: in Russian, one in the nominative.

    In English word order tells it: nobody after `of`, `with`, `by` or another preposition.
    """
    if context.language != "ru":
        at = position(mention, sentence)
        return not cue("naming-oblique").search(sentence.text, 0, at)
    return mention.case == "nom"


def _stands(mention: Mention, sentence: Sentence, cases: str, context: Context) -> bool:
    """Whether a person stands in one of the cases that a rule asks for, without a preposition."""
    if not cases:
        return True
    if cases == "nom":
        return acts(mention, sentence, context)
    return mention.case in ("", *cases.split()) and not preposition(mention, sentence)


def _people(sentence: Sentence, start: int, end: int) -> Iterator[Mention]:
    for at, mention in sorted(sentence.encoded.mentions.items()):
        if (
            start <= at < end
            and mention.kind in PEOPLE
            and not (mention.kind == "office" and sentence.text.startswith(" of ", at + 1))
            and not cue("attendance-aside").search(sentence.text[max(0, at - 60) : at])
        ):
            yield mention
