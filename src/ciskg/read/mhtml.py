"""MHTML: a page that a browser saved with all its parts in one file."""

import email
import email.policy
from dataclasses import dataclass

from ciskg.read.errors import ReadError


@dataclass(frozen=True, slots=True)
class Saved:
    """The page in a file that a browser saved."""

    markup: bytes
    charset: str | None
    url: str | None


def read_mhtml(data: bytes, where: str) -> Saved:
    """The page, its encoding and its address; its pictures and styles are left.

    Raises ReadError where no page is in the file.
    """
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() not in ("text/html", "application/xhtml+xml"):
            continue
        content = part.get_payload(decode=True)
        if isinstance(content, bytes) and content.strip():
            address = message.get("Snapshot-Content-Location") or part.get("Content-Location")
            charset = part.get_content_charset()
            return Saved(content, charset, str(address).strip() if address else None)
    raise ReadError(where, "no saved page is in it", "save the page anew, as .html or .mhtml")
