"""What shows only beside the rest of a page: headings, lists without bullets, furniture."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from ciskg.model import Block
from ciskg.read.furniture import LONGEST, Furniture, furniture_of, glued_before

_HEADING = 140  # characters of a heading inside the text
_TOP_LINES = 20  # no page has more lines above its first sentence
_LETTERS = re.compile(r"[^\W\d_]")
_LETTERED = re.compile(r"(?:[IVX]{1,5}|[A-ZА-Я])[.)][ \t]+\S")
_SENTENCE_END = re.compile(r"[.!…;:,][\"'’”»)\]]*$|[.!?…][\"'’”»)\]]+$")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_BELARUSIAN_OR_UKRAINIAN = re.compile(r"[іўїєґ]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """A text with its blocks, and the publisher that a line of its head names."""

    text: str
    blocks: list[Block]
    publisher: str | None = None


def structured(text: str, blocks: list[Block], *, language: str) -> Page:
    """The page with its headings, its lists without bullets and its furniture marked."""
    blocks = _without_glued(text, blocks)
    classes = _furniture_by_line(text, blocks)
    top = _first_sentence(text, blocks, classes)
    publisher = _head_of_site(text, blocks, classes, top, language)
    _related(text, blocks, classes)
    _tail(text, blocks, classes)
    marked = [
        replace(block, kind="furniture") if number in classes else block
        for number, block in enumerate(blocks)
    ]
    return Page(text, _headings(text, marked, top), publisher)


def _without_glued(text: str, blocks: list[Block]) -> list[Block]:
    """The blocks, with a counter or date glued before the first words as a block of its own."""
    for number, block in enumerate(blocks[:_TOP_LINES]):
        size = glued_before(_words(text, block)) if block.kind != "furniture" else 0
        if size:
            stamp = text[block.start : block.start + size].rstrip()
            first = Block(block.start, block.start + len(stamp), "furniture")
            rest = replace(block, start=block.start + size)
            return [*blocks[:number], first, rest, *blocks[number + 1 :]]
        if is_prose(text, block):
            break
    return blocks


def _words(text: str, block: Block) -> str:
    """The words of a block, cut where no rule looks any more."""
    return text[block.start : min(block.end, block.start + LONGEST + 1)]


def is_prose(text: str, block: Block) -> bool:
    """Whether a block reads as a sentence and not as a title, a date or a link."""
    if block.end - block.start > LONGEST:
        return True
    line = text[block.start : block.end]
    return (_SENTENCE_END.search(line) is not None and line.count(" ") >= 3) or line.endswith(",")


Classes = dict[int, Furniture | None]  # number of a block -> its class; None by its place


def _furniture_by_line(text: str, blocks: list[Block]) -> Classes:
    """The blocks that are furniture by their own words, or were marked so before."""
    found: Classes = {}
    top, seen = True, 0
    for number, block in enumerate(blocks):
        if block.kind == "furniture":
            found[number] = None
            continue
        if block.end - block.start <= LONGEST and block.kind != "row":
            rule = furniture_of(_words(text, block), top=top)
            if rule is not None:
                found[number] = rule
                continue
        seen += 1
        top = top and seen <= _TOP_LINES and not is_prose(text, block)
    return found


def _first_sentence(text: str, blocks: list[Block], classes: Classes) -> int:
    """The number of the first block that reads as a sentence."""
    for number, block in enumerate(blocks):
        if number not in classes and (is_prose(text, block) or block.kind in ("item", "row")):
            return number
    return len(blocks)


def _head_of_site(
    text: str, blocks: list[Block], classes: Classes, top: int, language: str
) -> str | None:
    """Marks the site's own head, above the title; returns the publisher that it names.

    It ends with a path of sections, with a rubric under a line in capitals, or with a line
    in another alphabet than the document's.
    """
    top = min(top, 2 * _TOP_LINES)
    own = [n for n in range(top) if n not in classes]
    for number in range(top):
        rule = classes.get(number)
        above = [n for n in own if n < number]
        if not above or not any(n > number for n in own):
            continue
        path = rule is not None and rule.id == "breadcrumb"
        rubric = rule is not None and rule.id == "rubric" and len(above) == 1
        foreign = number in own and _is_foreign(text, blocks[number], language)
        if path or foreign or (rubric and _words(text, blocks[above[0]]).isupper()):
            for n in [*above, *([number] if foreign else [])]:
                classes[n] = None
            own = [n for n in own if n not in classes]
            if path or rubric or foreign:
                return _words(text, blocks[above[0]])
    if not own:  # the name of the site is all the title there is
        for number in [n for n in range(top) if (r := classes.get(n)) and r.id == "site-name"]:
            del classes[number]
        return None
    named = [n for n in range(top) if (r := classes.get(n)) and r.publisher]
    return _words(text, blocks[named[0]]) if named else None


def _is_foreign(text: str, block: Block, language: str) -> bool:
    """Whether a line is in another alphabet than the document, or in a neighbour's letters."""
    letters = _LETTERS.findall(_words(text, block))
    if len(letters) < 8:
        return False
    share = len(_CYRILLIC.findall("".join(letters))) / len(letters)
    if language == "en":
        return share > 0.5
    return share < 0.2 if language == "ru" else False


def _related(text: str, blocks: list[Block], classes: Classes) -> None:
    """Marks the links that stand under "See also" and its like.

    A group of short lines under which a sentence stands is its heading and no longer a link.
    """
    after = 0
    for number in sorted(n for n, rule in classes.items() if rule is not None and rule.opens):
        if number < after:
            continue
        after = number + 1
        while after < len(blocks):
            group = _group(text, blocks, after)
            links = next((n for n in group if n not in classes and is_prose(text, blocks[n])), None)
            if links is not None:
                if group[0] == number + 1 and _touches(text, blocks, number):
                    _mark(classes, range(after, links))
                break
            following = group[-1] + 1
            alone = following < len(blocks) and is_prose(text, blocks[following])
            if (
                alone
                and following not in classes
                and len(group) == 1
                and not (group[0] == number + 1 and _touches(text, blocks, number))
            ):
                break
            _mark(classes, group)
            after = following


def _mark(classes: Classes, numbers: range) -> None:
    """Marks blocks as furniture by their place."""
    for number in numbers:
        classes.setdefault(number, None)


def _touches(text: str, blocks: list[Block], number: int) -> bool:
    """Whether no blank line stands between a block and the next one."""
    return text.count("\n", blocks[number].end, blocks[number + 1].start) < 2


def _group(text: str, blocks: list[Block], number: int) -> range:
    """The blocks from this one to the next blank line."""
    last = number
    while last + 1 < len(blocks) and last - number < 100 and _touches(text, blocks, last):
        last += 1
    return range(number, last + 1)


def _tail(text: str, blocks: list[Block], classes: Classes) -> None:
    """Marks what follows the end of the text proper, where only short lines follow."""
    last = len(blocks)
    while last and (last - 1 in classes or not is_prose(text, blocks[last - 1])):
        last -= 1
    ends = [n for n in range(last, len(blocks)) if (r := classes.get(n)) and r.closes]
    if ends and len(blocks) - ends[0] <= 25:
        _mark(classes, range(ends[0], len(blocks)))


def _headings(text: str, blocks: list[Block], top: int) -> list[Block]:
    """The blocks, with short lines that are no sentences made headings or items."""
    ahead = _last_own(blocks)
    result = list(blocks)
    number = 0
    while number < len(blocks):
        run = _run(text, blocks, number, top)
        if not run or _leads_in(text, blocks, run):
            number += max(1, len(run))
            continue
        kind: Callable[[int], str]
        if number >= top and len(run) >= 3:
            kind = _items_after_heading(text, blocks, run)
        else:
            kind = _heading_unless_last(ahead)
        for n in run:
            result[n] = replace(blocks[n], kind=kind(n))
        number = run[-1] + 1
    return result


def _last_own(blocks: list[Block]) -> int:
    """The number of the last block that is no furniture."""
    return max((n for n, b in enumerate(blocks) if b.kind != "furniture"), default=-1)


def _heading_unless_last(last: int) -> Callable[[int], str]:
    """A heading has something under it: the last line of a text is none."""
    return lambda number: "heading" if number < last or last == 0 else "paragraph"


def _items_after_heading(text: str, blocks: list[Block], run: range) -> Callable[[int], str]:
    """Three short lines together are a list, whose first may be a lettered heading."""
    return lambda n: (
        "heading"
        if n == run[0] and _LETTERED.match(text, blocks[n].start, blocks[n].end)
        else "item"
    )


def _run(text: str, blocks: list[Block], number: int, top: int) -> range:
    """The title-like lines that begin with this block and that no blank line parts."""
    end = number
    while end < len(blocks) and is_title_like(text, blocks[end], top=end < top):
        end += 1
        if end < len(blocks) and not _touches(text, blocks, end - 1):
            break
    return range(number, end)


def _leads_in(text: str, blocks: list[Block], run: range) -> bool:
    """Whether a line is the beginning of a sentence that goes on in the items after it."""
    following = blocks[run[-1] + 1] if run[-1] + 1 < len(blocks) else None
    if len(run) != 1 or following is None or following.kind != "item":
        return False
    word = _LETTERS.search(text, following.start, following.end)
    return word is not None and word[0].islower()


def is_title_like(text: str, block: Block, *, top: bool) -> bool:
    """Whether a block could be a title by its own form: short, with no end of a sentence.

    A question is a title only where it is short and nobody is said to ask it.
    """
    if block.kind != "paragraph" or block.end - block.start > (LONGEST if top else _HEADING):
        return block.kind == "heading"
    line = text[block.start : block.end]
    if line.endswith("?") and (len(line) > 90 or ":" in line or ". " in line):
        return False
    return not _SENTENCE_END.search(line) and not line[0].islower() and line[0] not in "–—-"
