"""Each rule reads something in the project's own documents, or says why it stands."""

from pathlib import Path

from ciskg.evaluate.corpus import Corpus, Place
from ciskg.evaluate.coverage import cover, fitting
from ciskg.extract import load_rules
from ciskg.model import Document
from ciskg.read import find_sources, read_document, read_text

HERE = Path(__file__).parent


def documents() -> dict[str, Document]:
    sources = find_sources([HERE.parent / "seeds", HERE / "dev" / "docs"]).documents
    return {source.key: read_document(source) for source in sources}


def test_a_rule_that_fits_nowhere_has_a_reason() -> None:
    fits = fitting(documents())
    assert sum(fits.values()) > 500
    silent = [f"rules/{r.file}: {r.id}" for r in load_rules() if not fits[r.id] and not r.reason]
    assert not silent, (
        "these rules fit no sentence of seeds/ and tests/dev/docs: say in each which documents "
        f'write so, reason = "…", or delete it: {", ".join(silent)}'
    )


def test_fits_facts_and_verdicts_are_counted_apart() -> None:
    document = read_text("In 2024, Russia chairs the CIS. Russia chairs the CIS in 2025.", key="d")
    facts = [
        {"id": "c1", "type": "chairmanship", "org": "CIS", "chair": "RUS", "year": "2024"},
        {"id": "c2", "type": "chairmanship", "org": "CIS", "chair": "RUS", "year": "2025"},
        {"id": "c3", "type": "chairmanship", "org": "CIS", "chair": "BLR", "year": "2025"},
    ]
    places = {("d", fact["id"]): Place("state-chairs-en", 0, 1) for fact in facts}
    gold = [facts[0], {**facts[1], "optional": True}]
    counts = {c.rule: c for c in cover(Corpus({"d": document}, {"d": facts}, places), {"d": gold})}
    count = counts["state-chairs-en"]
    assert count.fits == 2
    assert (count.facts, count.right, count.wrong, count.optional) == (3, 1, 1, 1)
    assert counts["chair-row-en"].facts == 0
