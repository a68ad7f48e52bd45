"""What must hold of every reading, and what a document's own knowledge settles."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from ciskg.extract import read_facts
from ciskg.model import Document, Fact, Reading
from ciskg.periods import period
from ciskg.read import find_sources, read_document, read_text
from ciskg.recognise import load_lexicon

HERE = Path(__file__).parent
LEXICON = load_lexicon()
SOURCES = find_sources([HERE.parent / "seeds", HERE / "dev" / "docs"]).documents
READINGS = [read_facts(read_document(source), LEXICON) for source in SOURCES]


def read(text: str) -> Reading:
    return read_facts(read_text(text), LEXICON)


def of_type(facts: Sequence[Fact], type_: str) -> list[Fact]:
    return [fact for fact in facts if fact.type == type_]


def quote(document: Document, fact: Fact) -> str:
    return document.text[fact.evidence[0].start : fact.evidence[0].end]


def test_there_are_documents_to_read() -> None:
    assert len(SOURCES) == 29


@pytest.mark.parametrize("reading", READINGS, ids=lambda r: r.document.key)
def test_every_fact_has_words_of_its_document(reading: Reading) -> None:
    text = reading.document.text
    for fact in reading.facts:
        assert fact.evidence
        for span in fact.evidence:
            assert 0 <= span.start < span.end <= len(text)
            words = text[span.start : span.end]
            assert words == words.strip()
            assert not text[span.start - 1 : span.start + 1].isalpha() or span.start == 0
            assert not text[span.end - 1 : span.end + 1].isalpha() or span.end == len(text)


@pytest.mark.parametrize("reading", READINGS, ids=lambda r: r.document.key)
def test_references_and_dates_are_whole(reading: Reading) -> None:
    ids = [fact.id for fact in reading.facts]
    assert len(ids) == len(set(ids))
    meetings = {fact.id for fact in of_type(reading.facts, "meeting")}
    for fact in reading.facts:
        if "meeting" in fact.values:
            assert fact.values["meeting"] in meetings
        for field in ("date", "year"):
            if field in fact.values:
                period(str(fact.values[field]))
        assert (fact.certainty == "inferred") == bool(fact.inferences)


@pytest.mark.parametrize("reading", READINGS, ids=lambda r: r.document.key)
def test_furniture_gives_no_fact(reading: Reading) -> None:
    furniture = [b for b in reading.document.blocks if b.kind == "furniture"]
    for fact in reading.facts:
        for span in fact.evidence:
            assert not any(b.start < span.end and span.start < b.end for b in furniture)


def test_reading_twice_gives_the_same() -> None:
    for source, reading in zip(SOURCES[:5], READINGS[:5], strict=True):
        assert read_facts(read_document(source), LEXICON) == reading


def test_a_turn_of_a_transcript_is_the_speakers() -> None:
    reading = read(
        "Meeting of the CIS Council of Heads of State\n\nOctober 11, 2019, Ashgabat\n\n"
        "President of Kazakhstan Kassym-Jomart Tokayev: Colleagues,\n\n"
        "Uzbekistan chairs the CIS in 2020.\n"
    )
    (fact,) = of_type(reading.facts, "chairmanship")
    assert fact.speaker == "Kassym-Jomart Tokayev"
    assert quote(reading.document, fact) == "Uzbekistan chairs the CIS in 2020"


def test_quoted_words_are_theirs_who_said_them_and_the_rest_the_documents() -> None:
    reading = read(
        "ASHGABAT, October 11, 2019. The CIS summit was held in Ashgabat. "
        "“In 2020 Uzbekistan chairs the CIS, and we wish it every success,” "
        "President of Kazakhstan Kassym-Jomart Tokayev said. In 2021 Belarus chairs the CIS.\n"
    )
    by = {
        f.values["chair"]: (f.speaker, f.modality) for f in of_type(reading.facts, "chairmanship")
    }
    assert by["UZB"][0] == "Kassym-Jomart Tokayev"
    assert by["BLR"][0] is None


def test_a_missing_year_is_settled_by_an_anniversary_and_the_step_is_told() -> None:
    reading = read(
        "On 12 October President of Belarus Aleksandr Lukashenko met with CIS Executive Secretary "
        "Sergei Lebedev. They spoke of a statement on the 70th anniversary of the United Nations.\n"
    )
    (meeting,) = of_type(reading.facts, "meeting")
    assert meeting.values["date"] == "2015-10-12"
    assert "year-from-anniversary" in meeting.inferences


def test_a_year_that_nothing_settles_is_not_invented() -> None:
    reading = read(
        "On 12 October President of Belarus Aleksandr Lukashenko met with CIS Executive Secretary "
        "Sergei Lebedev.\n"
    )
    (meeting,) = of_type(reading.facts, "meeting")
    assert meeting.values["date"] == "XXXX-10-12"


@pytest.mark.parametrize(
    "text",
    [
        "Russia has not ratified the Agreement on Tourism, signed in 2023.",
        "Ukraine would have chaired the CIS in 2014.",
        "Moldova declined to chair the CIS in 2017.",
        "The leaders did not sign the Treaty on Friendship on 9 November 2020.",
    ],
)
def test_what_did_not_happen_is_no_held_fact(text: str) -> None:
    facts = read(text).facts
    assert not of_type(facts, "ratification")
    assert not of_type(facts, "chairmanship")
    assert not [f for f in of_type(facts, "agreement") if "not sign" in text and f]


def test_what_is_denied_is_a_denied_claim_and_no_fact() -> None:
    reading = read(
        "BISHKEK, October 8, 2024. Prime Minister of India Narendra Modi denied that he had met "
        "with Prime Minister of Pakistan Shehbaz Sharif in Bishkek on 7 October. President of "
        "Russia Vladimir Putin met with President of Belarus Alexander Lukashenko in Moscow.\n"
    )
    said = {f.values["parties"]: f.modality for f in of_type(reading.facts, "meeting")}
    assert said["Narendra Modi", "Shehbaz Sharif"] == "denied"
    assert said["Vladimir Putin", "Alexander Lukashenko"] == "stated"
    assert {f.modality for f in of_type(reading.facts, "role")} == {"stated"}
