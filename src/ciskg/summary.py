"""What a build found, counted."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from ciskg.extract import languages
from ciskg.model import Reading
from ciskg.unread import KINDS, WHOLE, Part, parts

# The parts of a graph as a person looks for them: what documents say first.
PARTS = {
    "facts": "facts",
    "document": "documents: claims and their evidence",
    "reference": "reference data: names of things",
    "ontology": "ontology",
    "shapes": "shapes",
    "queries": "queries",
    "dataset": "counts of the dataset",
}
MERGES = {
    "open": "open",
    "confirmed": "confirmed",
    "rejected": "rejected",
    "elsewhere": "decided that are not of these documents",
}


@dataclass(frozen=True, slots=True)
class Failed:
    """A document that could not be read."""

    path: str
    message: str  # begins with the path


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of a build, and what a person should look at."""

    documents: tuple[tuple[str, dict[str, int]], ...]  # key -> claims by fact type
    facts: dict[str, int]  # distinct facts by class
    triples: dict[str, int]  # by the part of the graph: "facts", "document", "reference", …
    violations: int
    to_look_at: dict[str, int]  # what shapes warn of -> how often
    gaps: int  # in what is known, as shapes see it
    merges: dict[str, int]  # "open", "confirmed", "rejected", "elsewhere" -> how many pairs
    warnings: tuple[str, ...]  # about the inputs
    failed: tuple[Failed, ...]
    unread: tuple[Part, ...]  # what was not understood


def summarize(
    readings: Sequence[Reading],
    *,
    facts: dict[str, int],
    triples: Mapping[str, int],
    violations: int,
    to_look_at: Mapping[str, int],
    gaps: int,
    merges: Mapping[str, int],
    warnings: Iterable[str],
    failed: Iterable[Failed],
) -> Summary:
    """Count what the readings hold; documents in the order of their keys."""
    ordered = sorted(readings, key=lambda reading: reading.document.key)
    return Summary(
        documents=tuple(
            (r.document.key, dict(sorted(Counter(f.type for f in r.facts).items())))
            for r in ordered
        ),
        facts=dict(sorted(facts.items())),
        triples=dict(sorted(triples.items())),
        violations=violations,
        to_look_at=dict(sorted(to_look_at.items())),
        gaps=gaps,
        merges=dict(merges),
        warnings=tuple(sorted(warnings)),
        failed=tuple(sorted(failed, key=lambda f: f.path)),
        unread=tuple(part for reading in ordered for part in parts(reading)),
    )


def to_json(summary: Summary) -> str:
    """The summary as JSON."""
    values = asdict(summary)
    values["documents"] = [{"document": key, "claims": c} for key, c in summary.documents]
    return json.dumps(values, ensure_ascii=False, indent=2) + "\n"


def from_json(text: str) -> Summary:
    """The summary that `to_json` wrote."""
    values = json.loads(text)
    return Summary(
        documents=tuple((row["document"], row["claims"]) for row in values["documents"]),
        facts=values["facts"],
        triples=values["triples"],
        violations=values["violations"],
        to_look_at=values["to_look_at"],
        gaps=values["gaps"],
        merges=values["merges"],
        warnings=tuple(values["warnings"]),
        failed=tuple(Failed(**row) for row in values["failed"]),
        unread=tuple(Part(**row) for row in values["unread"]),
    )


def to_text(summary: Summary) -> str:
    """The summary as lines for people."""
    types = sorted({type_ for _, claims in summary.documents for type_ in claims})
    totals = Counter[str]()
    for _, claims in summary.documents:
        totals.update(claims)
    width = max((len(key) for key, _ in summary.documents), default=8)
    width = max(width, len("all documents"))
    lines = [
        f"{_plural(len(summary.documents), 'document')}, {_plural(totals.total(), 'claim')} of "
        f"{_plural(sum(summary.facts.values()), 'fact')}, "
        f"{_plural(sum(summary.triples.values()), 'triple')}",
    ]
    if types:
        rows = [*summary.documents, ("all documents", dict(totals))]
        lines += ["", f"{'claims':<{width}}  {'  '.join(types)}"]
        for key, claims in rows:
            numbers = "  ".join(f"{claims.get(type_, 0) or '·':>{len(type_)}}" for type_ in types)
            lines.append(f"{key:<{width}}  {numbers}".rstrip())
        lines += ["", "facts"]
        lines += [f"    {number:>5}  {kind}" for kind, number in summary.facts.items()]
    lines += ["", "triples"]
    lines += [
        f"    {summary.triples[part]:>5}  {name}"
        for part, name in PARTS.items()
        if part in summary.triples
    ]
    lines += [
        "",
        f"shapes: {_plural(summary.violations, 'violation')}, "
        f"{_plural(sum(summary.to_look_at.values()), 'warning')}, {_plural(summary.gaps, 'gap')}",
    ]
    lines += [f"    {number:>5}  {message}" for message, number in summary.to_look_at.items()]
    if any(summary.merges.values()):
        told = ", ".join(f"{summary.merges[n]} {w}" for n, w in MERGES.items() if summary.merges[n])
        lines += ["", f"doubtful merges: {told}"]
    lines += _section("about the inputs", summary.warnings)
    foreign = {p.document: p.reason for p in summary.unread if p.kind == "language"}
    elsewhere = {p.document for p in summary.unread if p.kind == "scope"}
    lines += _section(
        f"documents in a language that is not read; ciskg reads {' and '.join(languages())}",
        (f"{key}: {reason}" for key, reason in foreign.items()),
    )
    lines += _section(
        "documents without a fact; English and Russian are read",
        (
            f"{key}: of another world" if key in elsewhere else key
            for key, claims in summary.documents
            if not claims and key not in foreign
        ),
    )
    lines += _section("not read", (f.message for f in summary.failed))
    lines += _not_understood(summary)
    return "\n".join(lines) + "\n"


def _not_understood(summary: Summary) -> list[str]:
    """How much was not understood, by document; unread.csv lists it."""
    kinds = [kind for kind in KINDS if kind not in WHOLE]
    counts = Counter((part.document, part.kind) for part in summary.unread)
    rows = [
        f"{key}: " + ", ".join(f"{n} {KINDS[kind][n > 1]}" for kind, n in found)
        for key, _ in summary.documents
        if (found := [(kind, counts[key, kind]) for kind in kinds if counts[key, kind]])
    ]
    return _section("documents not understood in full; ciskg unread BUILD lists what", rows)


def _section(title: str, items: Iterable[str]) -> list[str]:
    shown = [f"    {item}" for item in items]
    return ["", f"{title} ({len(shown)})", *shown] if shown else []


def _plural(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"
