"""Facts become quads: each said once, nothing nameless, nothing that a hostile text can break."""

import time
from collections import Counter
from dataclasses import replace
from functools import lru_cache

import pyoxigraph as ox
import pytest

from ciskg.facts import read_back
from ciskg.facttypes import fact_types
from ciskg.identities import Identities
from ciskg.knowledge import KnowledgeError
from ciskg.mapping import facts_quads, to_quads
from ciskg.model import Fact, Reading, Span
from ciskg.namespaces import expand, term
from ciskg.reconcile import reconcile
from ciskg.reference import installed
from mapped import CORPORA, FACTS, ID, fact, quads, reading, readings, store_of

CHS = "CIS Council of Heads of State"


@lru_cache(maxsize=2)
def made(corpus: str) -> tuple[ox.Quad, ...]:
    return tuple(quads(readings(corpus)))


def values(graph: list[ox.Quad] | tuple[ox.Quad, ...], subject: str, property_: str) -> list[str]:
    """The values of a property of an instance, sorted."""
    node = ox.NamedNode(ID + subject)
    found = [q.object for q in graph if q.subject == node and q.predicate == term(property_)]
    return sorted(getattr(value, "value", "") for value in found)


@pytest.mark.parametrize("corpus", sorted(CORPORA))
def test_no_triple_is_said_twice(corpus: str) -> None:
    counts = Counter(quad.triple for quad in made(corpus))
    assert counts
    assert [triple for triple, count in counts.items() if count > 1] == []
    reference = {quad.triple for quad in store_of([])}
    assert reference
    assert not reference & counts.keys()


@pytest.mark.parametrize("corpus", sorted(CORPORA))
def test_everything_has_a_name_of_its_own(corpus: str) -> None:
    for quad in made(corpus):
        assert isinstance(quad.subject, ox.NamedNode)
        assert isinstance(quad.object, ox.NamedNode | ox.Literal)
        assert isinstance(quad.graph_name, ox.NamedNode)


@pytest.mark.parametrize("corpus", sorted(CORPORA))
def test_whatever_is_spoken_of_is_described(corpus: str) -> None:
    store = store_of(list(made(corpus)))
    described = {quad.subject for quad in store}
    named = {
        q.object
        for q in made(corpus)
        if isinstance(q.object, ox.NamedNode)
        and q.object.value.startswith(ID)
        and q.predicate != term("ck:inference")
    }
    assert named
    assert sorted(n.value for n in named - described) == []


@pytest.mark.parametrize("corpus", sorted(CORPORA))
def test_a_quote_is_the_stored_text_at_its_offsets(corpus: str) -> None:
    texts = {f"{ID}document/{r.document.key}": r.document.text for r in readings(corpus)}
    store = store_of(list(made(corpus)))
    rows = list(
        store.query(
            """PREFIX oa: <http://www.w3.org/ns/oa#>
            SELECT ?document ?start ?end ?quote WHERE {
                ?e oa:hasSource ?document ; oa:hasSelector ?q , ?p .
                ?q oa:exact ?quote . ?p oa:start ?start ; oa:end ?end }""",
            use_default_graph_as_union=True,
        )
    )
    assert len(rows) > 100
    for row in rows:
        text = texts[row["document"].value]
        assert text[int(row["start"].value) : int(row["end"].value)] == row["quote"].value


@pytest.mark.parametrize("corpus", sorted(CORPORA))
def test_every_fact_has_a_label_and_a_claim(corpus: str) -> None:
    store = store_of(list(made(corpus)))
    classes = {kinds.class_ for kinds in fact_types().values()}
    facts = [
        q.subject
        for q in store.quads_for_pattern(None, term("rdf:type"), None, FACTS)
        if isinstance(q.object, ox.NamedNode) and q.object.value in classes
    ]
    assert len(facts) > 50
    for subject in facts:
        labels = list(store.quads_for_pattern(subject, term("rdfs:label"), None, FACTS))
        assert len(labels) == 1
        ratified = list(store.quads_for_pattern(None, term("ck:instrument"), subject, None))
        claims = list(store.quads_for_pattern(None, term("ck:about"), subject, None))
        assert claims or ratified


def test_labels_are_made_of_the_parts() -> None:
    def label(subject: str) -> list[str]:
        return values(made("seeds"), subject, "rdfs:label")

    session = "council--cis-council-of-heads-of-state--2020-12-18"
    assert label("chairmanship/cis-rus-2024") == [
        "Russia chairs Commonwealth of Independent States, 2024"
    ]
    assert label(f"meeting/{session}") == [f"{CHS}, 2020-12-18"]
    assert label(f"participation/{session}--vladimir-putin") == [
        f"Vladimir Putin at {CHS}, 2020-12-18, for Russia"
    ]
    assert label("tenure/vladimir-putin--president--rus") == ["Vladimir Putin: President, Russia"]


def test_the_reconciled_view_takes_the_most_precise_date_and_every_status() -> None:
    title = "Agreement on Tourism and Sanitary Controls"
    known = {"title": title, "kind": "agreement"}
    graph = quads(
        (
            reading("plan", fact("agreement", "a", **known, status="planned", date="2021")),
            reading("done", fact("agreement", "a", **known, status="signed", date="2021-05-20")),
        )
    )
    iri = next(q.object.value for q in graph if q.predicate == term("ck:about")).removeprefix(ID)
    assert values(graph, iri, "dcterms:temporal") == [f"{ID}period/2021-05-20"]
    assert values(graph, iri, "ck:status") == [expand("ck:planned"), expand("ck:signed")]
    assert values(graph, iri, "eli:date_document") == ["2021-05-20"]
    assert values(graph, "document/plan#claim-a", "dcterms:temporal") == [f"{ID}period/2021"]
    assert values(graph, "document/plan#claim-a", "ck:status") == [expand("ck:planned")]


def test_a_planned_day_is_no_date_of_document() -> None:
    planned = fact(
        "agreement",
        "a",
        title="Treaty on Wild Geese and Swans",
        status="planned",
        date="2031-05-20",
    )
    assert not [
        q for q in quads((reading("d", planned),)) if q.predicate == term("eli:date_document")
    ]


def test_a_ratified_instrument_that_no_document_describes_is_still_described() -> None:
    graph = quads(
        (reading("d", fact("ratification", "x", agreement="Charter of Wild Geese", state="KGZ")),)
    )
    (instrument,) = {q.object for q in graph if q.predicate == term("ck:instrument")}
    described = {q.predicate for q in graph if q.subject == instrument}
    assert {term("dcterms:title"), term("dcterms:type"), term("rdfs:label")} <= described


def test_a_denied_fact_is_not_made() -> None:
    denied = replace(
        fact("chairmanship", "c", org="CIS", chair="MDA", year="2031"), modality="denied"
    )
    graph = quads((reading("d", denied),))
    assert not [q for q in graph if q.predicate == term("ck:about")]
    assert not [q for q in graph if "chairmanship/" in str(q.subject)]
    assert values(graph, "document/d#claim-c", "ck:deniedType") == [expand("ck:Chairmanship")]


def test_a_person_has_one_preferred_name_a_language_and_the_other_spellings() -> None:
    office = {"title": "Executive Secretary", "of": "CIS"}
    aliases = ("Сергей Лебедев", "Сергея Лебедева")
    graph = quads(
        (
            reading("a", fact("role", "r", person="Sergei Lebedev", **office)),
            reading("b", fact("role", "r", person="Sergey Lebedev", **office)),
            reading("c", fact("role", "r", person="Sergey Lebedev", **office)),
            reading("d", fact("role", "r", person="S.N. Lebedev", aliases=aliases, **office)),
        )
    )
    person = "person/sergei-lebedev"
    assert values(graph, person, "skos:prefLabel") == ["Sergey Lebedev"]
    others = ["S.N. Lebedev", "Sergei Lebedev", "Сергей Лебедев"]
    assert values(graph, person, "skos:altLabel") == others
    assert values(graph, person, "skos:hiddenLabel") == ["Сергея Лебедева"]


HOSTILE = (
    '"><script>alert(1)</script>',
    "../../etc/passwd",
    "} DROP ALL; {",
    "\\u0022\n\t <http://evil.example/>",
    "中国\x00\u202e",
    "%2e%2e/%00#?",
    "{person} {0.__class__}",
    "O’Brien " * 3000,
    ".",
    " ",
)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_stays_text(text: str) -> None:
    hostile = reading(
        text,
        fact(
            "meeting",
            text,
            kind="bilateral",
            parties=(text, "Ivan Petrov"),
            date="2020",
            place=text,
        ),
        fact("participant", "p", meeting=text, person=text, of=text),
        fact("agreement", "a", title=text, kind="treaty", parties=(text,)),
        fact("ratification", "x", agreement=text, state=text),
        fact("role", "r", person="Ivan Petrov", title=text, of=text, aliases=(text,), written=text),
        fact("award", "w", person="Ivan Petrov", award=text, by=text),
        fact("thematic_year", "t", org=text, year="2020", theme=text),
        text=text,
    )
    graph = quads((hostile,))
    for quad in graph:
        for iri in (quad.subject, quad.predicate, quad.graph_name):
            assert len(iri.value) < 700, iri
    dumped = ox.serialize(graph, format=ox.RdfFormat.N_QUADS)
    assert set(ox.parse(dumped, format=ox.RdfFormat.N_QUADS)) == set(graph)
    back = {f["id"]: f for f in read_back(store_of(graph))}
    assert back["a"]["title"] == back["t"]["theme"] == back["p"]["person"] == text
    assert back["p"]["meeting"] == text
    assert back["r"]["title"] == back["r"]["of"] == back["x"]["state"] == text


def test_different_hostile_keys_stay_different_documents() -> None:
    keys = ("a b", "a_b", "a%20b", "A B", "a/b", "а b", "x" * 300, "x" * 301, ".", "..", "中", "国")
    graphs = {q.graph_name for key in keys for q in quads((reading(key),)) if q.graph_name != FACTS}
    assert len(graphs) == len(keys)


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        (fact("picnic", "b"), "picnic"),
        (fact("visit", "b", person="Ivan Petrov", weather="fine"), "weather"),
        (fact("visit", "b", person="Ivan Petrov", date="2020-02-30"), "2020-02-30"),
        (fact("visit", "b", person="Ivan Petrov", kind="secret"), "official, state, working"),
        (fact("participant", "b", person="Ivan Petrov", meeting="m9"), "m9"),
        (fact("meeting", "b", kind="picnic"), "picnic"),
    ],
)
def test_a_fact_that_cannot_be_mapped_is_named(broken: Fact, message: str) -> None:
    with pytest.raises(ValueError, match="some-doc: b: .*" + message):
        quads((reading("some-doc", broken),))


def test_mapping_needs_the_identities_of_its_own_reading() -> None:
    one = reading("d", fact("role", "r", person="Ivan Petrov", title="President", of="BLR"))
    nobody = Identities(installed(), {}, {}, {}, {})
    with pytest.raises(ValueError, match="Ivan Petrov"):
        list(to_quads(one, nobody))


def test_the_order_of_documents_does_not_matter() -> None:
    read = readings("dev")
    wanted = sorted(map(str, quads(read)))
    assert sorted(map(str, quads(read[::-1]))) == wanted
    assert sorted(map(str, quads((*read[7:], *read[:7])))) == wanted


def test_a_document_is_mapped_alone() -> None:
    identities = reconcile(readings("seeds"), installed())
    one = readings("seeds")[3]
    graph = {q.graph_name.value for q in to_quads(one, identities)}
    assert graph == {f"https://w3id.org/ciskg/graph/document/{one.document.key}"}


def test_all_evidence_is_kept_and_the_first_shows_best() -> None:
    two = replace(
        fact("role", "r", person="Ivan Petrov", title="President"),
        evidence=(Span(5, 9), Span(0, 4)),
    )
    graph = quads((reading("d", two),))
    doc = f"{ID}document/d"
    assert values(graph, "document/d#claim-r", "prov:wasDerivedFrom") == [
        f"{doc}#char=0,4",
        f"{doc}#char=5,9",
    ]
    assert values(graph, "document/d#claim-r", "ck:bestEvidence") == [f"{doc}#char=5,9"]
    assert next(read_back(store_of(graph)))["quote"] == "word"


@pytest.mark.parametrize("corpus", sorted(CORPORA))
def test_every_claim_has_one_best_evidence_among_its_own(corpus: str) -> None:
    graph = made(corpus)
    claims = [q.subject for q in graph if q.object == term("ck:Claim")]
    derived = {(q.subject, q.object) for q in graph if q.predicate == term("prov:wasDerivedFrom")}
    best = [(q.subject, q.object) for q in graph if q.predicate == term("ck:bestEvidence")]
    assert len(claims) > 50
    assert sorted(map(str, claims)) == sorted(str(claim) for claim, _ in best)
    assert set(best) <= derived


@pytest.mark.parametrize("modality", ["stated", "planned", "denied"])
def test_a_claim_of_one_span_names_it_as_the_best(modality: str) -> None:
    said = fact("chairmanship", "c", org="CIS", chair="BLR", year="2021")
    graph = quads((reading("d", replace(said, modality=modality)),))
    assert values(graph, "document/d#claim-c", "ck:bestEvidence") == [f"{ID}document/d#char=0,4"]


def test_the_speaker_of_a_reported_claim_is_a_person() -> None:
    said = replace(
        fact("chairmanship", "c", org="CIS", chair="BLR", year="2021"),
        speaker="Vladimir Putin",
        modality="reported",
    )
    graph = quads((reading("d", said),))
    assert values(graph, "document/d#claim-c", "prov:wasAttributedTo") == [
        f"{ID}person/vladimir-putin"
    ]
    assert values(graph, "person/vladimir-putin", "skos:prefLabel") == ["Vladimir Putin"]


def test_a_person_who_is_only_named_is_described_and_mentioned() -> None:
    named = Reading(reading("d").document, (), {"Nursultan Nazarbayev": (Span(0, 4),)})
    graph = quads((named,))
    (mention,) = {q.subject for q in graph if q.object == term("ck:Mention")}
    assert [
        q.object.value
        for q in graph
        if q.subject == mention and q.predicate == term("ck:writtenName")
    ] == ["Nursultan Nazarbayev"]
    assert values(graph, "person/nursultan-nazarbaev", "rdf:type") == [expand("foaf:Person")]


def test_a_thousand_facts_are_mapped_in_less_than_a_third_of_a_second() -> None:
    read = (*readings("seeds"), *readings("dev"))
    assert sum(len(r.facts) for r in read) > 1000
    identities = reconcile(read, installed())

    def seconds() -> float:
        start = time.process_time()
        for one in read:
            assert sum(1 for _ in to_quads(one, identities)) > 50
        assert sum(1 for _ in facts_quads(read, identities)) > 1000
        return time.process_time() - start

    assert min(seconds() for _ in range(3)) < 0.3


def test_a_broken_mapping_names_every_error(tmp_path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "facts.toml"
    file.write_text(
        '[types.a]\nclass = "no:Class"\npath = "a"\nlabel = []\n[types.a.fields]\n'
        '[types.b]\nclass = "ck:B"\npath = "b"\nlabel = []\nidentity = ["nobody"]\n'
        '[types.b.fields]\nx = { property = "ck:x", as = ["thing"], on = "moon" }\n'
    )
    with pytest.raises(KnowledgeError) as raised:
        fact_types(file)
    for word in ("no:Class", "nobody", "thing", "moon"):
        assert word in str(raised.value)
