"""Counts how well facts agree with gold facts: precision, recall, F1, and further fields.

Facts are matched one to one within a document and a type, the surest pairs first. A gold fact
marked `optional` counts neither as found nor as missed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ciskg.evaluate.compare import Fields, same_fact, same_value, scoring

Facts = Mapping[str, Sequence[Fields]]  # key of a document -> its facts


@dataclass(frozen=True, slots=True)
class Row:
    """The score of one type of fact, or of all of them together."""

    type: str  # "all" for the whole
    hit: int  # required gold facts that were found
    predicted: int  # facts that count as claimed: a found optional one does not
    gold: int  # required gold facts
    fields_hit: int  # of the matched facts, further fields that agree
    fields_gold: int  # of the matched facts, further fields that the gold settles

    @property
    def precision(self) -> float:
        """The share of the predicted facts that are right."""
        return self.hit / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of the gold facts that were found."""
        return self.hit / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def fields(self) -> float | None:
        """The share of the matched facts' further fields that agree; None where there are none."""
        return self.fields_hit / self.fields_gold if self.fields_gold else None


@dataclass(frozen=True, slots=True)
class Error:
    """A gold fact that was not found, or a predicted fact that no gold fact matches."""

    what: str  # "missed", "false"
    document: str
    fact: Fields


@dataclass(frozen=True, slots=True)
class Match:
    """A gold fact and the predicted fact that says the same."""

    document: str
    gold: Fields
    predicted: Fields


@dataclass(frozen=True, slots=True)
class Scores:
    """One row a type, the row "all" last; every error and every match, document by document."""

    rows: tuple[Row, ...]
    errors: tuple[Error, ...]
    matches: tuple[Match, ...] = ()

    def __getitem__(self, type_: str) -> Row:
        """The row of one type, or of "all"."""
        return {row.type: row for row in self.rows}[type_]


def score(gold: Facts, predicted: Facts) -> Scores:
    """The scores of the predicted facts; documents without gold are not scored."""
    counts = dict.fromkeys(scoring().keys, (0, 0, 0, 0, 0))
    errors: list[Error] = []
    matches: list[Match] = []
    for document in sorted(gold):
        meetings: dict[Any, Any] = {}  # id of a predicted meeting -> id of the gold meeting
        for type_, (hit, claims, required, fields_hit, fields_gold) in counts.items():
            wanted = [f for f in gold[document] if f["type"] == type_]
            claimed = [f for f in predicted.get(document, ()) if f.get("type") == type_]
            pairs = _pairs(wanted, claimed, meetings)
            if type_ == "meeting":
                meetings = {claimed[j].get("id"): wanted[i]["id"] for i, j in pairs}
            sure = sum(not wanted[i].get("optional") for i, _ in pairs)
            agree = [ok for i, j in pairs for _, ok in agreeing(wanted[i], claimed[j])]
            counts[type_] = (
                hit + sure,
                claims + len(claimed) - (len(pairs) - sure),
                required + sum(not f.get("optional") for f in wanted),
                fields_hit + sum(agree),
                fields_gold + len(agree),
            )
            errors += _errors(document, wanted, claimed, pairs)
            matches += [Match(document, wanted[i], claimed[j]) for i, j in sorted(pairs)]
    rows = [Row(type_, *count) for type_, count in counts.items()]
    total = [sum(column) for column in zip(*counts.values(), strict=True)]
    return Scores((*rows, Row("all", *total)), tuple(errors), tuple(matches))


def _pairs(
    gold: Sequence[Fields], predicted: Sequence[Fields], meetings: Mapping[Any, Any]
) -> list[tuple[int, int]]:
    """Positions of facts that say the same, the surest pair first, each fact once."""
    alike = [
        (-share, i, j)
        for i, wanted in enumerate(gold)
        for j, claimed in enumerate(predicted)
        if (share := same_fact(wanted, claimed, meetings)) > 0
    ]
    pairs: dict[int, int] = {}
    for _, i, j in sorted(alike):
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return list(pairs.items())


def agreeing(gold: Fields, predicted: Fields) -> Iterator[tuple[str, bool]]:
    """For each further field that the gold settles, whether the matched fact agrees."""
    skipped = scoring().ignored.union(scoring().keys[gold["type"]])
    for name, value in gold.items():
        if name not in skipped and value not in (None, "", []):
            yield name, same_value(name, value, predicted.get(name))


def _errors(
    document: str,
    gold: Sequence[Fields],
    predicted: Sequence[Fields],
    pairs: Sequence[tuple[int, int]],
) -> Iterator[Error]:
    found, used = {i for i, _ in pairs}, {j for _, j in pairs}
    for i, fact in enumerate(gold):
        if i not in found and not fact.get("optional"):
            yield Error("missed", document, fact)
    for j, fact in enumerate(predicted):
        if j not in used:
            yield Error("false", document, fact)
