"""Follows a fact back to the sentences that it was read from."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from ciskg import labels
from ciskg.find import UnknownThing, find
from ciskg.labels import Term
from ciskg.namespaces import expand, term

ABOUT = term("ck:about")
__all__ = ["Explanation", "UnknownThing", "explain", "find", "sentence"]

REACH = 300  # characters of context on each side, where no sentence ends sooner
DATED = "document's date"  # in the definition of a step that rests on it
SENTENCE_END = re.compile(r"[.!?…][\"'»”’)]*\s+|\n")
# What an explanation shows of a claim in a place of its own.
CLAIM_FRAME = frozenset(
    expand(name)
    for name in (
        *("rdf:type", "rdfs:label", "ck:about", "ck:inDocument", "ck:rule", "ck:modality"),
        *("ck:certainty", "ck:inference", "dcterms:identifier", "ck:bestEvidence", "ck:mention"),
        *("prov:wasDerivedFrom", "prov:wasAttributedTo"),
    )
)
# What it does not show of a thing: kind and name stand above, forms of names are for programs.
THING_FRAME = frozenset(
    expand(name) for name in ("rdf:type", "rdfs:label", "skos:hiddenLabel", "ck:demonymForm")
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of a document that show a fact."""

    iri: str
    start: int
    end: int
    quote: str
    best: bool  # of all evidence of the claim


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, or several that evidence joins, with the words in it that show best."""

    start: int
    end: int
    before: str
    quote: str
    after: str
    evidence: tuple[Evidence, ...]  # all that stands in it, the marked words first


@dataclass(frozen=True, slots=True)
class Inference:
    """A step from the words to the fact."""

    iri: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What one document says of a fact."""

    iri: str
    document: str
    title: str
    published: str
    publisher: str
    url: str
    modality: str
    certainty: str
    speaker: str
    rule: str
    inferences: tuple[Inference, ...]  # what the document's date rests on before what rests on it
    says: tuple[tuple[str, str], ...]  # what this document itself gives: its date, place, …
    passages: tuple[Passage, ...]  # the one with the best evidence first, then as in the text


@dataclass(frozen=True, slots=True)
class Explanation:
    """A fact, what it says, and the claims that it rests on."""

    iri: str
    kind: str
    label: str
    values: tuple[tuple[str, str], ...]
    claims: tuple[Claim, ...]
    facts: tuple[tuple[str, str], ...] = ()  # of a thing that is no fact: facts that speak of it
    document: str = ""  # of a document: its key
    says: int = 0  # of a document: how many claims it makes


def explain(store: ox.Store, thing: str, texts: Callable[[str], str]) -> Explanation:
    """What the graph says of a fact and where each document says it.

    `thing` is an IRI, `id:chairmanship/cis-rus-2024`, the end of one, or a name. A claim or a piece
    of evidence leads to its fact, a document to the number of its claims, any other thing to the
    facts that speak of it. `texts` gives the text of a document by its key.
    Raises UnknownThing where the graph holds no such thing, or several.
    """
    node = find(store, thing)
    about = [q.object for q in store.quads_for_pattern(node, ABOUT, None, None)]
    for claim in _subjects(store, "prov:wasDerivedFrom", node):
        about += [q.object for q in store.quads_for_pattern(claim, ABOUT, None, None)]
    facts = sorted({fact for fact in about if isinstance(fact, ox.NamedNode)}, key=str)
    if len(facts) == 1:
        node = facts[0]
    claims = tuple(_claim(store, claim, texts) for claim in _subjects(store, "ck:about", node))
    if not claims and not facts:
        facts = sorted(
            {
                quad.subject
                for quad in store.quads_for_pattern(None, None, node, None)
                if isinstance(quad.subject, ox.NamedNode)
                and any(store.quads_for_pattern(None, ABOUT, quad.subject, None))
            },
            key=str,
        )
    return Explanation(
        iri=node.value,
        kind=" ".join(labels.word(kind) for kind in _objects(store, node, "rdf:type")),
        label=labels.name(store, node),
        values=_values(store, node, THING_FRAME),
        claims=claims,
        facts=() if claims else tuple((f.value, labels.name(store, f)) for f in facts),
        document=_key(store, node),
        says=len(_subjects(store, "ck:inDocument", node, "ck:Claim")),
    )


def _key(store: ox.Store, thing: ox.NamedNode) -> str:
    """The key of a document; empty for any other thing."""
    if term("schema:CreativeWork") not in _objects(store, thing, "rdf:type"):
        return ""
    return ", ".join(labels.iri(key) for key in _objects(store, thing, "dcterms:identifier"))


def _claim(store: ox.Store, claim: ox.NamedNode, texts: Callable[[str], str]) -> Claim:
    def one(thing: Term | None, property_: str) -> str:
        return ", ".join(labels.iri(v) for v in _objects(store, thing, property_))

    document = next(iter(_objects(store, claim, "ck:inDocument")), None)
    key = one(document, "dcterms:identifier")
    return Claim(
        iri=claim.value,
        document=key,
        title=one(document, "dcterms:title"),
        published=one(document, "dcterms:issued"),
        publisher=one(document, "dcterms:publisher"),
        url=one(document, "schema:url"),
        modality=", ".join(labels.word(v) for v in _objects(store, claim, "ck:modality")),
        certainty=", ".join(labels.word(v) for v in _objects(store, claim, "ck:certainty")),
        speaker=", ".join(
            labels.name(store, v) for v in _objects(store, claim, "prov:wasAttributedTo")
        ),
        rule=", ".join(labels.word(v) for v in _objects(store, claim, "ck:rule")),
        inferences=_inferences(store, claim),
        says=_values(store, claim, CLAIM_FRAME),
        passages=_passages(_evidence(store, claim), texts(key)),
    )


def _inferences(store: ox.Store, claim: ox.NamedNode) -> tuple[Inference, ...]:
    """The steps of a claim: how the document was dated comes before what follows from its date."""
    steps = [_inference(store, step) for step in _objects(store, claim, "ck:inference")]
    return tuple(sorted(steps, key=lambda step: (DATED in step.text, step.iri)))


def _inference(store: ox.Store, step: Term) -> Inference:
    definitions = [
        definition.value
        for definition in _objects(store, step, "skos:definition")
        if isinstance(definition, ox.Literal) and definition.language in ("en", None)
    ]
    name = _name(store, step)
    return Inference(labels.iri(step), name, definitions[0] if definitions else name)


def _evidence(store: ox.Store, claim: ox.NamedNode) -> Iterator[Evidence]:
    best = _objects(store, claim, "ck:bestEvidence")
    for evidence in _objects(store, claim, "prov:wasDerivedFrom"):
        told: dict[str, str] = {}
        for selector in _objects(store, evidence, "oa:hasSelector"):
            for word in ("start", "end", "exact"):
                for value in _objects(store, selector, f"oa:{word}"):
                    told[word] = labels.iri(value)
        if {"start", "end"} <= told.keys():
            start, end, quote = int(told["start"]), int(told["end"]), told.get("exact", "")
            yield Evidence(labels.iri(evidence), start, end, quote, evidence in best)


def _passages(found: Iterable[Evidence], text: str) -> tuple[Passage, ...]:
    """The evidence of a claim by the sentences that it stands in, each sentence once."""
    groups: list[tuple[int, int, list[Evidence]]] = []
    for evidence in sorted(found, key=lambda e: (e.start, e.end)):
        first, last = sentence(text, evidence.start, evidence.end)
        if groups and first < groups[-1][1]:
            begin, end, others = groups.pop()
            groups.append((min(begin, first), max(end, last), [*others, evidence]))
        else:
            groups.append((first, last, [evidence]))
    passages = [_passage(text, *group) for group in groups]
    return tuple(sorted(passages, key=lambda p: (not p.evidence[0].best, p.start)))


def _passage(text: str, first: int, last: int, group: list[Evidence]) -> Passage:
    """The sentence with its best words marked; without the best, the fewest words are."""
    ordered = sorted(group, key=lambda e: (not e.best, e.end - e.start, e.start))
    start, end = ordered[0].start, ordered[0].end
    quote = text[start:end] or ordered[0].quote
    return Passage(start, end, text[first:start], quote, text[end:last], tuple(ordered))


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence or sentences around a span begin and end, at most REACH away."""
    first = max(0, start - REACH)
    for mark in SENTENCE_END.finditer(text, first, start):
        first = mark.end()
    after = SENTENCE_END.search(text, max(start, end - 1), min(len(text), end + REACH))
    last = min(len(text), end + REACH) if after is None else max(end, after.end())
    return first, last


def _values(
    store: ox.Store, thing: ox.NamedNode, left_out: frozenset[str]
) -> tuple[tuple[str, str], ...]:
    """What is said of a thing, as names for people, sorted."""
    return tuple(
        sorted(
            (labels.word(quad.predicate), _name(store, quad.object))
            for quad in store.quads_for_pattern(thing, None, None, None)
            if quad.predicate.value not in left_out
        )
    )


def _name(store: ox.Store, value: Term) -> str:
    name = labels.name(store, value)
    unnamed = name == labels.iri(value) and not isinstance(value, ox.Literal)
    return labels.word(value) if unnamed else name


def _objects(store: ox.Store, thing: Term | None, property_: str) -> list[Term]:
    if thing is None or isinstance(thing, ox.Literal):
        return []
    found = {q.object for q in store.quads_for_pattern(thing, term(property_), None, None)}
    return sorted(found, key=str)


def _subjects(
    store: ox.Store, property_: str, object_: Term, class_: str | None = None
) -> list[ox.NamedNode]:
    found = {
        quad.subject
        for quad in store.quads_for_pattern(None, term(property_), object_, None)
        if isinstance(quad.subject, ox.NamedNode)
        and (class_ is None or term(class_) in _objects(store, quad.subject, "rdf:type"))
    }
    return sorted(found, key=str)
