"""Every input to its documents: one of a file, many of an archive or a corpus, each with its key.

A member of a collection is called after both: `transcripts-000017` is the 17th row of
transcripts.csv, `transcripts-a7` its row with the id a7, `pages-2020-summit` the member
2020/summit.html of pages.zip, `crawl-example.org-news-1` the page of that address in crawl.warc.
"""

import re
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import IO

from ciskg.read.errors import ReadError
from ciskg.read.kinds import COLLECTIONS, ending, form_of
from ciskg.read.names import bounded_key, printable_key
from ciskg.read.raw import LIMIT, Item, Note, Raw
from ciskg.read.rows import MARKUP, Columns, NoTexts
from ciskg.read.sources import STDIN, Source


def each_document(sources: Iterable[Source], columns: Columns | None = None) -> Iterator[Item]:
    """Yield the documents of all sources, in their order, one at a time.

    A document, or a part of a corpus, that cannot be read comes as its error and stops no other.
    """
    listed = list(sources)
    taken = {source.key.casefold() for source in listed}
    for source in listed:
        yield from documents_of(source, columns or Columns(), taken)


def documents_of(source: Source, columns: Columns, taken: set[str]) -> Iterator[Item]:
    """Yield the documents of one source; `taken` holds the keys in use, in small letters."""
    kind = ending(source.path.name)
    if kind not in COLLECTIONS or source.path == STDIN:
        yield _single(source)
        return
    where = str(source.path)
    try:
        for item in _members(source, kind, where, columns):
            yield _member(item, source, taken) if isinstance(item, Raw) else item
    except NoTexts as error:
        # In a folder there may be tables that are no corpus.
        yield error if source.given else Note(f"{error.path}: passed over: {error.problem}")
    except ReadError as error:
        yield error
    except PermissionError:
        yield ReadError(where, "you may not read it", "check its rights")
    except (OSError, EOFError, zlib.error) as error:
        yield ReadError(where, f"cannot be read: {error}", "check the file, or fetch it anew")


def _single(source: Source) -> Item:
    """The document that is a file, or comes from standard input."""
    if source.path != STDIN:
        form = form_of(source.path.name)
        return Raw(source.key, str(source.path), source.path, form, source.described)
    data = sys.stdin.buffer.read(LIMIT + 1)
    if len(data) > LIMIT:
        problem = f"more than the {LIMIT:,} bytes of one document"
        return ReadError("stdin", problem, "give a file, or a folder of documents")
    markup = MARKUP.match(data[:2000].decode("latin-1")) is not None
    return Raw(source.key, "stdin", data, "html" if markup else "txt")


def _members(source: Source, kind: str, where: str, columns: Columns) -> Iterator[Item]:
    """Yield the documents of a collection under their names within it."""
    if COLLECTIONS[kind] == "parquet":  # what most builds do not need is imported when it is met
        from ciskg.read.parquet import read_parquet

        return read_parquet(source.path, where, columns)
    if COLLECTIONS[kind] == "zip":
        from ciskg.read.zipped import read_zip

        return read_zip(source.path, where, partial(_streamed, columns=columns))
    return _opened(source, kind, where, columns)


def _opened(source: Source, kind: str, where: str, columns: Columns) -> Iterator[Item]:
    """Yield the documents of a file that is read from its beginning to its end."""
    with source.path.open("rb") as file:
        yield from _streamed(file, kind, where, columns=columns)


def _streamed(stream: IO[bytes], kind: str, where: str, *, columns: Columns) -> Iterator[Item]:
    """Yield the documents of a stream of this kind."""
    name = COLLECTIONS[kind]
    if name == "warc":
        from ciskg.read.warc import read_warc

        yield from read_warc(stream, where)
        return
    with _inflated(stream, kind) as plain:
        if name == "jsonl":
            from ciskg.read.jsonlines import read_jsonl

            yield from read_jsonl(plain, where, columns)
        else:
            from ciskg.read.delimited import read_delimited

            yield from read_delimited(plain, where, columns, tabs=name == "tsv")


@contextmanager
def _inflated(stream: IO[bytes], kind: str) -> Iterator[IO[bytes]]:
    """The stream itself, or what it holds where it is compressed."""
    if not kind.endswith(".gz"):
        yield stream
        return
    import gzip

    with gzip.GzipFile(fileobj=stream) as plain:
        yield plain  # type: ignore[misc]  # it reads as a stream of bytes does


def _member(raw: Raw, source: Source, taken: set[str]) -> Raw:
    """A member of a collection under a key that no other document has.

    What documents.csv says of the publisher and the language of a collection goes for all of it.
    """
    parts = (part for part in re.split(r"[/\\]", raw.key) if part not in ("", ".", ".."))
    base = bounded_key(printable_key("-".join([source.key, *parts])))
    key, number = base, 1
    while key.casefold() in taken:
        number += 1
        key = f"{base}-{number}"
    taken.add(key.casefold())
    described = replace(
        raw.described,
        publisher=raw.described.publisher or source.described.publisher,
        language=raw.described.language or source.described.language,
    )
    return replace(raw, key=key, described=described)
