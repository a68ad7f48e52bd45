"""Every rule reads what its examples say and ignores what they say."""

import tomllib
from collections.abc import Mapping

import pytest

from ciskg.cues import cue
from ciskg.extract import load_rules, read_facts
from ciskg.extract.rules import Rule, find
from ciskg.knowledge import folder
from ciskg.model import Fact
from ciskg.read import read_text
from ciskg.recognise import load_lexicon, recognise

RULES = load_rules()
TYPES = {"act": "agreement"}  # what a rule gives, where its type is no type of fact
LEXICON = load_lexicon()


def cases(key: str) -> list[tuple[Rule, Mapping[str, object]]]:
    return [(rule, example) for rule in RULES for example in getattr(rule, key)]


def name(value: object) -> str:
    return value.id if isinstance(value, Rule) else ""


def facts(text: str) -> tuple[Fact, ...]:
    return read_facts(read_text(text), LEXICON).facts


def fires(rule: Rule, text: str) -> bool:
    read = recognise(read_text(text), LEXICON)
    return any(True for sentence in read.sentences for _ in find(rule, sentence.encoded))


def holds(fact: Fact, expected: Mapping[str, object]) -> bool:
    for field, value in expected.items():
        found = fact.values.get(field)
        if isinstance(value, list):
            if not isinstance(found, tuple) or set(found) != set(value):
                return False
        elif found != value:
            return False
    return True


def test_there_are_rules_for_every_type_of_fact() -> None:
    types = {TYPES.get(rule.type, rule.type) for rule in RULES}
    assert types >= {
        "meeting", "participant", "absence", "role", "chairmanship", "meeting_chair", "agreement",
        "ratification", "thematic_year", "visit", "election", "award",
    }  # fmt: skip


@pytest.mark.parametrize(("rule", "example"), cases("reads"), ids=name)
def test_a_rule_reads_its_example(rule: Rule, example: Mapping[str, object]) -> None:
    text = str(example["text"])
    assert fires(rule, text), "the pattern does not fit its own example"
    found = [f for f in facts(text) if f.type == TYPES.get(rule.type, rule.type)]
    expected = {k: v for k, v in example.items() if k != "text"}
    people = expected.pop("person", None) if rule.type in ("participant", "absence") else None
    if isinstance(people, list):
        assert {f.values["person"] for f in found} >= set(people)
    assert any(holds(fact, expected) for fact in found), (
        f"{found}: the pattern fits; where no fact came of it, look at the cues that guard the "
        "step: rules/*/cues-*.toml, such as `awards-word`, which holds the verbs of awards"
    )


@pytest.mark.parametrize(("rule", "example"), cases("ignores"), ids=name)
def test_a_rule_ignores_its_counterexample(rule: Rule, example: Mapping[str, object]) -> None:
    found = [f for f in facts(str(example["text"])) if f.rule == rule.id]
    assert not found


def test_every_cue_is_a_pattern() -> None:
    names = {
        row["id"]
        for path in sorted(folder("rules").glob("*/cues-*.toml"))
        for row in tomllib.loads(path.read_text(encoding="utf-8"))["cue"]
    }
    assert len(names) > 100
    for name_ in sorted(names):
        assert cue(name_).pattern
