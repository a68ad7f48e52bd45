"""Bytes of a file to text: which encoding, and why a file is no text."""

import codecs
import re

from ciskg.read.errors import ReadError

# What the first bytes of other formats look like; longer beginnings stand first.
_FORMATS = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive (or a .docx, .xlsx, .odt or .epub, which are ZIP archives)"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word or Excel file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"RIFF", "an image, sound or film"),
    (b"OggS", "a sound or film"),
    (b"ID3", "a sound"),
)
_BOMS = (  # UTF-32 LE begins like UTF-16 LE, so it stands before it
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_SAMPLE = 64 * 1024
_UTF8_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_UTF8_CYRILLIC_RUN = re.compile(rb"(?:[\xd0\xd1][\x80-\xbf]){4}")
_HIGH = re.compile(rb"[\x80-\xff]")
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_LIKELY_IN_UTF16 = re.compile(
    r"[\t\n\r -~\xa0-\u024f\u0400-\u052f\u2010-\u2044\u20ac-\u20bf\u2116\ufeff]"
)
_RESAVE = "save it as UTF-8 text and try again"


def decode(data: bytes, path: str, *, declared: str | None = None) -> str:
    """The text of a file, without byte order mark, its newlines still as they are.

    UTF-8 where it is valid, else what `declared` says, else what the bytes look like. Raises
    ReadError, with the offset of the first byte that does not fit, where they fit nothing.
    """
    _refuse_other_formats(data, path)
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _without_nul(_strict(data, encoding, path, skip=len(bom)), path)
    if b"\0" in data or _CONTROL.search(data, 0, _SAMPLE):
        encoding16 = _utf16_without_bom(data)
        if encoding16 is not None:
            return _without_nul(_strict(data, encoding16, path), path)
        _refuse_binary(data, path)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        invalid = error.start
    if _is_mixed(data, invalid):
        raise ReadError(
            path,
            f"mostly UTF-8, but byte {invalid} (0x{data[invalid]:02x}) is not: the file mixes"
            " encodings or is cut off inside a character",
            _RESAVE,
        )
    return _strict(
        data, _declared(data, declared) or _single_byte_encoding(data, invalid, path), path
    )


def encoding_of(sample: bytes, path: str) -> str:
    """The Python name of the encoding of a file that begins so, its byte order mark left out.

    Raises ReadError where the bytes are no beginning of a text.
    """
    _refuse_other_formats(sample, path)
    for bom, encoding in _BOMS:
        if sample.startswith(bom):
            return {"utf-8": "utf-8-sig"}.get(encoding, encoding[:6])  # these drop the mark
    if b"\0" in sample or _CONTROL.search(sample, 0, _SAMPLE):
        encoding16 = _utf16_without_bom(sample)
        if encoding16 is not None:
            return encoding16
        if sample.count(b"\0") * 100 >= len(sample) or b"\0" not in sample:
            _refuse_binary(sample, path)  # else the rows that hold NUL are named one by one
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)  # it may end inside a character
    except UnicodeDecodeError as error:
        if not _is_mixed(sample, error.start):
            return _single_byte_encoding(sample, error.start, path)
    return "utf-8"


def _refuse_other_formats(data: bytes, path: str) -> None:
    """Raises ReadError where there are no bytes, or the first ones tell a format without text."""
    if not data:
        raise ReadError(path, "the file is empty", "give a file with text")
    for magic, name in _FORMATS:
        if data.startswith(magic) and not (
            magic in (b"RIFF", b"BZh", b"ID3", b"GIF8") and _reads_as_ascii(data)
        ):
            raise ReadError(path, f"not text but {name}", "give it the ending of its format")


def _strict(data: bytes, encoding: str, path: str, *, skip: int = 0) -> str:
    """The text in this encoding; raises ReadError where a byte does not belong to it."""
    try:
        return str(memoryview(data)[skip:], encoding)
    except UnicodeDecodeError as error:
        raise ReadError(
            path,
            f"byte {error.start + skip} does not fit the encoding {encoding} of the rest",
            _RESAVE,
        ) from None


def _without_nul(text: str, path: str) -> str:
    """The text itself; raises ReadError where it holds the character U+0000."""
    at = text.find("\0")
    if at >= 0:
        raise ReadError(path, f"NUL character at character {at}", "remove it and try again")
    return text


def _reads_as_ascii(data: bytes) -> bool:
    """Whether the first bytes are plain letters: a word may begin like a magic number."""
    head = data[:64]
    return head.isascii() and not _CONTROL.search(head) and b"\0" not in head


def _refuse_binary(data: bytes, path: str) -> None:
    """Raises ReadError where the bytes hold NUL or are full of control characters."""
    nul = data.find(b"\0")
    controls = len(_CONTROL.findall(data, 0, _SAMPLE))
    count = data.count(b"\0")
    if nul >= 0 and count * 100 < len(data) and controls * 50 < min(len(data), _SAMPLE):
        problem = f"NUL byte at byte {nul} in otherwise plain text" + (
            f" ({count} in all)" if count > 1 else ""
        )
        raise ReadError(path, problem, "remove NUL bytes and try again")
    if nul >= 0 or controls * 20 > min(len(data), _SAMPLE):
        raise ReadError(path, "a binary file, not text", "give .txt, .html or .md files")


def _utf16_without_bom(data: bytes) -> str | None:
    """The UTF-16 in which nearly all of the first characters are letters we expect, if any."""
    head = data[: _SAMPLE if len(data) >= _SAMPLE else len(data) // 2 * 2]
    for encoding in ("utf-16-le", "utf-16-be"):
        text = head.decode(encoding, "replace")
        if len(_LIKELY_IN_UTF16.findall(text)) > 0.95 * max(len(text), 1):
            return encoding
    return None


def _is_mixed(data: bytes, invalid: int) -> bool:
    """Whether so much of the bytes is UTF-8 that the rest cannot be another encoding of all."""
    if _UTF8_CYRILLIC_RUN.search(data):
        return True
    sample = data[max(0, invalid - _SAMPLE) : invalid + _SAMPLE]
    sequences = _UTF8_SEQUENCE.findall(sample)
    other = len(_HIGH.findall(sample)) - sum(map(len, sequences))
    return len(sequences) > other or (len(sequences) >= 4 and len(sequences) * 8 > other)


def _declared(data: bytes, declared: str | None) -> str | None:
    """The Python name of the declared encoding, where it is known and fits every byte."""
    if declared is None:
        return None
    name = {"iso-8859-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252"}.get(
        declared.lower(), declared
    )
    try:
        data[:_SAMPLE].decode(name, "ignore")
        data.decode(name)
    except (LookupError, ValueError):
        return None
    return name


def _single_byte_encoding(data: bytes, first_high: int, path: str) -> str:
    """The encoding of one byte a letter that the bytes around the first high one look like."""
    from charset_normalizer import from_bytes  # 30 ms that most builds do not need

    sample = data[max(0, first_high - 512) : first_high + _SAMPLE]
    # Only these: among all it knows it takes a short German text for Chinese.
    best = from_bytes(sample, cp_isolation=["cp1251", "koi8_r", "cp1252", "latin_1"]).best()
    if best is None:
        raise ReadError(
            path,
            f"byte {first_high} (0x{data[first_high]:02x}) is not UTF-8, and no encoding we know"
            " makes words of the rest",
            _RESAVE,
        )
    return best.encoding
