"""Reads documents, or opens a build, and lays the facts of the graph beside gold facts."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ciskg.assemble import Progress, assemble, open_result, silent
from ciskg.evaluate.corpus import Corpus, read_corpus, stored_documents
from ciskg.evaluate.gold import Gold, read_gold
from ciskg.evaluate.located import find_quote
from ciskg.pipeline import read_paths
from ciskg.read import find_sources
from ciskg.read.kinds import FORMS, ending
from ciskg.store import StoreError, is_build
from ciskg.summary import Failed

PLAIN = ("docs", "documents", "gold", "texts")  # folders whose name says nothing of a corpus
NO_GOLD = Gold({}, {})


class NoDocument(Exception):
    """Gold facts of a document that is not there; the message names them and the remedy."""


@dataclass(frozen=True, slots=True)
class Assessed:
    """Gold facts, and what the graph has of the same documents."""

    name: str  # of the corpus
    gold: Gold
    corpus: Corpus
    failed: tuple[Failed, ...] = ()  # documents that could not be read
    notes: tuple[str, ...] = ()  # what a person should look at, but stops nothing


def assess(
    golds: Sequence[Path],
    documents: Sequence[Path],
    *,
    only: Sequence[str] = (),
    whole: bool = False,
    tell: Progress | None = None,
) -> Assessed:
    """Gold facts beside the facts of the graph of the documents.

    `documents` are what `build` takes, or one folder that it wrote; none of them are looked for
    beside the gold. Documents without gold are read only where `whole` says so.
    Raises GoldError, NoDocument, and what reading and opening raise.
    """
    gold = read_gold(golds, only) if golds else NO_GOLD
    notes: list[str] = []
    if not documents:
        documents = [path for one in golds for path in beside(one, gold.facts)]
        notes.append(f"documents: {', '.join(dict.fromkeys(str(p.parent) for p in documents))}")
    name = _name(documents[0] if documents[0].is_dir() else documents[0].parent)
    tell = tell or silent
    if len(documents) == 1 and is_build(documents[0]):
        corpus, failed = _opened(documents[0], gold, whole), tuple[Failed, ...]()
    else:
        _check(gold, {source.key for source in find_sources(documents).documents}, documents)
        found = read_paths(documents, tell, keys=None if whole else gold.facts.keys())
        built = assemble(found, tell=tell)
        read = {reading.document.key: reading.document for reading in found.readings}
        kept = {key: read[key] for key in built.result.documents}
        corpus, failed = read_corpus(built.result.store, kept), built.result.failed
    known = {key: rows for key, rows in gold.facts.items() if key in corpus.documents}
    gold = Gold(known, gold.places)
    return Assessed(name, gold, corpus, failed, (*notes, *_quotes(gold, corpus)))


def beside(gold: Path, keys: Collection[str]) -> list[Path]:
    """The documents of a gold folder, by the names of its files, in the usual places beside it.

    These are docs/ and documents/ beside it, the folder itself and the one above.
    Raises NoDocument where they hold none.
    """
    folder = (gold if gold.is_dir() else gold.parent).absolute()
    places = (folder.parent / "docs", folder.parent / "documents", folder, folder.parent)
    for place in places:
        files = sorted(place.iterdir()) if place.is_dir() else []
        found = [f for f in files if ending(f.name) in FORMS and f.stem in keys]
        if found:
            return found
    looked = ", ".join(str(place) for place in places)
    raise NoDocument(f"{gold}: no documents of these names in {looked}; name their folder: DOCS")


def _opened(build: Path, gold: Gold, whole: bool) -> Corpus:
    """The documents of a build that have gold, or all of them."""
    result = open_result(build)
    _check(gold, result.documents, [build])
    keys = [key for key in result.documents if whole or key in gold.facts]
    try:
        documents = {d.key: d for d in stored_documents(result.store, keys, result.text)}
    except OSError as error:
        raise StoreError(f"{error.filename}: cannot be read; build it again") from error
    return read_corpus(result.store, documents)


def _check(gold: Gold, keys: Collection[str], documents: Sequence[Path]) -> None:
    missing = [key for key in gold.facts if key not in keys]
    if missing:
        names, where = ", ".join(missing), ", ".join(map(str, documents))
        remedy = "gold is named as its document, a.jsonl for a.txt; --only leaves documents out"
        raise NoDocument(f"{where}: no document for the gold of {names}; {remedy}")


def _name(folder: Path) -> str:
    """What a corpus is called where nobody names it: as the folder that tells most."""
    parts = [part for part in folder.absolute().parts if part not in PLAIN]
    return parts[-1] if parts else "documents"


def _quotes(gold: Gold, corpus: Corpus) -> Iterator[str]:
    """Yield which quotes of the gold do not stand in their documents."""
    for key, facts in sorted(gold.facts.items()):
        text = corpus.documents[key].text
        for fact in facts:
            if fact.get("quote") and find_quote(text, fact["quote"]) is None:
                place = gold.places[key, fact["id"]]
                yield f"{place}: the quote does not stand in the document; copy its own words"
