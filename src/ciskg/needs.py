"""What a text must hold for a pattern to fit it: found from the pattern itself.

A pattern that needs the word `chair` and a state is not tried on a sentence that lacks either. The
needs are derived from the parsed pattern, so that they hold for every rule and cue, and say never
too much: where a part of a pattern may be anything, it needs nothing.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from itertools import product
from typing import Any

Need = frozenset[str]  # pieces, of which a text holds at least one
Choice = tuple[tuple[Need, ...], ...]  # branches, of one of which a text meets all needs

MOST = 64  # wordings of one stretch of a pattern that are kept apart
FEW = 12  # characters of a class that are kept apart
EDGE = "\0"  # stands in a wording where a word begins or ends
PIECE = re.compile(r"\w+|[^\w\s\0]")

# What IGNORECASE takes for one letter though `lower` does not.
_LIKE = str.maketrans("İıſᲀᲁᲂᲃᲄᲅᲆ", "iisвдосттъ")


_parser: Any = import_module("re._parser")
_c: Any = import_module("re._constants")
_EMPTY = (_c.AT, _c.ASSERT, _c.ASSERT_NOT)  # parts that take no character


@dataclass(frozen=True, slots=True)
class _Part:
    """What a part of a pattern fits: all its wordings, or else what each of them needs."""

    wordings: frozenset[str] | None
    needs: tuple[frozenset[str], ...] = ()
    choices: tuple[tuple[tuple[frozenset[str], ...], ...], ...] = ()  # what each branch needs


def fold(text: str) -> str:
    """The text without the case of letters, letter by letter, as patterns compare it."""
    return text.translate(_LIKE).lower()


def needs(pattern: re.Pattern[str]) -> tuple[Need, ...]:
    """The needs of a pattern, all of which a text meets that it fits, the rarest first.

    A piece is a part of a word in small letters, with a blank where the word begins or ends, or
    a single character that is of no word.
    """
    return _rarest(_all_of(_whole(pattern)))


def choices(pattern: re.Pattern[str]) -> tuple[Choice, ...]:
    """What a text that the pattern fits meets besides: of each choice one branch with all it needs.

    `signed in .* by|adopted at .* session` needs `signed` or `adopted`, and besides either
    `signed` and `by` or `adopted` and `session`.
    """
    part = _whole(pattern)
    found = [[_rarest(branch)[:3] for branch in choice] for choice in part.choices]
    for wordings in _all_of(part):
        alone = [_rarest((frozenset((wording,)),)) for wording in sorted(wordings)]
        if len(alone) > 1 and any(len(each) > 1 for each in alone):
            found.append(alone)
    return tuple(tuple(dict.fromkeys(choice)) for choice in found if all(choice))


@lru_cache(maxsize=4)
def _whole(pattern: re.Pattern[str]) -> _Part:
    return _sequence(_parser.parse(pattern.pattern, pattern.flags))


def _all_of(part: _Part) -> tuple[frozenset[str], ...]:
    return part.needs if part.wordings is None else (part.wordings,)


def _rarest(found: Iterable[frozenset[str]]) -> tuple[Need, ...]:
    """What is needed where one of each of these wordings stands, the rarest first."""
    pieces = {need for wordings in found for need in _in_pieces(wordings)}
    telling = [need for need in pieces if not any(other < need for other in pieces)]
    return tuple(sorted(telling, key=lambda need: (-_weight(need), sorted(need))))


@lru_cache(maxsize=16384)
def _in_pieces(wordings: frozenset[str]) -> tuple[Need, ...]:
    """What is needed where one of some wordings stands, in parts that no space divides."""
    return tuple(_parts(wordings))


def _parts(wordings: frozenset[str]) -> Iterator[Need]:
    cut = [_pieces(wording) for wording in wordings]
    if not all(cut):
        return
    common = frozenset.intersection(*cut)
    yield from (frozenset((piece,)) for piece in common)
    if common:
        cut = [pieces - common for pieces in cut]
    if not all(cut):
        return
    shared = {piece for pieces in cut for piece in pieces if len(pieces) == 1}
    while rest := [pieces for pieces in cut if not pieces & shared]:
        count = Counter(piece for pieces in rest for piece in pieces)
        shared.add(max(count, key=lambda p: (count[p], _rarity(p), p)))
    yield _shortest(shared)
    while all(cut):
        chosen = frozenset(max(pieces, key=lambda p: (_rarity(p), p)) for pieces in cut)
        yield _shortest(chosen)
        cut = [pieces - chosen for pieces in cut]


@lru_cache(maxsize=65536)
def _pieces(wording: str) -> frozenset[str]:
    """The pieces of one wording; at its ends a word may go on."""
    wording = fold(wording)
    return frozenset(
        f"{' ' * (m.start() > 0)}{m.group()}{' ' * (m.end() < len(wording))}"
        if m.group()[0].isalnum() or m.group()[0] == "_"
        else m.group()
        for m in PIECE.finditer(wording)
    )


def _shortest(pieces: Iterable[str]) -> Need:
    """The pieces without those that hold another one."""
    kept: list[str] = []
    for piece in sorted(pieces, key=lambda p: (len(p), p)):
        if not any(short in piece for short in kept):
            kept.append(piece)
    return frozenset(kept)


def _rarity(piece: str) -> float:
    """How seldom a piece may be met: the short words of a language are in every sentence."""
    letters = piece.strip()
    if not letters[0].isalnum():
        return 2
    return len(letters) if len(letters) > 3 else len(letters) / 2


def _weight(need: Need) -> float:
    """How telling a need is: long words tell more, many pieces tell less."""
    return min(map(_rarity, need)) - len(need) / 16


def _sequence(items: Sequence[tuple[Any, Any]]) -> _Part:
    """What parts of a pattern that follow each other fit."""
    whole = True
    run: frozenset[str] = frozenset(("",))
    found: list[frozenset[str]] = []
    letters = ""
    branches: list[tuple[tuple[frozenset[str], ...], ...]] = []
    for code, value in items:
        if code is _c.LITERAL:
            letters += chr(value)
            continue
        if letters:
            run, letters = frozenset(wording + letters for wording in run), ""
        if code in _EMPTY:
            if value is _c.AT_BOUNDARY:
                letters = EDGE
            continue
        part = _part(code, value)
        if part.wordings is not None and len(part.wordings) * len(run) <= MOST:
            run = frozenset(a + b for a, b in product(run, part.wordings))
            continue
        whole = False
        found.append(run)
        run = frozenset(("",))
        if part.wordings is not None:
            run = part.wordings
        found += part.needs
        branches += part.choices
    if letters:
        run = frozenset(wording + letters for wording in run)
    if whole:
        return _Part(run)
    return _Part(None, tuple(f for f in (*found, run) if "" not in f), tuple(branches))


def _part(code: Any, value: Any) -> _Part:
    """What one part of a pattern fits."""
    if code is _c.IN:
        return _class(value)
    if code is _c.SUBPATTERN:
        return _sequence(value[3])
    if code is _c.ATOMIC_GROUP:
        return _sequence(value)
    if code is _c.BRANCH:
        return _branch([_sequence(branch) for branch in value[1]])
    if code in (_c.MAX_REPEAT, _c.MIN_REPEAT, _c.POSSESSIVE_REPEAT):
        return _repeat(*value)
    return _Part(None)


def _class(items: Sequence[tuple[Any, Any]]) -> _Part:
    """What a class of characters fits, where these are few."""
    chars: set[str] = set()
    for code, value in items:
        if code is _c.LITERAL:
            chars.add(fold(chr(value)))
        elif code is _c.RANGE and value[1] - value[0] < FEW:
            chars |= {fold(chr(n)) for n in range(value[0], value[1] + 1)}
        else:
            return _Part(None)
    return _Part(frozenset(chars) if len(chars) <= FEW else None)


def _branch(parts: Sequence[_Part]) -> _Part:
    """What one of several parts fits."""
    known = [part.wordings for part in parts if part.wordings is not None]
    if len(known) == len(parts):
        wordings = frozenset().union(*known)
        if len(wordings) <= MOST:
            return _Part(wordings)
    each = [_all_of(part) for part in parts]
    best = [_best(found) for found in each]
    if any(one is None for one in best):
        return _Part(None)
    flat = frozenset().union(*(one for one in best if one is not None))
    return _Part(None, (flat,), (tuple(each),))


def _best(found: Sequence[frozenset[str]]) -> frozenset[str] | None:
    """The most telling of some needs, each of them several wordings; None where none tells."""
    telling = [wordings for wordings in found if all(map(_pieces, wordings))]
    return max(telling, key=lambda w: (_told(w), sorted(w)), default=None)


def _told(wordings: frozenset[str]) -> float:
    return _weight(_shortest(max(_pieces(wording), key=_rarity) for wording in wordings))


def _repeat(least: Any, most: Any, items: Sequence[tuple[Any, Any]]) -> _Part:
    """What a part fits that may stand several times, or not at all."""
    part = _sequence(items)
    if least == most == 1:
        return part
    if least == 0:
        known = part.wordings if most == 1 else None
        return _Part(None if known is None else known | {""})
    return _Part(None, _all_of(part), part.choices)
