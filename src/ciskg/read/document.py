"""One file, or one text, to a Document."""

import hashlib
import io
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from ciskg.model import Block, Document
from ciskg.read import html, markdown
from ciskg.read.datelines import edtf, parse_date
from ciskg.read.decode import decode
from ciskg.read.errors import ReadError
from ciskg.read.html_meta import Meta, metadata
from ciskg.read.metadata import about, language_of, primary_language
from ciskg.read.sources import Source
from ciskg.read.structure import structured
from ciskg.read.table import DATE_REMEDY, Described
from ciskg.read.text import MANY_LINES, TOGETHER, blocks_of_lines

LIMIT = 16 * 1024 * 1024  # bytes: five thousand pages; what is larger is a collection


def read_document(source: Source, *, limit: int = LIMIT) -> Document:
    """The document in one file.

    Raises ReadError where the file cannot be opened, is no text, or holds no words.
    """
    form = {".htm": "html", ".html": "html", ".md": "md"}.get(source.path.suffix.lower(), "txt")
    # No name for the text here: it would keep a large page in memory while its tree is read.
    return _document(
        _decoded(source.path, form, limit), source.key, str(source.path), form, source.described
    )


def _decoded(path: Path, form: str, limit: int) -> str:
    """The text of one file."""
    data = _bytes(path, limit)
    declared = html.declared_encoding(data) if form == "html" else None
    if b"\r" in data and data[:2] not in (b"\xff\xfe", b"\xfe\xff") and b"\0" not in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")  # less memory than in the text
    return decode(data, str(path), declared=declared)


def read_text(
    text: str,
    *,
    key: str = "text",
    form: str = "txt",
    title: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    published: str | None = None,
    language: str | None = None,
) -> Document:
    """The document that a string holds; `form` is "txt", "html" or "md".

    What the caller says of it wins, as documents.csv does. Raises ReadError where there are no
    words, or characters that no text may hold, or where `published` is no date in EDTF.
    """
    if form not in ("txt", "html", "md"):
        raise ValueError(f"form is {form!r}; it may be 'txt', 'html' or 'md'")
    if published is not None and edtf(published) is None:
        raise ReadError(key, f"published is no date: {published!r}", DATE_REMEDY)
    described = Described(title, publisher, url, published, language)
    for character, name in (("\0", "a NUL character"), ("\ufeff", "")):
        at = text.find(character)
        if name and at >= 0:
            raise ReadError(key, f"{name} at character {at}", "remove it and try again")
    return _document(text.removeprefix("\ufeff"), key, "", form, described)


def _bytes(path: Path, limit: int) -> bytes:
    """The bytes of a file; raises ReadError where it is too large or cannot be opened."""
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            data = file.read(limit + 1) if size <= limit else b""
    except PermissionError:
        raise ReadError(str(path), "you may not read it", "check its rights") from None
    except OSError as error:
        raise ReadError(str(path), f"cannot be read: {error.strerror}", "check the path") from None
    if max(size, len(data)) > limit:
        problem = f"{max(size, len(data)):,} bytes are more than the {limit:,} of one document"
        raise ReadError(str(path), problem, "divide it into its documents")
    return data


def _document(text: str, key: str, path: str, form: str, described: Described) -> Document:
    """The document that decoded text holds."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    meta: Meta | None = None
    if form == "html":
        tree = html.parse(text, path or key)
        text = ""
        meta = metadata(tree)
        lines = html.visible_lines(tree)
        del tree
        text, blocks = _assembled(lines)
    elif form == "md":
        values, text = markdown.front_matter(text)
        described = _also(described, values)
        text, blocks = _assembled(markdown.visible_lines(text))
    else:
        blocks = blocks_of_lines(text)
    if not any(text[b.start : b.end].strip() for b in blocks):
        raise ReadError(path or key, "it holds no words", "give a file with text")
    language = primary_language(described.language) or language_of(
        text, meta.language if meta else None
    )
    page = structured(text, blocks, language=language)
    known = about(page, described, meta)
    return Document(
        key=key,
        path=path,
        text=text,
        sha256=_sha256(text, path or key),
        blocks=tuple(page.blocks),
        title=known.title,
        publisher=known.publisher,
        url=known.url,
        language=language,
        published=known.published,
        published_from=known.published_from,
    )


def _assembled(lines: Iterable[html.Mark]) -> tuple[str, list[Block]]:
    """The lines as one text, and each as a block; beyond MANY_LINES, several in one."""
    blocks: list[Block] = []
    text = io.StringIO()
    start = 0
    for line, kind in lines:
        text.write(f"\n{line}" if start else line)
        end = start + len(line)
        if len(blocks) > MANY_LINES and end - blocks[-1].start <= TOGETHER:
            blocks[-1] = Block(blocks[-1].start, end, blocks[-1].kind)
        else:
            blocks.append(Block(start, end, kind))
        start = end + 1
    return text.getvalue(), blocks


def _also(described: Described, values: Mapping[str, str]) -> Described:
    """What the table says, completed by the front matter of a Markdown text."""
    written = values.get("published") or values.get("date") or ""
    return Described(
        title=described.title or values.get("title"),
        publisher=described.publisher or values.get("publisher"),
        url=described.url or values.get("url"),
        published=described.published or edtf(written[:10]) or parse_date(written),
        language=described.language or values.get("language") or values.get("lang"),
    )


def _sha256(text: str, name: str) -> str:
    """The SHA-256 of the text in UTF-8, taken piece by piece to spare memory."""
    digest = hashlib.sha256()
    for start in range(0, len(text), 1 << 20):
        try:
            digest.update(text[start : start + (1 << 20)].encode("utf-8"))
        except UnicodeEncodeError as error:
            raise ReadError(
                name, f"half of a surrogate pair at character {start + error.start}", "remove it"
            ) from None
    return digest.hexdigest()
