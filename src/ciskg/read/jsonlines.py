"""JSON lines: one object a line, one document an object."""

import json
from collections.abc import Iterator
from itertools import chain
from typing import IO, Any

from ciskg.read.errors import ReadError
from ciskg.read.raw import LIMIT, Item
from ciskg.read.rows import Columns, Row, documents, settle

_LONGEST = 4 * LIMIT  # bytes of a line: an object holds more than the text
_HEAD = 50  # objects whose names are taken for the columns


def read_jsonl(stream: IO[bytes], where: str, columns: Columns) -> Iterator[Item]:
    """Yield the documents of a file of JSON lines; a line that is no object is named.

    Raises ReadError where no column holds texts.
    """
    rows = _rows(stream, where)
    head: list[Row | ReadError] = []
    for row in rows:
        head.append(row)
        if len(head) == _HEAD:
            break
    names = dict.fromkeys(name for row in head if not isinstance(row, ReadError) for name in row[1])
    if not names:
        yield from (row for row in head if isinstance(row, ReadError))
        if not head:
            raise ReadError(where, "the file is empty", "give a file with text")
        return
    fields = settle(list(names), columns, where)
    yield from documents(chain(head, rows), fields, where)


def _rows(stream: IO[bytes], where: str) -> Iterator[Row | ReadError]:
    """Yield the objects with the numbers of their lines."""
    number = 0
    while line := stream.readline(_LONGEST + 1):
        number += 1
        place = f"{where}:{number}"
        if len(line) > _LONGEST:
            while line and not line.endswith(b"\n"):
                line = stream.readline(_LONGEST)
            yield ReadError(place, f"the line is longer than {_LONGEST:,} bytes", "divide its text")
            continue
        if line.isspace():
            continue
        yield _object(line, number, place)


def _object(line: bytes, number: int, place: str) -> Row | ReadError:
    """The object that one line holds."""
    try:
        value: Any = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
    except UnicodeDecodeError as error:
        problem = f"byte {error.start} of the line (0x{line[error.start]:02x}) is not UTF-8"
        return ReadError(place, problem, "save the file as UTF-8")
    except RecursionError:
        return ReadError(place, "its values nest too deep", "flatten the object")
    except ValueError as error:
        return ReadError(place, f"no JSON: {error}", "write one object a line")
    if not isinstance(value, dict):
        return ReadError(place, "no JSON object", 'write one object a line: {"text": "…"}')
    return number, value
