"""What goes into the graph comes back out of it, field by field, in each document's own words."""

from dataclasses import replace
from functools import lru_cache
from typing import Any

import pytest

from ciskg.facts import read_back
from mapped import CORPORA, fact, gold, quads, reading, readings, store_of

META = ("doc", "id", "type", "quote", "certainty")


@lru_cache(maxsize=2)
def read(corpus: str) -> tuple[dict[str, Any], ...]:
    return tuple(read_back(store_of(quads(readings(corpus)))))


def normal(said: dict[str, Any]) -> dict[str, Any]:
    """The fields of a fact; lists are sets, and a quote is compared elsewhere."""
    left_out = ("doc", "quote", "optional")
    return {
        k: sorted(v) if isinstance(v, list) else v for k, v in said.items() if k not in left_out
    }


@pytest.mark.parametrize("corpus", sorted(CORPORA))
def test_every_gold_fact_comes_back_as_it_went_in(corpus: str) -> None:
    found = {(f["doc"], f["id"]): normal(f) for f in read(corpus)}
    wanted = {key: normal(f) for key, f in gold(corpus).items()}
    assert {k: found.get(k) for k in wanted if found.get(k) != wanted[k]} == {}
    assert found.keys() == wanted.keys()


@pytest.mark.parametrize("corpus", sorted(CORPORA))
def test_quotes_are_the_words_of_the_document(corpus: str) -> None:
    spans = {
        (r.document.key, f.id): r.document.text[f.evidence[0].start : f.evidence[0].end]
        for r in readings(corpus)
        for f in r.facts
    }
    assert {(f["doc"], f["id"]): f["quote"] for f in read(corpus)} == spans


def test_facts_are_sorted_by_document_and_number() -> None:
    ids = [f["id"] for f in read("seeds") if f["doc"].startswith("001") and f["id"][0] == "p"]
    assert ids == [f"p{n}" for n in range(1, 14)]
    docs = [f["doc"] for f in read("seeds")]
    assert docs == sorted(docs)


def test_two_facts_of_one_document_that_mean_one_meeting_keep_their_ids() -> None:
    session = {"kind": "council", "body": "CIS Council of Heads of State", "date": "2024-10-08"}
    made = reading(
        "twice",
        fact("meeting", "m1", **session, status="held"),
        fact("meeting", "m2", **session, status="held", place="Moscow"),
        fact("participant", "p1", meeting="m2", person="Vladimir Putin"),
    )
    back = {f["id"]: f for f in read_back(store_of(quads((made,))))}
    assert back["p1"]["meeting"] == "m2"
    assert "place" not in back["m1"]
    assert back["m2"]["place"] == "Moscow"


def test_each_document_keeps_its_own_spelling_of_what_is_one_thing() -> None:
    names = ("St. Petersburg", "St Petersburg", "Saint Petersburg")
    made = tuple(
        reading(
            f"d{n}",
            fact(
                "meeting",
                "m",
                kind="forum",
                title="Forum of Regions and Cities",
                date="2023",
                place=place,
            ),
            fact("role", "r", person=person, title="President", of="BLR"),
        )
        for n, (place, person) in enumerate(
            zip(
                names,
                ("A. Lukashenko", "Alexander Lukashenko", "Aleksandr Lukashenko"),
                strict=True,
            )
        )
    )
    back = list(read_back(store_of(quads(made))))
    assert [f["place"] for f in back if f["type"] == "meeting"] == list(names)
    assert [f["person"] for f in back if f["type"] == "role"] == [
        "A. Lukashenko",
        "Alexander Lukashenko",
        "Aleksandr Lukashenko",
    ]


def test_absences_and_denials_do_not_come_back() -> None:
    denied = replace(fact("visit", "v1", person="Vladimir Putin", to="KAZ"), modality="denied")
    made = reading(
        "no",
        fact(
            "meeting", "m1", kind="council", body="CIS Council of Heads of State", date="2023-10-13"
        ),
        fact("absence", "x1", meeting="m1", person="Nikol Pashinyan", of="ARM"),
        denied,
    )
    assert [f["id"] for f in read_back(store_of(quads((made,))))] == ["m1"]
