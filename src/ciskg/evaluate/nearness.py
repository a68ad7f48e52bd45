"""Which false fact was meant to be which missed one: one identifying field alone differs."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ciskg.evaluate.compare import (
    Fields,
    best,
    names,
    plain,
    same_body,
    same_date,
    same_person,
    scoring,
    shared_parties,
)

ALIKE = 0.25  # how alike two titles are at least, of which one may be the other badly read
EMPTY: tuple[Any, ...] = (None, "", [])


def pair(
    missed: Sequence[Fields], false: Sequence[Fields], meetings: Mapping[Any, Any]
) -> Iterator[tuple[int, int, str]]:
    """Yield positions in the two lists, and the one field in which the facts differ.

    Each fact stands in one pair at most. `meetings` leads from the id of a predicted meeting to
    that of the gold meeting it met.
    """
    used: set[int] = set()
    for i, gold in enumerate(missed):
        for j, predicted in enumerate(false):
            if j not in used and (field := differing(gold, predicted, meetings)):
                used.add(j)
                yield i, j, field
                break


def differing(gold: Fields, predicted: Fields, meetings: Mapping[Any, Any]) -> str:
    """The only field in which two facts of a type differ that identifies them; "" for any other."""
    compared = {
        field: _agree(field, gold, predicted, meetings)
        for field in _identity(gold)
        if gold.get(field) not in EMPTY or predicted.get(field) not in EMPTY
    }
    differ = [field for field, agree in compared.items() if not agree]
    alike = [field for field, agree in compared.items() if agree and field != "kind"]
    if len(differ) != 1:
        return ""
    (field,) = differ
    if alike or (field == "title" and best(gold, predicted, field) >= ALIKE):
        return field
    return ""


def _identity(gold: Fields) -> tuple[str, ...]:
    """The fields that say which fact it is."""
    type_ = gold["type"]
    if type_ == "meeting":
        return ("kind", *scoring().known_by.get(str(gold.get("kind")), ())[:1], "date")
    dated = ("date",) if type_ in scoring().dated else ()
    return (*scoring().keys[type_], *dated)


def _agree(field: str, gold: Fields, predicted: Fields, meetings: Mapping[Any, Any]) -> bool:
    """Whether two facts agree in a field; a field that one of them lacks does not agree."""
    one, other = gold.get(field), predicted.get(field)
    if one in EMPTY or other in EMPTY:
        return False
    if field == "meeting":
        return bool(meetings.get(other) == one)
    if field in ("date", "year"):
        return same_date(one, other)
    if field in ("person", "chair"):
        return plain(one) == plain(other) or same_person(
            names(gold, field), names(predicted, field)
        )
    if field == "parties":
        return shared_parties(one, other) >= 0.5
    if field in ("body", "of"):
        return same_body(one, other)
    if field in scoring().worded:
        return best(gold, predicted, field) >= 0.5
    return plain(one) == plain(other)
