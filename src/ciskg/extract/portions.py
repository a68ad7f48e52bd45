"""A long document in portions, each read by itself, so that the time per character stays the same.

What `the meeting`, `he` or `the President` means is looked for near by: in the same portion. A
document of up to PORTION characters, some twenty printed pages, is one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ciskg.model import Block, Document, Fact, Reading, Span, Value
from ciskg.recognise import cut

PORTION = 60_000  # characters
OF_WHOLE = ("language", "scope")  # kinds of what was not understood that are said of a document


def portions(document: Document) -> Iterator[Document]:
    """The document once for each of its portions, with the blocks of that portion alone.

    A portion ends before a heading of its second half, else between blocks; within a block only
    where the block is longer than a portion.
    """
    if len(document.text) <= PORTION:
        yield document
        return
    blocks: list[Block] = []
    for whole in document.blocks:
        for block in cut(document.text, whole, PORTION):
            size = block.end - blocks[0].start if blocks else 0
            if size > PORTION or (block.kind == "heading" and size > PORTION // 2):
                yield replace(document, blocks=tuple(blocks))
                blocks = []
            blocks.append(block)
    yield replace(document, blocks=tuple(blocks))


def together(
    document: Document,
    readings: Sequence[Reading],
    keys: Mapping[str, Sequence[str]],
    most: int,
) -> Reading:
    """The readings of the portions of a document as one: what two of them state stands once.

    `keys` are the fields by which facts of a type are one, `most` the pieces of evidence kept.
    """
    if len(readings) == 1:
        return replace(readings[0], document=document)
    found: dict[tuple[object, ...], Fact] = {}
    count: dict[str, int] = {}
    meetings: dict[tuple[int, str], str] = {}  # portion, id in it -> id in the document
    ordered = [(n, f) for n, r in enumerate(readings) for f in r.facts]
    for n, fact in sorted(ordered, key=lambda x: x[1].type != "meeting"):
        values = dict(fact.values)
        if "meeting" in values:
            values["meeting"] = meetings[n, str(values["meeting"])]
        fields = keys.get(fact.type, sorted(values))
        key = (fact.type, *((k, str(values.get(k, "")).lower()) for k in fields))
        old = found.get(key)
        if old is None:
            kind = fact.id.rstrip("0123456789")
            count[kind] = count.get(kind, 0) + 1
            old = replace(fact, id=f"{kind}{count[kind]}", values=values)
        else:
            old = _joined(old, fact, values, most)
        found[key] = old
        if fact.type == "meeting":
            meetings[n, fact.id] = old.id
    names: dict[str, tuple[Span, ...]] = {}
    for reading in readings:
        for name, spans in reading.names.items():
            names[name] = (*names.get(name, ()), *spans)
    unread = dict.fromkeys(
        one
        for reading in readings
        for one in reading.unread
        if one.kind not in OF_WHOLE or all(one in other.unread for other in readings)
    )
    return Reading(document, tuple(found.values()), dict(sorted(names.items())), tuple(unread))


def _joined(old: Fact, new: Fact, values: Mapping[str, Value], most: int) -> Fact:
    """A fact with what another portion tells of it."""
    known = {**values, **old.values}
    modality = old.modality
    if old.values.get("status") == "planned" and values.get("status") not in (None, "planned"):
        known["status"], modality = values["status"], new.modality
    evidence = tuple(dict.fromkeys((*old.evidence, *new.evidence)))[:most]
    return replace(old, values=dict(sorted(known.items())), evidence=evidence, modality=modality)
