"""Who is who: what reconciliation finds out and mapping relies on."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ciskg.facttypes import Field
from ciskg.knowledge import KnowledgeError
from ciskg.model import Fact, Value
from ciskg.namespaces import BASE
from ciskg.reference import ReferenceNames


@dataclass(frozen=True, slots=True, order=True)
class Proposal:
    """Two things that may be one; a person decides."""

    kind: str  # "person", "meeting", "instrument"
    left: str  # IRI; the one that is kept if they are the same
    right: str
    score: float  # 0 to 1
    reason: str


@dataclass(frozen=True, slots=True)
class Decisions:
    """What a person decided about proposals."""

    same: Mapping[str, str] = field(default_factory=dict)  # IRI -> the IRI that is kept
    different: frozenset[frozenset[str]] = frozenset()

    def kept(self, iri: str) -> str:
        """The IRI that stands for this one."""
        return self.same.get(iri, iri)


@dataclass(frozen=True, slots=True)
class Identities:
    """The IRIs of each document's persons, meetings and instruments, and the names of the rest."""

    names: ReferenceNames
    persons: Mapping[tuple[str, str], str]  # (document, name) -> IRI
    meetings: Mapping[tuple[str, str], str]  # (document, fact id) -> IRI
    instruments: Mapping[tuple[str, str], str]  # (document, fact id) -> IRI
    titles: Mapping[tuple[str, str], str]  # (document, title of a ratified instrument) -> IRI
    proposals: tuple[Proposal, ...] = ()
    decisions: Decisions = field(default_factory=Decisions)


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that a field of a fact names."""

    iri: str
    kind: str  # "person", "state", "place", …
    written: str  # as the document calls it


def things(identities: Identities, key: str, field: Field, value: Value) -> Iterator[Thing]:
    """Yield what a field names; for kinds of value that are things with names."""
    for written in (value,) if isinstance(value, str) else value:
        yield _thing(identities, key, field, written)


def _thing(identities: Identities, key: str, field: Field, written: str) -> Thing:
    names, kept = identities.names, identities.decisions.kept
    for kind in field.kinds:
        found = (
            identities.persons.get((key, written))
            if kind == "person"
            else identities.titles.get((key, written))
            if kind == "instrument"
            else names.known((kind,), written)
        )
        if found is not None:
            return Thing(found, kind, written)
    kind = field.kinds[-1]
    if kind in ("person", "instrument"):
        raise ValueError(
            f"{key}: {kind} {written!r} was not reconciled; reconcile this reading too"
        )
    return Thing(kept(names.iri((kind,), written)), kind, written)


def values(fact: Fact, name: str) -> tuple[str, ...]:
    """The values of one field, none where the document does not settle it."""
    value = fact.values.get(name, ())
    return (value,) if isinstance(value, str) else tuple(value)


def read_decisions(path: Path) -> Decisions:
    """The decisions in a TOML file of `[[same]]` and `[[different]]`, each with left and right.

    Of two that are the same, the left IRI is kept. Raises KnowledgeError that names the entry.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise KnowledgeError(f"{path.name}: not TOML: {error}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{path}: cannot be read: {error}") from error
    errors: list[str] = []
    pairs: dict[str, list[tuple[str, str]]] = {"same": [], "different": []}
    for verdict, found in pairs.items():
        entries = raw.get(verdict, [])
        for number, entry in enumerate(entries if isinstance(entries, list) else [entries], 1):
            pair = [
                entry.get(side) if isinstance(entry, dict) else None for side in ("left", "right")
            ]
            if all(isinstance(iri, str) and iri.startswith(BASE) for iri in pair):
                found.append((str(pair[0]), str(pair[1])))
            else:
                errors.append(f"{path.name}: {verdict} {number}: give left and right an IRI each")
    chosen: dict[str, str] = {}
    for left, right in pairs["same"]:
        if chosen.setdefault(right, left) != left:
            errors.append(f"{path.name}: {right} is to become two things; keep one of the entries")
    same: dict[str, str] = {}
    for right, left in chosen.items():
        seen = {right}
        while left in chosen and left not in seen:
            seen.add(left)
            left = chosen[left]
        if left in seen:
            errors.append(f"{path.name}: {right} is said to be itself; remove one of the entries")
        same[right] = left
    if errors:
        raise KnowledgeError("\n".join(dict.fromkeys(errors)))
    return Decisions(same, frozenset(frozenset(pair) for pair in pairs["different"]))


def proposals_toml(proposals: tuple[Proposal, ...]) -> str:
    """The proposals as TOML; turn [[proposal]] into [[same]] or [[different]] to decide."""
    lines = [
        "# Things that may be one. Change [[proposal]] into [[same]] (the left IRI is kept) or",
        "# [[different]], and give this file to the next build.",
    ]
    for p in proposals:
        lines += [
            "",
            "[[proposal]]",
            f"kind = {_toml(p.kind)}",
            f"left = {_toml(p.left)}",
            f"right = {_toml(p.right)}",
            f"score = {p.score:.2f}",
            f"reason = {_toml(p.reason)}",
        ]
    return "\n".join(lines) + "\n"


def _toml(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\u{ord(c):04X}" for c in escaped) + '"'
