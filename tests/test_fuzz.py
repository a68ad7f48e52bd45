"""Mutated documents raise nothing, every quote is of its document; `make fuzz` reads 100,000."""

from ciskg.extract import read_facts
from ciskg.read import read_text
from ciskg.recognise import load_lexicon
from fuzz import check, document_of, failures, seeds


def test_mutated_documents_are_read_and_quoted_exactly() -> None:
    found = failures(range(1_000))
    assert not found, "\n".join(
        f"python tests/fuzz.py 1 --from {n} -v\n{w}" for n, w in found.items()
    )


def test_a_mutated_document_is_the_same_every_time() -> None:
    texts = seeds()
    assert [document_of(n, texts) for n in range(50)] == [document_of(n, texts) for n in range(50)]
    assert len({document_of(n, texts) for n in range(50)}) == 50


def test_letters_that_only_patterns_take_for_others_raise_nothing() -> None:
    # İ, ı, ſ and K are i, i, s and k to a pattern that ignores case, and not to str.lower.
    read = (
        "The CIS CouncİL of Heads of Cuſtoms Services met on 5 AprİL 2021 and Augu\u017ft 3, 2021. "
    )
    document = read_text(read + "The council of heads of customs services sat on 4 aprıl.")
    check(document, read_facts(document, load_lexicon()))


def test_two_organizations_may_each_have_a_body_of_one_name() -> None:
    read = "The CIS Council of Heads of Seed Services met in Minsk on 5 April 2021. "
    document = read_text(
        read + "The EAEU Council of Heads of Seed Services met in Minsk on 6 April 2021."
    )
    reading = read_facts(document, load_lexicon())
    check(document, reading)
    bodies = {fact.values.get("body") for fact in reading.facts if fact.type == "meeting"}
    assert bodies == {
        "CIS Council of Heads of Seed Services",
        "EAEU Council of Heads of Seed Services",
    }
