"""The kinds of mention, each with the character that stands for it in an encoded text."""

import re

KINDS = (
    "state", "adj", "org", "body", "short", "members", "summit", "role", "place", "kind",
    "date", "name", "person", "office", "meeting", "instrument", "many", "national",
)  # fmt: skip
CHAR = {kind: chr(0xE000 + n) for n, kind in enumerate(KINDS)}
KIND = {char: kind for kind, char in CHAR.items()}
_OWN = re.compile(f"[{''.join(KIND)}]")
_NO_LETTER = "\ufffd"


def without_kinds(text: str) -> str:
    """The text, in which a character that stands for a kind is one that stands for nothing."""
    return _OWN.sub(_NO_LETTER, text) if _OWN.search(text) else text
