"""A document as its input holds it, before its text is read; and what an input says beside."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ciskg.read.errors import ReadError
from ciskg.read.table import Described

LIMIT = 16 * 1024 * 1024  # bytes: five thousand pages; what is larger is a collection
LARGER = frozenset(["pdf", "docx", "mhtml"])  # forms that hold pictures too
LARGER_LIMIT = 8 * LIMIT


@dataclass(frozen=True, slots=True)
class Raw:
    """One document as a file, a member of an archive, or a row of a corpus holds it."""

    key: str  # unique in one build; of a member, before `keyed`: its name in the collection
    where: str  # for messages: `a.html`, `pages.zip!a.html`, `corpus.csv:17`
    content: Path | bytes | str  # a path: the bytes of that file
    form: str  # "txt", "html", "md", "mhtml", "pdf", "docx"
    described: Described = field(default_factory=Described)  # what the input says of it
    charset: str | None = None  # the encoding that the input says its bytes have


@dataclass(frozen=True, slots=True)
class Note:
    """What a person should know of an input that was read."""

    text: str


Item = Raw | ReadError | Note


def passed_over(where: str, noun: str, reasons: Iterable[str]) -> Iterator[Note]:
    """Yield one note on the members that were not read, if there are any."""
    counted = Counter(reasons)
    total = counted.total()
    if total:
        shown = ", ".join(f"{n} {reason}" for reason, n in sorted(counted.items()))
        yield Note(f"{where}: {total} {noun}{'' if total == 1 else 's'} passed over ({shown})")
