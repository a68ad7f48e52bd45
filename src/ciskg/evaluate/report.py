"""What is told of an evaluation: tables, kinds of error, errors; and all of it as JSON."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ciskg.evaluate.compare import Fields
from ciskg.evaluate.corpus import Corpus
from ciskg.evaluate.diagnose import Class, Mistake, classes, diagnose
from ciskg.evaluate.scores import Row, Scores, score

GROUPINGS = ("language", "document")
KINDS = {  # kind of error -> what it is called
    "missed": "missed: in the gold, not in the graph",
    "false": "false: in the graph, not in the gold",
    "field": "wrong field of a fact that was found",
}
NOT_SHOWN = ("quote", "doc", "type", "id")  # of a fact, beside its place


@dataclass(frozen=True, slots=True)
class Table:
    """The scores of some documents."""

    label: str  # "all", "en", the key of a document
    documents: int
    scores: Scores


@dataclass(frozen=True, slots=True)
class Report:
    """An evaluation."""

    name: str
    whole: Table
    groups: Mapping[str, tuple[Table, ...]]  # "language", "document" -> a table each
    mistakes: tuple[Mistake, ...]

    def counted(self) -> Iterator[tuple[Class, int, dict[str, int]]]:
        """Yield the classes that occur, the most frequent of each kind first: count, by type."""
        found: dict[tuple[str, str], Counter[str]] = {}
        for m in self.mistakes:
            found.setdefault((m.what, m.class_), Counter())[m.fact["type"]] += 1
        for kind in KINDS:
            rows = [(c, found[c.what, c.id]) for c in classes() if (c.what, c.id) in found]
            ordered = sorted(rows, key=lambda row: -row[1].total())
            for class_, types in ordered:
                if class_.what == kind:
                    yield class_, types.total(), dict(sorted(types.items()))


def make_report(
    name: str, corpus: Corpus, gold: Mapping[str, Sequence[Fields]], by: Iterable[str] = ()
) -> Report:
    """The scores of a corpus, whole and by language or by document, with every error explained."""
    scores = score(gold, corpus.facts)
    groups: dict[str, tuple[Table, ...]] = {}
    for grouping in by:
        members: dict[str, list[str]] = {}
        for key in sorted(gold):
            label = key if grouping == "document" else corpus.documents[key].language
            members.setdefault(label, []).append(key)
        groups[grouping] = tuple(
            Table(label, len(keys), score({key: gold[key] for key in keys}, corpus.facts))
            for label, keys in sorted(members.items())
        )
    mistakes = diagnose(scores, corpus, gold)
    return Report(name, Table("all", len(gold), scores), groups, tuple(mistakes))


def figures(row: Row) -> dict[str, Any]:
    """A row as figures rounded to three places."""
    return {
        "precision": round(row.precision, 3),
        "recall": round(row.recall, 3),
        "f1": round(row.f1, 3),
        "hit": row.hit,
        "predicted": row.predicted,
        "gold": row.gold,
        "fields": None if row.fields is None else round(row.fields, 3),
    }


def said(fact: Fields) -> str:
    """The fields of a fact as JSON, without what is shown beside them."""
    kept = {name: value for name, value in fact.items() if name not in NOT_SHOWN}
    return json.dumps(kept, ensure_ascii=False, default=str)


def shown(report: Report, kind: str, most: int | None) -> list[Mistake]:
    """The first errors of a kind; all of them where there is no limit."""
    return [m for m in report.mistakes if m.what == kind][:most]


def as_json(report: Report, *, errors: int | None = None) -> str:
    """The report as a JSON object; `errors` limits how many of each kind are listed."""
    return (
        json.dumps(
            {
                "name": report.name,
                "documents": report.whole.documents,
                "rows": _rows(report.whole),
                "groups": {
                    grouping: {
                        t.label: {"documents": t.documents, "rows": _rows(t)} for t in tables
                    }
                    for grouping, tables in report.groups.items()
                },
                "classes": [
                    {"what": c.what, "class": c.id, "count": n, "types": types, "label": c.label}
                    for c, n, types in report.counted()
                ],
                "errors": [_error(m) for kind in KINDS for m in shown(report, kind, errors)],
            },
            ensure_ascii=False,
            indent=1,
            default=str,
        )
        + "\n"
    )


def _rows(table: Table) -> dict[str, dict[str, Any]]:
    return {row.type: figures(row) for row in table.scores.rows}


def _error(m: Mistake) -> dict[str, Any]:
    at = m.at
    told: dict[str, Any] = {"what": m.what, "class": m.class_, "document": m.document}
    if m.field:
        told["field"] = m.field
    if m.what == "field":
        told |= {"gold": m.fact.get(m.field), "found": m.found}
    if m.rule:
        told["rule"] = m.rule
    if at is not None:
        told |= {"line": at.line, "start": at.start, "end": at.end, "quote": at.quote}
        told["sentence"] = " ".join(f"{at.before}{at.quote}{at.after}".split())
    return {**told, "fact": dict(m.fact)}
