"""How a mention stands in its sentence: its place, and the preposition that governs it."""

from collections.abc import Mapping

from ciskg.cues import cue
from ciskg.recognise import Mention, Sentence

PEOPLE = ("person", "office")


# Where a mention of a Russian sentence stands: its cases, and the prepositions before it.
STANDS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    name: (frozenset(cases.split(",")), frozenset(prepositions.split(",")))
    for name, cases, prepositions in (
        ("nom", "nom", ""),
        ("gen", "gen,pre,obl", ""),
        ("dat", "dat,pre,obl", ",к,ко"),
        ("ins", "ins,obl", ""),
        ("with", "ins,obl,", "с,со"),
        ("from", "gen,pre,obl,", "от,у,из"),
        ("behind", "ins,obl,", "за"),
    )
}


def stands(mention: Mention, text: str, at: int, where: str) -> bool:
    """Whether a mention at a place of an encoded text stands as one of STANDS has it."""
    cases, prepositions = STANDS[where]
    return mention.case in cases and (
        mention.case == "nom" or preposition_at(text, at) in prepositions
    )


def preposition(mention: Mention, sentence: Sentence) -> str:
    """The preposition that governs a mention; "" for none."""
    if mention.case == "nom":
        return ""
    return preposition_at(sentence.text, position(mention, sentence))


def preposition_at(text: str, at: int) -> str:
    """The preposition that governs what stands at a place of an encoded text; "" for none."""
    found = cue("cases-preposition").search(text, max(0, at - 60), at)
    return found.group("p").lower() if found else ""


def position(mention: Mention, sentence: Sentence) -> int:
    """Where a mention stands in the encoded sentence."""
    return next((i for i, m in sentence.encoded.mentions.items() if m is mention), 0)


def clause(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of the clause that holds text[start:end]."""
    pattern = cue("attendance-clause")
    low = max((m.end() for m in pattern.finditer(text, 0, start)), default=0)
    after = pattern.search(text, end)
    return low, after.start() if after else len(text)
