"""One instrument under a short and a long title in one document, also where it is ratified."""

import re
from collections.abc import Iterable
from functools import lru_cache

from ciskg.extract.draft import Draft

LONG = 3  # letters that a word of weight has more than
STEM = 6
NAMED = "named-instrument-en"  # the rule of an instrument of which nothing is told


# What an instrument is called by: its kind, the state that ratified it, its words of weight.
Called = tuple[object, object, frozenset[str]]


def joined(drafts: Iterable[Draft]) -> list[Draft]:
    """The drafts, where a title that only shortens another's of the same kind joins it."""
    out: list[Draft] = []
    # What drafts are called, and their places in `out`: only those of which one title says much of
    # what the other says are compared, so that a thousand instruments take no million of looks.
    places: dict[str, dict[Called, list[int]]] = {}
    for draft in drafts:
        known = places.setdefault(draft.type, {})
        called = _called(draft)
        fits = sorted(n for other, at in known.items() if _alike(called, other) for n in at)
        twin = next((n for n in fits if _one(draft, out[n])), None)
        if twin is None:
            known.setdefault(called, []).append(len(out))
            out.append(draft)
            continue
        before = _called(out[twin])
        _join(out[twin], draft)
        if (after := _called(out[twin])) != before:
            known[before].remove(twin)
            known.setdefault(after, []).append(twin)
    return out


def _called(draft: Draft) -> Called:
    return draft.values.get("kind"), draft.values.get("state"), _weight(draft)


def _alike(a: Called, b: Called) -> bool:
    """Whether drafts called so may be one: `_one` tells, and never of others."""
    x, y = a[2], b[2]
    return (a[:2] == b[:2] and (x <= y or y <= x)) or _much(x, y)


def _one(draft: Draft, other: Draft) -> bool:
    return _shortens(draft, other) or _shortens(other, draft) or _renames(draft, other)


def _join(twin: Draft, draft: Draft) -> None:
    if _shortens(twin, draft) or (twin.rule == NAMED and draft.rule != NAMED):
        if twin.rule == NAMED:
            twin.values |= {k: v for k, v in draft.values.items() if k == "kind"}
        twin.rule = draft.rule
        name = _named(twin)
        twin.values[name] = draft.values[name]
    for name, value in draft.values.items():
        twin.values.setdefault(name, value)
    if len(str(draft.values.get("date", ""))) > len(str(twin.values.get("date", ""))):
        twin.values["date"], twin.steps = draft.values["date"], draft.steps
        twin.gathering = draft.gathering or twin.gathering
    if twin.values.get("status") == "planned" != draft.values.get("status", "planned"):
        twin.values["status"], twin.modality = draft.values["status"], draft.modality
    twin.spans += [s for s in draft.spans if s not in twin.spans]


def _named(draft: Draft) -> str:
    return "title" if draft.type == "agreement" else "agreement"


def _shortens(a: Draft, b: Draft) -> bool:
    """Whether a is told again shorter than b: in another sentence, and nothing contradicts."""
    if a.type != b.type or any(a.values.get(k) != b.values.get(k) for k in ("kind", "state")):
        return False
    if a.type == "ratification":
        return _weight(a) <= _weight(b)
    if a.spans[-1] == b.spans[-1] or (_stated(a) and _stated(b) and _stated(a) != _stated(b)):
        return False
    x, y = (str(d.values.get("date", "")) for d in (a, b))
    if x and y and not x.startswith(y) and not y.startswith(x):
        return False
    parties = [set(d.values["parties"]) for d in (a, b) if d.values.get("parties")]
    if len(parties) > 1 and parties[0] != parties[1]:
        return False
    left, right = _weight(a), _weight(b)
    return (len(left) > 1 and left < right) or a.values["title"] == b.values["title"]


def _renames(a: Draft, b: Draft) -> bool:
    """Whether one only names what the other tells of, in other words."""
    if a.type != "agreement" or b.type != "agreement" or NAMED not in (a.rule, b.rule):
        return False
    if a.values.get("date", b.values.get("date")) != b.values.get("date", a.values.get("date")):
        return False
    return _much(_weight(a), _weight(b))


def _much(x: frozenset[str], y: frozenset[str]) -> bool:
    """Whether two titles share three words of weight and two of three of the longer one's."""
    shared = len(x & y)
    return shared >= 3 and shared * 3 >= max(len(x), len(y)) * 2


def _stated(draft: Draft) -> str:
    status = str(draft.values.get("status", ""))
    return "" if status == "planned" else status


def _weight(draft: Draft) -> frozenset[str]:
    return _words(str(draft.values[_named(draft)]))


@lru_cache(maxsize=4096)
def _words(title: str) -> frozenset[str]:
    return frozenset(w[:STEM] for w in re.findall(r"\w+", title.lower()) if len(w) > LONG)
