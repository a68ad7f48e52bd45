"""PDF with a text layer to its lines, with their places on the page."""

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ciskg.read.errors import ReadError
from ciskg.read.extras import needs

if TYPE_CHECKING:
    import pypdfium2

_BREAK = re.compile("\r\n|\r|\n|(\ufffe|\x02)")  # pdfium's signs: a line ends, in a hyphen
_UNREADABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd\uffff]")
_MOST_PAGES = 5_000
_GAP = 0.8  # heights of a line between two cells; justified words may also stand so far apart


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page; places in points from the lower left corner."""

    text: str  # ends in a hyphen where its last word goes on
    page: int
    left: float
    right: float
    bottom: float
    height: float  # of the font, not of the letters
    high: float  # of the page
    cells: tuple[tuple[float, str], ...]  # what wide gaps part: left edge and words


@dataclass(frozen=True, slots=True)
class Pages:
    """What a PDF holds."""

    lines: tuple[Line, ...]  # in the order in which the file draws them
    title: str | None  # what the file says of itself
    pictures: tuple[int, ...]  # pages without text


def read_pages(data: bytes, where: str) -> Pages:
    """The lines of a PDF.

    Raises ReadError where it is broken, encrypted, without a text layer, or where pypdfium2 is
    not there.
    """
    with needs("pdf", "PDF", where):
        import pypdfium2
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            remedy = "save it without its password"
            raise ReadError(where, "it is encrypted with a password", remedy) from error
        raise ReadError(where, "no PDF, or a broken one", "save it anew") from error
    try:
        if len(document) > _MOST_PAGES:
            problem = f"{len(document):,} pages are more than the {_MOST_PAGES:,} of one document"
            raise ReadError(where, problem, "divide it into its documents")
        title = document.get_metadata_value("Title").strip() or None
        lines: list[Line] = []
        pictures: list[int] = []
        for number in range(len(document)):
            found = list(_lines(document, number))
            lines.extend(found)
            if not found:
                pictures.append(number + 1)
    except pypdfium2.PdfiumError as error:
        raise ReadError(where, f"a broken PDF: {error}", "save it anew") from error
    finally:
        document.close()
    _refuse_pictures(lines, where)
    return Pages(tuple(lines), title, tuple(pictures))


def _refuse_pictures(lines: list[Line], where: str) -> None:
    """Raises ReadError where the pages hold no text, or none that means letters."""
    text = "".join(line.text for line in lines)
    if not any(c.isalpha() for c in text):
        problem = "it has no text layer: its pages are pictures"
        raise ReadError(where, problem, "recognise its text first, for example with ocrmypdf")
    if len(_UNREADABLE.findall(text)) * 5 > len(text):
        problem = "its text layer does not say which letters it shows"
        raise ReadError(where, problem, "recognise its text, for example with ocrmypdf --force-ocr")


def _lines(document: "pypdfium2.PdfDocument", number: int) -> Iterator[Line]:
    """Yield the lines of one page."""
    page = document[number]
    try:
        text_page = page.get_textpage()
        high = page.get_height()
        text = text_page.get_text_range()
        start = 0
        for match in [*_BREAK.finditer(text), None]:
            end = match.start() if match else len(text)
            hyphen = match is not None and match[1] is not None
            if text[start:end].strip():
                yield _line(text_page, text, start, end, hyphen, number, high)
            start = match.end() if match else end
        text_page.close()
    finally:
        page.close()


def _line(
    page: "pypdfium2.PdfTextPage",
    text: str,
    start: int,
    end: int,
    hyphen: bool,
    number: int,
    high: float,
) -> Line:
    """The line that stands in a part of a page's text."""
    while text[start].isspace():
        start += 1
    while text[end - 1].isspace():
        end -= 1
    left, bottom, _, top = _box(page, start)
    right = _box(page, end - 1)[2]
    height = max(top - bottom, 1.0)
    parts = [start]
    for at in range(start + 1, end - 1):
        if text[at] == " " and text[at + 1] != " ":
            gap = _box(page, at + 1)[0] - _box(page, _before(text, at))[2]
            if gap > _GAP * height:
                parts.append(at + 1)
    words = [_clean(text[a:b]) for a, b in zip(parts, [*parts[1:], end], strict=True)]
    places = [left, *(_box(page, part)[0] for part in parts[1:])]
    return Line(
        text=" ".join(words) + ("-" if hyphen else ""),
        page=number,
        left=left,
        right=right,
        bottom=bottom,
        height=height,
        high=high,
        cells=tuple(zip(places, words, strict=True)),
    )


def _clean(words: str) -> str:
    """Words with single spaces, without soft hyphens and what stands for no letter."""
    return _UNREADABLE.sub("", " ".join(words.replace("\u00ad", "").split()))


def _before(text: str, at: int) -> int:
    """The index of the last character before this one that is no space."""
    while text[at] == " ":
        at -= 1
    return at


def _box(page: "pypdfium2.PdfTextPage", at: int) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of one character of the page's text, as its font has them."""
    import pypdfium2.raw as raw

    index = raw.FPDFText_GetCharIndexFromTextIndex(page, at)
    box = raw.FS_RECTF()
    if index < 0 or not raw.FPDFText_GetLooseCharBox(page, index, ctypes.byref(box)):
        return 0.0, 0.0, 0.0, 0.0
    return box.left, box.bottom, box.right, box.top
