"""Bodies that no label names, read by their form: `CIS Council of Heads of Customs Services`.

A body's name is built: a head noun (council, commission, committee), what it is of, and whose it
is. The patterns are the cues `bodies-*`; a composed body is a thing of its document.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ciskg.cues import cue
from ciskg.kinds import CHAR
from ciskg.knowledge import cached
from ciskg.needs import fold
from ciskg.recognise.lexicon import Entry, Lexicon, Thing
from ciskg.recognise.mentions import Encoded, Mention, encode, merge
from ciskg.recognise.portfolios import capitalised, portfolio

OWNERS = ("state", "adj", "org")
STATE, ADJ = CHAR["state"], CHAR["adj"]


@dataclass(frozen=True, slots=True)
class _Composed:
    start: int  # in the document
    end: int
    core: str  # the name without its owner
    thing: Thing


def compose_bodies(
    text: str,
    blocks: Sequence[tuple[int, int]],
    labels: Sequence[Sequence[Mention]],
    lexicon: Lexicon,
) -> tuple[list[list[Mention]], Lexicon]:
    """The mentions of each block with composed bodies among them, and a lexicon that knows these.

    A body named once with its owner is known by its bare name in the rest of the document.
    """
    encoded = [encode(text, a, b, found) for (a, b), found in zip(blocks, labels, strict=True)]
    named = [
        [*_composed(text, part, lexicon), *_ministries(text, part, lexicon)] for part in encoded
    ]
    known = {fold(one.core): one.thing for block in named for one in block}
    if not known:
        return [list(found) for found in labels], lexicon
    bare = re.compile(
        r"\b(?:" + "|".join(map(re.escape, sorted(known, key=len, reverse=True))) + r")\b",
        re.IGNORECASE,
    )
    out: list[list[Mention]] = []
    for (a, b), found, block in zip(blocks, labels, named, strict=True):
        whole = [_mention(one.start, one.end, one.thing) for one in block]
        again = [
            _mention(m.start(), m.end(), known[fold(m.group())])
            for m in bare.finditer(text, a, b)
            if fold(m.group()) in known  # Greek letters have small forms that fold apart
        ]
        out.append(merge(merge(whole, again), found))
    things = {one.thing.name: one.thing for block in named for one in block}
    return out, replace(lexicon, by_name={**things, **lexicon.by_name})


def _mention(start: int, end: int, thing: Thing) -> Mention:
    return Mention("body", start, end, None, (Entry("body", (thing,), False),))


def _composed(text: str, encoded: Encoded, lexicon: Lexicon) -> Iterator[_Composed]:
    if not cue("bodies-head").search(encoded.text):
        return
    for match in cue("bodies-composed").finditer(encoded.text):
        owners = _owners(encoded, match)
        organization = next((t for t in owners if t.kind == "org"), None)
        if organization is None and len({t.name for t in owners}) < 2:
            continue
        start, end = encoded.source(*match.span("core"))
        core = re.sub(r"\s+", " ", text[start:end])
        if " " not in core:
            continue  # "the CIS Council": a short name, whatever it means
        if organization is not None:
            name, unit = f"{organization.name} {_titled(core)}", organization.name
        else:
            a, b = encoded.source(*match.span())
            name, unit = _titled(re.sub(r"\s+", " ", text[a:b])), ""
        if name in lexicon.by_name:
            continue
        first, last = encoded.source(*match.span())
        yield _Composed(first, last, core, Thing("", "body", name, name, unit))


@cached
def _ministry() -> re.Pattern[str]:
    """`Turkmen foreign ministry`, `X's Ministry of Transport`, `Ministry of Justice of X`."""
    what = portfolio()
    return re.compile(
        rf"(?P<a>[{STATE}{ADJ}])(?:[’']s?)? "
        rf"(?:(?P<b>{what}) ministry|ministry (?:of|for) (?P<c>{what}))\b"
        rf"|ministry (?:of|for) (?:the )?(?P<d>{what}) of (?:the )?(?P<z>{STATE})",
        re.IGNORECASE,
    )


def _ministries(text: str, encoded: Encoded, lexicon: Lexicon) -> Iterator[_Composed]:
    """The ministries of a block; what one is of is named as its minister is."""
    if "inistry" not in encoded.text:
        return
    for match in _ministry().finditer(encoded.text):
        owner = _owners(encoded, match)[:1]
        group = next(g for g in "bcd" if match.group(g))
        words = re.sub(r"\s+", " ", text[slice(*encoded.source(*match.span(group)))])
        start, end = encoded.source(*match.span())
        name = f"Ministry of {_field(words, lexicon)} of {owner[0].label}"
        thing = lexicon.by_name.get(name) or Thing("", "body", name, name, owner[0].name)
        yield _Composed(start, end, text[start:end], thing)


def _field(words: str, lexicon: Lexicon) -> str:
    """What a ministry is of, as the title of its minister has it: `Foreign Affairs`."""
    node = lexicon.trie
    for word in (*words.lower().split(), "minister"):
        node = node.get(word, {})
    labels = [t.label for e in node.get("", ()) if e.kind == "role" for t in e.things]
    found = labels and cue("portfolios-minister").fullmatch(labels[0])
    return str(found.group("of")) if found and found.group("of") else capitalised(words)


def _owners(encoded: Encoded, match: re.Match[str]) -> list[Thing]:
    groups = [g for g in "az" if match.group(g)]
    mentions = [m for g in groups for m in encoded.within(*match.span(g), *OWNERS)]
    return [e.things[0] for m in mentions for e in m.entries if e.kind == m.kind]


def _titled(core: str) -> str:
    return core[:1].upper() + core[1:]
