"""Writes a graph out: Turtle, TriG, N-Quads, JSON-LD and tidy CSV tables, always sorted."""

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from ciskg.export.jsonld import jsonld
from ciskg.export.tables import Table, csv_text, read_tables
from ciskg.export.turtle import trig, turtle

__all__ = ["FORMATS", "Table", "csv_text", "nquads", "read_tables", "serialize", "trig", "turtle"]

FORMATS = ("turtle", "trig", "nquads", "jsonld")


def serialize(quads: Iterable[ox.Quad], format: str) -> Iterator[str]:
    """Yield the text of a graph in one of FORMATS; the same quads give the same text."""
    match format:
        case "turtle":
            return turtle(quads)
        case "trig":
            return trig(quads)
        case "nquads":
            return nquads(quads)
        case "jsonld":
            return jsonld(quads)
    raise ValueError(f"{format} is none of {', '.join(FORMATS)}")


def nquads(quads: Iterable[ox.Quad]) -> Iterator[str]:
    """Yield sorted N-Quads, a line a quad."""
    for line in sorted({str(quad) for quad in quads}):
        yield f"{line} .\n"
