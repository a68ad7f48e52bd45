"""Titles of instruments in Russian sentences, and what happened to them."""

import re
from collections.abc import Iterator, Sequence

from ciskg.cues import cue
from ciskg.extract import titles
from ciskg.extract.rules import Rule
from ciskg.extract.russian_words import tables
from ciskg.extract.titles import QUOTES, Title
from ciskg.normal import is_cyrillic
from ciskg.recognise import Encoded

MAY_BE_SEVERAL = ("ения", "ания", "ы", "ии")  # genitive singular or nominative plural
GENDERS = {
    "ое": "n", "ого": "mn", "ому": "mn", "ым": "mn", "ом": "mn", "ая": "f", "ой": "f", "ую": "f",
    "ый": "m",
}  # fmt: skip
FAR = 160  # characters between an instrument and the verb that tells what happened to it


def find_titles(encoded: Encoded, source: str) -> Iterator[Title]:
    """The titles of a sentence in order, by the grammar of its language."""
    first = next((m for _, m in sorted(encoded.mentions.items()) if m.kind == "kind"), None)
    if first is not None and is_cyrillic(source[first.start : first.end]):
        return _find_titles(encoded, source)
    return titles.find_titles(encoded, source)


def _find_titles(encoded: Encoded, source: str) -> Iterator[Title]:
    text = encoded.text
    quotes = [m.span(1) for m in QUOTES.finditer(text)]
    laws = [m.span() for m in cue("titles-ru-law").finditer(text)]
    at = 0
    for head, mention in sorted(encoded.mentions.items()):
        if mention.kind != "kind" or head < at or any(a <= head < b for a, b in laws):
            continue  # a law on ratification is no instrument: what it ratifies is
        kind = mention.names("kind")[0]
        written = source[mention.start : mention.end]
        plural = cue("titles-ru-plural").search(written) is not None or bool(
            written.endswith(MAY_BE_SEVERAL)
            and cue("titles-ru-several").search(text, max(0, head - 40), head)
        )
        quote = next((q for q in quotes if q[0] <= head < q[1]), None)
        if any(b == head for _, b in laws):
            quote = None
        if quote and quote[0] <= head < quote[0] + 40:
            yield Title(quote[0], head, quote[1], kind, False, True)
            at = quote[1] + 1
            continue
        start = _left(text, head, at)
        end = _right(text, head)
        if cue("titles-ru-back").fullmatch(text, head + 2, end):
            at = end
            continue
        if text.startswith(": о", head + 1):  # "соглашения: об …, о …"
            end = _right(text, head + 1)
        pieces = (
            tuple(_pieces(text, head, end)) if plural or written.endswith(MAY_BE_SEVERAL) else ()
        )
        if len(pieces) > 1:
            end = pieces[-1][1]
        else:
            pieces = ()
        yield Title(start, head, end, kind, plural or bool(pieces), False, pieces)
        at = end
        inner = None if pieces else _inner(encoded, source, head, end)
        if inner:
            yield inner


def _inner(encoded: Encoded, source: str, head: int, end: int) -> Title | None:
    """The title inside a title that a participle of another gender tells of.

    `Протокол о внесении изменений в Соглашение о …, подписанное 6 октября`: the agreement.
    """
    told = cue("titles-ru-inner").match(encoded.text, end)
    if not told:
        return None
    genders = GENDERS[told.group("end")]
    if gender(_form(encoded, source, head)) in genders:
        return None
    for at in reversed(range(head + 1, end)):
        mention = encoded.mentions.get(at)
        if mention and mention.kind == "kind" and gender(_form(encoded, source, at)) in genders:
            return Title(at, at, end, mention.names("kind")[0], False, False)
    return None


def _form(encoded: Encoded, source: str, at: int) -> str:
    mention = encoded.mentions[at]
    return source[mention.start : mention.end].split()[-1].lower()


def gender(form: str) -> str:
    """The gender of a noun that heads titles; "" for one that is not known."""
    head = tables().heads.get(form.replace("ё", "е"), "")
    return "" if not head else "f" if head[-1] in "аяь" else "n" if head[-1] in "ое" else "m"


def _left(text: str, head: int, floor: int) -> int:
    """Where the adjectives before the word for the kind begin."""
    start = head
    for _ in range(4):
        match = cue("titles-ru-modifier").search(text, max(floor, start - 40), start)
        if not match:
            break
        start = match.start()
    return start


def _right(text: str, head: int) -> int:
    """Where the words of a title end: at a stop, or at a comma that continues no list."""
    end = head + 1
    if not cue("titles-ru-open").match(text, end):
        return end
    stop = cue("titles-ru-stop").search(text, end + 1)
    limit = stop.start() if stop else len(text)
    for comma in re.finditer(r", ", text[:limit]):
        if comma.start() > end and not cue("titles-ru-list").match(text, comma.start(), limit):
            limit = comma.start()
            break
    while limit > end and text[limit - 1] in " ,":
        limit -= 1
    return limit


def _pieces(text: str, head: int, end: int) -> Iterator[tuple[int, int]]:
    """`решения о председательстве и о назначении`: each `о …` is one title."""
    at = head + (3 if text.startswith(": ", head + 1) else 2)
    if not cue("titles-ru-about").match(text, at):
        return
    while True:
        cut = cue("titles-ru-about-more").search(text, at + 3, end)
        yield at, cut.start() if cut else end
        more = cut or cue("titles-ru-about-more").match(text, end)
        if not more:
            return
        at = more.end()
        if at >= end:
            end = _right(text, at - 2)


def status_ru(
    title: Title, all_titles: Sequence[Title], text: str, acts: Sequence[Rule]
) -> tuple[str, str] | None:
    """What happened to an instrument: the nearest verb of its clause, one before it first."""
    told = cue("instruments-participle-ru").match(text, title.end)
    if told:  # `Договор о …, подписанный 18 октября`
        verb = next((r for r in acts if r.pattern.search(told.group())), None)
        if verb and verb.fields["status"] != "planned":
            return verb.fields["status"], verb.id
    if cue("instruments-ratified").search(text, 0, title.start):
        return next(
            ((r.fields["status"], r.id) for r in acts if r.fields.get("date") == "no"), None
        )
    found: list[tuple[int, int, str, str]] = []
    planned: list[tuple[int, int]] = []
    for rule in acts:
        if rule.not_in is not None and rule.not_in.search(text):
            continue
        for match in rule.pattern.finditer(text):
            if any(t.start <= match.start() < t.end for t in all_titles):
                continue
            if rule.fields["status"] == "planned":
                planned.append(match.span())
            before = match.start() < title.start
            gap = text[match.end() : title.start] if before else text[title.end : match.start()]
            if re.search(r"[;:.] ", gap) and not before:
                continue
            if (";" in gap and not before) or len(gap) > FAR * (3 if before else 1):
                continue
            found.append(
                (len(gap) - (12 if before else 0), match.start(), rule.fields["status"], rule.id)
            )
    found = [f for f in found if f[2] == "planned" or not any(a <= f[1] < b for a, b in planned)]
    return min(found)[2:] if found else None
