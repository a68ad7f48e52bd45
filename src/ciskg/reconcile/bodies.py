"""Which organizations and bodies that the reference does not know may be one."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from rapidfuzz import fuzz, process

from ciskg.identities import Proposal
from ciskg.normal import fold
from ciskg.reconcile.alike import content, likeness
from ciskg.reference import ReferenceNames

ALIKE = 0.85  # of the words of two names; bodies are often one word apart
WORTH_A_LOOK = 70.0  # of their letters, in any order of the words
NEAREST = 20
SUREST = 0.99
KINDS = ("organization", "body")


def alike_bodies(named: Mapping[str, set[str]], names: ReferenceNames) -> Iterator[Proposal]:
    """Yield the pairs of bodies whose names are alike, of which the reference knows one or none.

    Of those that it knows, the one that is most alike is proposed.
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
    found: dict[tuple[str, str], float] = {}
    for name, iri in sorted(unknown):
        ours = (0.0, "")
        for label, _, _ in process.extract(
            name, labels, scorer=fuzz.token_sort_ratio, score_cutoff=WORTH_A_LOOK, limit=NEAREST
        ):
            score = _score(name, label)
            for other in sorted(whose[label] - {iri}):
                if other in named:
                    pair = min(iri, other), max(iri, other)
                    found[pair] = max(found.get(pair, 0.0), score)
                elif score > ours[0]:
                    ours = score, other
        if ours[1]:
            found[ours[1], iri] = max(found.get((ours[1], iri), 0.0), ours[0])
    for (left, right), score in sorted(found.items()):
        if score >= ALIKE:
            yield Proposal("body", left, right, round(min(score, SUREST), 2), "names alike")


def _score(one: str, other: str) -> float:
    if content(one).numbers != content(other).numbers:
        return 0.0
    return likeness(one, other, frozenset())
