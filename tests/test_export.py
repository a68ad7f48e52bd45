"""Exports lose nothing, say everything once, and are the same bytes each time."""

import csv
import io
import random

import pyoxigraph as ox
import pytest

from ciskg import export
from ciskg.export.tables import SEPARATOR
from ciskg.namespaces import BASE, ID, expand, term
from ciskg.store import memory_store

READ_AS = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
}
GRAPH_A, GRAPH_B = ox.NamedNode(f"{BASE}graph/a"), ox.NamedNode(f"{BASE}graph/b")
MEETING = ox.NamedNode(f"{ID}meeting/cis-2020-12-18")
EVIDENCE = ox.NamedNode(f"{ID}document/x%20y#char=120,184")


def _quads() -> list[ox.Quad]:
    """Terms that a writer may get wrong, in two graphs."""
    texts = [
        'Said "no"\\, and left',
        "two\nlines\r\tand a tab",
        "Содружество Независимых Государств",
        "ends with a backslash \\",
        "^^<http://www.w3.org/2001/XMLSchema#integer>",
        "nul-free control \x01 \x7f and a joiner \u200d",
        "",
        "<b>&amp;</b> ' '''",
        "𝒞𝐼𝒮 \U0001f54a",
    ]
    objects = [
        *(ox.Literal(text) for text in texts),
        *(ox.Literal(text, language="ru") for text in texts),
        ox.Literal("en-gb", language="en-gb"),
        *(
            ox.Literal(value, datatype=term(f"xsd:{kind}"))
            for value, kind in [
                ("2020-12-18", "date"),
                ("2020-12", "gYearMonth"),
                ("2020", "gYear"),
                ("120", "integer"),
                ("-7", "integer"),
                ("007", "integer"),
                ("no number", "integer"),
                ("1.50", "decimal"),
                ("true", "boolean"),
            ]
        ),
        MEETING,
        EVIDENCE,
        ox.NamedNode(f"{ID}org/cis"),
        ox.NamedNode(f"{ID}"),
        ox.NamedNode("https://example.org/a.b"),
        ox.NamedNode("https://example.org/p?q=1&r=%22;(x)"),
        ox.NamedNode(expand("ck:held")),
        ox.NamedNode("urn:isbn:123"),
    ]
    return [
        ox.Quad(MEETING, term("rdf:type"), term("ck:CouncilSession"), GRAPH_A),
        ox.Quad(EVIDENCE, term("rdf:type"), term("oa:SpecificResource"), GRAPH_B),
        *(ox.Quad(MEETING, term("schema:about"), object_, GRAPH_A) for object_ in objects),
        *(ox.Quad(EVIDENCE, term("rdfs:label"), object_, GRAPH_B) for object_ in objects),
    ]


@pytest.mark.parametrize("format", export.FORMATS)
def test_what_is_written_reads_back_as_the_same_graph(format: str) -> None:
    quads = _quads()
    text = "".join(export.serialize(quads, format))
    read = list(ox.parse(text.encode(), format=READ_AS[format]))
    if format == "turtle":
        assert {quad.triple for quad in read} == {quad.triple for quad in quads}
    else:
        assert set(read) == set(quads)


@pytest.mark.parametrize("format", export.FORMATS)
def test_the_order_of_the_quads_does_not_show(format: str) -> None:
    quads = _quads()
    expected = "".join(export.serialize(quads, format))
    for seed in range(5):
        shuffled = quads + quads[:3]
        random.Random(seed).shuffle(shuffled)
        assert "".join(export.serialize(shuffled, format)) == expected


def test_rdflib_reads_the_same_triples_from_turtle() -> None:
    import rdflib

    quads = [quad for quad in _quads() if "no number" not in str(quad)]
    text = "".join(export.serialize(quads, "turtle"))
    assert len(rdflib.Graph().parse(data=text, format="turtle")) == len(quads)


def test_turtle_is_for_readers() -> None:
    quads = [
        ox.Quad(MEETING, term("rdf:type"), term("ck:CouncilSession"), GRAPH_A),
        ox.Quad(MEETING, term("ck:status"), term("ck:held"), GRAPH_A),
        ox.Quad(MEETING, term("ck:sessionOf"), ox.NamedNode(f"{ID}org/cis"), GRAPH_A),
    ]
    assert "".join(export.turtle(quads)) == (
        f"PREFIX ck: <{BASE}def#>\n"
        f"PREFIX id-org: <{ID}org/>\n"
        f"PREFIX meeting: <{ID}meeting/>\n"
        "\n"
        "meeting:cis-2020-12-18 a ck:CouncilSession ;\n"
        "    ck:sessionOf id-org:cis ;\n"
        "    ck:status ck:held .\n"
    )


def test_an_empty_graph_is_an_empty_file_of_its_format() -> None:
    for format, kind in READ_AS.items():
        assert list(ox.parse("".join(export.serialize([], format)).encode(), format=kind)) == []


def _table_store() -> ox.Store:
    text = """
        PREFIX ck: <https://w3id.org/ciskg/def#>
        PREFIX id: <https://w3id.org/ciskg/id/>
        PREFIX dcterms: <http://purl.org/dc/terms/>
        PREFIX org: <http://www.w3.org/ns/org#>
        PREFIX schema: <https://schema.org/>
        PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        GRAPH <https://w3id.org/ciskg/graph/facts> {
            <https://w3id.org/ciskg/id/chairmanship/cis-rus-2024> a ck:Chairmanship ;
                org:member <https://w3id.org/ciskg/id/state/rus> ;
                org:organization <https://w3id.org/ciskg/id/org/cis> ;
                org:memberDuring <https://w3id.org/ciskg/id/period/2024> ;
                ck:status ck:planned , ck:held .
            <https://w3id.org/ciskg/id/period/2024> ck:edtf "2024" .
            <https://w3id.org/ciskg/id/state/rus> skos:notation "RUS" ;
                skos:prefLabel "Россия"@ru , "Russia"@en .
            <https://w3id.org/ciskg/id/org/cis> skos:prefLabel "СНГ"@ru .
            <https://w3id.org/ciskg/id/meeting/m> a ck:CouncilSession ;
                schema:eventAttendanceMode schema:OnlineEventAttendanceMode .
            <https://w3id.org/ciskg/id/instrument/i> a ck:Instrument ; ck:status ck:inForce .
            <https://w3id.org/ciskg/id/award/x> a ck:Award ;
                dcterms:title "=HYPERLINK(1)" , "a, \\"b\\"\\nc" .
        }
        GRAPH <https://w3id.org/ciskg/graph/document/d> {
            <https://w3id.org/ciskg/id/document/d#c1> ck:about
                <https://w3id.org/ciskg/id/chairmanship/cis-rus-2024> ;
                ck:inDocument <https://w3id.org/ciskg/id/document/d> .
            <https://w3id.org/ciskg/id/document/d> dcterms:identifier "d" .
        }
    """
    return memory_store(ox.parse(text, format=ox.RdfFormat.TRIG))


def _rows(name: str) -> list[dict[str, str]]:
    table = next(table for table in export.read_tables() if table.name == name)
    return list(csv.DictReader(io.StringIO(export.csv_text(_table_store(), table), newline="")))


def test_a_table_has_a_row_a_thing_and_says_its_values() -> None:
    (row,) = _rows("chairmanships")
    assert row == {
        "org": "СНГ",
        "chair": "RUS",
        "year": "2024",
        "first_day": "",
        "last_day": "",
        "status": f"held{SEPARATOR}planned",
        "documents": "d",
        "org_iri": f"{ID}org/cis",
        "chair_iri": f"{ID}state/rus",
        "iri": f"{ID}chairmanship/cis-rus-2024",
    }


def test_tables_use_the_words_of_the_convention() -> None:
    (meeting,), (instrument,) = _rows("meetings"), _rows("agreements")
    assert (meeting["kind"], meeting["mode"]) == ("council", "videoconference")
    assert instrument["status"] == "in force"


def test_no_cell_begins_a_formula_and_quotes_survive() -> None:
    (row,) = _rows("awards")
    assert row["award"] == f'\'=HYPERLINK(1){SEPARATOR}a, "b"\nc'


def test_there_is_a_table_for_each_kind_of_fact() -> None:
    names = {table.name for table in export.read_tables()}
    assert names >= {
        *("meetings", "participants", "roles", "chairmanships", "meeting_chairs", "agreements"),
        *("ratifications", "thematic_years", "visits", "elections", "awards"),
        *("claims", "evidence", "documents"),
    }
