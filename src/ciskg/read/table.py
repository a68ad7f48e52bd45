"""The optional table beside the documents, documents.csv: what a person says of them."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ciskg.read.datelines import edtf
from ciskg.read.decode import decode
from ciskg.read.errors import ReadError

NAME = "documents.csv"
COLUMNS = ("file", "title", "publisher", "url", "published", "language")
DATE_REMEDY = "write 2022-10-14, 2022-10, 2022, or XXXX-10-14 where the year is not known"
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Described:
    """What a person says of one document; None where the table is silent."""

    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: str | None = None  # EDTF
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one documents.csv, and what is wrong with it."""

    rows: Mapping[str, Described]  # file, as a path below the folder of the table
    problems: tuple[ReadError, ...] = ()
    warnings: tuple[str, ...] = ()


def read_table(path: Path) -> Table:
    """The rows of a documents.csv, with all that is wrong with it."""
    try:
        data = path.read_bytes()
    except OSError as error:
        problem = f"cannot be read: {error.strerror}"
        return Table({}, (ReadError(str(path), problem, "check its rights"),))
    return parse_table(data, str(path), lambda file: (path.parent / file).exists())


def parse_table(data: bytes, name: str, exists: Callable[[str], bool]) -> Table:
    """The rows that the bytes of a table hold, with all that is wrong with it.

    `exists` tells whether there is a file of this path below the folder of the table.
    """
    try:
        text = decode(data, name)
        rows = list(
            csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text), strict=True)
        )
    except ReadError as error:
        return Table({}, (error,))
    except csv.Error as error:
        return Table({}, (ReadError(name, f"not CSV: {error}", "check its quotation marks"),))
    header = [cell.strip().lower() for cell in rows[0]] if rows else []
    if "file" not in header:
        remedy = f"begin it with the line {','.join(COLUMNS)}"
        return Table({}, (ReadError(name, "the first line names no column 'file'", remedy),))
    unknown = [column for column in header if column and column not in COLUMNS]
    warnings = [
        f"{name}: column {column!r} is not used; rename it to one of {', '.join(COLUMNS)}"
        for column in unknown
    ]
    described: dict[str, Described] = {}
    problems: list[ReadError] = []
    for number, row in enumerate(rows[1:], 2):
        cells = {
            column: cell.strip() for column, cell in zip(header, row, strict=False) if cell.strip()
        }
        if not cells:
            continue
        file = str(PurePosixPath(cells.get("file", "").replace("\\", "/")))
        problems.extend(_problems(name, number, cells, len(row) > len(header), file in described))
        sound = {c: cell for c, cell in cells.items() if c in COLUMNS[1:] and _is_sound(c, cell)}
        described[file] = Described(**sound)
        if "file" in cells and not exists(file):
            warnings.append(f"{name}: row {number}: there is no file {file}")
    return Table(described, tuple(problems), tuple(warnings))


def delimiter(text: str) -> str:
    """The character between the columns: spreadsheets also write semicolons and tabs."""
    first = text[: text.find("\n")] if "\n" in text else text
    return max(",;\t", key=first.count)


def _is_sound(column: str, cell: str) -> bool:
    """Whether a cell says what its column asks for; else the document's own word stays."""
    if column == "published":
        return edtf(cell) is not None
    return column != "language" or _LANGUAGE.fullmatch(cell) is not None


def _problems(
    name: str, number: int, cells: Mapping[str, str], too_long: bool, again: bool
) -> Iterator[ReadError]:
    """Yield what is wrong with one row."""
    place = f"{name}: row {number}"
    if "file" not in cells:
        yield ReadError(place, "names no file", "fill in the column file")
    if again:
        yield ReadError(place, f"{cells.get('file')} stands in the table twice", "remove one row")
    if too_long:
        yield ReadError(
            place, "more cells than columns", "put cells with commas in quotation marks"
        )
    if "published" in cells and not _is_sound("published", cells["published"]):
        yield ReadError(
            place,
            f"published is no date: {cells['published']!r}",
            DATE_REMEDY,
        )
    if "language" in cells and not _is_sound("language", cells["language"]):
        yield ReadError(
            place, f"language is no code: {cells['language']!r}", "write en, ru or another code"
        )
