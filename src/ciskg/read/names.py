"""Keys of documents: names that are unique, can be printed, and make file names."""

import hashlib
import os
import unicodedata

LONGEST = 200  # bytes in UTF-8: with an ending it is the name of a file anywhere


def printable_key(name: str) -> str:
    """A name with composed letters; what cannot be printed, and slashes, are written as %XX."""
    composed = unicodedata.normalize("NFC", name)
    return "".join(
        c if c.isprintable() and c not in "/\\" else "".join(f"%{b:02X}" for b in _encoded(c))
        for c in composed
    )


def bounded_key(key: str) -> str:
    """The key itself where it is short; a longer one is cut and ends in a hash of the whole."""
    data = key.encode("utf-8", "surrogatepass")
    if len(data) <= LONGEST:
        return key
    digest = hashlib.sha256(data).hexdigest()[:8]
    return f"{data[: LONGEST - 9].decode('utf-8', 'ignore')}-{digest}"


def _encoded(character: str) -> bytes:
    """The bytes of a character; of half a surrogate pair, those that file systems give."""
    try:
        return os.fsencode(character)
    except UnicodeEncodeError:
        return character.encode("utf-8", "surrogatepass")
