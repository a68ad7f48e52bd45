"""ZIP: an archive of documents, read in place; nothing is unpacked onto the disk."""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import IO

from ciskg.read.errors import ReadError
from ciskg.read.kinds import COLLECTIONS, FORMS, ending, stem
from ciskg.read.raw import LARGER, LARGER_LIMIT, LIMIT, Item, Note, Raw, passed_over
from ciskg.read.table import NAME, Described, Table, parse_table

RATIO = 200  # times that a member may expand: text does 20 times, a bomb 1,000
SMALL = 1024 * 1024  # bytes that may expand more: a page of spaces is no bomb
TOTAL = 4 * 1024 * 1024 * 1024  # bytes of all members of an archive together
_RUSSIAN = re.compile("[а-яёА-ЯЁ]{3}")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)

Inner = Callable[[IO[bytes], str, str], Iterator[Item]]  # stream, kind and name for messages
Member = tuple[PurePosixPath, zipfile.ZipInfo]


def read_zip(path: Path, where: str, inner: Inner) -> Iterator[Item]:
    """Yield the documents of an archive, ordered by their names within it.

    `inner` reads a corpus that stands in the archive. Raises ReadError where the file is no
    archive, or expands to more than any collection of texts.
    """
    try:
        archive = zipfile.ZipFile(path)
    except (*_BROKEN, ValueError) as error:
        problem = f"no ZIP archive: {error}"
        raise ReadError(where, problem, "pack the documents anew") from error
    with archive:
        members = sorted(_members(archive), key=lambda m: (m[0].parts, m[1].header_offset))
        _refuse_bomb([info for _, info in members], where)
        tables: dict[PurePosixPath, Table] = {}
        yield from _tables(archive, members, where, tables)
        passed: list[str] = []
        for name, info in members:
            place = f"{where}!{name}"
            kind = ending(name.name)
            if name.name == NAME:
                continue
            if kind not in FORMS and kind not in COLLECTIONS:
                passed.append(kind or "without ending")
            elif info.flag_bits & 1:
                yield ReadError(place, "it is encrypted", "unpack it and give the folder")
            elif kind in COLLECTIONS:
                yield from _collection(archive, info, place, str(name), inner)
            else:
                yield _document(archive, info, place, name, kind, tables)
        yield from passed_over(where, "member", passed)
        if not any(ending(name.name) in (*FORMS, *COLLECTIONS) for name, _ in members):
            yield ReadError(where, "no document is in it", "pack .txt, .html or .md files")


def _members(archive: zipfile.ZipFile) -> Iterator[Member]:
    """Yield the members under names that lead nowhere else; hidden files are passed over."""
    for info in archive.infolist():
        parts = _name(info).replace("\\", "/").split("/")
        kept = [part for part in parts if part not in ("", ".", "..")]
        if (
            info.filename.endswith("/")
            or not kept
            or any(p.startswith(".") or p == "__MACOSX" for p in kept)
        ):
            continue
        yield PurePosixPath(*kept), info


def _name(info: zipfile.ZipInfo) -> str:
    """The name of a member; without a mark it is in UTF-8 or in the letters of Russian DOS."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        data = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        russian = data.decode("cp866")
        return russian if _RUSSIAN.search(russian) else info.filename


def _refuse_bomb(infos: Sequence[zipfile.ZipInfo], where: str) -> None:
    """Raises ReadError where an archive expands to more than all texts that one may hold."""
    total = sum(info.file_size for info in infos)
    if total > TOTAL:
        problem = f"it expands to {total:,} bytes, more than the {TOTAL:,} of one archive"
        raise ReadError(where, problem, "divide it, or unpack it and give the folder")


def _is_bomb(info: zipfile.ZipInfo) -> bool:
    """Whether a member expands as no text does."""
    return info.file_size > max(SMALL, RATIO * info.compress_size)


def _tables(
    archive: zipfile.ZipFile,
    members: Sequence[Member],
    where: str,
    tables: dict[PurePosixPath, Table],
) -> Iterator[Item]:
    """Read each documents.csv into `tables`, by its folder; yield what is wrong with them."""
    names = {name for name, _ in members}
    for name, info in members:
        if name.name != NAME:
            continue
        place = f"{where}!{name}"
        data = _bytes(archive, info, place)
        if isinstance(data, ReadError):
            yield data
            continue
        folder = name.parent
        below = frozenset(str(n.relative_to(folder)) for n in names if n.is_relative_to(folder))
        table = parse_table(data, place, below.__contains__)
        tables[folder] = table
        yield from table.problems
        yield from map(Note, table.warnings)


def _document(
    archive: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    place: str,
    name: PurePosixPath,
    kind: str,
    tables: dict[PurePosixPath, Table],
) -> Item:
    """One document of an archive, with what the nearest table says of it."""
    data = _bytes(archive, info, place)
    if isinstance(data, ReadError):
        return data
    described = next(
        (
            row
            for folder in name.parents
            if folder in tables
            and (row := tables[folder].rows.get(str(name.relative_to(folder)))) is not None
        ),
        Described(),
    )
    return Raw(str(name)[: -len(kind)], place, data, FORMS[kind], described)


def _bytes(archive: zipfile.ZipFile, info: zipfile.ZipInfo, place: str) -> bytes | ReadError:
    """The bytes of one member, or why they are not read."""
    if _is_bomb(info):
        return _bomb(info, place)
    limit = LARGER_LIMIT if FORMS.get(ending(info.filename)) in LARGER else LIMIT
    if info.file_size > limit:
        problem = f"{info.file_size:,} bytes are more than the {limit:,} of one document"
        return ReadError(place, problem, "divide it into its documents")
    try:
        with archive.open(info) as file:
            return file.read(limit)
    except _BROKEN as error:
        return ReadError(place, f"broken in the archive: {error}", "pack it anew")


def _collection(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, place: str, name: str, inner: Inner
) -> Iterator[Item]:
    """Yield the documents of a corpus that stands in an archive."""
    kind = ending(name)
    if COLLECTIONS[kind] in ("zip", "parquet"):
        yield ReadError(place, f"{kind} inside an archive is not read", "unpack it")
    elif _is_bomb(info):
        yield _bomb(info, place)
    else:
        try:
            with archive.open(info) as file:
                for item in inner(file, kind, place):
                    yield (
                        replace(item, key=f"{stem(name)}-{item.key}")
                        if isinstance(item, Raw)
                        else item
                    )
        except _BROKEN as error:
            yield ReadError(place, f"broken in the archive: {error}", "pack it anew")


def _bomb(info: zipfile.ZipInfo, place: str) -> ReadError:
    """What to say of a member that expands as no text does."""
    problem = f"it expands from {info.compress_size:,} to {info.file_size:,} bytes, as no text"
    return ReadError(place, problem, "unpack it and look at it")
