"""The person that `he` or `she` means."""

from collections.abc import Sequence

from ciskg.cues import cue
from ciskg.recognise.holders import Holder
from ciskg.recognise.mentions import Encoded
from ciskg.recognise.pieces import Piece, rewrite


def resolve_pronouns(sentences: Sequence[Encoded]) -> list[Encoded]:
    """The sentences with `he` and `she` as mentions of the person they mean.

    That is the first person of the sentence before the pronoun, else the first of the sentence
    before it; the subject of a sentence stands first in this genre.
    """
    out: list[Encoded] = []
    subject = ""
    for encoded in sentences:
        named = [
            (i, m.value.name)
            for i, m in sorted(encoded.mentions.items())
            if m.kind == "person" and isinstance(m.value, Holder)
        ]
        oblique = {i for i, _ in named if cue("persons-oblique").search(encoded.text, 0, i)}
        pieces = []
        for match in cue("persons-pronoun").finditer(encoded.text):
            before = [n for i, n in named if i < match.start()]
            if before and cue("persons-relative").search(encoded.text, 0, match.start()):
                name = before[-1]  # "a plan of A's, which he had unveiled"
            else:
                name = next(
                    (n for i, n in named if i < match.start() and i not in oblique), subject
                )
            if name:
                pieces.append(Piece(match.start(), match.end(), Holder(name, ())))
        out.append(rewrite(encoded, pieces, "office") if pieces else encoded)
        first = next((i for i, n in named if i not in oblique), None)
        if first is not None and not (pieces and pieces[0].start < first):
            subject = next(n for i, n in named if i == first)
    return out
