"""Plain text to blocks: lines, hard-wrapped paragraphs, items and rows of tables."""

import re
from collections.abc import Iterator
from itertools import pairwise

from ciskg.model import Block

MANY_LINES = 400_000  # beyond it, lines are put together: a block takes more memory than a line
TOGETHER = 4_000  # characters of a block in such a text
_GROUP = 5_000  # lines that are looked at together
_WORD = re.compile(r"\S")
_BULLET = re.compile(r"[•‣◦▪●■►*·][ \t]*(?=\S)|[0-9]{1,3}[.)][ \t]+(?=\S)|[a-zа-я]\)[ \t]+(?=\S)")
_DASH = re.compile(r"[–—-][ \t]+(?=\S)|\([0-9a-zа-я]{1,3}\)[ \t]+(?=\S)")
_ROMAN_OR_LETTER = re.compile(r"(?:[IVX]{1,5}|[A-ZА-Я])[.)][ \t]+(?=\S)")
_TERMINAL = re.compile(r"[.!?…:;][\"'’”»)\]]*$")
_ABBREVIATION = re.compile(r"(?:\b[A-ZА-ЯЁ]|\b(?:Mr|Mrs|Ms|Dr|St|Gen|No|г|гг|им|ул|т|д|п))\.$")
_SPEAKER = re.compile(r"[A-ZА-ЯЁ][\w.,’'() –-]{2,80}:\s")

Line = tuple[int, int]  # from the first to after the last character that is no space


def blocks_of_lines(text: str) -> list[Block]:
    """The lines of a text as blocks of kind paragraph, item or row, in order.

    What is a heading or furniture shows only beside the rest: `structure` settles it.
    """
    if text.count("\n") > MANY_LINES:
        return list(_together(text))
    blocks: list[Block] = []
    for group in _groups(text):
        blocks.extend(_blocks_of_group(text, group))
    return blocks


def lines_of(text: str) -> Iterator[Line]:
    """Yield the lines of a text without outer spaces; an empty line has start == end.

    Only a newline ends a line: form feeds and U+2028 stand inside.
    """
    start, size = 0, len(text)
    while start < size:
        end = text.find("\n", start)
        end = size if end < 0 else end
        word = _WORD.search(text, start, end)  # no slice: a line may be as long as the file
        first, last = (word.start() if word else end), end
        while last > first and text[last - 1].isspace():
            last -= 1
        yield first, last
        start = end + 1


def _groups(text: str) -> Iterator[list[Line]]:
    """Yield the lines between blank lines, at most _GROUP together."""
    group: list[Line] = []
    for line in lines_of(text):
        if line[0] == line[1] or len(group) == _GROUP:
            if group:
                yield group
            group = []
        if line[0] < line[1]:
            group.append(line)
    if group:
        yield group


def _together(text: str) -> Iterator[Block]:
    """Yield paragraphs of many lines each, for a text of very many lines."""
    start = end = -1
    for first, last in lines_of(text):
        if first == last:
            continue
        if start < 0:
            start = first
        end = last
        if end - start >= TOGETHER:
            yield Block(start, end, "paragraph")
            start = -1
    if start >= 0:
        yield Block(start, end, "paragraph")


def _blocks_of_group(text: str, group: list[Line]) -> Iterator[Block]:
    """Yield the blocks of lines that no blank line parts."""
    rows = _rows(text, group)
    wrapped = _is_wrapped(text, group)
    width = max(end - start for start, end in group)
    start, end, kind = group[0][0], group[0][1], _kind(text, group, 0, rows)
    for number in range(1, len(group)):
        here = group[number]
        kind_here = _kind(text, group, number, rows)
        if (
            kind_here == "paragraph"
            and kind != "row"
            and _continues(
                text, group[number - 1], here, kind=kind, first=start, wrapped=wrapped, width=width
            )
        ):
            end = here[1]
            continue
        yield Block(start, end, kind)
        start, end, kind = here[0], here[1], kind_here
    yield Block(start, end, kind)


def _rows(text: str, group: list[Line]) -> set[int]:
    """The lines of a group that are rows of a table: as many | or tabs as a line beside them."""
    found: set[int] = set()
    for mark in ("|", "\t"):
        counts = [text.count(mark, start, end) for start, end in group]
        for number in range(1, len(counts)):
            if counts[number] and counts[number] == counts[number - 1]:
                found |= {number - 1, number}
    return found


def _kind(text: str, group: list[Line], number: int, rows: set[int]) -> str:
    """The kind of one line: row, item or paragraph.

    A dash opens an item only in a list: after a colon, a line without its end, or an item.
    In Russian it also opens what a person says.
    """
    if number in rows:
        return "row"
    start, end = group[number]
    if _BULLET.match(text, start, end):
        return "item"
    if _DASH.match(text, start, end):
        beside = [group[n] for n in (number - 1, number + 1) if 0 <= n < len(group)]
        if any(_DASH.match(text, *line) for line in beside) and text[start] != "—":
            return "item"
        if text[end - 1] in ";," or (number and text[group[number - 1][1] - 1] in ":;"):
            return "item"
    return "paragraph"


def begins_item(line: str) -> bool:
    """Whether a line begins with the bullet or the number of an item."""
    return _BULLET.match(line) is not None


def is_terminated(text: str, start: int, end: int) -> bool:
    """Whether the words end as a sentence does."""
    return _TERMINAL.search(text, max(start, end - 8), end) is not None


def _is_wrapped(text: str, group: list[Line]) -> bool:
    """Whether lines of a group were broken at a fixed width.

    One goes on in small letters, or two are as long as the width lets them be.
    """
    width = max(end - start for start, end in group)
    if not 50 <= width <= 100:
        return False
    full = 0
    for before, after in pairwise(group):
        if before[1] - before[0] < 50 or is_terminated(text, *before):
            continue
        if text[after[0]].islower():
            return True
        full += _fills(text, before, after, width)
    return full >= 2


def _fills(text: str, before: Line, after: Line, width: int) -> bool:
    """Whether the first word of a line would not have fitted on the line before it."""
    space = text.find(" ", after[0], after[1])
    word = (space if space >= 0 else after[1]) - after[0]
    return before[1] - before[0] + 1 + word > width - 4


def _continues(
    text: str, before: Line, here: Line, *, kind: str, first: int, wrapped: bool, width: int
) -> bool:
    """Whether a line goes on with the sentence of the line before it.

    In wrapped text a line is broken where the next word would not fit.
    """
    length = before[1] - before[0]
    if _DASH.match(text, *here) or _ROMAN_OR_LETTER.match(text, *here):
        return False
    if kind == "item" and _indent(text, here[0]) > _indent(text, first):
        return True
    terminated = is_terminated(text, *before) and not _ABBREVIATION.search(
        text, max(before[0], before[1] - 6), before[1]
    )
    if terminated:
        return False
    if text[here[0]].islower():
        return length >= 40 or text[before[0] : before[1]].isupper()
    if not wrapped or length < 50 or _SPEAKER.match(text, here[0], min(here[1], here[0] + 90)):
        return False
    return _fills(text, before, here, width)


def _indent(text: str, start: int) -> int:
    """How many characters stand before this one in its line."""
    return start - (text.rfind("\n", 0, start) + 1)
