"""Lays blocks of Turtle over ours.

A block that says what its subject is (`body:x a org:OrganizationalUnit`) takes the place of our
block of that name; one that does not adds to it.
"""

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pyoxigraph as ox

from ciskg.knowledge import KnowledgeError, read_triples

TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
CLOSED = "https://w3id.org/ciskg/def#"  # our own terms: what none of our files uses is misspelt
REFERENCE = "reference"  # its folder: there a thing has one block
NEAR = 0.85  # of the names of two properties, one of which is a misspelling of the other


def lay_turtle(files: Sequence[Path], own: Path, into: Path) -> list[str]:
    """Add Turtle files of `own` to the copy of ours in `into`; what is wrong with them.

    A thing described anew loses its triples in our files, with the blank nodes behind them.
    """
    errors: list[str] = []
    read: dict[Path, list[ox.Triple]] = {}
    for path in files:
        try:
            read[path] = list(read_triples(path, str(path)))
        except KnowledgeError as error:
            errors.append(str(error))
    typed: dict[str, list[Path]] = defaultdict(list)
    for path, triples in read.items():
        for iri in _described(triples):
            typed[iri].append(path)
    errors += _twice({i: p for i, p in typed.items() if p[0].parent.name == REFERENCE})
    ours = {
        path: list(read_triples(path, path.name))
        for folder in sorted({(into / path.relative_to(own)).parent for path in read})
        for path in sorted(folder.glob("*.ttl"))
    }
    errors += _unknown_properties(read, own, _by_folder(ours, into))
    known = {iri for triples in ours.values() for iri in _described(triples)}
    errors += _nobody(read, known | set(typed))
    if errors:
        return errors
    for path, triples in ours.items():
        left = list(without(triples, _replaced(path, typed, into, own)))
        if len(left) < len(triples):
            _write(path, left)
    for path, triples in read.items():
        place = into / path.relative_to(own)
        place.parent.mkdir(exist_ok=True)
        before = list(read_triples(place, place.name)) if place.is_file() else []
        _write(place, [*before, *triples])
    return []


def _replaced(path: Path, typed: Mapping[str, Sequence[Path]], into: Path, own: Path) -> set[str]:
    """The things of one of our files that are described anew.

    A shape or a class may have blocks in several files: in a file with the name of ours those of
    this file are meant.
    """
    names = {p.name for p in path.parent.glob("*.ttl")}
    return {
        iri
        for iri, places in typed.items()
        for place in places
        if place.parent.relative_to(own) == path.parent.relative_to(into)
        and (place.name == path.name or place.name not in names or place.parent.name == REFERENCE)
    }


def without(triples: Sequence[ox.Triple], subjects: Iterable[str]) -> Iterator[ox.Triple]:
    """Yield the triples but those of some subjects and of the blank nodes behind them."""
    gone: set[object] = {ox.NamedNode(iri) for iri in subjects}
    size = 0
    while size < len(gone):
        size = len(gone)
        gone |= {
            t.object for t in triples if t.subject in gone and isinstance(t.object, ox.BlankNode)
        }
    return (t for t in triples if t.subject not in gone)


def _write(path: Path, triples: Iterable[ox.Triple]) -> None:
    path.write_bytes(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"")


def _described(triples: Iterable[ox.Triple]) -> list[str]:
    """The IRIs that the triples say the class of, once for each block that does."""
    found: list[str] = []
    said: set[ox.Triple] = set()
    last = ""
    for triple in triples:
        if not isinstance(triple.subject, ox.NamedNode):
            continue
        iri = triple.subject.value
        if triple.predicate.value == TYPE:
            if iri != last or triple in said:
                found.append(iri)
            said.add(triple)
            last = iri
        elif iri != last:
            last = ""
    return found


def _twice(typed: Mapping[str, Sequence[Path]]) -> Iterator[str]:
    """Yield an error for each thing with two blocks of its own."""
    for iri, paths in typed.items():
        if len(paths) > 1:
            where = lines(paths[-1], iri)
            other = lines(paths[0], iri)[0]
            beside = f"line {other}" if paths[0] == paths[-1] else f"{paths[0]}:{other}"
            yield (
                f"{paths[-1]}:{where[-1]}: {_end(iri)} has a block in {beside} too; "
                "make one block of the two"
            )


def _by_folder(ours: Mapping[Path, Sequence[ox.Triple]], into: Path) -> dict[str, set[str]]:
    """The properties that our files of each folder use."""
    found: dict[str, set[str]] = defaultdict(set)
    for path, triples in ours.items():
        found[path.parent.relative_to(into).as_posix()] |= {t.predicate.value for t in triples}
    return found


def _unknown_properties(
    read: Mapping[Path, Sequence[ox.Triple]], own: Path, ours: Mapping[str, set[str]]
) -> Iterator[str]:
    """Yield an error for each property that looks like a misspelling of one of ours."""
    for path, triples in read.items():
        known = ours.get(path.parent.relative_to(own).as_posix(), set())
        if path.parent.name != REFERENCE:
            continue
        for iri in dict.fromkeys(t.predicate.value for t in triples):
            if iri in known:
                continue
            names = {_end(k).lower(): _end(k) for k in known}
            near = difflib.get_close_matches(_end(iri).lower(), names, n=1, cutoff=NEAR)
            near = [names[name] for name in near]
            if near or iri.startswith(CLOSED):
                meant = (
                    f"; did you mean {near[0]}?" if near else "; see our files for those there are"
                )
                yield f"{path}:{lines(path, iri)[0]}: no property is called {_end(iri)}{meant}"


def _nobody(read: Mapping[Path, Sequence[ox.Triple]], known: set[str]) -> Iterator[str]:
    """Yield an error for each block that adds to a thing that is not there."""
    for path, triples in read.items():
        subjects = (t.subject.value for t in triples if isinstance(t.subject, ox.NamedNode))
        for iri in dict.fromkeys(subjects):
            if iri not in known:
                near = difflib.get_close_matches(iri, known, n=1, cutoff=NEAR)
                meant = f"did you mean {_end(near[0])}? If it is new, " if near else ""
                yield (
                    f"{path}:{lines(path, iri)[0]}: {_end(iri)} is no thing of ours to add to; "
                    f"{meant}say what it is: `{_end(iri)} a …`"
                )


def lines(path: Path, iri: str) -> list[int]:
    """The lines of a Turtle file that begin a block about, or else name, an IRI; 1 where none."""
    name = rf"(?:[\w-]*:{re.escape(_end(iri))}|<{re.escape(iri)}>)(?![\w-])"
    text = path.read_text(encoding="utf-8")
    for pattern in (rf"^{name}", name):
        found = [text.count("\n", 0, m.start()) + 1 for m in re.finditer(pattern, text, re.M)]
        if found:
            return found
    return [1]


def _end(iri: str) -> str:
    return re.split(r"[#/]", iri)[-1]
