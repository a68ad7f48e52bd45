"""A long document is read in portions, and what they say is one document's."""

from dataclasses import replace

import pytest

from ciskg.extract import read_facts
from ciskg.extract.portions import PORTION, portions
from ciskg.model import Document, Reading
from ciskg.read import read_text
from ciskg.recognise import SENTENCE, load_lexicon, recognise
from fuzz import check

FILLER = "The ministers of Armenia and Belarus spoke of trade, roads and the price of wheat.\n\n"
SUMMIT = (
    "The Council of CIS Heads of State met in Dushanbe on 28 September 2018. "
    "President of Russia Vladimir Putin took part in the meeting.\n\n"
)


def long(*parts: str) -> Document:
    """A text with each part more than a portion away from the next one."""
    between = FILLER * (PORTION // len(FILLER) + 1)
    return read_text("CIS summit\n\n" + between.join(parts), published="2018-09-29")


def read(document: Document) -> Reading:
    return read_facts(document, load_lexicon(document.language))


def test_the_portions_of_a_document_are_all_its_blocks_in_order() -> None:
    document = long(SUMMIT, SUMMIT, SUMMIT)
    parts = list(portions(document))
    assert len(parts) > 2
    assert tuple(block for part in parts for block in part.blocks) == document.blocks
    assert all(p.blocks[-1].end - p.blocks[0].start <= PORTION for p in parts)
    assert {part.text for part in parts} == {document.text}


def test_a_short_document_is_one_portion() -> None:
    document = read_text(SUMMIT)
    assert list(portions(document)) == [document]


def test_a_block_longer_than_a_portion_is_cut_at_ends_of_sentences() -> None:
    document = read_text(FILLER.replace("\n", " ") * (2 * PORTION // len(FILLER)))
    assert len(document.blocks) == 1
    parts = list(portions(document))
    assert len(parts) > 1
    for part in parts[:-1]:
        assert document.text[: part.blocks[-1].end].rstrip().endswith("wheat.")


def test_what_two_portions_say_stands_once_with_the_evidence_of_both() -> None:
    reading = read(long(SUMMIT, SUMMIT))
    check(reading.document, reading)
    once = [f for f in reading.facts if f.type in ("meeting", "participant")]
    assert [f.type for f in once] == ["meeting", "participant"]
    assert once[1].values["meeting"] == once[0].id
    for fact in once:
        assert fact.evidence[-1].start - fact.evidence[0].start > PORTION
    assert len(reading.names["Vladimir Putin"]) == 2


def test_what_only_the_last_portion_says_is_read_with_the_date_of_the_document() -> None:
    last = "President of Belarus Alexander Lukashenko visited Kazakhstan on 3 October.\n"
    document = replace(long(SUMMIT, last), published=None)
    visits = [f for f in read(document).facts if f.type == "visit"]
    assert [f.values["date"] for f in visits] == ["2018-10-03"]


@pytest.mark.parametrize("mark", ["; ", ", ", " "])
def test_a_sentence_without_end_is_read_in_parts_at_its_marks(mark: str) -> None:
    text = "They spoke of " + mark.join(["wheat and roads"] * 300)
    sentences = recognise(read_text(text), load_lexicon("en")).sentences
    assert max(len(s.text) for s in sentences) <= SENTENCE
    assert "".join(s.text for s in sentences) == text
    assert all(s.text.endswith(mark) for s in sentences[:-1])
