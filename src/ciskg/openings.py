"""How a pattern may begin: its first word, and the first two characters of the word after it.

Found from the parsed pattern, as `ciskg.needs` is. `of` opens a date in `of this month`; before
`of the` the pattern of a date need not be tried.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from typing import Any

from ciskg.needs import fold

ANY = "*"  # whatever follows; no word begins with it
DIGIT = "0"  # stands for every digit

_parser: Any = import_module("re._parser")
_c: Any = import_module("re._constants")
_EMPTY = (_c.AT, _c.ASSERT, _c.ASSERT_NOT)
_WORD = re.compile(r"[^\W_]*")
FEW = 64  # characters of a range that are looked at one by one

Openings = Mapping[str, frozenset[str]]


def openings(pattern: re.Pattern[str]) -> Openings:
    """The words in small letters with which a text begins that the pattern fits.

    Of each, the two characters with which the text after a blank may go on; ANY where no such
    text need follow. A text that begins with a digit is not told of.
    """
    found: dict[str, set[str]] = {}
    rest = _walk(_parser.parse(pattern.pattern, pattern.flags), {""}, found)
    for opening in rest:
        found.setdefault(_first(opening), set()).add(ANY)
    return {word: frozenset(after) for word, after in found.items()}


def may_open(known: Openings, word: str, after: str) -> bool:
    """Whether the pattern may fit where this word stands and these three characters after it."""
    following = known.get(fold(word))
    if following is None:
        return False
    if ANY in following:
        return True
    return after[:1].isspace() and "".join(map(_plain, after[1:3])) in following


def _walk(
    items: Iterable[tuple[Any, Any]], open_: set[str], found: dict[str, set[str]]
) -> set[str]:
    """The beginnings that may go on after parts of a pattern; those that are told go to `found`."""
    for code, value in items:
        if not open_:
            break
        if code is _c.LITERAL:
            open_ = _step(open_, {chr(value)}, found)
        elif code is _c.IN:
            open_ = _step(open_, _characters(value), found)
        elif code is _c.SUBPATTERN:
            open_ = _walk(value[3], open_, found)
        elif code is _c.BRANCH:
            open_ = set().union(*(_walk(branch, open_, found) for branch in value[1]))
        elif code in (_c.MAX_REPEAT, _c.MIN_REPEAT):
            open_ = _repeat(value, open_, found)
        elif code not in _EMPTY:
            open_ = _step(open_, {ANY}, found)
    return open_


def _repeat(value: Any, open_: set[str], found: dict[str, set[str]]) -> set[str]:
    least, most, part = value
    out: set[str] = set()
    times = 0
    while open_ and times < most:
        if times >= least:
            out |= open_
        open_ = _walk(part, open_, found) - out
        times += 1
    return out | open_


def _characters(items: Sequence[tuple[Any, Any]]) -> set[str]:
    chars: set[str] = set()
    for code, value in items:
        if code is _c.LITERAL:
            chars.add(chr(value))
        elif code is _c.RANGE and value[1] - value[0] < FEW:
            chars |= set(map(chr, range(value[0], value[1] + 1)))
        elif code is _c.CATEGORY and value in (_c.CATEGORY_DIGIT, _c.CATEGORY_SPACE):
            chars.add(DIGIT if value is _c.CATEGORY_DIGIT else " ")
        else:
            return {ANY}
    return chars


def _step(open_: set[str], chars: set[str], found: dict[str, set[str]]) -> set[str]:
    """The beginnings with one more character each."""
    out: set[str] = set()
    for before in open_:
        word = _first(before)
        for char in map(_plain, chars):
            if len(before) == len(word) + 2:  # a blank and a character stand after the word
                found.setdefault(word, set()).add(ANY if char == ANY else before[-1] + char)
            elif len(before) == len(word) + 1 and char != ANY:
                out.add(before + char)
            elif char == ANY or not (char.isalnum() or char == " "):
                found.setdefault(word, set()).add(ANY)
            elif before or char != DIGIT:
                out.add(before + char)
    return out


def _first(opening: str) -> str:
    match = _WORD.match(opening)
    return match.group() if match else ""


def _plain(char: str) -> str:
    return DIGIT if char.isdecimal() else " " if char.isspace() else fold(char)
