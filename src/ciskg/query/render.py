"""Shows rows: as a table to read, or in a format for another program."""

import csv
import io
import json
import re
import textwrap
from collections.abc import Callable, Sequence

import pyoxigraph as ox

from ciskg.query.bind import IDS
from ciskg.query.run import Rows
from ciskg.query.stored import XSD, QueryError, shown

_CK = "https://w3id.org/ciskg/def#"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]+")
_NARROWEST = 10  # a column in which words can still be read


def render(rows: Rows, format: str, *, width: int | None = None, colour: bool = False) -> str:
    """The rows in one of FORMATS; ends with a line break, but for a table without rows: nothing.

    `width` is that of the terminal, for a table; None does not wrap. `colour` makes the heads of
    a table bold: only for a terminal. Raises QueryError for an unknown format.
    """
    if format == "table":
        return table(rows, width=width, colour=colour)
    if format not in _WRITERS:
        raise QueryError(f"there is no format “{shown(format)}”; there are {', '.join(FORMATS)}")
    return _WRITERS[format](rows)


def table(rows: Rows, *, width: int | None = None, colour: bool = False) -> str:
    """The rows in columns, or one below the other where the terminal is too narrow."""
    if not rows.rows:
        return ""
    cells = [[_short(term) for term in row] for row in rows.terms]
    widths = [
        max(len(column), *(len(row[index]) for row in cells))
        for index, column in enumerate(rows.columns)
    ]
    if width is not None:
        fitted = _fit(widths, width - 2 * (len(widths) - 1))
        if fitted is None:
            return _records(rows, cells, width, colour)
        widths = fitted
    lines = [_line(rows.columns, widths, colour)]
    lines.append(_line(["─" * size for size in widths], widths, False))
    lines.extend(_line(row, widths, False) for row in cells)
    return "".join(lines)


def _fit(widths: list[int], room: int) -> list[int] | None:
    """The widths cut down to the room, the widest first; None where no word would fit."""
    if sum(widths) <= room:
        return widths
    low, high = 0, max(widths)
    while low < high:  # the greatest limit with which all columns fit
        middle = (low + high + 1) // 2
        if sum(min(size, middle) for size in widths) <= room:
            low = middle
        else:
            high = middle - 1
    return [min(size, low) for size in widths] if low >= _NARROWEST else None


def _line(cells: Sequence[str], widths: list[int], bold: bool) -> str:
    wrapped = [textwrap.wrap(cell, size) or [""] for cell, size in zip(cells, widths, strict=True)]
    lines = []
    for index in range(max(map(len, wrapped))):
        parts = [part[index] if index < len(part) else "" for part in wrapped]
        padded = [part.ljust(size) for part, size in zip(parts, widths, strict=True)]
        text = "  ".join(padded).rstrip()
        lines.append(f"\x1b[1m{text}\x1b[0m\n" if bold else f"{text}\n")
    return "".join(lines)


def _records(rows: Rows, cells: list[list[str]], width: int, colour: bool) -> str:
    """One block a row, one line a column."""
    margin = max(map(len, rows.columns)) + 2
    room = max(width - margin, _NARROWEST)
    blocks = []
    for row in cells:
        lines = []
        for column, cell in zip(rows.columns, row, strict=True):
            head = column.ljust(margin)
            first, *others = textwrap.wrap(cell, room) or [""]
            lines.append((f"\x1b[1m{head}\x1b[0m" if colour else head) + first)
            lines.extend(" " * margin + other for other in others)
        blocks.append("\n".join(line.rstrip() for line in lines) + "\n")
    return "\n".join(blocks)


def _short(term: ox.NamedNode | ox.Literal | None) -> str:
    """The term as a person reads it; nothing in it can steer a terminal."""
    if term is None:
        return ""
    text = term.value
    if isinstance(term, ox.NamedNode):
        for start, prefix in ((IDS, "id:"), (_CK, "ck:")):
            if text.startswith(start):
                text = prefix + text[len(start) :]
    return _CONTROL.sub(" ", text).strip()


def markdown(rows: Rows) -> str:
    """The rows as a table of Markdown; what a document says cannot become markup."""
    lines = [rows.columns, ["---"] * len(rows.columns)]
    lines.extend([_escaped(_short(term)) for term in row] for row in rows.terms)
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _escaped(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([\\`*_\[\]|~])", r"\\\1", text)


def write_csv(rows: Rows) -> str:
    """The rows as SPARQL 1.1 CSV: values only; in UTF-8, with line breaks as in Unix."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(rows.columns)
    writer.writerows([("" if term is None else term.value) for term in row] for row in rows.terms)
    return out.getvalue()


def write_tsv(rows: Rows) -> str:
    """The rows as SPARQL 1.1 TSV: terms in the syntax of Turtle, nothing lost."""
    lines = [[f"?{column}" for column in rows.columns]]
    for row in rows.terms:
        # A tab may stand in a term only escaped.
        lines.append(["" if term is None else str(term).replace("\t", r"\t") for term in row])
    return "".join("\t".join(line) + "\n" for line in lines)


def write_json(rows: Rows) -> str:
    """The rows as SPARQL 1.1 results in JSON."""
    bindings = [
        {
            column: _json(term)
            for column, term in zip(rows.columns, row, strict=True)
            if term is not None
        }
        for row in rows.terms
    ]
    answer = {"head": {"vars": list(rows.columns)}, "results": {"bindings": bindings}}
    return json.dumps(answer, ensure_ascii=False, indent=2) + "\n"


def _json(term: ox.NamedNode | ox.Literal) -> dict[str, str]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    found = {"type": "literal", "value": term.value}
    if term.language is not None:
        found["xml:lang"] = term.language
    elif term.datatype.value != f"{XSD}string":
        found["datatype"] = term.datatype.value
    return found


_WRITERS: dict[str, Callable[[Rows], str]] = {
    "csv": write_csv,
    "tsv": write_tsv,
    "json": write_json,
    "markdown": markdown,
}
FORMATS = ("table", *_WRITERS)
