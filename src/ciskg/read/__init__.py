"""The first step: files to documents, their furniture set apart, their dates found."""

from ciskg.read.document import read_document, read_raw, read_text
from ciskg.read.errors import ReadError
from ciskg.read.kinds import READ
from ciskg.read.members import each_document
from ciskg.read.raw import LIMIT, Note, Raw
from ciskg.read.rows import FIELDS, Columns
from ciskg.read.sources import Source, Sources, find_sources

__all__ = [
    "FIELDS",
    "LIMIT",
    "READ",
    "Columns",
    "Note",
    "Raw",
    "ReadError",
    "Source",
    "Sources",
    "each_document",
    "find_sources",
    "read_document",
    "read_raw",
    "read_text",
]
