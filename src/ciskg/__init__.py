"""ciskg: documents about the Commonwealth of Independent States as a cited knowledge graph.

>>> import ciskg
>>> result = ciskg.build("seeds")
>>> result.conforms
True
>>> rows = result.query("who-chaired", organization="CIS", year=2020)
>>> sorted({row["chair_label"] for row in rows.records()})
['Uzbekistan']

What takes time to import is imported when it is used.
"""

from collections.abc import Iterable, Mapping
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ciskg.model import Reading
    from ciskg.query import StoredQuery
    from ciskg.result import Result

__version__ = "0.1.0"
__all__ = ["__version__", "build", "open", "queries", "read_text"]

AnyPath = str | PathLike[str]


def build(
    paths: "AnyPath | Iterable[AnyPath]",
    out: "AnyPath | None" = None,
    *,
    columns: Mapping[str, str] | None = None,
    knowledge: "AnyPath | None" = None,
    decisions: "AnyPath | None" = None,
) -> "Result":
    """Build the graph of documents, in memory; with `out`, also as a folder on disk.

    `columns` names columns of a corpus that have no usual names: `{"text": "speech"}`.
    `knowledge` is a folder of names, rules, questions and shapes of your own, laid over ours;
    `decisions` a file of what you decided of doubtful merges, to which new ones are added.

    >>> import ciskg
    >>> result = ciskg.build("seeds")
    >>> result.documents[0]
    '000_0bcee4678ea241a9'
    >>> len(result.facts()) > 100
    True
    >>> result.failed
    ()
    """
    from ciskg.pipeline import build as build_paths
    from ciskg.read import Columns

    several = [paths] if isinstance(paths, str | PathLike) else paths
    return build_paths(
        [Path(path) for path in several],
        out=_path(out),
        columns=None if columns is None else Columns(columns),
        knowledge=_path(knowledge),
        decisions=_path(decisions),
    )


def open(folder: "AnyPath", *, knowledge: "AnyPath | None" = None) -> "Result":
    """A build that stands on disk, for reading; `knowledge` brings questions of your own.

    Raises `ciskg.store.StoreError` where the folder is no build.
    """
    from ciskg.assemble import open_result

    return open_result(Path(folder), knowledge=_path(knowledge))


def read_text(
    text: str,
    *,
    key: str = "text",
    published: str | None = None,
    knowledge: "AnyPath | None" = None,
) -> "Reading":
    """What the rules read in a text, without a graph; `published` is its date: `2024-10-08`.

    Raises `ciskg.read.ReadError` where the text holds no words or the date is none.

    >>> import ciskg
    >>> reading = ciskg.read_text("In 2024, Russia will chair the CIS.")
    >>> [(fact.type, fact.values["year"]) for fact in reading.facts]
    [('chairmanship', '2024')]
    """
    from ciskg.knowledge import laid_over
    from ciskg.pipeline import read_string

    with laid_over(_path(knowledge)):
        return read_string(text, key=key, published=published)


def queries(*, knowledge: "AnyPath | None" = None) -> "tuple[StoredQuery, ...]":
    """The stored queries, with those of `knowledge`.

    >>> import ciskg
    >>> len(ciskg.queries()) >= 20
    True
    """
    from ciskg.knowledge import laid_over
    from ciskg.query import stored

    with laid_over(_path(knowledge)):
        return stored()


def _path(path: "AnyPath | None") -> Path | None:
    return None if path is None else Path(path)
