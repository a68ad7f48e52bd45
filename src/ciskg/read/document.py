"""One file, or one text, to a Document."""

import hashlib
import io
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from ciskg.model import Block, Document
from ciskg.read import html, markdown
from ciskg.read.datelines import edtf
from ciskg.read.decode import decode
from ciskg.read.errors import ReadError
from ciskg.read.html_meta import NOTHING, Meta, metadata, saved_from
from ciskg.read.kinds import form_of
from ciskg.read.metadata import about, language_of, primary_language
from ciskg.read.raw import LARGER, LARGER_LIMIT, LIMIT, Raw
from ciskg.read.sources import Source
from ciskg.read.structure import structured
from ciskg.read.table import DATE_REMEDY, Described
from ciskg.read.text import MANY_LINES, TOGETHER, blocks_of_lines
from ciskg.read.written import written_date

_HEAD = 3_000  # characters in which the title that a file says of itself must stand


def silent(message: str) -> None:
    """Tell nobody."""


def read_document(source: Source, *, limit: int = LIMIT) -> Document:
    """The document in one file.

    Raises ReadError where the file cannot be opened, is no text, or holds no words.
    """
    form = form_of(source.path.name)
    return read_raw(
        Raw(source.key, str(source.path), source.path, form, source.described), limit=limit
    )


def read_raw(raw: Raw, *, limit: int = LIMIT, warn: Callable[[str], None] = silent) -> Document:
    """The document that a file, a member of an archive or a row of a corpus holds.

    `warn` is told what of it is not read. Raises ReadError as read_document does.
    """
    if raw.form in LARGER:
        limit = max(limit, LARGER_LIMIT)
    if raw.form == "pdf":  # what most builds do not need is imported when it is met
        from ciskg.read import pdf, pdf_layout

        pages = pdf.read_pages(_bytes(raw, limit), raw.where)
        if pages.pictures:
            shown = ", ".join(map(str, pages.pictures[:10]))
            warn(f"{raw.where}: no text on {len(pages.pictures)} of its pages: {shown}")
        lines = pdf_layout.marks(pages.lines)
        own = replace(NOTHING, titles=_honest(pages.title, lines))
        return _from_lines(lines, raw, own, raw.described)
    if raw.form == "docx":
        from ciskg.read import docx

        word = docx.read_docx(_bytes(raw, limit), raw.where)
        tree = html.parse(word.markup, raw.where)
        lines = html.visible_lines(tree)
        titles = metadata(tree).titles or _honest(word.title, lines)
        return _from_lines(lines, raw, replace(NOTHING, titles=titles), raw.described)
    # No name for the text here: it would keep a large page in memory while its tree is read.
    if raw.form == "mhtml":
        from ciskg.read import mhtml

        saved = mhtml.read_mhtml(_bytes(raw, limit), raw.where)
        described = replace(raw.described, url=raw.described.url or saved.url)
        page = replace(raw, content=saved.markup, charset=saved.charset, form="html")
        return _document(_decoded(page, limit), replace(page, described=described))
    return _document(_decoded(raw, limit), raw)


def _honest(title: str | None, lines: Iterable[html.Mark]) -> tuple[str, ...]:
    """The title that a file says of itself, where its first lines say it too.

    Else it is as likely that of a template, or the name of a file.
    """
    head, size = [], 0
    for line, _ in lines:
        head.append(line)
        size += len(line)
        if size > _HEAD:
            break
    folded = " ".join(" ".join(head).casefold().split())
    return (title,) if title and " ".join(title.casefold().split()) in folded else ()


def _decoded(raw: Raw, limit: int) -> str:
    """The text of one document."""
    if isinstance(raw.content, str):
        return _sound(raw.content, raw.where, limit)
    data = _bytes(raw, limit)
    declared = raw.charset or (html.declared_encoding(data) if raw.form == "html" else None)
    if b"\r" in data and data[:2] not in (b"\xff\xfe", b"\xfe\xff") and b"\0" not in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")  # less memory than in the text
    return decode(data, raw.where, declared=declared)


def _sound(text: str, where: str, limit: int = LIMIT) -> str:
    """The text itself; raises ReadError where it is too long or holds what no text may."""
    if len(text) > limit:
        problem = f"{len(text):,} characters are more than the {limit:,} of one document"
        raise ReadError(where, problem, "divide it into its documents")
    at = text.find("\0")
    if at >= 0:
        raise ReadError(where, f"a NUL character at character {at}", "remove it and try again")
    return text.removeprefix("\ufeff")


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
    return _document(_sound(text, key, len(text)), Raw(key, "", "", form, described))


def _bytes(raw: Raw, limit: int) -> bytes:
    """The bytes of a document; raises ReadError where there are too many, or none to open."""
    if isinstance(raw.content, str):
        raise ValueError(f"{raw.where}: a text has no bytes")
    return raw.content if isinstance(raw.content, bytes) else _file(raw.content, limit)


def _file(path: Path, limit: int) -> bytes:
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


def _document(text: str, raw: Raw) -> Document:
    """The document that decoded text holds."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if raw.form == "html":
        tree = html.parse(text, raw.where or raw.key)
        saved = saved_from(text)
        text = ""
        meta = metadata(tree)
        if saved:
            meta = replace(meta, urls=(*meta.urls, saved))
        lines = html.visible_lines(tree)
        del tree
        return _from_lines(lines, raw, meta, raw.described)
    if raw.form == "md":
        values, text = markdown.front_matter(text)
        return _from_lines(markdown.visible_lines(text), raw, None, _also(raw.described, values))
    return _structured(text, blocks_of_lines(text), raw, None, raw.described)


def _from_lines(
    lines: Iterable[html.Mark], raw: Raw, meta: Meta | None, described: Described
) -> Document:
    """The document whose text is these lines."""
    return _structured(*_assembled(lines), raw, meta, described)


def _structured(
    text: str, blocks: list[Block], raw: Raw, meta: Meta | None, described: Described
) -> Document:
    """The document of a text and its lines, with its furniture set apart and its date found."""
    if not any(text[b.start : b.end].strip() for b in blocks):
        raise ReadError(raw.where or raw.key, "it holds no words", "give a file with text")
    language = primary_language(described.language) or language_of(
        text, meta.language if meta else None
    )
    page = structured(text, blocks, language=language)
    known = about(page, described, meta)
    return Document(
        key=raw.key,
        path=raw.where,
        text=text,
        sha256=_sha256(text, raw.where or raw.key),
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
        published=described.published or written_date(written),
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
