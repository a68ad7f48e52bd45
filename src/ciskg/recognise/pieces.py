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
    at = next_ = 0
    known = list(encoded.mentions.items())  # in order

    def copy(stop: int) -> None:
        nonlocal next_
        shift = len(starts) - at
        while next_ < len(known) and known[next_][0] < stop:
            i, mention = known[next_]
            if i >= at:
                mentions[i + shift] = mention
            next_ += 1
        starts.extend(encoded.starts[at:stop])
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
