"""Reads gold facts and says what in them breaks the convention of docs/annotation.md."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from ciskg.evaluate.compare import Fields, scoring
from ciskg.facttypes import Field, fact_types
from ciskg.periods import period
from ciskg.reference import installed

MOST = 20  # faults that a message lists
HALVES = ("even", "odd")


class GoldError(ValueError):
    """Gold facts break the convention; the message names file, line and remedy of each fault."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a gold file."""

    place: str  # "gold/a.jsonl:3"
    document: str
    fact: Fields


@dataclass(frozen=True, slots=True)
class Gold:
    """Gold facts by document, and where each was written."""

    facts: Mapping[str, Sequence[Fields]]
    places: Mapping[tuple[str, str], str]  # (document, id) -> "gold/a.jsonl:3"


def read_gold(paths: Sequence[Path], only: Sequence[str] = ()) -> Gold:
    """The gold facts of folders of `<document>.jsonl`, or of files whose rows carry a `doc`.

    Only documents that `only` selects are looked at; see `chosen`. A folder's file without a line
    is a document without facts. Raises GoldError that lists all faults.
    """
    faults: list[str] = []
    lines: list[Line] = []
    facts: dict[str, list[Fields]] = {}
    for path in paths:
        files = _files(path)
        for file in files:
            if path.is_dir() and chosen(file.stem, only):
                facts.setdefault(file.stem, [])
            if not path.is_dir() or chosen(file.stem, only):
                read, broken = _lines(file)
                lines += [line for line in read if chosen(line.document, only)]
                faults += broken
    faults += _faults(lines)
    if faults:
        more = [f"… and {len(faults) - MOST} more"] if len(faults) > MOST else []
        raise GoldError("\n".join([*faults[:MOST], *more]))
    for line in lines:
        facts.setdefault(line.document, []).append(line.fact)
    if not facts:
        names = ", ".join(map(str, paths))
        kept = f" that {' or '.join(only)} selects" if only else ""
        raise GoldError(f"{names}: no gold facts{kept}; give a folder of <document>.jsonl files")
    return Gold(facts, {(line.document, str(line.fact["id"])): line.place for line in lines})


def read_facts(path: Path) -> dict[str, list[Fields]]:
    """The facts of a folder of `<document>.jsonl` files, or of one file whose rows carry a `doc`.

    Nothing but the type of a fact is looked at. Raises GoldError that names the file and the line.
    """
    facts: dict[str, list[Fields]] = {}
    for file in _files(path):
        if path.is_dir():
            facts.setdefault(file.stem, [])
        lines, faults = _lines(file)
        if faults:
            raise GoldError("\n".join(faults))
        for line in lines:
            facts.setdefault(line.document, []).append(line.fact)
    return facts


def select(facts: Mapping[str, Sequence[Fields]], *only: str) -> dict[str, Sequence[Fields]]:
    """The documents that any of `only` selects; see `chosen`."""
    return {key: rows for key, rows in facts.items() if chosen(key, only)}


def chosen(key: str, only: Sequence[str]) -> bool:
    """Whether a document is selected: by "even" or "odd", its last digit, or by a pattern.

    A pattern is one of file names: `r0*`. Nothing to select by selects all.
    """
    return not only or any(_fits(key, one) for one in only)


def _fits(key: str, one: str) -> bool:
    if one not in HALVES:
        return fnmatchcase(key, one)
    digits = [c for c in key if c in "0123456789"]
    return bool(digits) and int(digits[-1]) % 2 == (one == "odd")


def _files(path: Path) -> list[Path]:
    return sorted(path.glob("*.jsonl")) if path.is_dir() else [path]


def _lines(file: Path) -> tuple[list[Line], list[str]]:
    """The facts of a file, and what is wrong with the lines that hold none."""
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return [], [f"{file}: not UTF-8; save it as UTF-8"]
    except OSError as error:
        return [], [f"{file}: cannot be read: {error.strerror}; check the path"]
    lines: list[Line] = []
    faults: list[str] = []
    for number, row in enumerate(text.split("\n"), 1):
        if not row.strip():
            continue
        place = f"{file}:{number}"
        try:
            fact = json.loads(row)
        except ValueError as error:
            faults.append(f"{place}: not JSON: {error}; write one JSON object a line")
            continue
        if not isinstance(fact, dict) or not isinstance(fact.get("type"), str):
            faults.append(f'{place}: a fact is a JSON object with a type: {{"type": "role", …}}')
            continue
        lines.append(Line(place, str(fact.get("doc") or file.stem), fact))
    return lines, faults


def _faults(lines: Sequence[Line]) -> Iterator[str]:
    """Yield what each line says against the convention."""
    meetings = {(x.document, x.fact.get("id")) for x in lines if x.fact["type"] == "meeting"}
    first: dict[tuple[str, Any], str] = {}
    for line in lines:
        fact, type_ = line.fact, line.fact["type"]
        if type_ not in scoring().keys:
            yield f"{line.place}: {type_!r} is no type of fact{_meant(type_, scoring().keys)}"
            continue
        id_ = fact.get("id")
        if not isinstance(id_, str) or not id_:
            yield f'{line.place}: has no id; give it one of its own: "id": "p1"'
        elif first.setdefault((line.document, id_), line.place) != line.place:
            earlier = first[line.document, id_]
            yield f"{line.place}: the id {id_!r} stands at {earlier} too; rename one"
        for fault in _of_fields(fact, type_):
            yield f"{line.place}: {fault}"
        meeting = fact.get("meeting")
        if meeting is not None and (line.document, meeting) not in meetings:
            remedy = "write that meeting as a fact, or name the id of one"
            yield f"{line.place}: no meeting of the document has the id {meeting!r}; {remedy}"


def _of_fields(fact: Fields, type_: str) -> Iterator[str]:
    known = fact_types()[type_].fields
    for name in scoring().required[type_]:
        if fact.get(name) in (None, "", []):
            yield f"{type_} lacks {name!r}; add it"
    if type_ == "meeting" and fact.get("kind") in scoring().known_by:
        by = scoring().known_by[fact["kind"]]
        if all(fact.get(name) in (None, "", []) for name in by):
            yield f"a {fact['kind']} meeting lacks {' or '.join(map(repr, by))}; add it"
    for name, value in fact.items():
        if name in known:
            yield from _of_value(known[name], value)
        elif name not in scoring().notes:
            meant = _meant(name, [*known, *scoring().notes])
            yield f"{name!r} is no field of {type_}{meant}"
    for name in ("quote", "certainty"):
        if name in fact and not isinstance(fact[name], str):
            yield f"{name!r} is {fact[name]!r}; write a text"


def _of_value(field: Field, value: Any) -> Iterator[str]:
    """Yield what is wrong with the value of a field; several values are a list."""
    for one in value if isinstance(value, list) else [value]:
        if one in (None, ""):
            continue
        if field.kinds[0] == "flag":
            if one not in (True, False, "true", "false"):
                yield f"{field.name!r} is {one!r}; write true or false"
        elif not isinstance(one, str) and not (field.kinds[0] == "period" and type(one) is int):
            yield f"{field.name!r} is {one!r}; write a text, or a list of texts"
        elif field.kinds[0] == "period":
            try:
                period(str(one))
            except ValueError as error:
                remedy = "write EDTF: 2020-12-18, 2020-12, 2020, XXXX-10-12 or 2021/2025"
                yield f"{field.name!r}: {error}; {remedy}"
        elif (words := _words(field)) and str(one) not in words:
            yield f"{field.name!r} is {one!r}{_meant(str(one), words)}"


def _words(field: Field) -> tuple[str, ...]:
    """The words of which a field has one; none where any text may stand."""
    if field.values:
        return tuple(field.values)
    if field.scheme:
        return tuple(
            sorted(word for scheme, word in installed().concepts if scheme == field.scheme)
        )
    return ()


def _meant(word: str, known: Iterable[str]) -> str:
    words = list(known)
    near = get_close_matches(word, words, n=1, cutoff=0.6)
    return f"; did you mean {near[0]!r}?" if near else f"; it is one of {', '.join(words)}"
