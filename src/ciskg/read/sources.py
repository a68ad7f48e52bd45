"""Paths that a user gives to the list of documents to read, in an order of our own."""

import os
import stat
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ciskg.read.errors import ReadError
from ciskg.read.table import NAME, Described, Table, read_table

ENDINGS = (".txt", ".html", ".htm", ".md")
READ = "ciskg reads .txt, .html, .htm and .md"


@dataclass(frozen=True, slots=True)
class Source:
    """One document to read."""

    key: str  # unique among the sources; the stem of the file where that is
    path: Path
    described: Described = field(default_factory=Described)  # what documents.csv says of it


@dataclass(frozen=True, slots=True)
class Sources:
    """What the given paths hold."""

    documents: tuple[Source, ...]  # ordered by key
    problems: tuple[ReadError, ...] = ()  # paths and tables that cannot be read
    skipped: tuple[Path, ...] = ()  # files in folders whose ending is not read
    warnings: tuple[str, ...] = ()  # what the tables say in vain


def find_sources(paths: Sequence[str | Path]) -> Sources:
    """The documents at these paths: files, and all files below folders.

    The result does not depend on the order of the paths or of the file system. Hidden files
    and folders are passed over, a file that is reached twice is read once.
    """
    problems: list[ReadError] = []
    skipped: list[Path] = []
    found: dict[str, tuple[Path, tuple[Path, ...]]] = {}  # real path -> path, folders for tables
    for path in sorted({Path(p) for p in paths}, key=_order):
        for file, folders in _files(path, problems):
            if file.suffix.lower() in ENDINGS:
                found.setdefault(os.path.realpath(file), (file, folders))
            elif file.name != NAME:
                skipped.append(file)
    if not found and not problems:
        names = ", ".join(str(p) for p in paths) or "no path"
        problems.append(ReadError(names, "no document is there", READ))
    tables = {
        folder: read_table(folder / NAME)
        for folder in sorted({f for _, folders in found.values() for f in folders}, key=_order)
        if (folder / NAME).is_file()
    }
    return Sources(
        documents=_with_keys(
            [
                Source("", file, _described(file, folders, tables))
                for file, folders in found.values()
            ]
        ),
        problems=tuple(problems) + tuple(p for table in tables.values() for p in table.problems),
        skipped=tuple(sorted(set(skipped), key=_order)),
        warnings=tuple(w for table in tables.values() for w in table.warnings),
    )


def _order(path: Path) -> tuple[str, ...]:
    """What paths are ordered by: their parts, so that no separator comes between."""
    return tuple(unicodedata.normalize("NFC", part) for part in path.parts)


def _files(path: Path, problems: list[ReadError]) -> Iterator[tuple[Path, tuple[Path, ...]]]:
    """Yield the files that one given path stands for, each with the folders of its tables."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        problems.append(_unreadable(path, error))
        return
    if stat.S_ISDIR(mode):
        yield from _below(path, (path,), set(), problems)
    elif not stat.S_ISREG(mode):
        problems.append(ReadError(str(path), "neither a file nor a folder", "copy it to a file"))
    elif path.name == NAME:
        remedy = "give the documents or their folder; the table beside them is found by itself"
        problems.append(ReadError(str(path), "the table about documents is no document", remedy))
    elif path.suffix.lower() not in ENDINGS:
        problem = f"files that end in {path.suffix!r} are not read" if path.suffix else "no ending"
        problems.append(ReadError(str(path), problem, READ))
    else:
        yield path, (path.parent,)


def _below(
    folder: Path, tables: tuple[Path, ...], seen: set[tuple[int, int]], problems: list[ReadError]
) -> Iterator[tuple[Path, tuple[Path, ...]]]:
    """Yield the files below a folder; a folder that links lead back to is entered once."""
    waiting = [(folder, tables)]
    while waiting:
        here, above = waiting.pop()
        try:
            status = here.stat()
            entries = sorted(here.iterdir(), key=_order)
        except OSError as error:
            problems.append(_unreadable(here, error))
            continue
        if (status.st_dev, status.st_ino) in seen:
            continue
        seen.add((status.st_dev, status.st_ino))
        deeper = []
        for entry in entries:
            if entry.name.startswith("."):
                continue
            try:
                mode = entry.stat().st_mode
            except OSError as error:
                problems.append(_unreadable(entry, error))
                continue
            if stat.S_ISDIR(mode):
                deeper.append((entry, (entry, *above)))
            elif stat.S_ISREG(mode):
                yield entry, above
        waiting.extend(reversed(deeper))


def _unreadable(path: Path, error: OSError) -> ReadError:
    """What to say of a path that the system does not open."""
    if isinstance(error, FileNotFoundError) and not path.is_symlink():
        return ReadError(str(path), "there is no such file or folder", "check the path")
    if isinstance(error, FileNotFoundError):
        return ReadError(str(path), "a link to a file that is not there", "remove the link")
    if isinstance(error, PermissionError):
        return ReadError(str(path), "you may not read it", "check its rights")
    return ReadError(str(path), f"cannot be opened: {error.strerror}", "check the path")


def _described(file: Path, folders: tuple[Path, ...], tables: dict[Path, Table]) -> Described:
    """What the nearest table that has a row for this file says of it."""
    for folder in folders:
        if folder in tables:
            row = tables[folder].rows.get(file.relative_to(folder).as_posix())
            if row is not None:
                return row
    return Described()


def _with_keys(sources: list[Source]) -> tuple[Source, ...]:
    """The sources with their keys, ordered by them.

    Stems that meet are told apart by their endings in one folder, else by the folders above.
    """
    ordered = sorted(sources, key=lambda source: _order(source.path))
    siblings = Counter((s.path.parent, s.path.stem.casefold()) for s in ordered)
    names = [
        s.path.stem
        if siblings[s.path.parent, s.path.stem.casefold()] == 1
        else f"{s.path.stem}-{s.path.suffix[1:]}"
        for s in ordered
    ]
    keys = {n: _key(name) for n, name in enumerate(names)}
    for depth in (1, 2, 3):
        for n in _meeting(keys):
            above = [p for p in ordered[n].path.parent.parts if p not in ("/", ".", "..")]
            keys[n] = _key("-".join([*above[-depth:], names[n]]))
    for n in _meeting(keys):
        keys[n] = f"{keys[n]}-{n + 1}"
    return tuple(
        sorted((replace(s, key=keys[n]) for n, s in enumerate(ordered)), key=lambda s: s.key)
    )


def _meeting(keys: dict[int, str]) -> list[int]:
    """The numbers whose key another has too; case does not count, as on some file systems."""
    by_key: dict[str, list[int]] = defaultdict(list)
    for number, key in keys.items():
        by_key[key.casefold()].append(number)
    return [n for numbers in by_key.values() if len(numbers) > 1 for n in numbers]


def _key(name: str) -> str:
    """A file name as a key: composed letters; what cannot be printed is written as %XX."""
    composed = unicodedata.normalize("NFC", name)
    return "".join(
        c if c.isprintable() and c not in "/\\" else "".join(f"%{b:02X}" for b in os.fsencode(c))
        for c in composed
    )
