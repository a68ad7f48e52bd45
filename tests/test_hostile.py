"""No text makes reading slow, not even one built from the words of a rule or a cue.

`make hostile` runs the same with a megabyte of text for each; the bounds are ratios to plain text
of the same length, so that they hold on any machine.
"""

import os
import re
from functools import cache

import pytest

from ciskg.cues import cue
from ciskg.extract import load_rules
from ciskg.extract.rules import Rule
from ciskg.knowledge import folder
from hostile import BENIGN, filled, marks, of_pattern, of_rule, seconds

SIZE = int(os.environ.get("HOSTILE", "4000"))  # characters of a text
# How much longer a text may take than plain text. Measured: up to 7. With a pattern that goes back
# over its text, or a loop within a loop, it is hundreds at a megabyte.
MOST = 20
RULES = load_rules()
CUES = sorted(
    {
        (match.group(1), path.parent.name)
        for path in folder("rules").glob("*/cues-*.toml")
        for match in re.finditer(r'^id = "(.+)"', path.read_text(encoding="utf-8"), re.MULTILINE)
    }
)


@cache
def plain(language: str) -> float:
    text = filled(iter([BENIGN[language]]), SIZE)
    return min(seconds(text) for _ in range(4))


def ratio(text: str, language: str) -> float:
    """How much longer a text takes than plain text; looked at again where it seems long."""
    taken = seconds(text) / plain(language)
    return taken if taken < MOST else min(taken, seconds(text) / plain(language))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_is_not_slow_on_text_of_its_own_words(rule: Rule) -> None:
    assert ratio(of_rule(rule, SIZE), rule.language) < MOST


@pytest.mark.parametrize(("name", "language"), CUES)
def test_a_cue_is_not_slow_on_text_of_its_own_words(name: str, language: str) -> None:
    assert ratio(of_pattern(cue(name).pattern, language, SIZE), language) < MOST


@pytest.mark.parametrize(
    ("name", "text"), list(marks(SIZE)), ids=lambda x: x if len(x) < 40 else ""
)
def test_marks_that_open_and_never_end_are_not_slow(name: str, text: str) -> None:
    assert ratio(text, "en") < MOST
