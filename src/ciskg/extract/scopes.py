"""Whom a rule of attendance means: the persons of its slots, its clause or the list below."""

import re
from collections.abc import Iterator, Sequence

from ciskg.cues import cue
from ciskg.extract.rules import Found, Rule
from ciskg.recognise import CHAR, Holder, Mention, Recognised, Sentence
from ciskg.recognise.russian_forms import fold

SOMEBODY = f"[{CHAR['person']}{CHAR['office']}]"
PEOPLE = ("person", "office")
NEAR = 70  # characters after which a list of persons may still begin


def in_scope(
    rule: Rule, found: Found, n: int, sentences: Sequence[Sentence], read: Recognised
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
    if scope == "list":
        yield from ((sentence, m) for m in _people(sentence, found.start, len(sentence.text)))
        for below in sentences[n + 1 : n + 40]:
            if below.kind != "item" and not (
                len(below.text) < 160 and re.match(rf"\W*{SOMEBODY}", below.text)
            ):
                break
            yield from ((below, m) for m in _people(below, 0, len(below.text)))
        return
    if scope in ("clause", "before", "after"):
        low, high = _clause(sentence.text, found)
        if scope == "before":
            high = found.end
        elif scope == "after":
            low = found.start
        for mention in _people(sentence, low, high):
            if scope == "after":
                yield sentence, mention
                continue
            kept_away = cue("attendance-absent").search(
                sentence.text, position(sentence, mention), found.end
            )
            if not kept_away and acts(mention, sentence, read):
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
        if last < 0 and (len(between) > NEAR or re.search(r"[.;:]", between)):
            return
        if last >= 0 and not cue("attendance-glue").fullmatch(between):
            return
        if cue("attendance-aside").search(sentence.text, 0, at):
            return
        if isinstance(mention.value, Holder) and (mention.value.name or last >= 0):
            last = at
        yield mention


def _clause(text: str, found: Found) -> tuple[int, int]:
    """The bounds of the clause that holds a trigger."""
    pattern = cue("attendance-clause")
    low = max((m.end() for m in pattern.finditer(text, 0, found.start)), default=0)
    after = pattern.search(text, found.end)
    return low, after.start() if after else len(text)


def acts(mention: Mention, sentence: Sentence, read: Recognised) -> bool:
    """Whether a person is who does what a clause tells: in Russian, one in the nominative.

    In English word order tells it: nobody after `of`, `with`, `by` or another preposition.
    """
    at = position(sentence, mention)
    if read.document.language != "ru":
        return not cue("naming-oblique").search(sentence.text, 0, at)
    holder = mention.value
    forms = read.forms.get(holder.name, ()) if isinstance(holder, Holder) else ()
    if not forms:
        return False
    *given, surname = fold(forms[0]).split()
    words = re.findall(r"\w+", fold(read.document.text[mention.start : mention.end]))
    first = given[0] if given else ""
    declined = any(w[:3] == first[:3] for w in words if w not in (first, surname))
    return surname in words and not declined


def _people(sentence: Sentence, start: int, end: int) -> Iterator[Mention]:
    for at, mention in sorted(sentence.encoded.mentions.items()):
        if (
            start <= at < end
            and mention.kind in PEOPLE
            and not (mention.kind == "office" and sentence.text.startswith(" of ", at + 1))
            and not cue("attendance-aside").search(sentence.text[max(0, at - 60) : at])
        ):
            yield mention


def position(sentence: Sentence, mention: Mention) -> int:
    return next((i for i, m in sentence.encoded.mentions.items() if m is mention), 0)
