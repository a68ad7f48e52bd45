"""The first step: files to documents, their furniture set apart, their dates found."""

from ciskg.read.document import LIMIT, read_document, read_text
from ciskg.read.errors import ReadError
from ciskg.read.sources import ENDINGS, READ, Source, Sources, find_sources

__all__ = [
    "ENDINGS",
    "LIMIT",
    "READ",
    "ReadError",
    "Source",
    "Sources",
    "find_sources",
    "read_document",
    "read_text",
]
