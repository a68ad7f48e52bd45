"""Documents of other worlds: presidents, sessions and agreements, but none of the region's."""

from pathlib import Path

from ciskg.extract import read_facts
from ciskg.read import find_sources, read_document
from ciskg.recognise import load_lexicon

WORLDS = Path(__file__).parent / "worlds"
FALSE_FACTS = 2  # in all of them; a fact of a page of another world is false


def test_other_worlds_give_no_facts() -> None:
    sources = find_sources([str(WORLDS)]).documents
    assert len(sources) == 20
    found = []
    for source in sources:
        document = read_document(source)
        reading = read_facts(document, load_lexicon(document.language))
        found += [(document.key, fact.type, dict(fact.values)) for fact in reading.facts]
    assert len(found) <= FALSE_FACTS, found
