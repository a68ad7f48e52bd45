"""Says of each error where reading went wrong; the classes are described in classes.toml."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ciskg.evaluate.compare import (
    Fields,
    is_state,
    names,
    same_date,
    same_fact,
    same_person,
    scoring,
)
from ciskg.evaluate.corpus import Corpus
from ciskg.evaluate.located import Located, find_quote, locate
from ciskg.evaluate.nearness import pair
from ciskg.evaluate.recognised import Seen, see
from ciskg.evaluate.scores import Match, Scores, agreeing
from ciskg.extract import languages
from ciskg.extract.world import of_this_world
from ciskg.facttypes import fact_types

AT_MEETING = ("participant", "meeting_chair")
NAMED = ("person", "state", "organization", "body")  # kinds of value that must be recognised


@dataclass(frozen=True, slots=True)
class Class:
    """A kind of error."""

    id: str
    what: str  # "missed", "false", "field"
    label: str
    mend: str  # what to change


@dataclass(frozen=True, slots=True)
class Mistake:
    """An error with its class and its place."""

    what: str  # "missed", "false", "field"
    class_: str
    document: str
    fact: Fields  # of the gold; of the graph where it is false
    at: Located | None  # None where the words do not stand in the document
    field: str = ""  # the field that differs
    found: Any = None  # of a field: what the graph has
    rule: str = ""  # that read the fact of the graph


@cache
def classes() -> tuple[Class, ...]:
    """The classes in the order in which they are tried."""
    data = tomllib.loads((Path(__file__).parent / "classes.toml").read_text(encoding="utf-8"))
    return tuple(Class(**row) for row in data["class"])


def diagnose(scores: Scores, corpus: Corpus, gold: Mapping[str, Sequence[Fields]]) -> list[Mistake]:
    """Every error of the scores with its class: the missed, then the false, then wrong fields."""
    missed: list[Mistake] = []
    false: list[Mistake] = []
    for document in sorted({error.document for error in scores.errors}):
        errors = [e for e in scores.errors if e.document == document]
        meetings = {
            m.predicted.get("id"): m.gold["id"]
            for m in scores.matches
            if m.document == document and m.gold["type"] == "meeting"
        }
        seen = see(corpus.documents[document])
        case = _Case(document, corpus, gold[document], seen, meetings)
        for type_ in scoring().keys:
            lost = [e.fact for e in errors if e.what == "missed" and e.fact["type"] == type_]
            extra = [e.fact for e in errors if e.what == "false" and e.fact["type"] == type_]
            pairs = list(pair(lost, extra, case.meetings))
            near = {i: field for i, _, field in pairs}
            missed += [_missed(case, fact, near.get(i, "")) for i, fact in enumerate(lost)]
            near = {j: field for _, j, field in pairs}
            false += [_false(case, fact, near.get(j, "")) for j, fact in enumerate(extra)]
    return [*missed, *false, *(m for match in scores.matches for m in _fields(match, corpus))]


@dataclass(frozen=True, slots=True)
class _Case:
    """A document with its gold, its facts and what was recognised in it."""

    document: str
    corpus: Corpus
    gold: Sequence[Fields]
    seen: Seen
    meetings: Mapping[Any, Any]  # id of a predicted meeting -> id of the gold meeting it met


def _missed(case: _Case, fact: Fields, near: str) -> Mistake:
    text = case.seen.read.document.text
    span = find_quote(text, str(fact.get("quote") or ""))
    at = locate(text, *span) if span else None

    def is_(class_: str, field: str = "") -> Mistake:
        return Mistake("missed", class_, case.document, fact, at, field)

    if case.seen.read.document.language not in languages():
        return is_("language-not-read")
    if not of_this_world(case.seen.read):
        return is_("other-world")
    if span and case.seen.set_apart(*span):
        return is_("furniture")
    if fact["type"] in AT_MEETING:
        if fact.get("meeting") not in case.meetings.values():
            return is_("meeting-missed")
        if _elsewhere(fact, case.corpus.facts[case.document]):
            return is_("other-meeting", "meeting")
    if near:
        return is_(_differs(near), near)
    for field, value, person in _named(fact):
        if not any(case.seen.knows(name) for name in value):
            return is_("person-not-recognised" if person else "name-not-recognised", field)
    if fact["type"] == "role" and not same_person(names(fact, "person"), sorted(case.seen.holders)):
        return is_("office-not-recognised")
    first, last = (at.start - len(at.before), at.end + len(at.after)) if at else (0, 0)
    return is_("guarded" if case.seen.fitting(fact["type"], first, last) else "no-rule")


def _false(case: _Case, fact: Fields, near: str) -> Mistake:
    place = case.corpus.places.get((case.document, str(fact.get("id"))))
    text = case.seen.read.document.text

    def is_(class_: str, field: str = "") -> Mistake:
        at = locate(text, place.start, place.end) if place else None
        rule = place.rule if place else ""
        return Mistake("false", class_, case.document, fact, at, field, rule=rule)

    golds = [gold for gold in case.gold if gold["type"] == fact["type"]]
    if any(same_fact(gold, fact, case.meetings) for gold in golds):
        return is_("twice")
    if fact["type"] in AT_MEETING:
        if fact.get("meeting") not in case.meetings:
            return is_("false-meeting")
        if _elsewhere(fact, golds):
            return is_("other-meeting", "meeting")
    return is_(_differs(near), near) if near else is_("not-in-gold")


def _fields(match: Match, corpus: Corpus) -> Iterator[Mistake]:
    """Yield the further fields in which a found fact does not agree with the gold."""
    text = corpus.documents[match.document].text
    place = corpus.places.get((match.document, str(match.predicted.get("id"))))
    span = find_quote(text, str(match.gold.get("quote") or ""))
    if span is None and place is not None:
        span = place.start, place.end
    for field, agrees in agreeing(match.gold, match.predicted):
        if agrees:
            continue
        wanted, found = match.gold[field], match.predicted.get(field)
        if found in (None, "", []):
            class_ = "field-absent"
        elif field == "date" and len(str(found)) < len(str(wanted)) and same_date(wanted, found):
            class_ = "field-coarser"
        else:
            class_ = "field-differs"
        at = locate(text, *span) if span else None
        rule = place.rule if place else ""
        yield Mistake("field", class_, match.document, match.gold, at, field, found, rule)


def _differs(field: str) -> str:
    if field == "meeting":
        return "other-meeting"
    return "date-differs" if field in ("date", "year") else "name-differs"


def _elsewhere(fact: Fields, others: Sequence[Fields]) -> bool:
    """Whether one of the others says the same of another meeting."""
    field = "person" if fact["type"] == "participant" else "chair"
    return any(
        other["type"] == fact["type"] and same_person(names(fact, field), names(other, field))
        for other in others
    )


def _named(fact: Fields) -> Iterator[tuple[str, list[str], bool]]:
    """Yield what identifies a fact by name: field, the names it goes by, whether of a person."""
    fields = fact_types()[fact["type"]].fields
    for field in scoring().keys[fact["type"]]:
        kinds = fields[field].kinds
        if fact.get(field) in (None, "", []) or not set(kinds) <= set(NAMED):
            continue
        values = fact[field] if isinstance(fact[field], list) else [fact[field]]
        for value in values:
            also = fact.get("aliases") or [] if "person" in kinds and len(values) == 1 else []
            yield field, [str(value), *map(str, also)], "person" in kinds and not is_state(value)
