"""Joins the steps: documents in, a validated graph out."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ciskg.assemble import Built, Progress, Readings, assemble, silent, write
from ciskg.atomic import OutputError, whole_file, whole_folder
from ciskg.decisions import HEADER, appended, decide, entries
from ciskg.extract import read_facts
from ciskg.identities import Decisions
from ciskg.knowledge import KnowledgeError, laid_over
from ciskg.model import Reading
from ciskg.read import (
    READ,
    Columns,
    Note,
    ReadError,
    each_document,
    find_sources,
    read_raw,
    read_text,
)
from ciskg.recognise import load_lexicon
from ciskg.reference import installed
from ciskg.result import Result
from ciskg.store import MARKER, is_build
from ciskg.summary import Failed


class NothingRead(Exception):
    """There is no document to build a graph of; the message says why."""


def build(
    paths: Iterable[Path],
    *,
    out: Path | None = None,
    decisions: Path | None = None,
    columns: Columns | None = None,
    knowledge: Path | None = None,
    progress: Progress | None = None,
) -> Result:
    """Read documents and build their graph; with `out`, write it there as a folder.

    `columns` says which columns of a corpus (CSV, JSON lines, Parquet) hold what.
    `knowledge` is a folder of one's own, laid over the knowledge of the installation. What stands
    in the file `decisions` is applied, and doubtful merges that are not in it are added to it.
    A document that cannot be read stands in the result's `failed` and stops no other.
    Raises NothingRead where no document can be read, OutputError where `out` cannot be written,
    KnowledgeError where a file of knowledge, or of decisions, is broken.
    """
    with laid_over(knowledge):
        result = _build(paths, out, decisions, columns, progress or silent)
    return replace(result, knowledge=knowledge)


def _build(
    paths: Iterable[Path],
    out: Path | None,
    decisions: Path | None,
    columns: Columns | None,
    tell: Progress,
) -> Result:
    decided = Decisions() if decisions is None else _decided(decisions)
    if out is None:
        built = _built(paths, decided, columns, tell)
        _keep(built, decisions)
        return built.result
    with whole_folder(out, marker=MARKER) as folder:
        built = _built(paths, decided, columns, tell)
        tell("write", 0, 1)
        write(built, folder)
        _keep(built, decisions)
    tell("write", 1, 1)
    return replace(built.result, folder=out)


def _decided(path: Path) -> Decisions:
    text = _text(path)
    return decide(entries(text, str(path)), str(path), installed().shown)


def _keep(built: Built, path: Path | None) -> None:
    """Make the file of decisions, or add to it, as it is now, what nobody has decided."""
    if path is None:
        return
    text = _text(path)
    found = entries(text, str(path))
    decided = decide(found, str(path), installed().shown)
    new = appended(text, found, built.proposals, built.sides, decided) or HEADER
    if new != text:
        whole_file(path, [new])


def _text(path: Path) -> str:
    """A file of decisions, empty where there is none yet."""
    if not path.exists():
        if not path.parent.is_dir():
            raise OutputError(f"{path}: there is no folder {path.parent}; make it")
        return ""
    try:
        with path.open(encoding="utf-8", newline="") as stream:  # its line ends stay as they are
            return stream.read()
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{path}: cannot be read: {error}") from error


def _built(
    paths: Iterable[Path], decisions: Decisions, columns: Columns | None, tell: Progress
) -> Built:
    built = assemble(read_paths(paths, tell, columns), decisions, tell)
    if not built.result.documents:
        raise NothingRead("\n".join(failure.message for failure in built.result.failed))
    return built


def read_paths(
    paths: Iterable[Path],
    tell: Progress,
    columns: Columns | None = None,
    keys: Collection[str] | None = None,
) -> Readings:
    """The readings of all documents at the paths; what an earlier build wrote is passed over.

    With `keys`, of those documents alone.

    Raises NothingRead where no document can be read.
    """
    given = list(paths)
    sources = find_sources(given)
    inputs = [s for s in sources.documents if not _is_built(s.path, given)]
    failed = [Failed(problem.path, str(problem)) for problem in sources.problems]
    warnings = list(sources.warnings)
    readings: list[Reading] = []
    for item in each_document(inputs, columns):
        tell("read", len(readings), max(len(inputs), len(readings) + 1))
        if isinstance(item, Note):
            warnings.append(item.text)
            continue
        try:
            if isinstance(item, ReadError):
                raise item
            if keys is not None and item.key not in keys:
                continue
            document = read_raw(item, warn=warnings.append)
        except ReadError as error:
            failed.append(Failed(error.path, str(error)))
            continue
        readings.append(read_facts(document, load_lexicon(document.language)))
    tell("read", len(readings), len(readings))
    if not readings:
        names = ", ".join(map(str, given))
        messages = [failure.message for failure in failed] or [
            f"{names}: no document is there",
            *warnings,
        ]
        raise NothingRead("\n".join(messages))
    skipped = [path for path in sources.skipped if not _is_built(path, given)]
    return Readings(tuple(readings), tuple(failed), (*warnings, *_skipped(skipped)))


def _skipped(paths: Sequence[Path]) -> Iterator[str]:
    """Yield what to say of the files in folders that are no documents by their names."""
    if paths:
        endings = ", ".join(sorted({path.suffix.lower() or "no ending" for path in paths}))
        files = "1 file" if len(paths) == 1 else f"{len(paths)} files"
        yield f"{files} skipped ({endings}): {READ}"


def read_string(text: str, *, key: str, published: str | None) -> Reading:
    """What the rules read in one text.

    Raises ReadError where it holds no words or `published` is no date.
    """
    document = read_text(text, key=key, published=published)
    return read_facts(document, load_lexicon(document.language))


def _is_built(path: Path, given: Iterable[Path]) -> bool:
    """Whether a document stands in a build that stands in one of the given folders."""
    tops = {top.absolute() for top in given}
    for folder in path.absolute().parents:
        if is_build(folder):
            return True
        if folder in tops:
            return False
    return False
