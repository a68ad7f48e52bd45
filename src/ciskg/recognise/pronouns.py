"""The person that a pronoun means: `he` or `she`, `the latter`, and the `I` of who speaks."""

from collections.abc import Sequence

from ciskg.cues import cue
from ciskg.recognise.holders import Holder
from ciskg.recognise.mentions import Encoded
from ciskg.recognise.pieces import Piece, rewrite


def resolve_pronouns(sentences: Sequence[Encoded], headings: Sequence[bool] = ()) -> list[Encoded]:
    """The sentences with pronouns as mentions of the person they mean.

    `he` and `she`: the first person of the sentence before the pronoun, else the first of the
    sentence before it; the subject of a sentence stands first in this genre. `the latter`: the
    person named last. `I`, in a turn that opens with the speaker's name: that person.
    """
    out: list[Encoded] = []
    subject = last = speaker = ""
    for n, encoded in enumerate(sentences):
        named = [
            (i, m.value.name)
            for i, m in sorted(encoded.mentions.items())
            if m.kind == "person" and isinstance(m.value, Holder)
        ]
        if headings and headings[n]:
            speaker = ""
        label = cue("speech-label").match(encoded.text)
        if label:
            speaker = next((name for i, name in named if i < label.end()), "")
        oblique = {i for i, _ in named if cue("persons-oblique").search(encoded.text, 0, i)}
        pieces = []
        for match in cue("persons-pronoun").finditer(encoded.text):
            before = [name for i, name in named if i < match.start()]
            word = match.group().lower()
            if word == "i":
                name = speaker
            elif word == "the latter":
                name = before[-1] if before else last
            elif before and cue("persons-relative").search(encoded.text, 0, match.start()):
                name = before[-1]  # "a plan of A's, which he had unveiled"
            else:
                acting = (name for i, name in named if i < match.start() and i not in oblique)
                name = next(acting, subject)
            if name:
                pieces.append(Piece(match.start(), match.end(), Holder(name, ())))
        out.append(rewrite(encoded, pieces, "office") if pieces else encoded)
        first = next((i for i, n in named if i not in oblique), None)
        if first is not None and not (pieces and pieces[0].start < first):
            subject = next(n for i, n in named if i == first)
        last = named[-1][1] if named else last
    return out
