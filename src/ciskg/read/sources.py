"""Paths that a user gives to the list of inputs to read, in an order of our own."""

import glob
import os
import re
import stat
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ciskg.read.errors import ReadError
from ciskg.read.kinds import COLLECTIONS, FORMS, READ, ending, stem
from ciskg.read.names import bounded_key, printable_key
from ciskg.read.table import NAME, Described, Table, read_table
from ciskg.store import is_build

STDIN = Path("-")
_WILD = re.compile(r"[*?\[]")
_PARTS = ("_files", ".files")  # folders in which browsers keep the parts of a saved page


@dataclass(frozen=True, slots=True)
class Source:
    """One input to read: a document, or a collection of documents in one file."""

    key: str  # unique among the sources; the stem of the file where that is
    path: Path
    described: Described = field(default_factory=Described)  # what documents.csv says of it
    given: bool = True  # by its own name, and not found in a folder or by a pattern


@dataclass(frozen=True, slots=True)
class Sources:
    """What the given paths hold."""

    documents: tuple[Source, ...]  # ordered by key
    problems: tuple[ReadError, ...] = ()  # paths and tables that cannot be read
    skipped: tuple[Path, ...] = ()  # files in folders whose ending is not read
    warnings: tuple[str, ...] = ()  # what the tables say in vain


def find_sources(paths: Sequence[str | Path]) -> Sources:
    """The inputs at these paths: files, all files below folders, those that match a pattern.

    The result does not depend on the order of the paths or of the file system. Hidden files
    and folders, and builds, are passed over; a file that is reached twice is read once.
    """
    problems: list[ReadError] = []
    skipped: list[Path] = []
    found: dict[str, tuple[Path, tuple[Path, ...]]] = {}  # real path -> path, folders for tables
    given: set[Path] = set()
    for path, by_pattern in _matches(paths, problems):
        for file, folders in _files(path, problems, by_pattern=by_pattern):
            if file == STDIN or (file.name != NAME and ending(file.name) in (*FORMS, *COLLECTIONS)):
                found.setdefault(os.path.realpath(file), (file, folders))
                if file == path and not by_pattern:
                    given.add(file)
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
                Source("", file, _described(file, folders, tables), given=file in given)
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


def _matches(paths: Sequence[str | Path], problems: list[ReadError]) -> Iterator[tuple[Path, bool]]:
    """Yield the paths, and in place of a pattern the files that match it."""
    for path in sorted({Path(p) for p in paths}, key=_order):
        if not _WILD.search(str(path)) or os.path.lexists(path):
            yield path, False
            continue
        matched = glob.glob(str(path), recursive=True)  # noqa: PTH207  # no hidden files
        if not matched:
            problems.append(ReadError(str(path), "no file matches", "check the pattern"))
        for file in sorted(map(Path, matched), key=_order):
            if not _is_part_of_page(file.parent) and not any(map(is_build, file.parents)):
                yield file, True


def _files(
    path: Path, problems: list[ReadError], *, by_pattern: bool
) -> Iterator[tuple[Path, tuple[Path, ...]]]:
    """Yield the files that one given path stands for, each with the folders of its tables."""
    if path == STDIN:
        yield path, ()
        return
    try:
        mode = path.stat().st_mode
    except OSError as error:
        problems.append(_unreadable(path, error))
        return
    if stat.S_ISDIR(mode):
        if not by_pattern:  # the pattern says which files below it are meant
            yield from _below(path, (path,), set(), problems)
    elif by_pattern and stat.S_ISREG(mode):
        yield path, (path.parent,)
    elif not stat.S_ISREG(mode):
        problems.append(ReadError(str(path), "neither a file nor a folder", "copy it to a file"))
    elif path.name == NAME:
        remedy = (
            "give the documents or their folder; the table beside them is found by itself."
            " A corpus of texts needs another name"
        )
        problems.append(ReadError(str(path), "the table about documents is no document", remedy))
    elif ending(path.name) not in (*FORMS, *COLLECTIONS):
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
        if (status.st_dev, status.st_ino) in seen or is_build(here):
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
                if not _is_part_of_page(entry):
                    deeper.append((entry, (entry, *above)))
            elif stat.S_ISREG(mode):
                yield entry, above
        waiting.extend(reversed(deeper))


def _is_part_of_page(folder: Path) -> bool:
    """Whether a folder holds the frames and pictures of a saved page beside it."""
    names = [folder.name.removesuffix(end) for end in _PARTS if folder.name.endswith(end)]
    pages = [end for end, form in FORMS.items() if form == "html"]
    return any((folder.parent / f"{name}{end}").is_file() for name in names for end in pages)


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
    stems = ["stdin" if s.path == STDIN else stem(s.path.name) for s in ordered]
    siblings = Counter(
        (s.path.parent, own.casefold()) for s, own in zip(ordered, stems, strict=True)
    )
    names = [
        own if siblings[s.path.parent, own.casefold()] == 1 else f"{own}-{ending(s.path.name)[1:]}"
        for s, own in zip(ordered, stems, strict=True)
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
    """A file name as a key."""
    return bounded_key(printable_key(name))
