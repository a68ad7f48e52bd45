"""WARC: the pages that a crawler kept, one document a page."""

import gzip
import io
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from hashlib import sha256
from typing import IO, Any, cast

from ciskg.read.errors import ReadError
from ciskg.read.extras import needs
from ciskg.read.raw import LIMIT, Item, Raw, passed_over
from ciskg.read.table import Described

_FORMS = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "txt"}
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_KINDS = ("response", "resource", "conversion")


def read_warc(stream: IO[bytes], where: str) -> Iterator[Item]:
    """Yield the pages of a WARC file, compressed or not: HTML and plain text that a server sent.

    The day of the capture says nothing of the day of publication and is not taken for it. Other
    records, answers that are no page (404, redirections) and captures of the same bytes again
    are counted. Raises ReadError where warcio is not there.
    """
    with needs("warc", "WARC", where):
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    passed: list[str] = []
    seen: dict[str, set[bytes]] = {}  # address -> digests of its captures
    read = 0
    try:
        archive = ArchiveIterator(_Whole(stream))
        while (record := _next(archive)) is not None:
            if record.rec_type not in _KINDS:
                continue
            read += 1
            reason = _reason(record)
            if reason is not None:
                passed.append(reason)
                continue
            url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")
            data = _content(record)
            place = f"{where}!{url or f'record {read}'}"
            if len(data) > LIMIT:
                problem = f"more than the {LIMIT:,} bytes of one document"
                yield ReadError(place, problem, "save its text in parts")
            elif getattr(record.raw_stream, "limit", 0) > 0:
                yield ReadError(place, "its end is missing", "fetch the archive anew")
            else:
                captures = seen.setdefault(url, set())
                digest = sha256(data).digest()
                if digest in captures:
                    passed.append("captured again unchanged")
                    continue
                captures.add(digest)
                yield _page(record, url, data, place, read, again=len(captures) > 1)
    except (ArchiveLoadFailed, OSError, zlib.error, ValueError) as error:
        problem = f"broken after record {read}: {_line(error)}; the rest is not read"
        yield ReadError(where, problem, "fetch it anew, or cut off the end")
    yield from passed_over(where, "record", passed)
    if not read:
        yield ReadError(where, "it holds no page", "give a WARC file with responses")


class _Whole(io.RawIOBase):
    """The bytes of a WARC file as they were before they were compressed.

    warcio takes a compressed file that is cut off or damaged for one that ends there; here it is
    an OSError.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__()
        buffered = io.BufferedReader(cast(io.RawIOBase, stream))
        self.compressed = buffered.peek(2)[:2] == b"\x1f\x8b"
        self.stream = gzip.GzipFile(fileobj=buffered) if self.compressed else buffered
        self.at = 0

    def readable(self) -> bool:
        """True: it is for reading."""
        return True

    def tell(self) -> int:
        """How many bytes were read."""
        return self.at

    def read(self, size: int = -1) -> bytes:
        """The next bytes; raises OSError where the file is cut off."""
        try:
            data = self.stream.read1(size)  # what stands before a cut comes first
        except EOFError as error:
            raise OSError(str(error)) from error
        self.at += len(data)
        return data


def _next(archive: Any) -> Any:
    """The next record, or None; what warcio says on stderr meanwhile is not for our users."""
    with redirect_stderr(io.StringIO()), _faults():
        return next(archive, None)


def _content(record: Any) -> bytes:
    """What a server sent, without its transfer coding; one byte more than is read at most."""
    with redirect_stderr(io.StringIO()), _faults():
        return bytes(record.content_stream().read(LIMIT + 1))


@contextmanager
def _faults() -> Iterator[None]:
    """Turn what warcio raises on a damaged record into an OSError."""
    try:
        yield
    except (ArithmeticError, AttributeError, LookupError, TypeError) as error:
        raise OSError("a damaged record") from error


def _reason(record: Any) -> str | None:
    """Why a record is no document; None where it is one."""
    status = record.http_headers.get_statuscode() if record.http_headers else "200"
    if status != "200":
        return f"status {status}"
    kind = _content_type(record).partition(";")[0].strip().lower()
    return None if kind in _FORMS else kind or "no content type"


def _content_type(record: Any) -> str:
    """The type of what a record holds, as the server or the crawler says."""
    headers = record.http_headers or record.rec_headers
    return headers.get_header("Content-Type") or ""


def _page(record: Any, url: str, data: bytes, place: str, number: int, *, again: bool) -> Raw:
    """The document in one record; its name is its address, with the day where it comes again."""
    kind = _content_type(record)
    charset = _CHARSET.search(kind)
    name = re.sub(r"^[a-z]+://(?:www\.)?", "", url, flags=re.IGNORECASE).strip("/")
    name = name or f"record-{number}"
    if again:
        name += "-" + re.sub(r"[^0-9]", "", record.rec_headers.get_header("WARC-Date") or "")
    return Raw(
        key=name,
        where=place,
        content=data,
        form=_FORMS[kind.partition(";")[0].strip().lower()],
        described=Described(url=url if url.startswith(("http://", "https://")) else None),
        charset=charset[1] if charset else None,
    )


def _line(error: Exception) -> str:
    """The first line of what an error says."""
    return (str(error).strip().splitlines() or ["it cannot be read"])[0][:200]
