"""CSV and TSV: one document a row, with a first line that names the columns."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import IO, Protocol, cast

from ciskg.read.decode import encoding_of
from ciskg.read.errors import ReadError
from ciskg.read.raw import LIMIT, Item
from ciskg.read.rows import Columns, Row, documents, settle
from ciskg.read.table import delimiter

_SAMPLE = 256 * 1024  # bytes of which the encoding is told
_UNDECODED = re.compile("[\udc80-\udcff]")  # bytes that the encoding does not have
_LONGEST = 2 * LIMIT  # characters of a line; what is longer is parted, and refused as a row


class _Reader(Protocol):
    """What csv.reader gives."""

    @property
    def line_num(self) -> int: ...

    def __next__(self) -> list[str]: ...


def read_delimited(
    stream: IO[bytes], where: str, columns: Columns, *, tabs: bool = False
) -> Iterator[Item]:
    """Yield the documents of a CSV or TSV file; a row that cannot be read is named.

    Raises ReadError where the first line names no column of texts.
    """
    csv.field_size_limit(LIMIT)  # a transcript is longer than the 128 KiB of the default
    buffered = io.BufferedReader(cast(io.RawIOBase, stream), _SAMPLE)
    encoding = encoding_of(buffered.peek(_SAMPLE), where)
    text = io.TextIOWrapper(buffered, encoding, errors="surrogateescape", newline="")
    try:
        first = text.readline(_SAMPLE)
    except UnicodeError as error:
        raise ReadError(where, f"not CSV: {error}", "save the file as UTF-8") from error
    lines = chain([first], iter(lambda: text.readline(_LONGEST), ""))
    reader = csv.reader(lines, delimiter="\t" if tabs else delimiter(first))
    try:
        header = [name.strip() for name in next(reader, [])]
    except csv.Error as error:
        raise ReadError(where, f"not CSV: {error}", "check its quotation marks") from error
    fields = settle([name for name in header if name], columns, where)
    yield from documents(_rows(reader, header, where), fields, where)


def _rows(
    reader: _Reader,
    header: Sequence[str],
    where: str,
) -> Iterator[Row | ReadError]:
    """Yield the rows with the numbers of the lines on which they begin."""
    while True:
        line = reader.line_num + 1
        place = f"{where}:{line}"
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (csv.Error, UnicodeError) as error:
            problem = f"not CSV: {error}; the rest of the file is not read"
            yield ReadError(place, problem, "check the quotation marks of the row")
            return
        if not cells:
            continue
        if len(cells) > len(header):
            remedy = "put cells with commas in quotation marks"
            yield ReadError(place, "more cells than columns", remedy)
            continue
        wrong = next((found for cell in cells if (found := _UNDECODED.search(cell))), None)
        if wrong is not None:
            problem = f"byte 0x{ord(wrong[0]) - 0xDC00:02x} does not fit the encoding of the rest"
            yield ReadError(place, problem, "save the file as UTF-8")
            continue
        yield line, dict(zip(header, cells, strict=False))
