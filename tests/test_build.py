"""A build is whole, says everything once, and its files agree with one another."""

import csv
import hashlib
import io
import json
from collections import Counter, defaultdict
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox
import pytest

import mapped
from ciskg import graphs
from ciskg.assemble import Built, Readings, assemble, open_result, write
from ciskg.namespaces import BASE, ID, term
from ciskg.store import MARKER, StoreError
from ciskg.summary import Failed, from_json, to_json, to_text
from gold_readings import gold_readings

GRAPHS = {"reference", "ontology", "shapes", "queries", "dataset", "facts"}


@lru_cache(maxsize=1)
def _seeds() -> Built:
    failed = (Failed("b.txt", "b.txt: holds no words"), Failed("a.txt", "a.txt: holds no words"))
    return assemble(Readings(gold_readings(), failed, ("documents.csv: line 3 names no file",)))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("build")
    write(_seeds(), folder)
    return folder


def _quads() -> list[ox.Quad]:
    return list(_seeds().result.store)


def test_no_triple_stands_in_two_graphs() -> None:
    said = defaultdict(set)
    for quad in _quads():
        said[quad.triple].add(str(quad.graph_name))
    assert said
    assert not [triple for triple, names in said.items() if len(names) > 1]


def test_the_first_graph_that_says_a_triple_keeps_it() -> None:
    s, p, a, b = (ox.NamedNode(f"urn:{x}") for x in "spab")
    quads = [ox.Quad(s, p, s, a), ox.Quad(s, p, s, b), ox.Quad(s, p, p, b), ox.Quad(s, p, s, a)]
    assert list(graphs.once(quads)) == [quads[0], quads[2]]


def test_there_is_a_graph_for_each_document_and_each_kind_of_knowledge() -> None:
    names = {str(quad.graph_name)[1:-1].removeprefix(f"{BASE}graph/") for quad in _quads()}
    keys = {f"document/{reading.document.key}" for reading in gold_readings()}
    assert names == GRAPHS | keys


def test_there_are_no_blank_nodes() -> None:
    assert not [
        quad for quad in _quads() if isinstance(quad.subject, ox.BlankNode)
        or isinstance(quad.object, ox.BlankNode)
    ]  # fmt: skip


def test_a_document_is_forgotten_with_its_graph() -> None:
    """Nothing outside its graph speaks of a document, but the counts of the dataset."""
    key = gold_readings()[0].document.key
    about = f"{ID}document/{key}"
    graph = ox.NamedNode(f"{BASE}graph/document/{key}")
    elsewhere = [
        quad
        for quad in _quads()
        if quad.graph_name != graph
        and any(str(t)[1:-1].split("#")[0] == about for t in (quad.subject, quad.object))
    ]
    assert not elsewhere


def test_each_fact_has_a_claim_and_each_claim_quotes_its_document() -> None:
    store = _seeds().result.store
    facts = {quad.object for quad in store.quads_for_pattern(None, term("ck:about"), None, None)}
    described = [
        quad.subject
        for quad in store.quads_for_pattern(None, term("rdf:type"), None, graphs.FACTS)
        if str(quad.object)[1:-1] in {f"{BASE}def#{word}" for word in _seeds().result.summary.facts}
    ]
    assert described
    assert set(described) == facts
    quoted = 0
    for reading in gold_readings():
        for fact in reading.facts:
            claim = ox.NamedNode(f"{ID}document/{reading.document.key}#claim-{fact.id}")
            for evidence in store.quads_for_pattern(claim, term("prov:wasDerivedFrom"), None, None):
                exact, start, end = _selectors(store, evidence.object)
                assert reading.document.text[start:end] == exact
                quoted += 1
    assert quoted >= sum(len(reading.facts) for reading in gold_readings())


def _selectors(store: ox.Store, evidence: object) -> tuple[str, int, int]:
    found = {}
    for selector in store.quads_for_pattern(evidence, term("oa:hasSelector"), None, None):  # type: ignore[arg-type]
        for word in ("exact", "start", "end"):
            for quad in store.quads_for_pattern(selector.object, term(f"oa:{word}"), None, None):  # type: ignore[arg-type]
                found[word] = quad.object.value  # type: ignore[union-attr]
    return found["exact"], int(found["start"]), int(found["end"])


def test_the_dataset_counts_what_is_in_it() -> None:
    store = _seeds().result.store
    for quad in store.quads_for_pattern(graphs.DATASET, term("void:subset"), None, None):
        (number,) = store.quads_for_pattern(quad.object, term("void:triples"), None, None)  # type: ignore[arg-type]
        size = sum(1 for _ in store.quads_for_pattern(None, None, None, quad.object))  # type: ignore[arg-type]
        assert int(number.object.value) == size, quad.object  # type: ignore[union-attr]
    (total,) = store.quads_for_pattern(graphs.DATASET, term("void:triples"), None, None)
    described = sum(1 for _ in store.quads_for_pattern(None, None, None, graphs.DATASET))
    assert int(total.object.value) == len(store) - described  # type: ignore[union-attr]


def test_the_stored_queries_stand_in_the_graph_as_they_run() -> None:
    store = _seeds().result.store
    texts = list(store.quads_for_pattern(None, term("sh:select"), None, graphs.QUERIES))
    assert len(texts) >= 20
    for quad in texts:
        store.query(quad.object.value, use_default_graph_as_union=True)  # type: ignore[union-attr]


def test_a_folder_holds_what_is_promised(folder: Path) -> None:
    names = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}
    written = {name for name in names if not name.startswith("store/")}
    assert any(name.startswith("store/") for name in names)
    assert {name for name in written if "/" not in name} == {
        *("graph.ttl", "graph.trig", "graph.nq", "facts.jsonl", "report.ttl", "report.txt"),
        *("summary.txt", "summary.json", "proposals.toml", "checksums.txt", MARKER),
        "unread.csv",
    }
    assert {f"texts/{reading.document.key}.txt" for reading in gold_readings()} <= written
    assert {"tables/meetings.csv", "tables/claims.csv"} <= written


def test_the_checksums_are_those_of_all_files(folder: Path) -> None:
    sums = dict(
        reversed(line.split("  ", 1))
        for line in (folder / "checksums.txt").read_text("utf-8").splitlines()
    )
    files = {
        str(p.relative_to(folder))
        for p in folder.rglob("*")
        if p.is_file() and p.parent.name != "store" and p.name != "checksums.txt"
    }
    assert set(sums) == files
    for name, expected in sums.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == expected


def test_all_files_of_the_graph_hold_the_same_triples(folder: Path) -> None:
    quads = set(_quads())
    assert set(ox.parse(path=folder / "graph.nq")) == quads
    assert set(ox.parse(path=folder / "graph.trig")) == quads
    union = {quad.triple for quad in ox.parse(path=folder / "graph.ttl")}
    assert union == {quad.triple for quad in quads}
    assert set(open_result(folder).store) == quads
    lines = (folder / "graph.nq").read_text("utf-8").splitlines()
    assert lines == sorted(lines)


def test_the_texts_are_those_that_the_hashes_are_of(folder: Path) -> None:
    store = _seeds().result.store
    for reading in gold_readings():
        key = reading.document.key
        content = (folder / "texts" / f"{key}.txt").read_bytes()
        subject = ox.NamedNode(f"{ID}document/{key}")
        (quad,) = store.quads_for_pattern(subject, term("ck:sha256"), None, None)
        assert quad.object.value == hashlib.sha256(content).hexdigest()  # type: ignore[union-attr]
        assert content.decode() == reading.document.text


def test_the_facts_read_back_are_the_facts_that_were_read(folder: Path) -> None:
    lines = [json.loads(x) for x in (folder / "facts.jsonl").read_text("utf-8").splitlines()]
    expected = Counter(
        (reading.document.key, fact.type) for reading in gold_readings() for fact in reading.facts
    )
    assert Counter((line["doc"], line["type"]) for line in lines) == expected


def test_a_table_has_a_row_for_each_fact(folder: Path) -> None:
    summary = _seeds().result.summary
    for name, classes in {
        "meetings": ("CouncilSession", "BilateralMeeting", "Forum"),
        "chairmanships": ("Chairmanship",),
        "roles": ("Tenure",),
        "agreements": ("Instrument",),
        "participants": ("Participation",),
    }.items():
        text = (folder / "tables" / f"{name}.csv").read_bytes().decode()
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
        assert len(rows) == sum(summary.facts[class_] for class_ in classes)
        assert len({row["iri"] for row in rows}) == len(rows)


def test_an_opened_build_is_the_build_that_was_written(folder: Path) -> None:
    built, opened = _seeds().result, open_result(folder)
    assert opened.documents == built.documents
    assert opened.summary == built.summary
    assert (opened.conforms, opened.report) == (built.conforms, built.report)
    assert opened.facts() == built.facts()
    for key in built.documents:
        assert opened.text(key) == built.text(key)


def test_the_summary_names_what_was_not_read() -> None:
    summary = _seeds().result.summary
    assert [failed.path for failed in summary.failed] == ["a.txt", "b.txt"]
    text = to_text(summary)
    assert "not read (2)\n    a.txt: holds no words\n    b.txt: holds no words\n" in text
    assert "documents.csv: line 3 names no file" in text
    assert from_json(to_json(summary)) == summary


def test_a_fact_that_cannot_be_mapped_stops_no_other_document() -> None:
    """A wrong value may come from a reading made elsewhere: its document alone is left out."""
    fine = mapped.reading(
        "fine", mapped.fact("thematic_year", "t1", org="CIS", year="2024", theme="Volunteers")
    )
    wrong = mapped.reading(
        "wrong", mapped.fact("thematic_year", "t1", org="CIS", year="2024-13-45", theme="X")
    )
    result = assemble(Readings((wrong, fine), (Failed("a.txt", "a.txt: holds no words"),))).result
    alone = assemble(Readings((fine,))).result
    assert result.documents == ("fine",)
    assert result.facts() == alone.facts() != []
    first, second = result.failed
    assert first.path == "a.txt"
    assert second.message.startswith(
        f"{second.path}: cannot be put into the graph: wrong: t1: year"
    )
    assert "2024-13-45" in second.message


def test_a_build_of_another_version_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "build"
    folder.mkdir()
    write(assemble(Readings(())), folder)
    for content in ("{}", "[", ""):
        (folder / "summary.json").write_text(content)
        with pytest.raises(StoreError, match=r"summary\.json: not as this ciskg writes it"):
            open_result(folder)


def test_an_empty_build_is_a_build() -> None:
    result = assemble(Readings(())).result
    assert result.documents == ()
    assert result.facts() == []
    assert to_text(result.summary).startswith("no documents, no claims of no facts")
