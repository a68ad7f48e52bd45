"""An encoded text with some stretches of it made one mention each."""

from collections.abc import Sequence
from dataclasses import dataclass

from ciskg.kinds import CHAR
from ciskg.recognise.holders import Holder
from ciskg.recognise.mentions import Encoded, Mention


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an encoded text that names a person or the holders of an office."""

    start: int
    end: int
    holder: Holder


def rewrite(encoded: Encoded, pieces: Sequence[Piece], always: str = "") -> Encoded:
    """The text with each piece, in order and apart, as one `person`, `office` or `many`."""
    parts: list[str] = []
    starts: list[int] = []
    mentions: dict[int, Mention] = {}
    at = 0

    def copy(stop: int) -> None:
        for i in range(at, stop):
            if i in encoded.mentions:
                mentions[len(starts)] = encoded.mentions[i]
            starts.append(encoded.starts[i])
        parts.append(encoded.text[at:stop])

    for piece in pieces:
        copy(piece.start)
        kind = always or (
            "person" if piece.holder.name else "many" if piece.holder.plural else "office"
        )
        a, b = encoded.source(piece.start, piece.end)
        mentions[len(starts)] = Mention(kind, a, b, piece.holder)
        parts.append(CHAR[kind])
        starts.append(encoded.starts[piece.start])
        at = piece.end
    copy(len(encoded.text))
    starts.append(encoded.starts[-1])
    return Encoded("".join(parts), tuple(starts), mentions)
