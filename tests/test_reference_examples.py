"""Names of the reference are read where they stand in a sentence."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from ciskg.extract import read_facts
from ciskg.knowledge import triples
from ciskg.read import read_text
from ciskg.recognise import load_lexicon

HERE = Path(__file__).parent
EXAMPLES = tomllib.loads((HERE / "reference" / "examples.toml").read_text("utf-8"))["example"]
BLOCKS = "\n".join(
    path.read_text(encoding="utf-8")
    for path in (HERE.parent / "ontology" / "reference").glob("*.ttl")
)


def _made() -> dict[str, dict[str, list[str]]]:
    """The labels of each city of cities.ttl by language, without its Russian case forms."""
    found: dict[str, dict[str, list[str]]] = {}
    for triple in triples(HERE.parent / "ontology" / "reference" / "cities.ttl"):
        if "Label" in triple.predicate.value and "hidden" not in triple.predicate.value:
            labels = found.setdefault(triple.subject.value, {"en": [], "ru": []})
            labels[triple.object.language].append(triple.object.value)
    return found


MADE = _made()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: str(example["about"]))
def test_a_name_is_read_in_its_sentence(example: Mapping[str, str]) -> None:
    assert f"\n{example['about']} a " in BLOCKS, f"no block of the reference is {example['about']}"
    facts = read_facts(read_text(example["text"]), load_lexicon()).facts
    expected = {
        key: value for key, value in example.items() if key not in ("about", "text", "type")
    }
    assert expected
    read = [
        {field: fact.values.get(field) for field in expected}
        for fact in facts
        if fact.type == example["type"]
    ]
    assert expected in read


def test_every_kind_of_name_has_an_example() -> None:
    assert {example["about"].partition(":")[0] for example in EXAMPLES} >= {"body", "role", "state"}


CITIES = sorted(
    (place.label, labels)
    for place in load_lexicon().things.values()
    if (labels := MADE.get(place.iri))
)


@pytest.mark.parametrize(("city", "labels"), CITIES)
def test_each_city_of_the_gazetteer_is_read_where_it_stands(
    city: str, labels: Mapping[str, list[str]]
) -> None:
    """By its English names, and by its Russian name in the case of the sentence."""
    texts = [
        f"The CIS Council of Heads of State met in {name} on 26 May 2023." for name in labels["en"]
    ]
    texts += [
        f"26 мая 2023 года в городе {name} прошло заседание Совета глав государств СНГ."
        for name in labels["ru"]
    ]
    for text in texts:
        read = read_text(text)
        facts = read_facts(read, load_lexicon(read.language)).facts
        places = {fact.values.get("place") for fact in facts if fact.type == "meeting"}
        assert places == {city}, text


def test_cities_that_are_names_of_persons_are_left_out() -> None:
    assert len(CITIES) > 90
    assert not {"Kirov", "Pushkin", "Engels", "Mary", "Abovyan"} & {city for city, _ in CITIES}
