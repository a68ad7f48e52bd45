"""What each rule gave over some documents, and which rules gave nothing."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ciskg.evaluate.compare import Fields
from ciskg.evaluate.corpus import Corpus
from ciskg.evaluate.recognised import gives
from ciskg.evaluate.scores import score
from ciskg.extract import load_rules
from ciskg.extract.rules import find
from ciskg.model import Document
from ciskg.recognise import load_lexicon, recognise

NO_FILE = "(a step, no rule of a file)"


@dataclass(frozen=True, slots=True)
class Count:
    """What one rule gave."""

    rule: str
    file: str
    type: str  # of the facts it gives
    fits: int  # places where its pattern fits
    facts: int  # claims that bear its name; several rules may read one
    right: int  # of those in documents with gold
    wrong: int
    optional: int
    reason: str  # why it stands, though it fits nowhere


def cover(corpus: Corpus, gold: Mapping[str, Sequence[Fields]]) -> list[Count]:
    """A count for each rule, in the order of files; what steps read without a rule comes last."""
    fits = fitting(corpus.documents)
    facts = Counter(place.rule for place in corpus.places.values())
    judged: dict[str, Counter[str]] = {
        "right": Counter(),
        "wrong": Counter(),
        "optional": Counter(),
    }

    def count(verdict: str, document: str, fact: Fields) -> None:
        judged[verdict][corpus.places[document, fact["id"]].rule] += 1

    scores = score(gold, corpus.facts)
    for match in scores.matches:
        optional = match.gold.get("optional")
        count("optional" if optional else "right", match.document, match.predicted)
    for error in scores.errors:
        if error.what == "false":
            count("wrong", error.document, error.fact)

    def counted(id_: str, file: str, type_: str, reason: str) -> Count:
        right, wrong, optional = (judged[name][id_] for name in ("right", "wrong", "optional"))
        return Count(id_, file, type_, fits[id_], facts[id_], right, wrong, optional, reason)

    rules = load_rules()
    rows = [counted(rule.id, rule.file, gives(rule), rule.reason) for rule in rules]
    for id_ in sorted(facts.keys() - {rule.id for rule in rules}):
        rows.append(counted(id_, NO_FILE, "", ""))
    return rows


def fitting(documents: Mapping[str, Document]) -> Counter[str]:
    """How often each rule fits a sentence of the documents, whatever a step makes of it."""
    fits = Counter[str]()
    for _, document in sorted(documents.items()):
        read = recognise(document, load_lexicon(document.language))
        for rule in load_rules(document.language):
            fits[rule.id] += sum(1 for s in read.sentences for _ in find(rule, s.encoded))
    return fits


def as_text(counts: Sequence[Count]) -> str:
    """A table of what the rules gave, then those that gave nothing."""
    width = max(len(count.rule) for count in counts)
    head = ("fits", "facts", "right", "wrong", "optional")
    lines = [f"{'rule':{width}}" + "".join(f"{name:>9}" for name in head) + "  file"]
    for c in counts:
        if c.fits or c.facts:
            row = (c.fits, c.facts, c.right, c.wrong, c.optional)
            numbers = "".join(f"{number or '·':>9}" for number in row)
            lines.append(f"{c.rule:{width}}{numbers}  {c.file}")
    no_fact = [c for c in counts if c.fits and not c.facts]
    nowhere = [c for c in counts if not c.fits and not c.facts]
    lines += ["", f"fit, but no fact bears their name ({len(no_fact)})"]
    lines += [f"    {c.rule:{width}}  {c.file}" for c in no_fact]
    lines += ["", f"fit nowhere ({len(nowhere)})"]
    lines += [f"    {c.rule:{width}}  {c.file}: {c.reason or 'no reason'}" for c in nowhere]
    return "\n".join(lines) + "\n"


def as_json(counts: Sequence[Count]) -> str:
    """The counts as a JSON list."""
    rows: list[dict[str, Any]] = [
        {name: getattr(count, name) for name in Count.__slots__} for count in counts
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
