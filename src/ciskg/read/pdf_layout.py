"""Lines of a PDF to paragraphs, rows and furniture: heads and feet that every page repeats."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median

from ciskg.read.html import Mark
from ciskg.read.hyphens import joined, words_of
from ciskg.read.pdf import Line
from ciskg.read.text import begins_item, is_terminated
from ciskg.read.written import written_date

_NUMBER = re.compile(
    r"(?:(?:page|p\.|стр(?:аница|\.)?|с\.)\s*)?[–—|\[(-]{0,2}\s*(?:[0-9]{1,4}|[ivxlc]{1,7})"
    r"(?:\s*(?:/|of|из)\s*[0-9]{1,4})?\s*[–—|\])-]{0,2}",
    re.IGNORECASE,
)
_EDGE = 0.12  # of the height of a page: where its head and its foot stand
_MOST_AT_EDGE = 4  # lines of a head or a foot
_ALIGNED = 3  # points between the beginnings of two cells of one column
_FULL = 0.85  # of the width of a column: a line that is shorter ends there


@dataclass(frozen=True, slots=True)
class _Style:
    """What is usual in one document."""

    height: float  # of the font of most lines
    pitch: float  # from one line to the next
    edges: Mapping[tuple[int, int], float]  # page, left in steps of 3 heights -> right edge
    words: frozenset[str]

    def column(self, line: Line) -> tuple[int, int]:
        """The column that a line stands in."""
        return line.page, round(line.left / (3 * self.height))


def marks(lines: Sequence[Line]) -> list[Mark]:
    """The paragraphs, headings, items, rows and furniture of a PDF, each as one line.

    A paragraph that goes on over pages is one; the heads, feet and notes between its parts come
    after it.
    """
    lines = _settled(lines)
    style = _style(lines)
    running = _running(lines, style)
    found: list[Mark] = []
    open_: list[Line] = []  # the paragraph that is being put together
    beside: list[Mark] = []  # what waits for its end
    for _, group in groupby(zip(range(len(lines)), lines, strict=True), key=lambda p: p[1].page):
        page = list(group)
        beside.extend((line.text, "furniture") for n, line in page if n in running)
        own, notes = _notes([line for n, line in page if n not in running], style)
        for line in own:
            if open_ and _goes_on(open_[-1], line, style):
                open_.append(line)
                continue
            found.extend(_paragraph(open_, style))
            found.extend(beside)
            open_, beside = [line], []
        for part in _parted(notes, style):
            beside.extend(_paragraph(part, style))
    return [*found, *_paragraph(open_, style), *beside]


def _settled(lines: Sequence[Line]) -> list[Line]:
    """The lines; the cells of a row stand apart by " | ", all other lines are one cell.

    Rows stand one above the other and their cells begin at the same places.
    """
    found: list[Line] = []
    for number, line in enumerate(lines):
        beside = [*lines[max(0, number - 1) : number], *lines[number + 1 : number + 2]]
        if any(_aligned(line, other) for other in beside):
            text = " | ".join(words for _, words in line.cells)
            found.append(replace(line, text=text))
        else:
            found.append(replace(line, cells=()))
    return found


def _aligned(line: Line, other: Line) -> bool:
    """Whether two lines are rows of one table."""
    return 1 < len(line.cells) == len(other.cells) and all(
        abs(a - b) <= _ALIGNED for (a, _), (b, _) in zip(line.cells, other.cells, strict=True)
    )


def _style(lines: Sequence[Line]) -> _Style:
    """What is usual in these lines."""
    height = median(line.height for line in lines)
    steps = [
        a.bottom - b.bottom
        for a, b in pairwise(lines)
        if a.page == b.page and 0 < a.bottom - b.bottom < 3 * height
    ]
    style = _Style(height, median(steps) if steps else 1.2 * height, {}, frozenset())
    edges: dict[tuple[int, int], float] = defaultdict(float)
    for line in lines:
        page, step = style.column(line)
        for near in (step - 1, step, step + 1):
            edges[page, near] = max(edges[page, near], line.right)
    return replace(style, edges=edges, words=words_of(line.text for line in lines))


def _running(lines: Sequence[Line], style: _Style) -> set[int]:
    """The lines that are heads, feet or numbers of pages.

    They stand apart at the edge of a page; heads and feet with the same words, but for figures,
    at one place of several pages, or a head in small letters.
    """
    places: dict[tuple[str, int], set[int]] = defaultdict(set)  # words, place -> pages
    found: set[int] = set()
    at_edge: list[tuple[int, tuple[str, int]]] = []
    for _, group in groupby(range(len(lines)), key=lambda n: lines[n].page):
        down = sorted(group, key=lambda n: -lines[n].bottom)
        heads = _apart(lines, down, style.pitch)
        for number in [*heads, *_apart(lines, down[::-1], style.pitch)]:
            line = lines[number]
            small = number in heads and line.height < 0.9 * style.height
            if _NUMBER.fullmatch(line.text) or (small and not written_date(line.text)):
                found.add(number)
            place = (re.sub(r"[0-9]+", "#", line.text), round(line.bottom / 6))
            at_edge.append((number, place))
            places[place].add(line.page)
    pages = len({line.page for line in lines})
    for number, (words, y) in at_edge:
        near = (places.get((words, y + step), set()) for step in (-1, 0, 1))
        if len(set().union(*near)) >= max(2, pages // 4):
            found.add(number)
    return found


def _apart(lines: Sequence[Line], ordered: list[int], pitch: float) -> list[int]:
    """The lines at one edge of a page, from it inwards, that a gap or their font sets apart."""
    found: list[int] = []
    for before, number in pairwise(ordered):
        line = lines[before]
        middle = (line.bottom + line.height / 2) / line.high
        if _EDGE < middle < 1 - _EDGE or len(found) == _MOST_AT_EDGE:
            return []
        found.append(before)
        gap = abs(line.bottom - lines[number].bottom)
        if gap > 1.4 * pitch or not _is_same_font(line, lines[number]):
            return found
    return []


def _notes(lines: list[Line], style: _Style) -> tuple[list[Line], list[Line]]:
    """The lines of a page without the footnotes at its end, and these: they are set smaller."""
    cut = len(lines)
    while cut and lines[cut - 1].height < 0.9 * style.height:
        cut -= 1
    return (lines[:cut], lines[cut:]) if cut else (lines, [])


def _parted(lines: Iterable[Line], style: _Style) -> Iterator[list[Line]]:
    """Yield the lines of each paragraph."""
    open_: list[Line] = []
    for line in lines:
        if open_ and not _goes_on(open_[-1], line, style):
            yield open_
            open_ = []
        open_.append(line)
    if open_:
        yield open_


def _goes_on(before: Line, line: Line, style: _Style) -> bool:
    """Whether a line goes on with the paragraph of the line before it."""
    if before.cells or line.cells:
        return False
    if not _is_same_font(before, line) or begins_item(line.text):
        return False
    edge = style.edges.get(style.column(before), before.right)
    full = before.right - before.left >= _FULL * (edge - before.left) or before.text.endswith("-")
    ended = is_terminated(before.text, 0, len(before.text))
    if line.page != before.page or line.bottom > before.bottom:  # a further page or column
        return not ended and (full or line.text[0].islower())
    if before.bottom - line.bottom > 1.35 * max(style.pitch, before.height):
        return False
    if ended and line.left - before.left > 0.7 * style.height:  # an indented first line
        return False
    return full or (not ended and line.text[0].islower())


def _is_same_font(line: Line, other: Line) -> bool:
    """Whether two lines are set in one size."""
    return 0.85 < line.height / other.height < 1.18


def _paragraph(lines: Sequence[Line], style: _Style) -> Iterator[Mark]:
    """Yield the lines of one paragraph as one, and its kind."""
    if not lines:
        return
    text = lines[0].text
    for line in lines[1:]:
        text = joined(text, line.text, style.words)
    if lines[0].cells:
        kind = "row"
    elif begins_item(text):
        kind = "item"
    elif lines[0].height > 1.15 * style.height and len(text) < 250:
        kind = "heading"
    else:
        kind = "paragraph"
    yield text, kind
