"""Rows of a corpus to documents: which column is what, by rules/columns.toml or as one is told."""

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ciskg.knowledge import KnowledgeError, cached, folder, read_table
from ciskg.read.errors import ReadError
from ciskg.read.raw import Item, Note, Raw, passed_over
from ciskg.read.table import Described
from ciskg.read.written import written_date

FIELDS = ("text", "id", "title", "published", "publisher", "url", "language")
MARKUP = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?"
    r"<(?:!doctype|html|head|body|div|p|article|section|main|span|h[1-6]|table|ul|br)\b",
    re.IGNORECASE | re.DOTALL,
)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]+)*")
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_SHOWN = 12  # columns that a message lists

Row = tuple[int, Mapping[str, Any]]  # its line or number in the file, and its cells by column


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that a person names, by what they hold."""

    named: Mapping[str, str] = field(default_factory=dict)  # "text" -> "speech"


class NoTexts(ReadError):
    """A table has no column of texts: it may be no corpus."""


@cached
def usual() -> Mapping[str, tuple[str, ...]]:
    """The usual names of columns by what they hold.

    Raises KnowledgeError where the file is broken.
    """
    path = folder("rules") / "columns.toml"
    data = read_table(path)
    missing = [name for name in FIELDS if not data.get(name)]
    if missing:
        raise KnowledgeError(f"{path.name}: {missing[0]} is missing or empty; add it")
    return {name: tuple(data[name]) for name in FIELDS}


def settle(header: Sequence[str], columns: Columns, where: str) -> dict[str, str]:
    """The column of each field, for those that there are.

    Raises ReadError where no column holds texts, or one that a person names is not there.
    """
    found: dict[str, str] = {}
    folded = {_folded(column): column for column in reversed(header)}
    shown = ", ".join(header[:_SHOWN]) + (", …" if len(header) > _SHOWN else "")
    for name in FIELDS:
        told = columns.named.get(name)
        if told is not None:
            if told not in header and told.partition(".")[0] not in header:
                raise NoTexts(where, f"no column {told!r}", f"its columns are {shown}")
            found[name] = told
            continue
        taken = set(found.values())
        for usual_name in usual()[name]:
            column = folded.get(_folded(usual_name))
            if column is not None and column not in taken:
                found[name] = column
                break
    if "text" not in found:
        problem = f"no column of texts among {shown}" if header else "it names no columns"
        raise NoTexts(where, problem, "name it with --text-column NAME")
    return found


def documents(
    rows: Iterable[Row | ReadError], fields: Mapping[str, str], where: str
) -> Iterator[Item]:
    """Yield the document of each row; rows without text and dates not understood are noted."""
    empty: list[str] = []
    dates: list[tuple[int, str]] = []
    number = 0
    for row in rows:
        number += 1  # wrong rows count too: others keep their names when they are mended
        if isinstance(row, ReadError):
            yield row
            continue
        line, cells = row
        place = f"{where}:{line}"
        text = _text(_cell(cells, fields["text"]))
        if text is None:
            kind = type(_cell(cells, fields["text"])).__name__
            remedy = "name another column with --text-column NAME"
            yield ReadError(
                place, f"the column {fields['text']!r} holds no text but {kind}", remedy
            )
            continue
        if not text.strip():
            empty.append("without text")
            continue
        values = {
            name: _value(_cell(cells, column)) for name, column in fields.items() if name != "text"
        }
        written = _cell(cells, fields["published"]) if "published" in fields else None
        published = written_date(written)
        if published is None and (shown := _value(written)):
            dates.append((line, shown))
        yield Raw(
            key=values.get("id") or f"{number:06}",
            where=place,
            content=text,
            form="html" if MARKUP.match(text) else "txt",
            described=_described(values, published),
        )
    yield from passed_over(where, "row", empty)
    if dates:
        first = f"the first in line {dates[0][0]}: {dates[0][1][:40]!r}"
        count = "1 date is" if len(dates) == 1 else f"{len(dates)} dates are"
        column = fields["published"]
        yield Note(
            f"{where}: {count} not understood in the column {column!r}, {first};"
            " write 2024-10-08, 2024-10 or 2024"
        )


def _described(values: Mapping[str, str | None], published: str | None) -> Described:
    """What the cells of one row say of its document."""
    language = (values.get("language") or "").replace("_", "-")
    publisher = values.get("publisher")
    if publisher and _ADDRESS.fullmatch(publisher):  # a column `source` may hold addresses
        values = {**values, "url": values.get("url") or publisher}
        publisher = None
    url = values.get("url") or ""
    return Described(
        title=values.get("title"),
        publisher=publisher,
        url=url if _ADDRESS.fullmatch(url) else None,
        published=published,
        language=language if _LANGUAGE.fullmatch(language) else None,
    )


def _cell(cells: Mapping[str, Any], column: str) -> Any:
    """What stands in one column; `meta.date` is `date` in the object `meta`."""
    if column in cells:
        return cells[column]
    value: Any = cells
    for part in column.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _text(value: Any) -> str | None:
    """A cell as the text of a document: a string, or a list of paragraphs; None for others."""
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return "\n\n".join(value)
    return value if isinstance(value, str) else None


def _value(value: Any) -> str | None:
    """A cell as one line; None where it is empty or no single value."""
    if isinstance(value, bool) or not isinstance(
        value, str | int | float | datetime.date | datetime.datetime
    ):
        return None
    if isinstance(value, float):
        value = int(value) if value.is_integer() else None if value != value else value
    return " ".join(str("" if value is None else value).split()) or None


def _folded(name: str) -> str:
    """The name of a column without what does not count in it."""
    return re.sub(r"[\s_\-.]+", "", name.casefold())
