"""Where a pattern may begin is told by its first word and what follows it."""

import re

import pytest

from ciskg.extract import load_rules
from ciskg.openings import may_open, openings
from ciskg.recognise.dates import START
from ciskg.recognise.datewords import date_words

TEXTS = [str(e["text"]) for rule in load_rules() for e in (*rule.reads, *rule.ignores)]


def test_no_date_is_missed() -> None:
    words = date_words()
    fits = passed = 0
    for text in TEXTS:
        for changed in (text, text.upper(), text.replace(" ", "\xa0")):
            for start in START.finditer(changed):
                at = start.end()
                opens = may_open(words.openings, start.group(), changed[at : at + 3])
                if words.pattern.match(changed, start.start()) and not start.group()[0].isdigit():
                    assert opens, changed[start.start() : at + 20]
                    fits += 1
                passed += not opens
    assert fits > 100
    assert passed > 20 * fits  # the work that is saved


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("today|tomorrow", {"today": {"*"}, "tomorrow": {"*"}}),
        (r"the\s(?:new|last) year", {"the": {"ne", "la"}}),
        (r"(?:on )?(?:Monday|Sunday)", {"on": {"mo", "su"}, "monday": {"*"}, "sunday": {"*"}}),
        (r"of \d\d", {"of": {"00"}}),
        (r"may[.,]? \w", {"may": {"*"}}),
        (r"\d+ days", {}),
        (r"in [1-3]?[a-b]x", {"in": {"0a", "0b", "ax", "bx"}}),
    ],
)
def test_a_pattern_opens_with_its_first_words(pattern: str, expected: dict[str, set[str]]) -> None:
    assert openings(re.compile(pattern)) == expected
