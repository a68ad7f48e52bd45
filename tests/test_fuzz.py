"""Mutated documents raise nothing, every quote is of its document; `make fuzz` reads 100,000."""

from fuzz import document_of, failures, seeds


def test_mutated_documents_are_read_and_quoted_exactly() -> None:
    found = failures(range(1_000))
    assert not found, "\n".join(
        f"python tests/fuzz.py 1 --from {n} -v\n{w}" for n, w in found.items()
    )


def test_a_mutated_document_is_the_same_every_time() -> None:
    texts = seeds()
    assert [document_of(n, texts) for n in range(50)] == [document_of(n, texts) for n in range(50)]
    assert len({document_of(n, texts) for n in range(50)}) == 50
