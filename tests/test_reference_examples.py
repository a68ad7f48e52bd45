"""Names of the reference are read where they stand in a sentence."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from ciskg.extract import read_facts
from ciskg.read import read_text
from ciskg.recognise import load_lexicon

HERE = Path(__file__).parent
EXAMPLES = tomllib.loads((HERE / "reference" / "examples.toml").read_text("utf-8"))["example"]
BLOCKS = "\n".join(
    path.read_text(encoding="utf-8")
    for path in (HERE.parent / "ontology" / "reference").glob("*.ttl")
)


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
