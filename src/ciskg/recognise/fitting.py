"""What a label names where it stands: by its spelling, and by the longer names that begin in it."""

from collections.abc import Sequence
from typing import Any

from ciskg.recognise.lexicon import Entry, Lexicon

Token = tuple[int, int, str]
ORDER = (
    "body",
    "org",
    "summit",
    "role",
    "state",
    "adj",
    "short",
    "members",
    "place",
    "kind",
    "national",
)


def kind_of(entries: Sequence[Entry]) -> str:
    """The kind of mention that a label with these entries makes."""
    kinds = {entry.kind for entry in entries}
    return next(kind for kind in ORDER if kind in kinds)


def may_name(entry: Entry, written: str) -> bool:
    """Whether a label may be meant where it is written so."""
    if entry.kind == "role" and written.startswith("first S"):
        return False  # "the first Secretary General"
    if not entry.capital:
        return True
    if written.isupper() and entry.kind == "org":
        return True
    if entry.kind == "adj" and not written[0].isascii():
        return True  # Russian adjectives are written small
    if not written[0].isupper():
        return False
    # An acronym in the lexicon ("CIS", "US") does not match a word ("Cis", "Us").
    names = {t.name for t in entry.things}
    return not (len(written) <= 4 and written.upper() in names and not written.isupper())


def leave_body(
    text: str,
    tokens: Sequence[Token],
    at: int,
    last: int,
    entries: tuple[Entry, ...],
    lexicon: Lexicon,
) -> tuple[int, tuple[Entry, ...]]:
    """`председатель` of `председатель Совета Федерации`, where a longer label ends in `Совета`.

    The last word of a label may be the first of a body's name; then the shorter label counts.
    """
    if kind_of(entries) != "role" or any(t.role_in_state for e in entries for t in e.things):
        return last, entries
    node: dict[str, Any] | None = lexicon.trie
    longer = False
    for n in range(last, min(len(tokens), last + 5)):
        node = node.get(tokens[n][2]) if node else None
        if node is None:
            break
        longer = longer or (n > last and any(e.kind == "body" for e in node.get("", ())))
    shorter = lexicon.trie
    for n in range(at, last):
        shorter = shorter.get(tokens[n][2], {})
    found = tuple(
        e for e in shorter.get("", ()) if may_name(e, text[tokens[at][0] : tokens[last - 1][1]])
    )
    return (last - 1, found) if longer and found else (last, entries)
