"""Names of persons, known by their form and by the offices beside them, not from a list."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ciskg.cues import cue, word_list
from ciskg.knowledge import cached
from ciskg.normal import name_form
from ciskg.recognise.lexicon import Lexicon
from ciskg.recognise.mentions import Encoded, Mention
from ciskg.recognise.tokens import normal

_UP = "A-ZÀ-ÖØ-ÞĀĂĞİŞŠŽČА-ЯЁ"
_LETTER = r"[\w’'ʼ‘`]"
_REST = rf"{_LETTER}*(?:[-‐‑][{_UP}a-z]{_LETTER}+)*"
_POINT = rf"[a-zа-я]?h?\.(?:-[{_UP}][a-zа-я]?\.)?"
WORD = rf"[{_UP}]{_REST}"
INITIAL = rf"(?:[{_UP}]{_POINT})"
# The patterns that are looked for everywhere begin with the letter itself and look back from it:
# so `re` skips whatever is no capital letter.
WITH_INITIALS = re.compile(
    rf"[{_UP}](?<![\w.].)(?<!(?=(?:St|Mt|Dr|Mr|Ms|No|Jr|Sr|Co|Vs|Ул|Им|Св)\.).)"
    r"(?<!(?=H\.\s?[EHM]\.\s).)"
    rf"{_POINT}\s?(?:{INITIAL}\s?){{0,2}}(?P<surname>{WORD})(?!\.\w)"
)
PARTICLE = "bin|ibn|al|ogly|oglu|uly|uulu|kyzy|de|von|van|da|der"
RUN = re.compile(
    rf"[{_UP}]"
    r"(?:(?<![\w.].)|(?<=\bMr\..)|(?<=\bMs\..)|(?<=\bMrs\..)|(?<=\bDr\..)|(?<=\bH\.E\..))"
    rf"{_REST}(?:[ \xa0](?:(?:{PARTICLE})\s)?(?:{INITIAL}|{WORD}))*"
)
CAPITALISED = re.compile(rf"[{_UP}](?<![\w.].){_REST}")
SON = re.compile(r" (?:oglu|ogly|oghlu|qizi|gizi|kyzy|uulu|uly)\b(?! [A-Z])")
NUMERAL = re.compile(r"[IVX]+\. [A-Z][a-z]+ [a-z]|[IVX]{2,}\.|[IVX]\. [A-Z][\w-]+(?:\n|$)")
WORD_BEFORE = re.compile(rf"(?<![\w.])(?P<word>[{_UP}][\w’'-]+) $")
SPACE = re.compile(r"[ \xa0]")
POSSESSIVE = re.compile(r"(?:[’'ʼ]s|(?<=s)[’'ʼ]|[’'ʼ])$")
LOWER = re.compile(r"[a-zа-яё]")
WINDOW = 160  # characters of encoded text before a name in which its office may stand


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name where it stands, before it is known whose it is."""

    start: int
    end: int
    given: str  # "", initials or the given names
    surname: str


Token = tuple[int, int]


def find_names(text: str, start: int, end: int, block: Encoded, lexicon: Lexicon) -> list[NameSpan]:
    """The persons' names in text[start:end] that their form or an office beside them shows.

    `block` is the same stretch with its labels and dates as mentions.
    """
    labels = list(block.mentions.values())
    found = list(_with_initials(text, start, end, labels, lexicon))
    taken = [(n.start, n.end) for n in found]
    last = -1  # where the last name of a list after `Presidents` ended
    for run in RUN.finditer(text, start, end):
        for piece in _pieces(text, run.start(), run.end(), labels, lexicon):
            if any(a < piece[-1][1] and piece[0][0] < b for a, b in taken):
                continue
            name, listed = _name(text, piece, block, last, lexicon)
            if name:
                found.append(name)
            last = name.end if name and listed else last
    return sorted(found, key=lambda n: n.start)


def _with_initials(
    text: str, start: int, end: int, labels: Sequence[Mention], lexicon: Lexicon
) -> Iterable[NameSpan]:
    dates = [(m.start, m.end) for m in labels if m.kind == "date"]
    blocked = {m.start for m in labels if m.kind in ("role", "org", "body")}
    stop = word_list("name-stop")
    for match in WITH_INITIALS.finditer(text, start, end):
        if (
            NUMERAL.match(text, match.start())
            and not text[max(start, match.start() - 1) : match.start()].strip()
        ):
            continue
        surname = POSSESSIVE.sub("", match.group("surname"))
        at = match.start("surname")
        if (
            any(a < match.end() and match.start() < b for a, b in dates)
            or normal(surname) in stop
            or len(surname) < 3
            or at in blocked
            or _after_given(text, start, match.start(), labels, lexicon)
        ):
            continue
        given = text[match.start() : at].strip()
        yield NameSpan(match.start(), at + len(surname), given, surname)


def _after_given(
    text: str, start: int, at: int, labels: Sequence[Mention], lexicon: Lexicon
) -> bool:
    """Whether an initial stands after a given name: `Boris N. Yeltsin` is read whole.

    A given name that no list has is known by what stands before it: an office or its state.
    """
    match = WORD_BEFORE.search(text, max(start, at - 20), at)
    if match is None:
        return False
    word, low = match.group("word"), match.start()
    if is_given(word, lexicon):
        return True
    form = normal(word)
    if form in word_list("name-stop") or form in word_list("rank") or len(word) < 4:
        return False
    return any(m.end == low - 1 and m.kind in ("role", "adj", "state") for m in labels)


def _pieces(
    text: str, start: int, end: int, labels: Sequence[Mention], lexicon: Lexicon
) -> Iterable[list[Token]]:
    """The runs of capitalised words of text[start:end] that no label takes."""
    stop, rank = word_list("name-stop"), word_list("rank")
    near = [m for m in labels if m.start < end and start < m.end]
    piece: list[Token] = []
    at = start
    for word in SPACE.split(text[start:end]):
        token = (at, at + len(word))
        at = token[1] + 1
        form = normal(word)
        label = next((m for m in near if m.start < token[1] and token[0] < m.end), None)
        given = is_given(word, lexicon)
        covered = label is not None and not (
            given
            and label.kind in ("place", "adj", "kind")
            and (label.start, label.end) == (token[0], token[0] + len(POSSESSIVE.sub("", word)))
            and label.end < end
        )
        if covered or (not given and (form in stop or form in rank or word.lower() in rank)):
            if piece:
                yield piece
            piece = []
            continue
        piece.append(token)
        if POSSESSIVE.search(word):
            yield piece
            piece = []
    if piece:
        yield piece


@cached
def _given_forms(names: frozenset[str]) -> frozenset[str]:
    return frozenset(name_form(n) for n in names if len(n) > 3)


def is_given(word: str, lexicon: Lexicon) -> bool:
    """Whether a word is a given name, in this or another spelling."""
    word = POSSESSIVE.sub("", word)
    return _is_given(word, lexicon.given_names)


@cached
def _is_given(word: str, names: frozenset[str]) -> bool:
    form = normal(word)
    if form in names:
        return True
    return (
        len(form) > 4
        and form not in word_list("name-stop")
        and form not in word_list("portfolio")
        and name_form(form) in _given_forms(names)
    )


def _name(
    text: str, piece: list[Token], block: Encoded, last: int, lexicon: Lexicon
) -> tuple[NameSpan | None, bool]:
    """The name in a run of capitalised words, and whether a list of names may go on from it."""
    known = next((n for n, (a, b) in enumerate(piece) if is_given(text[a:b], lexicon)), None)
    start = piece[0][0]
    at = _at(block, start)
    office = cue("names-office-before").search(block.text, max(0, at - WINDOW), at)
    if office and known is None and cue("names-apposed").search(block.text, 0, office.start()):
        office = None  # "Askar Mamin, President of Kazakhstan Temir Zholy"
    peers = cue("names-peers").search(block.text, max(0, at - 40), at)
    listed = (
        bool(peers)
        or _is_plural(text, block, office)
        or (
            0 <= last < start
            and cue("names-list-gap").fullmatch(block.text, _at(block, last), at) is not None
        )
    )
    if known is not None and known + 1 < len(piece):
        piece = piece[known:]
        forms = [normal(text[a:b]) for a, b in piece]
        length = 2
        if len(piece) > 2 and (cue("names-patronymic").search(forms[1]) or len(piece) == 3):
            length = 3
        if len(piece) > 3 and cue("names-patronymic").search(forms[2]):
            length = 4
        piece = piece[:length]
    elif len(piece) > 4 or not (
        listed
        or office
        or cue("names-title").search(block.text, max(0, at - 14), at)
        or (text[piece[-1][1] : piece[-1][1] + 1] == ")" and _in_list(block, at))
        or (len(piece) > 1 and _beside(text, piece, block))
    ):
        return None, False
    if len(piece) == 1 and _is_of_name(text, piece[0]):
        return None, False
    surname = POSSESSIVE.sub("", text[piece[-1][0] : piece[-1][1]])
    if len(surname) < 2 or (len(piece) == 1 and is_given(surname, lexicon)):
        return None, False
    given = text[piece[0][0] : piece[-1][0]].strip()
    end = piece[-1][0] + len(surname)
    son = SON.match(text, end)
    if son and given:  # `Polad Bulbul oglu`
        surname, end = text[piece[-1][0] : son.end()], son.end()
    return NameSpan(piece[0][0], end, given, surname), listed


def _is_of_name(text: str, token: Token) -> bool:
    """Whether one capitalised word is of another name: `(RATS)`, `Interbank Association`."""
    start, end = token
    word = text[start:end]
    follows = text[end : end + 2]
    return (follows[:1] == " " and follows[1:].isupper()) or (
        word.isupper() and len(word) > 1 and text[start - 1 : start] == "("
    )


def _beside(text: str, piece: list[Token], block: Encoded) -> bool:
    """Whether an office or a speaker's colon follows a name of several words."""
    last = piece[-1][1]
    at = _at(block, last)
    if cue("names-office-after").match(block.text, at):
        return True
    speaker = piece[0][0] == block.starts[0] and text[last : last + 2] == ": "
    if speaker or cue("names-country-after").match(block.text, at):
        return all(LOWER.search(text, a, b) for a, b in piece) or speaker
    return False


def _in_list(block: Encoded, at: int) -> bool:
    """Whether a name in brackets is of a list: `ministers of Belarus (N) and Kazakhstan (N)`."""
    return cue("names-state-brackets").search(block.text, max(0, at - 260), at) is not None


def _is_plural(text: str, block: Encoded, office: re.Match[str] | None) -> bool:
    """Whether the office before a name is one of several holders: `Presidents`."""
    role = block.mentions[office.start()] if office else None
    return role is not None and bool(cue("holders-plural").search(text[role.start : role.end]))


def _at(block: Encoded, offset: int) -> int:
    """The position in the encoded text of an offset of the document."""
    return bisect_left(block.starts, offset)
