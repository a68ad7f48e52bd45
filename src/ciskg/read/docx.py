"""DOCX to the markup of its paragraphs and tables, and what the file says of itself."""

import io
import xml.etree.ElementTree as ElementTree
import zipfile
import zlib
from dataclasses import dataclass
from xml.parsers.expat import ExpatError

from ciskg.read.errors import ReadError
from ciskg.read.extras import needs

_LARGEST = 256 * 1024 * 1024  # bytes of all parts together
_CORE = "docProps/core.xml"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => h2:fresh"
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    ExpatError,
    ElementTree.ParseError,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,  # encrypted parts; RecursionError
    LookupError,  # parts that the file promises and does not hold
    ValueError,
    TypeError,
    AttributeError,
)


@dataclass(frozen=True, slots=True)
class Word:
    """What a Word document holds."""

    markup: str  # HTML: headings, paragraphs, lists, tables, notes
    title: str | None  # what the file says of itself


def read_docx(data: bytes, where: str) -> Word:
    """The markup of a DOCX file. Pictures, comments, heads and feet of pages are left out.

    Days on which the file was made and changed are no days of publication: they are not taken.
    Raises ReadError where the file is broken or encrypted, or where mammoth is not there.
    """
    with needs("docx", "DOCX", where):
        import mammoth
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        problem = "an encrypted document, or one of an old Word"
        raise ReadError(where, problem, "save it as .docx without a password")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(info.file_size for info in archive.infolist())
            if size > _LARGEST:
                problem = f"it expands to {size:,} bytes, as no document"
                raise ReadError(where, problem, "save its text as .txt")
            title = _title(archive.read(_CORE)) if _CORE in archive.namelist() else None
        result = mammoth.convert_to_html(
            io.BytesIO(data),
            style_map=_STYLES,
            convert_image=lambda _: [],
        )
    except _BROKEN as error:
        raise ReadError(where, "no DOCX file, or a broken one", "save it anew") from error
    return Word(str(result.value), title)


def _title(core: bytes) -> str | None:
    """The title among the properties of a document."""
    node = ElementTree.fromstring(core).find(_TITLE)
    return " ".join((node.text or "").split()) or None if node is not None else None
