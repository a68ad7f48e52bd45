"""From readings to a validated graph, and from that to a folder and back."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from ciskg import __version__, export, graphs, labels, reference
from ciskg.decisions import appended
from ciskg.identities import Decisions, Identities, Proposal, Side
from ciskg.mapping import facts_quads, to_quads
from ciskg.model import Reading
from ciskg.namespaces import term
from ciskg.query import stored
from ciskg.reconcile import reconcile, sides_of
from ciskg.result import Result
from ciskg.store import MARKER, STORE, StoreError, memory_store, open_build, write_store
from ciskg.summary import Failed, from_json, summarize, to_json, to_text
from ciskg.unread import as_csv
from ciskg.validate import Report, validate

ABOUT = term("ck:about")
Progress = Callable[[str, int, int], None]  # what is done, how many of how many


@dataclass(frozen=True, slots=True)
class Built:
    """A graph, and what else a folder of it holds."""

    result: Result
    report: Report
    proposals: tuple[Proposal, ...]  # those on which nobody has decided
    sides: Mapping[str, Side]  # what is shown of the things proposed, by IRI


@dataclass(frozen=True, slots=True)
class Readings:
    """What was read, and what was not."""

    readings: tuple[Reading, ...]
    failed: tuple[Failed, ...] = ()
    warnings: tuple[str, ...] = ()


def silent(what: str, done: int, total: int) -> None:
    """Tell nobody of the progress."""


def assemble(found: Readings, decisions: Decisions | None = None, tell: Progress = silent) -> Built:
    """The graph of what was read, validated, in memory.

    A document with a fact that cannot be mapped is left out, as one that could not be read.
    """
    tell("graph", 0, 1)
    ordered = sorted(found.readings, key=lambda reading: reading.document.key)
    failed = found.failed
    try:
        quads, identities = _mapped(ordered, decisions)
    except ValueError:
        ordered, left_out = _apart(ordered, decisions)
        failed += left_out
        quads, identities = _mapped(ordered, decisions)
    quads += graphs.dataset_quads(quads)
    store = memory_store(quads)
    tell("validate", 0, 1)
    report = validate(store)
    texts = {reading.document.key: reading.document.text for reading in ordered}
    summary = summarize(
        ordered,
        facts=_fact_counts(store),
        triples=_parts(quads),
        violations=report.violations,
        to_look_at=Counter(f.message for f in report.results if f.severity == "Warning"),
        gaps=report.infos,
        merges=_merges(identities),
        warnings=found.warnings,
        failed=failed,
    )
    result = Result(
        store=store,
        documents=tuple(texts),
        summary=summary,
        conforms=report.conforms,
        report=report.text,
        folder=None,
        text=texts.__getitem__,
    )
    sides = sides_of(_proposed(identities), ordered, identities)
    return Built(result, report, identities.proposals, sides)


def _proposed(identities: Identities) -> frozenset[str]:
    return frozenset(iri for p in identities.proposals for iri in (p.left, p.right))


def _merges(identities: Identities) -> dict[str, int]:
    """How many doubtful merges are open, and how many decisions hold or find nothing."""
    decisions, met = identities.decisions, identities.met
    known = met | identities.names.shown.keys()
    return {
        "open": len(identities.proposals),
        "confirmed": sum(iri in known and kept in known for iri, kept in decisions.same.items()),
        "rejected": sum(pair <= known for pair in decisions.different),
        "elsewhere": sum(
            not pair <= known
            for pair in (*map(frozenset, decisions.same.items()), *decisions.different)
        ),
    }


def _mapped(
    readings: Sequence[Reading], decisions: Decisions | None
) -> tuple[list[ox.Quad], Identities]:
    """All quads but those that count them; raises ValueError where a fact cannot be mapped."""
    identities = reconcile(readings, reference.installed(), decisions)
    quads = chain(
        graphs.knowledge_quads(),
        graphs.own_knowledge_quads(),
        graphs.query_quads(stored()),
        facts_quads(readings, identities),
        *(to_quads(reading, identities) for reading in readings),
    )
    return list(graphs.once(quads)), identities


def _apart(
    readings: Iterable[Reading], decisions: Decisions | None
) -> tuple[list[Reading], tuple[Failed, ...]]:
    """The readings that can be mapped, and those that cannot, each tried alone."""
    sound: list[Reading] = []
    failed: list[Failed] = []
    for reading in readings:
        try:
            identities = reconcile([reading], reference.installed(), decisions)
            for _ in chain(facts_quads([reading], identities), to_quads(reading, identities)):
                pass
        except ValueError as error:
            path = reading.document.path or reading.document.key
            remedy = "the document is left out; report it as a fault of ciskg"
            failed.append(Failed(path, f"{path}: cannot be put into the graph: {error}; {remedy}"))
        else:
            sound.append(reading)
    return sound, tuple(failed)


def write(built: Built, folder: Path) -> None:
    """Write a build into an empty folder."""
    quads = list(built.result.store)
    nquads = "".join(export.nquads(quads)).encode()
    with ThreadPoolExecutor(1) as beside:  # the store is written without holding Python up
        stored = beside.submit(write_store, nquads, folder / STORE)
        sums = {"graph.nq": _write(folder / "graph.nq", nquads)}
        for name, chunks in _files(built, quads):
            sums[name] = _write(folder / name, "".join(chunks).encode())
        stored.result()
    lines = [f"{digest}  {name}\n" for name, digest in sorted(sums.items())]
    (folder / "checksums.txt").write_bytes("".join(lines).encode())


def _files(built: Built, quads: list[ox.Quad]) -> Iterator[tuple[str, Iterable[str]]]:
    """Yield the name and the text of each file of a build."""
    result, report = built.result, built.report
    yield MARKER, [json.dumps({"ciskg": __version__}) + "\n"]
    yield "graph.ttl", export.turtle(quads)
    yield "graph.trig", export.trig(quads)
    yield "facts.jsonl", (json.dumps(fact, ensure_ascii=False) + "\n" for fact in result.facts())
    yield "report.ttl", [report.turtle]
    yield "report.txt", [report.text]
    yield "proposals.toml", [appended("", (), built.proposals, built.sides, Decisions())]
    yield "summary.txt", [to_text(result.summary)]
    yield "summary.json", [to_json(result.summary)]
    yield "unread.csv", [as_csv(result.summary.unread)]
    for table in export.read_tables():
        yield f"tables/{table.name}.csv", [export.csv_text(result.store, table)]
    for key in result.documents:
        yield f"texts/{key}.txt", [result.text(key)]


def _write(path: Path, content: bytes) -> str:
    """Write a file and give its SHA-256."""
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return hashlib.sha256(content).hexdigest()


def open_result(folder: Path, *, knowledge: Path | None = None) -> Result:
    """A build as it was written, for reading only.

    Raises StoreError where the folder is no build, or of another version.
    """
    store = open_build(folder)
    path = folder / "summary.json"
    try:
        summary = from_json(path.read_text("utf-8"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{path}: not as this ciskg writes it; build it again") from error
    return Result(
        store=store,
        documents=tuple(key for key, _ in summary.documents),
        summary=summary,
        conforms=summary.violations == 0,
        report=(folder / "report.txt").read_text("utf-8"),
        folder=folder,
        text=lambda key: (folder / "texts" / f"{key}.txt").read_bytes().decode(),
        knowledge=knowledge,
    )


def _parts(quads: Iterable[ox.Quad]) -> dict[str, int]:
    """How many triples each part of the graph holds; those of all documents together."""
    return dict(
        Counter(
            quad.graph_name.value.removeprefix(graphs.GRAPH).partition("/")[0]
            for quad in quads
            if isinstance(quad.graph_name, ox.NamedNode)
        )
    )


def _fact_counts(store: ox.Store) -> dict[str, int]:
    """How many facts of each class the graph holds."""
    facts = {quad.object for quad in store.quads_for_pattern(None, ABOUT, None, None)}
    return dict(
        Counter(
            labels.word(quad.object)
            for fact in facts
            if isinstance(fact, ox.NamedNode)
            for quad in store.quads_for_pattern(fact, graphs.TYPE, None, None)
        )
    )
