"""Frames: slots that the clause of a trigger fills, wherever in it they stand.

A rule's pattern may name only a trigger; its `clause` says which kinds of mention fill which slot
and where they are looked for. So one rule reads a construction in all its orders. A frame reads
only what no closer rule has read in the sentence.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ciskg.cues import cue
from ciskg.extract.cases import STANDS, stands
from ciskg.recognise import Encoded, Mention

WHERE = ("before", "after", "actor", "near", "to", "by", "only", "pair", "all", *STANDS)
SPEC = re.compile(
    rf"(?P<kinds>[a-z|]+) (?P<where>{'|'.join(WHERE)})(?P<several>\*?)(?P<optional>\??)"
)


@dataclass(frozen=True, slots=True)
class Slot:
    """What may fill a slot, and where it stands in the clause of the trigger."""

    name: str
    kinds: frozenset[str]
    where: str  # one of WHERE
    optional: bool = False
    several: bool = False  # all that stand so, not the nearest


def slot(name: str, spec: str) -> Slot:
    """The slot of a specification such as `person|office before?` or, in Russian, `state nom*`.

    Raises ValueError where it is none.
    """
    match = SPEC.fullmatch(spec)
    if not match:
        raise ValueError(f"{name} = {spec!r}: write `kind|kind where`, where one of {WHERE}")
    kinds = frozenset(match.group("kinds").split("|"))
    optional, several = bool(match.group("optional")), bool(match.group("several"))
    return Slot(name, kinds, match.group("where"), optional, several)


def clause(text: str, start: int, end: int, ends: str = "frame-clause") -> tuple[int, int]:
    """The bounds of the clause that holds text[start:end]; the cue `ends` tells where one ends."""
    pattern = cue(ends)
    low = max((m.end() for m in pattern.finditer(text, 0, start)), default=0)
    after = pattern.search(text, end)
    return low, after.start() if after else len(text)


def fill(
    slots: tuple[Slot, ...],
    encoded: Encoded,
    start: int,
    end: int,
    known: Mapping[str, tuple[Mention, ...]],
) -> Mapping[str, tuple[Mention, ...]] | None:
    """The slots of a trigger at start:end with what its clause holds; None where one stays open."""
    low, high = clause(encoded.text, start, end)
    taken = {id(m) for mentions in known.values() for m in mentions}
    filled = dict(known)
    for one in slots:
        if one.name in filled:
            continue
        found = tuple(m for m in _found(one, encoded, low, high, start, end) if id(m) not in taken)
        if not found and not one.optional:
            return None
        if found:
            filled[one.name] = found
            taken.update(map(id, found))
    return filled


def _found(
    one: Slot, encoded: Encoded, low: int, high: int, start: int, end: int
) -> Iterator[Mention]:
    text = encoded.text
    if one.where in STANDS:
        yield from _standing(one, encoded, low, high, start, end)
        return
    fits = [
        (at, m)
        for at, m in sorted(encoded.mentions.items())
        if low <= at < high and m.kind in one.kinds
    ]
    acting = [(at, m) for at, m in fits if not cue("naming-oblique").search(text, low, at)]
    before = [m for at, m in acting if at < start]
    after = [m for at, m in fits if at >= end]
    inside = [m for at, m in fits if start <= at < end]
    if one.where == "all":
        yield from (m for _, m in fits)
    elif one.where == "pair":
        yield from (m for _, m in fits if len(fits) == 2)
    elif one.where == "only":
        yield from (m for _, m in fits if len(fits) == 1)
    elif one.where in ("to", "by"):
        pattern = cue(f"frame-{one.where}")
        yield from [m for at, m in fits if pattern.search(text, low, at)][:1]
    elif one.where == "before":
        yield from before[-1:]
    elif one.where == "after":
        yield from after[:1]
    elif one.where == "actor":
        yield from before[-1:] or [m for at, m in acting if at >= end][:1]
    else:
        oblique = [m for at, m in fits if at < start]
        yield from before[-1:] or after[:1] or oblique[-1:] or inside[:1]


def _standing(
    one: Slot, encoded: Encoded, low: int, high: int, start: int, end: int
) -> Iterator[Mention]:
    """Those that stand in the case asked for, the nearest or all; else whom `который` means."""
    text = encoded.text
    fits = [
        (min(abs(at - end), abs(start - at)), at, m)
        for at, m in sorted(encoded.mentions.items())
        if low <= at < high and m.kind in one.kinds and stands(m, text, at, one.where)
    ]
    if fits:
        chosen = (
            sorted(fits, key=lambda f: f[1]) if one.several else [min(fits, key=lambda f: f[0])]
        )
        yield from (m for _, _, m in chosen)
        return
    relative = cue("frame-relative").search(text, max(0, low - 24), low)
    if relative and relative.lastgroup in (one.where, "any"):
        before = [(at, m) for at, m in sorted(encoded.mentions.items()) if at < relative.start()]
        yield from [m for at, m in before if m.kind in one.kinds and relative.start() - at <= 2][
            -1:
        ]
