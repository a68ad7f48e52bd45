"""Validation: what goes in, what comes out, and what is said when something is broken."""

import io
import os
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import Dataset, Graph, URIRef
from rdflib.namespace import SH

from ciskg import knowledge
from ciskg.knowledge import KnowledgeError
from ciskg.validate import (
    Report,
    ValidationInputError,
    read_data,
    read_shapes,
    shape_files,
    validate,
)
from ciskg.validate.rdf import to_rdflib
from ciskg.validate.report import Finding, findings
from ciskg.validate.shapes import properties_read

HERE = Path(__file__).parent
CASES = HERE / "shapes"
SHAPES = read_shapes(shape_files())
INVALID = sorted(CASES.glob("*/invalid-*.ttl"))
BROKEN = CASES / "Claim-rule" / "invalid-none.ttl"
WARNED = CASES / "Meeting-temporalKnown" / "invalid-none.ttl"
UNDATED = CASES / "Visit-temporalKnown" / "invalid-none.ttl"
VALID = CASES / "Meeting-status" / "valid.ttl"
ID = "https://w3id.org/ciskg/id/"
PREFIXES = """
PREFIX ck: <https://w3id.org/ciskg/def#>
PREFIX ex: <https://example.org/>
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""


@pytest.fixture(scope="session")
def messy() -> ox.Store:
    """All broken graphs in one, the things of each under IRIs of their own."""
    store = ox.Store()
    for number, path in enumerate(INVALID):
        text = path.read_text(encoding="utf-8").replace(f"<{ID}>", f"<{ID}{number}/>")
        store.load(text, format=ox.RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="session")
def messy_report(messy: ox.Store) -> Report:
    return validate(messy, shapes=SHAPES)


# --- what goes in


def test_a_graph_files_a_dataset_and_a_store_get_the_same_report() -> None:
    graph = read_data([BROKEN])
    dataset = Dataset()
    for number, triple in enumerate(sorted(graph)):
        dataset.graph(URIRef(f"https://example.org/{number % 3}")).add(triple)
    store = ox.Store()
    store.load(path=str(BROKEN), format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode("urn:a"))

    expected = validate(graph, shapes=SHAPES)

    assert not expected.conforms
    for data in (BROKEN, str(BROKEN), [BROKEN], dataset, store):
        assert validate(data, shapes=SHAPES) == expected


def test_several_files_are_one_graph(tmp_path: Path) -> None:
    claims = ""
    rest = tmp_path / "rest.ttl"
    text = VALID.read_text(encoding="utf-8")
    for block in text.split("\n\n"):
        if " a ck:Claim" in block:
            claims += block + "\n\n"
            text = text.replace(block, "")
    rest.write_text(text, encoding="utf-8")
    header = text[: text.index("\n\n<")]
    part = tmp_path / "claims.ttl"
    part.write_text(f"{header}\n\n{claims}", encoding="utf-8")

    assert not validate([rest], shapes=SHAPES).conforms
    assert validate([rest, part], shapes=SHAPES).results == ()


def test_named_graphs_of_a_file_are_one_graph(tmp_path: Path) -> None:
    path = tmp_path / "graph.trig"
    quads = ox.parse(path=str(VALID), format=ox.RdfFormat.TURTLE)
    names = [ox.NamedNode("urn:a"), ox.NamedNode("urn:b")]
    spread = [ox.Quad(q.subject, q.predicate, q.object, names[i % 2]) for i, q in enumerate(quads)]
    path.write_bytes(ox.serialize(spread, format=ox.RdfFormat.TRIG))
    assert validate(path, shapes=SHAPES).results == ()


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    given = SimpleNamespace(buffer=io.BytesIO(BROKEN.read_bytes()))
    monkeypatch.setattr(sys, "stdin", given)
    assert validate("-", shapes=SHAPES) == validate(BROKEN, shapes=SHAPES)


def test_the_data_of_the_caller_stay_as_they_are() -> None:
    graph = read_data([BROKEN])
    before = set(graph)
    validate(graph, shapes=SHAPES)
    assert set(graph) == before


def test_a_store_is_read_only_as_far_as_the_shapes_look(
    messy: ox.Store, messy_report: Report
) -> None:
    read = properties_read(SHAPES)
    assert read is not None
    assert "http://www.w3.org/2004/02/skos/core#hiddenLabel" not in read
    assert messy_report == validate(to_rdflib(q.triple for q in messy), shapes=SHAPES)
    assert len(messy_report.failed) == len({path.parent for path in INVALID})


def test_a_query_for_any_property_reads_the_whole_store(tmp_path: Path) -> None:
    path = tmp_path / "own.ttl"
    path.write_text(
        PREFIXES
        + 'ex:Thing-nothing a sh:NodeShape ; sh:targetNode ex:thing ; sh:message "m"@en ;\n'
        '    sh:sparql [ sh:select "SELECT $this ?value { $this ?property ?value }" ] .\n',
        encoding="utf-8",
    )
    store = ox.Store()
    store.add(
        ox.Quad(
            ox.NamedNode("https://example.org/thing"),
            ox.NamedNode("https://example.org/any"),
            ox.Literal("x"),
        )
    )
    assert [finding.value for finding in validate(store, shapes=[path]).results] == ['"x"']


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.ttl", b"<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b>\n", "a.ttl:3: not Turtle: "),
        ("a.nq", b"<urn:a> <urn:b> .\n", "a.nq:1: not N-Quads: "),
        ("a.ttl", b'<urn:a> <urn:b> "\xff\xfe" .\n', "a.ttl:1: not Turtle: "),
        ("a.ttl", b"\x00\x00\x00\n", "a.ttl:1: not Turtle: "),
        ("a.csv", b"a,b\n", "a.csv: not RDF by its name; known endings: .ttl, "),
    ],
)
def test_data_that_are_not_rdf_are_named_with_their_line(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ValidationInputError) as caught:
        validate(path, shapes=SHAPES)
    assert str(caught.value).startswith(f"{tmp_path}/{message}")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValidationInputError, match=r"none\.ttl: No such file"):
        validate(tmp_path / "none.ttl", shapes=SHAPES)


def test_a_date_that_no_calendar_has_is_a_finding_and_no_noise(
    capfd: pytest.CaptureFixture[str],
) -> None:
    report = validate(CASES / "Instrument-date_document" / "invalid-no-such-day.ttl", shapes=SHAPES)
    assert report.violations == 1
    assert capfd.readouterr() == ("", "")


# --- what comes out


def test_results_are_sorted_by_severity_shape_and_node(messy_report: Report) -> None:
    report = messy_report
    order = ("Violation", "Warning", "Info")
    keys = [(order.index(f.severity), f.shape, f.focus, f.path) for f in report.results]
    assert keys == sorted(keys)
    assert {f.severity for f in report.results} == set(order)
    assert report.violations + report.warnings + report.infos == len(report.results)


def test_warnings_count_only_where_they_are_not_allowed() -> None:
    report = validate(WARNED, shapes=SHAPES)
    assert (report.conforms, report.violations, report.warnings) == (True, 0, 1)
    strict = validate(WARNED, shapes=SHAPES, allow_warnings=False)
    assert not strict.conforms
    assert strict.results == report.results
    assert validate(VALID, shapes=SHAPES, allow_warnings=False).conforms


def test_an_unknown_severity_is_not_let_through() -> None:
    finding = Finding("https://example.org/Fatal", "urn:s", "<urn:a>", "", None, "m")
    report = Report.of([finding, finding])
    assert not report.conforms
    assert report.violations == len(report.results) == 1


def test_the_text_names_severity_shape_path_message_and_node() -> None:
    text = validate(BROKEN, shapes=SHAPES).text
    assert text == (
        "The graph does not conform. Violations: 1, warnings: 0, gaps: 0.\n"
        "\n"
        "Violation, must not be published: Claim-rule (ck:rule), 1\n"
        "    Exactly one rule of the project read a claim.\n"
        f"    <{ID}document/note#claim-meeting-session>\n"
    )


def test_the_text_shows_paths_as_sparql_and_the_wrong_node_of_a_query(
    messy_report: Report,
) -> None:
    text = messy_report.text
    assert "Document-facts (^ck:inDocument), " in text
    assert "Participation-meetingKind (ck:meeting/rdf:type), " in text
    assert "Claim-about ((ck:about|ck:deniedType)), " in text
    rival = next(f for f in messy_report.results if f.shape.endswith("#Chairmanship-rival"))
    assert "/chairmanship/cis-" in rival.node
    assert f"    {rival.node}\n" in text.partition("Chairmanship-rival")[2]


def test_the_turtle_is_a_shacl_report_with_iris() -> None:
    report = validate([BROKEN, UNDATED], shapes=SHAPES)
    quads = list(ox.parse(report.turtle, format=ox.RdfFormat.TURTLE))
    assert not any(isinstance(n, ox.BlankNode) for q in quads for n in (q.subject, q.object))
    graph = to_rdflib(quad.triple for quad in quads)
    node = next(graph.subjects(SH.conforms))
    results = list(graph.objects(node, SH.result))
    assert len(results) == len(report.results) == 2
    for result in results:
        messages = {str(m.language) for m in graph.objects(result, SH.resultMessage)}
        assert messages == {"en", "ru"}
        for property_ in (SH.sourceShape, SH.focusNode, SH.resultSeverity):
            assert len(list(graph.objects(result, property_))) == 1
    assert {str(p) for p in graph.objects(None, SH.resultPath)} == {
        "https://w3id.org/ciskg/def#rule",
        "http://purl.org/dc/terms/temporal",
    }


def test_hostile_values_stay_inside_their_literal(tmp_path: Path) -> None:
    path = tmp_path / "own.ttl"
    path.write_text(
        PREFIXES
        + "ex:T-v a sh:PropertyShape ; sh:targetNode ex:t ; sh:path ex:v ; sh:maxLength 1 .",
        encoding="utf-8",
    )
    hostile = 'a" .\n<urn:evil> <urn:is> <urn:in> .\r\\ \u2028 \x1b[2J'
    graph = to_rdflib(
        [
            ox.Triple(
                ox.NamedNode("https://example.org/t"), ox.NamedNode("https://example.org/v"), o
            )
        ][0]
        for o in [ox.Literal(hostile)]
    )
    report = validate(graph, shapes=[path])
    quads = list(ox.parse(report.turtle, format=ox.RdfFormat.TURTLE))
    assert ox.Literal(hostile) in {quad.object for quad in quads}
    assert "urn:evil" not in {quad.subject.value for quad in quads}
    assert len(report.text.splitlines()) == 5
    assert report.results[0].message  # pySHACL's own, for the shape has none


def test_an_iri_that_is_none_does_not_break_the_report(tmp_path: Path) -> None:
    path = tmp_path / "own.ttl"
    path.write_text(
        PREFIXES + "ex:T-v a sh:PropertyShape ; sh:targetSubjectsOf ex:v ; sh:path ex:v ;"
        " sh:maxCount 0 .",
        encoding="utf-8",
    )
    graph = Graph()
    graph.add((URIRef("urn:a b>c"), URIRef("https://example.org/v"), URIRef("urn:x")))
    report = validate(graph, shapes=[path])
    assert [finding.focus for finding in report.results] == ["<urn:a%20b%3Ec>"]
    assert list(ox.parse(report.turtle, format=ox.RdfFormat.TURTLE))


def test_the_same_bytes_from_the_same_data(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from ciskg.validate import validate\n"
        "r = validate([Path(p) for p in sys.argv[1:]])\n"
        "sys.stdout.buffer.write((r.text + r.turtle).encode())"
    )
    names = [str(p) for p in INVALID[::4]] + [str(CASES / "Node-iri" / "invalid-blank.ttl")]
    seen = set()
    for seed, order, zone in (("0", 1, "UTC"), ("1", -1, "Asia/Tokyo"), ("77", 1, "UTC")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        seen.add(
            subprocess.run(
                [sys.executable, "-c", script, *names[::order]],
                check=True,
                capture_output=True,
                env=environment,
            ).stdout
        )
    assert len(seen) == 1
    assert b"Node-iri" in seen.pop()


# --- the shapes


def test_shapes_that_are_not_turtle_are_named_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "own.ttl"
    path.write_text(PREFIXES + "ex:a ex:b\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"own\.ttl:7: not Turtle"):
        validate(VALID, shapes=[path])


def test_a_broken_query_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "own.ttl"
    path.write_text(
        PREFIXES + "ex:T-q a sh:NodeShape ; sh:targetNode ex:t ; sh:sparql ex:q .\n"
        'ex:q sh:select """\n    SELECT $this\n    WHERE { $this WHERE }\n""" .\n',
        encoding="utf-8",
    )
    with pytest.raises(KnowledgeError, match=r"^own\.ttl:9: not SPARQL, column 24; mend this sh"):
        validate(VALID, shapes=[path])


def test_a_malformed_shape_is_named_with_its_line(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "own.ttl"
    path.write_text(
        PREFIXES + "ex:T-w a sh:PropertyShape ; sh:targetClass ck:Forum ; sh:path ex:w .\n\n"
        "ex:T-v a sh:PropertyShape ;\n    sh:targetClass ck:Forum ;\n    sh:path ex:v ;\n"
        '    sh:minCount "one" .\n',
        encoding="utf-8",
    )
    forum = CASES / "Forum-title" / "valid.ttl"
    with pytest.raises(KnowledgeError, match=r"^own\.ttl:8: T-v: not a well-formed shape: "):
        validate(forum, shapes=[path])
    assert capfd.readouterr() == ("", "")


def test_builds_do_not_run_the_shapes_of_the_reference() -> None:
    names = [path.name for path in shape_files()]
    assert names == sorted(names)
    assert "reference.ttl" in names
    assert [p.name for p in shape_files(reference=False)] == [
        name for name in names if name != "reference.ttl"
    ]


def test_an_installation_without_shapes_says_so(tmp_path: Path) -> None:
    (tmp_path / "ontology" / "shapes").mkdir(parents=True)
    token = knowledge._laid_over.set(knowledge.Own("", {"ontology": tmp_path / "ontology"}))
    try:
        with pytest.raises(KnowledgeError, match=r"ontology/shapes/: no shapes are there"):
            shape_files()
    finally:
        knowledge._laid_over.reset(token)


def test_targets_of_their_own_change_no_finding(messy: ox.Store, messy_report: Report) -> None:
    as_written = to_rdflib(t for path in shape_files() for t in knowledge.triples(path))
    assert (None, SH.property, None) in as_written
    assert (None, SH.property, None) not in SHAPES
    data = to_rdflib(quad.triple for quad in messy)
    _, found, _ = pyshacl.validate(data, shacl_graph=as_written)
    assert isinstance(found, Graph)

    expected = Report.of(findings(found, as_written))

    assert len(expected.results) > 200
    assert messy_report == expected


def test_the_reference_fulfils_its_shapes() -> None:
    files = sorted((knowledge.folder("ontology") / "reference").glob("*.ttl"))
    assert files
    report = validate(files, shapes=SHAPES)
    assert report.violations == 0, report.text[:4000]


def test_the_module_starts_without_rdflib() -> None:
    script = "import ciskg.validate, sys; print({'rdflib', 'pyshacl'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)
    assert done.stdout.strip() == b"set()"


def test_a_build_of_some_hundred_facts_is_validated_in_time() -> None:
    store = ox.Store()
    for number, path in enumerate(sorted(CASES.glob("*/valid.ttl"))):
        text = path.read_text(encoding="utf-8").replace(f"<{ID}>", f"<{ID}{number}/>")
        store.load(text, format=ox.RdfFormat.TURTLE)
    assert len(store) > 8000

    start = time.process_time()
    report = validate(store)
    seconds = time.process_time() - start

    # The valid cases share their persons' names, and nothing else is wrong with them together.
    assert {shape.partition("#")[2] for shape in report.failed} == {"Person-sameName"}
    assert seconds < 4, "measured: 0.9 s, of which half for the namesakes"
