"""A fact leads back to the exact words of its documents."""

import re
from dataclasses import replace
from functools import lru_cache

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from ciskg.assemble import Readings, assemble
from ciskg.explain import REACH, Passage, UnknownThing, explain, find, sentence
from ciskg.export import turtle
from ciskg.model import Span
from ciskg.namespaces import ID, term
from ciskg.result import Result
from gold_readings import gold_readings
from mapped import fact, quads, reading, store_of

CHAIRMANSHIP = "chairmanship/cis-rus-2024"


@lru_cache(maxsize=1)
def _seeds() -> Result:
    return assemble(Readings(gold_readings())).result


def test_a_fact_of_two_documents_shows_a_sentence_of_each() -> None:
    explanation = _seeds().explain(f"id:{CHAIRMANSHIP}")
    assert explanation.iri == ID + CHAIRMANSHIP
    assert explanation.kind == "Chairmanship"
    assert ("member", "Russia") in explanation.values
    documents = {claim.document for claim in explanation.claims}
    assert documents == {"003_c647624496657154", "004_74664d48c44ec47b"}
    for claim in explanation.claims:
        text = _seeds().text(claim.document)
        assert claim.rule == "gold"
        assert any("Russia" in p.before + p.quote + p.after for p in claim.passages)
        for passage in claim.passages:
            assert text[passage.start : passage.end] == passage.quote
            assert passage.before + passage.quote + passage.after in text


@pytest.mark.parametrize(
    "way",
    [
        ID + CHAIRMANSHIP,
        f"<{ID}{CHAIRMANSHIP}>",
        f"id:{CHAIRMANSHIP}",
        CHAIRMANSHIP,
        "cis-rus-2024",
        "  cis-rus-2024\n",
        "chairmanship:cis-rus-2024",
        "Russia chairs Commonwealth of Independent States, 2024",
        "russia  chairs\xa0Commonwealth of Independent States, 2024",
    ],
)
def test_a_fact_may_be_named_in_several_ways(way: str) -> None:
    assert find(_seeds().store, way).value == ID + CHAIRMANSHIP


@pytest.mark.parametrize(
    ("name", "thing"),
    [
        ("Sergei Lebedev", "person/sergei-lebedev"),
        ("СНГ", "org/cis"),
        ("RUS", "state/rus"),
        ("id-org:cis", "org/cis"),
        ("person:sergei-lebedev", "person/sergei-lebedev"),
    ],
)
def test_a_thing_may_be_named_as_people_and_turtle_do(name: str, thing: str) -> None:
    assert find(_seeds().store, name).value == ID + thing


def test_each_prefixed_name_of_the_turtle_is_understood() -> None:
    lines = "".join(turtle(_seeds().store)).splitlines()
    subjects = {line.split(" ", 1)[0] for line in lines if re.match(r"[a-z-]+:\S+ a ", line)}
    assert len(subjects) > 500
    chosen = sorted(subjects)[::25]
    assert {"meeting", "tenure", "state"} <= {name.partition(":")[0] for name in chosen}
    for name in chosen:
        find(_seeds().store, name)


def test_several_things_of_one_name_are_listed() -> None:
    store = store_of([])
    for iri in ("person/a", "person/b"):
        for property_, value in (
            ("rdf:type", term("foaf:Person")),
            ("skos:prefLabel", Literal("Ivan Ivanov", language="en")),
        ):
            store.add(Quad(NamedNode(ID + iri), term(property_), value))
    with pytest.raises(UnknownThing, match="several things are called so:") as caught:
        find(store, "ivan ivanov")
    assert "\n    id:person/a  Ivan Ivanov\n    id:person/b  Ivan Ivanov" in str(caught.value)
    with pytest.raises(UnknownThing, match=r"near it:\n    id:person/a  Ivan Ivanov"):
        find(store, "Ivanov")


def test_a_document_leads_to_its_claims() -> None:
    key = "001_16830d1d99dc7d5d"
    explanation = _seeds().explain(f"id:document/{key}")
    assert explanation.document == key
    (reading_,) = (r for r in gold_readings() if r.document.key == key)
    assert explanation.says == len(reading_.facts) > 10
    assert _seeds().explain("id:state/rus").document == ""


def test_a_state_is_told_without_the_forms_of_its_name() -> None:
    values = _seeds().explain("id:state/rus").values
    assert ("prefLabel", "Russia") in values
    assert len(values) < 20
    assert not {"hiddenLabel", "demonymForm"} & {name for name, _ in values}


def test_how_the_document_was_dated_comes_before_what_follows_from_it() -> None:
    steps = ("year-from-document-date", "year-from-other-dates", "year-from-anniversary")
    met = replace(
        fact("chairmanship", "c", org="CIS", chair="RUS", year="2024"),
        certainty="inferred",
        inferences=steps,
    )
    store = store_of(quads((reading("d", met),)))
    (claim,) = explain(store, CHAIRMANSHIP, lambda key: "Some words that say so.").claims
    assert [step.label for step in claim.inferences] == [
        "year from an anniversary",
        "year from other dates",
        "year from the document's date",
    ]


def test_a_claim_and_its_evidence_lead_to_the_fact() -> None:
    explanation = _seeds().explain(CHAIRMANSHIP)
    for claim in explanation.claims:
        assert _seeds().explain(claim.iri).iri == ID + CHAIRMANSHIP
    (evidence, *_) = explanation.claims[0].passages[0].evidence
    assert evidence.best
    assert _seeds().explain(evidence.iri).claims


def test_a_person_leads_to_the_facts_about_the_person() -> None:
    explanation = _seeds().explain("id:person/sergei-lebedev")
    assert not explanation.claims
    assert any("Executive Secretary" in label for _, label in explanation.facts)
    assert all(_seeds().explain(iri).claims for iri, _ in explanation.facts)


def test_the_inference_is_told() -> None:
    inferred = [
        claim
        for fact in ("tenure/vladimir-putin--president--rus",)
        for claim in _seeds().explain(fact).claims
        if claim.certainty == "inferred"
    ]
    assert inferred
    assert all(claim.inferences for claim in inferred)


def _told(text: str, *quotes: str) -> tuple[Passage, ...]:
    """The passages of a claim that was read from these words, the first of which show it best."""
    spans = tuple(Span(text.index(q), text.index(q) + len(q)) for q in quotes)
    chaired = fact("chairmanship", "c", org="CIS", chair="RUS", year="2024")
    store = store_of(quads((reading("d", replace(chaired, evidence=spans), text=text),)))
    (claim,) = explain(store, CHAIRMANSHIP, lambda key: text).claims
    return claim.passages


def test_a_sentence_stands_once_with_all_evidence_in_it() -> None:
    text = "Russia, it says. This year, the CIS presidency has passed to Russia. It ends."
    sentence_ = "This year, the CIS presidency has passed to Russia."
    best, less = "CIS presidency has passed to Russia", "passed to Russia"
    (passage,) = _told(text, best, sentence_, less)
    assert (passage.before, passage.quote, passage.after) == ("This year, the ", best, ". ")
    assert text[passage.start : passage.end] == best
    assert [(e.quote, e.best) for e in passage.evidence] == [
        (best, True),
        (less, False),
        (sentence_, False),
    ]


def test_the_passage_with_the_best_evidence_comes_first() -> None:
    text = "A heading of 2024\nOne. Two says so. Russia chairs the CIS. Three."
    passages = _told(text, "Russia chairs", "heading of 2024", "Two says so. Russia")
    assert [p.quote for p in passages] == ["Russia chairs", "heading of 2024"]
    assert passages[0].before + passages[0].quote + passages[0].after == (
        "Two says so. Russia chairs the CIS. "
    )
    assert [[e.best for e in p.evidence] for p in passages] == [[True, False], [False]]


@pytest.mark.parametrize(
    ("thing", "message"),
    [
        ("id:chairmanship/cis-rus-2042", r"not in this graph; near it:\n.*cis-rus-2024"),
        ("https://example.org/x", "not in this graph"),
        ("", "not in this graph"),
        ("a b<>", "not in this graph"),
        ('"; DROP ALL', "not in this graph"),
        (":", "not in this graph"),
    ],
)
def test_an_unknown_thing_is_told_with_what_comes_near(thing: str, message: str) -> None:
    with pytest.raises(UnknownThing, match=message):
        _seeds().explain(thing)


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        ("One. Russia chairs the CIS. Three.", "chairs", "Russia chairs the CIS. "),
        ("A heading\nRussia chairs\nThe end", "chairs", "Russia chairs\n"),
        ("Is it so? “Russia chairs.” Yes.", "chairs", "“Russia chairs.” "),
        ("Russia chairs", "Russia chairs", "Russia chairs"),
        ("One. Two ends here. Three.", "ends here.", "Two ends here. "),
    ],
)
def test_the_sentence_around_a_quote(text: str, quote: str, expected: str) -> None:
    start = text.index(quote)
    first, last = sentence(text, start, start + len(quote))
    assert text[first:last] == expected


def test_a_line_without_end_is_cut() -> None:
    text = "x " * 5000 + "quote " + "y " * 5000
    start = text.index("quote")
    first, last = sentence(text, start, start + 5)
    assert (start - first, last - start - 5) == (REACH, REACH)


def test_a_fact_without_claims_has_none_to_show() -> None:
    explanation = explain(_seeds().store, "id:role/president", lambda key: "")
    assert not explanation.claims
    assert explanation.label == "President"
