"""Which organizations and bodies that the reference does not know may be one."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from rapidfuzz import fuzz, process

from ciskg.identities import Proposal
from ciskg.normal import fold
from ciskg.reconcile.alike import content, likeness
from ciskg.reference import ReferenceNames

ALIKE = 0.85  # of the words of two names; bodies are often one word apart
SPELT_ALIKE = 90.0  # of their letters, in any order of the words
WORTH_A_LOOK = 70.0
NEAREST = 20
KINDS = ("organization", "body")


def alike_bodies(named: Mapping[str, set[str]], names: ReferenceNames) -> Iterator[Proposal]:
    """Yield the pairs of bodies whose names are alike, of which the reference knows one or none.

    `named` holds the spellings of each body that the reference does not know, by its IRI.
    """
    if not named:
        return
    known = [(label, iri) for (kind, label), iri in names.things.items() if kind in KINDS]
    unknown = [(fold(name), iri) for iri, spelt in named.items() for name in spelt]
    whose: dict[str, set[str]] = defaultdict(set)
    for label, iri in (*known, *unknown):
        whose[label].add(iri)
    labels = sorted(whose)
    best: dict[tuple[str, str], float] = {}
    for name, iri in sorted(unknown):
        for label, _, _ in process.extract(
            name, labels, scorer=fuzz.token_sort_ratio, score_cutoff=WORTH_A_LOOK, limit=NEAREST
        ):
            score = _score(name, label)
            for other in whose[label] - {iri}:
                pair = (min(iri, other), max(iri, other)) if other in named else (other, iri)
                best[pair] = max(best.get(pair, 0.0), score)
    for (left, right), score in sorted(best.items()):
        if score >= ALIKE:
            yield Proposal("body", left, right, round(min(score, 0.99), 2), "names alike")


def _score(one: str, other: str) -> float:
    if content(one).numbers != content(other).numbers:
        return 0.0
    letters = fuzz.token_sort_ratio(one, other)
    return max(likeness(one, other, frozenset()), letters / 100 if letters >= SPELT_ALIKE else 0.0)
