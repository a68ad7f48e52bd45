"""Every rule reads what its examples say and ignores what they say."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace

import pytest

from ciskg.cues import cue
from ciskg.examples import TYPES, broken_examples
from ciskg.extract import load_rules
from ciskg.extract.rules import Rule
from ciskg.knowledge import folder

RULES = load_rules()


def cases(key: str) -> list[tuple[Rule, Mapping[str, object]]]:
    return [(rule, example) for rule in RULES for example in getattr(rule, key)]


def name(value: object) -> str:
    return value.id if isinstance(value, Rule) else ""


def test_there_are_rules_for_every_type_of_fact() -> None:
    types = {TYPES.get(rule.type, rule.type) for rule in RULES}
    assert types >= {
        "meeting", "participant", "absence", "role", "chairmanship", "meeting_chair", "agreement",
        "ratification", "thematic_year", "visit", "election", "award",
    }  # fmt: skip


@pytest.mark.parametrize(("rule", "example"), cases("reads"), ids=name)
def test_a_rule_reads_its_example(rule: Rule, example: Mapping[str, object]) -> None:
    assert not list(broken_examples([replace(rule, reads=(example,), ignores=())]))


@pytest.mark.parametrize(("rule", "example"), cases("ignores"), ids=name)
def test_a_rule_ignores_its_counterexample(rule: Rule, example: Mapping[str, object]) -> None:
    assert not list(broken_examples([replace(rule, reads=(), ignores=(example,))]))


def test_every_cue_is_a_pattern() -> None:
    names = {
        row["id"]
        for path in sorted(folder("rules").glob("*/cues-*.toml"))
        for row in tomllib.loads(path.read_text(encoding="utf-8"))["cue"]
    }
    assert len(names) > 100
    for name_ in sorted(names):
        assert cue(name_).pattern
