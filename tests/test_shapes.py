"""Every shape: a graph that breaks it and nothing else, one that breaks nothing, and its words."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from rdflib import RDF, RDFS, Graph, URIRef
from rdflib.namespace import SH
from rdflib.plugins.sparql import prepareQuery

from ciskg.validate import read_data, read_shapes, shape_files, validate

HERE = Path(__file__).parent
CASES = sorted((HERE / "shapes").glob("*/*.ttl"))
SHAPES = read_shapes(shape_files())
NAMESPACE = "https://w3id.org/ciskg/shape#"
# Shapes that say something of their own: all but the mere holders of property shapes, and the
# three precisions that other shapes choose among.
NAMED = {
    str(shape).removeprefix(NAMESPACE)
    for kind in (SH.PropertyShape, SH.NodeShape)
    for shape in SHAPES.subjects(RDF.type, kind)
    if (shape, SH.message, None) in SHAPES
}


class Prepared(Graph):
    """A graph that keeps what it parsed of a query, so that many small graphs are quick."""

    parsed: dict[str, Any] = {}  # noqa: RUF012 one for all graphs, on purpose

    def query(self, query_object: Any, *args: Any, **options: Any) -> Any:
        if query_object not in self.parsed:
            self.parsed[query_object] = prepareQuery(query_object)
        return super().query(self.parsed[query_object], *args, **options)


def severity(shape: str) -> str:
    declared = SHAPES.value(URIRef(NAMESPACE + shape), SH.severity, default=SH.Violation)
    return str(declared).removeprefix(str(SH))


@pytest.mark.parametrize("path", CASES, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_only_the_named_shape_fails_with_its_severity(path: Path) -> None:
    graph = Prepared()
    for triple in read_data([path]):
        graph.add(triple)

    report = validate(graph, shapes=SHAPES)

    found = {(f.shape.removeprefix(NAMESPACE), f.severity) for f in report.results}
    name = path.parent.name
    expected = {(name, severity(name))} if path.stem.startswith("invalid-") else set()
    assert found == expected, report.text
    assert report.conforms == ("Violation" not in {kind for _, kind in expected})


def test_every_shape_has_a_breaking_case_and_a_valid_one() -> None:
    assert len(NAMED) > 100  # an empty set would make the next lines pass for nothing
    assert {p.parent.name for p in CASES if p.stem.startswith("invalid-")} == NAMED
    assert {p.parent.name for p in CASES if p.stem == "valid"} == NAMED
    assert all(p.stem == "valid" or p.stem.startswith("invalid-") for p in CASES)


def test_every_case_says_what_it_is_about() -> None:
    starts = {"invalid": "# Broken on purpose: ", "valid": "# Breaks no shape."}
    for path in CASES:
        kind = path.stem.partition("-")[0]
        assert path.read_text(encoding="utf-8").startswith(starts[kind]), path


@pytest.mark.parametrize("shape", sorted(NAMED))
def test_a_shape_has_name_message_and_reason(shape: str) -> None:
    node = URIRef(NAMESPACE + shape)
    is_property = (node, RDF.type, SH.PropertyShape) in SHAPES
    # sh:name and sh:description are of property shapes alone.
    name, reason = (SH.name, SH.description) if is_property else (RDFS.label, RDFS.comment)
    for property_ in (name, SH.message):
        words = {text.language: str(text) for text in SHAPES.objects(node, property_)}
        assert set(words) == {"en", "ru"}, property_
        assert re.search("[а-яё]", words["ru"].lower()) or words["ru"] == "IRI"
        assert not re.search("[а-яё]", words["en"].lower())
    assert all(str(m).endswith(".") for m in SHAPES.objects(node, SH.message))
    reasons = [text.language for text in SHAPES.objects(node, reason)]
    assert reasons == ["en"]


def test_names_are_class_and_property() -> None:
    assert all(re.fullmatch(r"[A-Z]\w+-[a-z]\w*", shape) for shape in NAMED)


def test_all_three_severities_are_used() -> None:
    counted = Counter(severity(shape) for shape in NAMED)
    assert set(counted) == {"Violation", "Warning", "Info"}


def test_no_property_shape_is_without_message_or_targets() -> None:
    for shape in SHAPES.subjects(RDF.type, SH.PropertyShape):
        assert str(shape).removeprefix(NAMESPACE) in NAMED
        assert (shape, SH.targetClass, None) in SHAPES, shape


def test_no_query_is_without_message() -> None:
    asking = {str(shape).removeprefix(NAMESPACE) for shape in SHAPES.subjects(SH.sparql)}
    assert asking
    assert asking <= NAMED


def test_severity_stands_on_shapes_and_not_on_queries() -> None:
    queries = set(SHAPES.subjects(RDF.type, SH.SPARQLConstraint))
    assert queries
    assert not any((query, SH.severity, None) in SHAPES for query in queries)
    assert not any((query, SH.message, None) in SHAPES for query in queries)


def test_every_class_of_the_model_has_a_shape() -> None:
    model = (HERE.parent / "docs" / "model.md").read_text(encoding="utf-8")
    rows = [line.split("|") for line in model.splitlines() if line.startswith("| ")]
    named = {
        name
        for row in rows
        if len(row) > 4
        for name in re.findall(r"`(\w+:[A-Z]\w+)`", row[2].partition("⊑")[0])
    }
    prose = [
        "dcterms:PeriodOfTime",
        "foaf:Person",
        "org:Organization",
        "org:Post",
        "schema:CreativeWork",
    ]
    prose += ["ck:Mention", "ck:Claim", "oa:SpecificResource"]
    prose += ["oa:TextQuoteSelector", "oa:TextPositionSelector"]
    assert all(f"`{name}`" in model for name in prose)
    assert len(named) > 15
    targets = {re.split("[#/]", str(c))[-1] for c in SHAPES.objects(None, SH.targetClass)}
    assert {name.partition(":")[2] for name in [*named, *prose]} <= targets


def test_shacl_accepts_the_shapes() -> None:
    import pyshacl

    conforms, _, text = pyshacl.validate(Graph(), shacl_graph=SHAPES, meta_shacl=True)
    assert conforms, text
