"""Says how surely two facts, or two values of one field, mean the same.

What the comparison knows of types and words stands in scoring.toml.
"""

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Any

Fields = Mapping[str, Any]  # one fact as a line of JSON holds it


@dataclass(frozen=True, slots=True)
class Scoring:
    """What scoring.toml says."""

    keys: Mapping[str, tuple[str, ...]]  # type -> fields that say which fact it is; in order
    required: Mapping[str, tuple[str, ...]]  # type -> fields without which it says nothing
    known_by: Mapping[str, tuple[str, ...]]  # kind of meeting -> fields of which it needs one
    dated: frozenset[str]  # types whose date says which fact it is
    ignored: frozenset[str]
    notes: frozenset[str]
    worded: frozenset[str]
    stop: frozenset[str]
    stop_in_bodies: frozenset[str]
    not_states: frozenset[str]
    same: Mapping[str, str]
    summits: Mapping[str, str]


@cache
def scoring() -> Scoring:
    """The contents of scoring.toml, read once."""
    data = tomllib.loads((Path(__file__).parent / "scoring.toml").read_text(encoding="utf-8"))
    words, fields = data["words"], data["fields"]
    return Scoring(
        keys={type_: tuple(names) for type_, names in data["keys"].items()},
        required={type_: tuple(names) for type_, names in data["required"].items()},
        known_by={kind: tuple(names) for kind, names in data["known_by"].items()},
        dated=frozenset(data["dated"]["types"]),
        ignored=frozenset(fields["ignored"]),
        notes=frozenset(fields["notes"]),
        worded=frozenset(fields["worded"]),
        stop=frozenset(words["stop"]),
        stop_in_bodies=frozenset(words["stop_in_bodies"]),
        not_states=frozenset(words["not_states"]),
        same=words["same"],
        summits=data["summits"],
    )


def same_fact(gold: Fields, predicted: Fields, meetings: Mapping[Any, Any]) -> float:
    """How surely two facts of one type say the same: 0 for not at all, else 0.5 to 1.

    `meetings` leads from the id of a predicted meeting to that of the gold meeting it met.
    """
    type_ = gold["type"]
    if "meeting" in scoring().keys[type_] and (
        meetings.get(predicted.get("meeting")) != gold.get("meeting")
    ):
        return 0.0
    return _SAME[type_](gold, predicted)


def same_value(field: str, gold: Any, predicted: Any) -> bool:
    """Whether a field of a matched fact agrees; a date must be as precise as the gold's."""
    if field == "date":
        return bool(gold == predicted)
    if field in scoring().worded:
        a, b = plain(gold), plain(predicted)
        return bool(predicted) and (a in b or b in a or likeness(gold, predicted) >= 0.5)
    if isinstance(gold, list):
        return shared_parties(gold, predicted) == 1
    return plain(gold) == plain(predicted) or same_person(gold, predicted)


# Values


def plain(value: Any) -> str:
    """Lower-case words without accents and punctuation."""
    letters = unicodedata.normalize("NFKD", str(value or "")).lower()
    letters = "".join(c for c in letters if not unicodedata.combining(c))
    return re.sub(r"[^\w]+", " ", letters).strip()


def _dice(a: Iterable[str], b: Iterable[str]) -> float:
    """The overlap of two sets of words, 0 to 1; words count by their first six letters."""
    x, y = {word[:6] for word in a}, {word[:6] for word in b}
    return 2 * len(x & y) / (len(x) + len(y)) if x and y else 0.0


def _content(title: Any) -> set[str]:
    """The words of a title that tell it from others; all of them where none does."""
    normal = " ".join(scoring().same.get(word, word) for word in plain(title).split())
    words = set(normal.split())
    return words - scoring().stop or words


def likeness(a: Any, b: Any) -> float:
    return _dice(_content(a), _content(b))


def names(fact: Fields, field: str) -> list[Any]:
    """The value of a field, and what else the fact may be called."""
    return [value for value in (fact.get(field), *(fact.get("aliases") or ())) if value]


def best(gold: Fields, predicted: Fields, field: str) -> float:
    """The likeness of the two names of the facts that are most alike."""
    pairs = [(a, b) for a in names(gold, field) for b in names(predicted, field)]
    return max((likeness(a, b) for a, b in pairs), default=0.0)


def _same_name(a: Any, b: Any) -> bool:
    """Whether two names may be one person's: surnames alike, first names alike or initials."""
    one, other = plain(a).split(), plain(b).split()
    if not one or not other or SequenceMatcher(None, one[-1], other[-1]).ratio() < 0.8:
        return False
    if len(one) == 1 or len(other) == 1 or one[0][0] == other[0][0]:
        return True
    return SequenceMatcher(None, one[0], other[0]).ratio() >= 0.6


def same_person(a: Any, b: Any) -> bool:
    """Whether any name of one side, a name or a list of names, may be one of the other's."""
    ones, others = (value if isinstance(value, list) else [value] for value in (a, b))
    return any(_same_name(one, other) for one in ones for other in others)


def same_date(a: Any, b: Any) -> bool:
    """Whether two dates are equal or one is a coarser form of the other; X is not known."""
    if not a or not b:
        return True
    for one, other in zip(str(a).split("/"), str(b).split("/"), strict=False):
        for p, q in zip(one.split("-"), other.split("-"), strict=False):
            if p != q and "X" not in p and "X" not in q:
                return False
    return True


def is_state(name: Any) -> bool:
    code = str(name or "")
    return re.fullmatch(r"[A-Z]{3}", code) is not None and code not in scoring().not_states


def same_body(a: Any, b: Any) -> bool:
    one, other = plain(a), plain(b)
    stop = scoring().stop_in_bodies
    return one == other or _dice(set(one.split()) - stop, set(other.split()) - stop) >= 0.75


def shared_parties(a: Any, b: Any) -> float:
    """The share of the longer list that both lists name."""
    ones, others = list(a or ()), list(b or ())
    if not ones or not others:
        return 0.0
    hits = sum(any(plain(x) == plain(y) or same_person(x, y) for y in others) for x in ones)
    return hits / max(len(ones), len(others))


# Facts, one function a type


def _meeting(gold: Fields, predicted: Fields) -> float:
    kind = gold.get("kind")
    if kind != predicted.get("kind") or not same_date(gold.get("date"), predicted.get("date")):
        return 0.0
    if kind == "bilateral":
        share = shared_parties(gold.get("parties"), predicted.get("parties"))
    elif kind == "council":
        share = float(same_body(gold.get("body"), predicted.get("body")))
    else:
        called = [fact.get("title") or fact.get("body") for fact in (gold, predicted)]
        share = max(best(gold, predicted, "title"), likeness(*called))
    exact = gold.get("date") == predicted.get("date")
    return 0.5 + share / 4 + exact / 4 if share >= 0.5 else 0.0


def _of_person(field: str) -> Callable[[Fields, Fields], float]:
    """Facts that name one person (or, for the chair of a meeting, perhaps a state)."""

    def same(gold: Fields, predicted: Fields) -> float:
        equal = plain(gold.get(field)) == plain(predicted.get(field))
        return float(equal or same_person(names(gold, field), names(predicted, field)))

    return same


def _role(gold: Fields, predicted: Fields) -> float:
    if not same_person(names(gold, "person"), names(predicted, "person")):
        return 0.0
    of, their = gold.get("of"), predicted.get("of")
    if is_state(of) and is_state(their) and of != their:
        return 0.0
    titles = [
        (a, b)
        for a in (gold["title"], gold.get("written"))
        for b in (predicted.get("title"), predicted.get("written"))
        if a and b
    ]
    if same_body(of, their):
        share = max((likeness(a, b) for a, b in titles), default=0.0)
    else:  # `Chair of the Council` of the Assembly, or `Chair` of the `Council of the Assembly`
        shares = (likeness(f"{a} {of}", f"{b} {their}") for a, b in titles)
        share = max(shares, default=0.0) - 0.1
    return 0.5 + share / 2 if share >= 0.6 else 0.0


def _chairmanship(gold: Fields, predicted: Fields) -> float:
    if any(plain(gold.get(name)) != plain(predicted.get(name)) for name in ("chair", "year")):
        return 0.0
    one, other = plain(gold.get("org")), plain(predicted.get("org"))
    if one == other:
        return 1.0
    summits = scoring().summits
    return 0.9 if summits.get(one, one) == summits.get(other, other) else 0.0


def _agreement(gold: Fields, predicted: Fields) -> float:
    share = best(gold, predicted, "title")
    return 0.5 + share / 2 if share >= 0.55 else 0.0


def _ratification(gold: Fields, predicted: Fields) -> float:
    share = best(gold, predicted, "agreement")
    same = plain(gold["state"]) == plain(predicted.get("state"))
    return 0.5 + share / 2 if share >= 0.5 and same else 0.0


def _thematic_year(gold: Fields, predicted: Fields) -> float:
    share = best(gold, predicted, "theme")
    same = str(gold["year"]) == str(predicted.get("year"))
    return 0.5 + share / 2 if share >= 0.5 and same else 0.0


def _visit(gold: Fields, predicted: Fields) -> float:
    return float(
        same_person(names(gold, "person"), names(predicted, "person"))
        and same_date(gold.get("date"), predicted.get("date"))
        and plain(gold.get("to")) == plain(predicted.get("to"))
    )


def _election(gold: Fields, predicted: Fields) -> float:
    return float(
        plain(gold["state"]) == plain(predicted.get("state"))
        and gold.get("kind") == predicted.get("kind")
        and same_date(gold.get("date"), predicted.get("date"))
    )


def _award(gold: Fields, predicted: Fields) -> float:
    return float(
        same_person(names(gold, "person"), names(predicted, "person"))
        and best(gold, predicted, "award") >= 0.5
    )


_SAME: Mapping[str, Callable[[Fields, Fields], float]] = {
    "meeting": _meeting,
    "participant": _of_person("person"),
    "role": _role,
    "chairmanship": _chairmanship,
    "meeting_chair": _of_person("chair"),
    "agreement": _agreement,
    "ratification": _ratification,
    "thematic_year": _thematic_year,
    "visit": _visit,
    "election": _election,
    "award": _award,
}
