"""Who speaks: the turns of a transcript, and quoted words with the one who said them."""

import re
from collections.abc import Iterator

from ciskg.cues import cue
from ciskg.extract.context import Context
from ciskg.recognise import Recognised, Sentence

QUOTED = re.compile(r"“[^”]{25,}(?:”|$)|«[^»]{25,}(?:»|$)|\"[^\"]{25,}(?:\"|$)")


def read_speech(read: Recognised, context: Context) -> tuple[tuple[int, int, str], ...]:
    """The spans of the document that a person of it speaks: start, end, name; in order."""
    return tuple(sorted({*_turns(read, context), *_quotes(read, context)}))


def read_denials(read: Recognised) -> tuple[tuple[int, int], ...]:
    """The spans in which somebody denies what is said: from the verb to the end of the sentence."""
    return tuple(
        (s.encoded.starts[match.start()], s.encoded.starts[-1])
        for s in read.sentences
        for match in cue("speech-denial").finditer(s.text)
    )


def _turns(read: Recognised, context: Context) -> Iterator[tuple[int, int, str]]:
    """From a label (`President of Russia Vladimir Putin: …`) to the next one or a new section."""
    speaker, start, end, block = "", 0, 0, -1
    for sentence in read.sentences:
        first, last = sentence.encoded.starts[0], sentence.encoded.starts[-1]
        label = cue("speech-label").match(sentence.text) if sentence.block != block else None
        new = "" if label or sentence.kind == "heading" else speaker
        if label:
            new = next(
                (
                    n
                    for m in sentence.encoded.within(*label.span())
                    if (n := context.holder(m).name)
                ),
                "",
            )
        if (label or new != speaker) and speaker:
            yield start, end, speaker
        if label:
            start = sentence.encoded.source(label.end(), label.end() + 1)[0]
        speaker, end, block = new, last, sentence.block
        start = start if speaker else first
    if speaker:
        yield start, end, speaker


def _quotes(read: Recognised, context: Context) -> Iterator[tuple[int, int, str]]:
    """Quoted words, where a verb of saying in the same block names who said them."""
    blocks: dict[int, list[Sentence]] = {}
    for sentence in read.sentences:
        blocks.setdefault(sentence.block, []).append(sentence)
    for sentences in blocks.values():
        start, end = sentences[0].encoded.starts[0], sentences[-1].encoded.starts[-1]
        spans = [
            (start + m.start(), start + m.end()) for m in QUOTED.finditer(context.text[start:end])
        ]
        if not spans:
            continue
        said = [
            (at, name)
            for sentence in sentences
            for match in cue("speech-said").finditer(sentence.text)
            for m in sentence.encoded.within(*match.span(), "person", "office")
            if (name := context.holder(m).name)
            and not any(a <= (at := m.start) < b for a, b in spans)
        ]
        for a, b in spans:
            if said:
                yield a, b, min(said, key=lambda s: min(abs(s[0] - b), abs(a - s[0])))[1]
