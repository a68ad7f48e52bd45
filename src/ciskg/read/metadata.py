"""Title, publisher, address, language and date of publication of a document."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ciskg.model import Block
from ciskg.read.datelines import Dated, date_of_url, dates_of_line, settled_by_url
from ciskg.read.html_meta import Meta
from ciskg.read.languages import shown_language
from ciskg.read.structure import Page, is_prose, is_title_like
from ciskg.read.table import Described
from ciskg.read.written import written_date

_SAMPLE = 100_000  # characters of which the language is told
_HEAD, _END = 25, 8  # blocks in which a date of publication may stand
_CYRILLIC = re.compile("[\u0400-\u052f]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_SUFFIX = re.compile(r"\s+[|—–»:·-]\s+")
GUESS = 10  # ranks that a date falls behind where any other is surer
_DATE_BEFORE_TITLE = re.compile(
    r"(?:[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}|[0-9]{4}-[0-9]{2}-[0-9]{2})\s+"
)


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a document besides its text."""

    title: str | None
    publisher: str | None
    url: str | None
    published: str | None
    published_from: str | None


def language_of(text: str, declared: str | None) -> str:
    """The language that the text clearly shows; else the declared one, or that of its script."""
    sample = text[:_SAMPLE]
    if shown := shown_language(sample):
        return shown
    cyrillic = sum(map(len, _CYRILLIC.findall(sample)))
    letters = sum(map(len, _LETTERS.findall(sample)))
    by_script = "ru" if cyrillic * 2 > letters else "en"
    code = primary_language(declared)
    if code is None:
        return by_script
    wrong = (code == "en" and by_script == "ru") or (code == "ru" and cyrillic * 10 < letters)
    return by_script if wrong else code


def primary_language(tag: str | None) -> str | None:
    """The first part of a language tag: `en` of `en-GB`; None where it is no tag."""
    code = (tag or "").strip().lower().replace("_", "-").split("-")[0]
    return code if re.fullmatch(r"[a-z]{2,3}", code) else None


def about(page: Page, described: Described, meta: Meta | None) -> About:
    """What the table, the page's metadata and its text tell, in this order."""
    dated = list(_dates(page))
    agencies = [d.agency for d in dated if d.agency]
    url = described.url or next((u for u in (meta.urls if meta else ()) if _is_web(u)), None)
    published, origin = _published(dated, described, meta, url)
    return About(
        title=described.title or (_meta_title(meta) if meta else None) or title_of(page),
        publisher=described.publisher
        or (meta.publishers[0] if meta and meta.publishers else None)
        or page.publisher
        or (agencies[0] if agencies else None),
        url=url,
        published=published,
        published_from=origin,
    )


def _is_web(url: str) -> bool:
    """Whether an address can be opened by others."""
    return url.startswith(("https://", "http://")) and not re.search(r"[\s<>\"{}|\\^`]", url)


def _meta_title(meta: Meta) -> str | None:
    """The title of a page without the name of its site."""
    if not meta.titles:
        return None
    title = meta.titles[0]
    inner = [other for other in meta.titles[1:] if 10 <= len(other) < len(title)]
    if any(_SUFFIX.match(title, len(other)) for other in inner if title.startswith(other)):
        return next(other for other in inner if title.startswith(other))
    parts = _SUFFIX.split(title)
    names = {name.casefold() for name in (*meta.publishers, meta.site or "") if name}
    if len(parts) > 1 and parts[-1].casefold() in names:
        return title[: title.rindex(parts[-1])].rstrip(" |—–»:·-")
    return title


def title_of(page: Page) -> str | None:
    """The first line that reads as a title, above the first sentence.

    A letterhead, a first line in capitals, gives way to the line after it, or to the next
    group where all of its own lines are the letterhead.
    """
    lines = list(_titles(page))
    if not lines:
        return None
    groups: list[list[str]] = [[]]
    for number, (block, line) in enumerate(lines):
        if number and page.text.count("\n", lines[number - 1][0].end, block.start) > 1:
            groups.append([])
        groups[-1].append(line)
    first = groups[0]
    if first[0].isupper():
        if len(groups) > 1 and len(first) > 1:
            return groups[1][0]
        rest = first[1:] or (groups[1] if len(groups) > 1 else [])
        return rest[0] if rest else first[0]
    return first[0]


def _titles(page: Page) -> Iterator[tuple[Block, str]]:
    """Yield the headings above the first sentence that are no dates and places."""
    dated = False
    for block in page.blocks[:_HEAD]:
        if block.kind == "furniture":
            continue
        line = _line(page, block)
        if any(d.rule == "alone" for d in dates_of_line(line, places=("top",))):
            dated = True
            continue
        before = _DATE_BEFORE_TITLE.match(line)
        if block.kind != "heading" and not (before and is_title_like(page.text, block, top=True)):
            if is_prose(page.text, block) or block.kind != "paragraph":
                return
            continue
        if dated and re.match(r"[A-Z](?:[.)])\s", line):
            return
        yield block, line[before.end() :] if before else line


def _published(
    dated: Sequence[Dated], described: Described, meta: Meta | None, url: str | None
) -> tuple[str | None, str | None]:
    """The date of publication and where it was found; a full date beats one without its year."""
    if described.published:
        return described.published, "table"
    for written in meta.dates if meta else ():
        day = written_date(written)
        if day is not None:
            return day, "metadata"
    days = [d.edtf for d in dated]
    full = next((day for day in days if not day.startswith("XXXX")), None)
    if full is not None:
        return full, "text"
    if days and url and (settled := settled_by_url(days[0], url)):
        return settled, "url"
    if url and (known := date_of_url(url)):
        return known, "url"
    return (days[0], "text") if days else (None, None)


def _dates(page: Page) -> Iterator[Dated]:
    """Yield the dates of publication that the lines of a text tell, the surest first."""
    blocks = page.blocks
    top = next(
        (n for n, b in enumerate(blocks) if b.kind != "furniture" and is_prose(page.text, b)),
        len(blocks),
    )
    title = next(
        (n for n, b in enumerate(blocks) if b.kind == "heading" and not _is_date(page, b)), 0
    )
    head = range(min(top + 1, _HEAD, len(blocks)))
    end = range(max(len(blocks) - _END, head.stop), len(blocks))
    found: list[tuple[int, int, Dated]] = []
    order = {"top": 1, "end": 3}
    for place, numbers in (("top", head), ("end", end)):
        for number in numbers:
            block = blocks[number]
            for dated in dates_of_line(_line(page, block), places=(place,)):
                if dated.rule in ("alone", "last-line") and _is_apart(page, number):
                    continue
                rank = 0 if dated.rule == "label" else order[place]
                # A line above the title may be the site's running date.
                rank += 1 if place == "top" and rank and number < title else 0
                rank += GUESS if dated.last else 0
                found.append((rank, number, dated))
    yield from (dated for _, _, dated in sorted(found, key=lambda f: f[:2]))


def _is_apart(page: Page, number: int) -> bool:
    """Whether a block is furniture on a line of its own, whose dates are of other things."""
    block = page.blocks[number]
    after = page.blocks[number + 1].start if number + 1 < len(page.blocks) else len(page.text)
    return block.kind == "furniture" and "\n" in page.text[block.end : after] + "\n" * (
        after == len(page.text)
    )


def _line(page: Page, block: Block) -> str:
    """The beginning of a block on one line."""
    return " ".join(page.text[block.start : min(block.end, block.start + 400)].split())


def _is_date(page: Page, block: Block) -> bool:
    """Whether a line is no more than a date and a place."""
    return any(d.rule == "alone" for d in dates_of_line(_line(page, block), places=("top",)))
