"""Words that the end of a line parts, put together by rules/hyphens.toml."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ciskg.knowledge import KnowledgeError, cached, folder, read_table

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST = re.compile(r"[^\W_]+(?:-[^\W_]+)*$")
_FIRST = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Hyphens:
    """The prefixes that keep their hyphen, and the examples of the file."""

    prefixes: frozenset[str]
    reads: tuple[Mapping[str, Any], ...]
    ignores: tuple[Mapping[str, Any], ...]


@cached
def rules() -> Hyphens:
    """What hyphens.toml says.

    Raises KnowledgeError where the file is broken.
    """
    path = folder("rules") / "hyphens.toml"
    data = read_table(path)
    try:
        return Hyphens(frozenset(data["prefixes"]), tuple(data["reads"]), tuple(data["ignores"]))
    except KeyError as error:
        raise KnowledgeError(f"{path.name}: {error} is missing; add it") from error


def words_of(lines: Iterable[str]) -> frozenset[str]:
    """The words that stand whole within the lines of a document."""
    return frozenset(word for line in lines for word in _WORD.findall(line.casefold().rstrip("-")))


def joined(before: str, after: str, words: frozenset[str] = frozenset()) -> str:
    """Two lines as one; `before` ends in a hyphen where a word goes on in `after`."""
    if not before.endswith("-"):
        return f"{before} {after}"
    last, first = _LAST.search(before[:-1]), _FIRST.match(after)
    if last is None or first is None:
        return f"{before} {after}" if before.endswith((" -", "--")) else before + after
    left, right = last[0].casefold(), first[0].casefold()
    if not first[0][0].islower() or not left[-1].isalpha():
        return before + after
    if f"{left}-{right}" in words:
        return before + after
    if left + right in words or left not in rules().prefixes:
        return before[:-1] + after
    return before + after
