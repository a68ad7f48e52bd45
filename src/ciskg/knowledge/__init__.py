"""Finds and reads the files of knowledge: ontology, reference data, shapes, queries, rules."""

import hashlib
import tempfile
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, lru_cache, wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import pyoxigraph as ox

PACKAGE = Path(__file__).parent.parent
FOLDERS = ("ontology", "queries", "rules")

P = ParamSpec("P")
T = TypeVar("T")


class KnowledgeError(Exception):
    """A file of knowledge is broken; the message names file, line and remedy."""


@dataclass(frozen=True, slots=True, eq=False)
class Own:
    """A folder of somebody's own knowledge, as it is laid over ours."""

    sha256: str  # of its files
    folders: Mapping[str, Path]  # where both stand as one


_laid_over: ContextVar[Own | None] = ContextVar("laid_over", default=None)
laid = _laid_over.get  # what is laid over ours now; None for nothing


def folder(name: str) -> Path:
    """The folder "ontology", "queries" or "rules": in the wheel, or at the top of a checkout.

    Raises KnowledgeError where the installation lacks it.
    """
    own = _laid_over.get()
    return installed_folder(name) if own is None else own.folders[name]


@cache
def installed_folder(name: str) -> Path:
    """The folder of the installation alone, whatever is laid over it."""
    for parent in (PACKAGE, PACKAGE.parent.parent):
        if (parent / name).is_dir():
            return parent / name
    raise KnowledgeError(f"{name}/: this folder of the installation is missing; reinstall ciskg")


def own_sha256() -> str | None:
    """What tells the knowledge that is laid over ours from any other; None where none is."""
    own = _laid_over.get()
    return None if own is None else own.sha256


@contextmanager
def laid_over(own: Path | None) -> Iterator[None]:
    """Read the knowledge in the folder `own` over that of the installation while this lasts.

    What it holds, and what becomes of it, is told in docs/knowledge.md. None leaves all as it is.
    Raises KnowledgeError that names file and line where `own` is broken.
    """
    if own is None:
        yield
        return
    token = _laid_over.set(_merged(own.resolve(), _sha256(own)))
    try:
        yield
    finally:
        _laid_over.reset(token)


@contextmanager
def alone() -> Iterator[None]:
    """Read the knowledge of the installation alone while this lasts."""
    token = _laid_over.set(None)
    try:
        yield
    finally:
        _laid_over.reset(token)


def cached(function: Callable[P, T]) -> Callable[P, T]:
    """The function, its results kept: apart for each knowledge that is laid over ours."""

    @lru_cache(maxsize=65536)
    def known(own: Own | None, *args: P.args, **kwargs: P.kwargs) -> T:
        return function(*args, **kwargs)

    @wraps(function)
    def found(*args: P.args, **kwargs: P.kwargs) -> T:
        return known(_laid_over.get(), *args, **kwargs)  # type: ignore[arg-type]

    return found


def read_table(path: Path) -> dict[str, Any]:
    """What one TOML file says.

    Raises KnowledgeError that names the file and, of what is not TOML, the line.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise KnowledgeError(f"{path}: not TOML: {error}") from error
    except UnicodeDecodeError as error:
        raise KnowledgeError(f"{path}: not UTF-8: {error}; save it as UTF-8") from error
    except OSError as error:
        raise KnowledgeError(f"{path}: {error.strerror}; check the file and its rights") from error


def triples(path: Path) -> Iterator[ox.Triple]:
    """The triples of one Turtle file.

    Raises KnowledgeError that names the file and the line.
    """
    return read_triples(path, path.name)


def read_triples(path: Path, name: str) -> Iterator[ox.Triple]:
    """The triples of one Turtle file, which messages call `name`."""
    try:
        for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
            yield quad.triple
    except SyntaxError as error:
        raise KnowledgeError(f"{name}:{error.lineno}: not Turtle: {error.msg}") from error
    except OSError as error:
        raise KnowledgeError(f"{path}: {error.strerror}; check the file and its rights") from error


def _sha256(own: Path) -> str:
    """The checksum of all files of the three folders, with their names."""
    found = hashlib.sha256()
    try:
        for name in FOLDERS:
            for path in sorted((own / name).rglob("*")):
                if path.is_file():
                    digest = hashlib.sha256(path.read_bytes()).hexdigest()
                    found.update(f"{path.relative_to(own).as_posix()} {digest}\n".encode())
    except OSError as error:
        raise KnowledgeError(f"{error.filename}: {error.strerror}; check its rights") from error
    return found.hexdigest()


_kept: list[tempfile.TemporaryDirectory[str]] = []  # removed when the process ends


@cache
def _merged(own: Path, sha256: str) -> Own:
    from ciskg.knowledge.overlay import merge

    place = tempfile.TemporaryDirectory(prefix="ciskg-knowledge-")
    merge(own, {name: installed_folder(name) for name in FOLDERS}, Path(place.name))
    _kept.append(place)
    return Own(sha256, {name: Path(place.name, name) for name in FOLDERS})
