"""The kinds of mention, each with the character that stands for it in an encoded text."""

KINDS = (
    "state", "adj", "org", "body", "short", "members", "summit", "role", "place", "kind",
    "date", "name", "person", "office", "meeting", "instrument", "many", "national",
)  # fmt: skip
CHAR = {kind: chr(0xE000 + n) for n, kind in enumerate(KINDS)}
KIND = {char: kind for kind, char in CHAR.items()}
