"""Bodies named with their owner: `the CIS Council of Heads of Customs Services`, `Kazakhstan's
Interior Ministry`.

The reference says a body's own name once; whose it is stands beside it in the text, in many
forms (`of the CIS member states`). A body that every state has is known by its kind alone and
becomes a thing of the document. The patterns are the cues `owned`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ciskg.cues import cue
from ciskg.recognise.lexicon import Entry, Lexicon, Thing
from ciskg.recognise.mentions import Mention, encode

OWNERS = ("state", "adj", "org")


def own_bodies(
    text: str,
    blocks: Sequence[tuple[int, int]],
    labels: Sequence[Sequence[Mention]],
    lexicon: Lexicon,
) -> tuple[list[list[Mention]], Lexicon]:
    """The mentions of each block, short names joined with their owners, and a lexicon that knows
    the bodies so found.
    """
    out: list[list[Mention]] = []
    national: dict[str, Thing] = {}
    for (a, b), found in zip(blocks, labels, strict=True):
        whole = list(_joined(text, a, b, found, lexicon))
        national |= {t.name: t for m in whole for e in m.entries for t in e.things if not t.iri}
        out.append(list(_with(whole, found)))
    if not national:
        return out, lexicon
    return out, replace(lexicon, by_name={**national, **lexicon.by_name})


def _with(whole: Sequence[Mention], found: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the joined mentions and those outside them; a national body of no state is none."""
    at = 0
    for mention in found:
        while at < len(whole) and whole[at].end <= mention.start:
            yield whole[at]
            at += 1
        inside = at < len(whole) and mention.end > whole[at].start
        if not inside and mention.kind != "national":
            yield mention
    yield from whole[at:]


def _joined(
    text: str, start: int, end: int, found: Sequence[Mention], lexicon: Lexicon
) -> Iterator[Mention]:
    if not any(m.kind in ("short", "national") for m in found):
        return
    encoded = encode(text, start, end, found)
    for match in cue("owned").finditer(encoded.text):
        first, last = match.span()
        mentions = encoded.within(first, last)
        short = next((m for m in mentions if m.kind in ("short", "national")), None)
        owner = next((m for m in mentions if m.kind in OWNERS), None)
        if short is None or owner is None:
            continue
        things = tuple(_owned(short, owner, lexicon))
        if things:
            a, b = encoded.source(first, last)
            yield Mention("body", a, b, None, (Entry("body", things, False),))


def _owned(short: Mention, owner: Mention, lexicon: Lexicon) -> Iterator[Thing]:
    """Yield the body of this owner that the short name means."""
    wholes = [t for e in owner.entries if e.kind == owner.kind for t in e.things]
    if len(wholes) != 1:
        return
    whole = wholes[0]
    named = [
        t for e in short.entries if e.kind in ("short", "body") for t in e.things
        if t.unit_of == whole.name
    ]  # fmt: skip
    if named:
        yield named[0]
    elif whole.kind == "state":
        kind = next((t for e in short.entries if e.kind == "national" for t in e.things), None)
        if kind:
            name = f"{kind.label} of {whole.label}"
            yield lexicon.by_name.get(name) or Thing("", "body", name, name, whole.name)
