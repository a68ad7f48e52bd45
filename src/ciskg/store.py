"""Opens and fills stores: one on disk in each build folder, one in memory for loose files."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

STORE = "store"  # the store's folder in a build
MARKER = "ciskg-build.json"  # what makes a folder a build of ours

RDF_FILES = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nq": ox.RdfFormat.N_QUADS,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
}


class StoreError(Exception):
    """A build or an RDF file cannot be read; the message names it and the remedy."""


def is_build(folder: Path) -> bool:
    """Whether this folder was written by `ciskg build`."""
    return (folder / MARKER).is_file()


def open_build(folder: Path) -> ox.Store:
    """The store of a build, for reading only; several processes may read it at once.

    Raises StoreError where the folder is no build or its store is damaged.
    """
    if not is_build(folder):
        if not folder.exists():
            raise StoreError(
                f"{folder}: does not exist; make it with: ciskg build PATH -o {folder}"
            )
        remedy = "name the folder that `ciskg build PATH -o FOLDER` wrote"
        raise StoreError(f"{folder}: is not a ciskg build; {remedy}")
    try:
        return ox.Store.read_only(str(folder / STORE))
    except (OSError, ValueError) as error:
        raise StoreError(f"{folder / STORE}: the store is damaged; build it again") from error


def write_store(nquads: bytes, folder: Path) -> None:
    """Write a store into a new folder."""
    store = ox.Store(str(folder))
    store.bulk_load(nquads, format=ox.RdfFormat.N_QUADS)
    store.flush()


def memory_store(quads: Iterable[ox.Quad]) -> ox.Store:
    """A store in memory that holds the quads."""
    store = ox.Store()
    store.extend(quads)
    return store


def load_files(paths: Iterable[Path]) -> ox.Store:
    """A store in memory with the triples of RDF files.

    Raises StoreError that names the file and, where it is not well formed, the line.
    """
    return memory_store(quad for path in paths for quad in read_rdf(path))


def read_rdf(path: Path) -> Iterator[ox.Quad]:
    """Yield the quads of one RDF file; the ending of its name says in which format it is.

    Raises StoreError that names the file and, where it is not well formed, the line.
    """
    format = RDF_FILES.get(path.suffix.lower())
    if format is None:
        raise StoreError(f"{path}: not RDF by its name; known endings: {' '.join(RDF_FILES)}")
    with _reading(path):
        yield from ox.parse(path=str(path), format=format, base_iri=path.absolute().as_uri())


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    try:
        yield
    except SyntaxError as error:
        raise StoreError(f"{path}:{error.lineno}: {error.msg}") from error
    except FileNotFoundError as error:
        raise StoreError(f"{path}: no such file") from error
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror or error}") from error
