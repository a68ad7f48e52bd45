"""What was not understood, by document: for people, for tables and for programs."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, astuple, dataclass, fields

from ciskg.export.tables import no_formula
from ciskg.model import Reading

KINDS = {  # kind -> what it is called, for one and for several
    "language": ("document in a language not read", "documents in languages not read"),
    "scope": ("document of another world", "documents of another world"),
    "sentence": ("sentence without a fact", "sentences without a fact"),
    "date": ("date not settled", "dates not settled"),
    "person": ("person without an office", "persons without an office"),
}
WHOLE = ("language", "scope")  # said of a whole document
EXCERPT = 200  # characters of the document that are shown
AROUND = 60  # of them before the words, where more stands around them


@dataclass(frozen=True, slots=True)
class Part:
    """Something in a document that was not understood."""

    document: str
    kind: str  # a key of KINDS
    start: int
    end: int
    trigger: str
    reason: str
    remedy: str
    text: str  # the words around, on one line


def parts(reading: Reading) -> Iterator[Part]:
    """Yield what a reading left open, by kind and place."""
    order = list(KINDS)
    document = reading.document
    for u in sorted(
        reading.unread, key=lambda u: (order.index(u.kind), u.span.start, u.span.end, u.trigger)
    ):
        start, end = u.span.start, u.span.end
        around = _around(document.text, start, end)
        trigger = " ".join(u.trigger.split())
        yield Part(document.key, u.kind, start, end, trigger, u.reason, u.remedy, around)


def _around(text: str, start: int, end: int) -> str:
    """The words of a span; of a short one, its line or what of it stands near."""
    if end - start < AROUND:
        first = max(text.rfind("\n", 0, start) + 1, start - AROUND)
        while 0 < first < start and text[first - 1].isalnum():  # no half word
            first += 1
        stop = text.find("\n", end)
        start, end = first, min(len(text) if stop < 0 else stop, first + EXCERPT)
    shown = " ".join(text[start:end].split())
    return shown if len(shown) <= EXCERPT else f"{shown[:EXCERPT]}…"


def as_text(found: Sequence[Part], documents: int, languages: Iterable[str]) -> str:
    """What was not understood, document by document, and how much of it there is."""
    read = " and ".join(languages)
    lines = []
    for key in dict.fromkeys(part.document for part in found):
        lines += [key]
        for part in (p for p in found if p.document == key):
            if part.kind in WHOLE:
                more = f"ciskg reads {read}" if part.kind == "language" else part.remedy
                lines.append(f"    {part.reason}; {more}")
                continue
            lines.append(f"    {part.start}–{part.end} {KINDS[part.kind][0]}: {_said(part)}")
            lines.append(f"        {part.text}")
        lines += [""]
    return "\n".join([*lines, *counted(found, documents)]) + "\n"


def _said(part: Part) -> str:
    return f"{part.trigger}: {part.reason}" + (f"; {part.remedy}" if part.remedy else "")


def counted(found: Sequence[Part], documents: int) -> list[str]:
    """How much of each kind there is, a line each."""
    lines = [f"{documents} document{'' if documents == 1 else 's'}"]
    for kind, (one, several) in KINDS.items():
        if number := sum(part.kind == kind for part in found):
            lines.append(f"    {number:>5}  {one if number == 1 else several}")
    return lines if len(lines) > 1 else [f"{lines[0]}, nothing was left open"]


def as_csv(found: Iterable[Part]) -> str:
    """A table of what was not understood."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([field.name for field in fields(Part)])
    writer.writerows([no_formula(str(cell)) for cell in astuple(part)] for part in found)
    return file.getvalue()


def as_json(found: Iterable[Part]) -> str:
    """What was not understood as a JSON list."""
    return json.dumps([asdict(part) for part in found], ensure_ascii=False, indent=1) + "\n"
