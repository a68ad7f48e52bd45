"""Where words stand in a document: their span, their line, the sentence around them."""

import re
from dataclasses import dataclass

from ciskg.explain import sentence


@dataclass(frozen=True, slots=True)
class Located:
    """Words of a document in their sentence."""

    start: int
    end: int
    line: int  # of the document's text, from 1
    before: str
    quote: str
    after: str


def find_quote(text: str, quote: str) -> tuple[int, int] | None:
    """The first place where the quote stands; blanks and the bars of tables count as one."""
    words = quote.split()
    if not words:
        return None
    match = re.search(r"[\s|]+".join(map(re.escape, words)), text)
    return match.span() if match else None


def locate(text: str, start: int, end: int) -> Located:
    """A span of a text with its line and its sentence."""
    first, last = sentence(text, start, end)
    return Located(
        start,
        end,
        text.count("\n", 0, start) + 1,
        text[first:start],
        text[start:end],
        text[end:last],
    )
