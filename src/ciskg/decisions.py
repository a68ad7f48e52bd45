"""The file in which a person decides which things that may be one are one.

A table `[[pair]]` a pair: its status, the IRIs of the two, and what helps to decide. Builds add
to the end of the file and change nothing in it; an answer changes the lines of its own entry.
"""

import re
import tomllib
from collections import defaultdict, deque
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ciskg.identities import Decisions, Proposal, Side
from ciskg.knowledge import KnowledgeError
from ciskg.namespaces import ID

OPEN, CONFIRMED, REJECTED = "open", "confirmed", "rejected"
STATUSES = (OPEN, CONFIRMED, REJECTED)
HEADER = """\
# Things that may be one. A build with this file applies what is decided here and adds new pairs at
# the end; it changes nothing that stands here. `ciskg review` asks about the open ones.
#   status = "open"       nobody has decided yet: they are two
#   status = "confirmed"  they are one, and the left IRI is kept
#   status = "rejected"   they are two, and are not proposed again
"""
ENTRY = re.compile(r"^[ \t]*\[\[[ \t]*pair[ \t]*\]\]", re.MULTILINE)
STATUS = re.compile(r"^([ \t]*status[ \t]*=[ \t]*)([\"'])(\w*)\2", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One pair of the file."""

    number: int  # from 1
    line: int  # of its [[pair]]; 0 where it is not written so
    status: str
    left: str  # IRI; the one that is kept if they are the same
    right: str
    about: Mapping[str, Any]  # all that stands there

    @property
    def pair(self) -> frozenset[str]:
        """The two, in no order."""
        return frozenset((self.left, self.right))


def read_entries(path: Path) -> tuple[Entry, ...]:
    """The entries of a file, in its order.

    Raises KnowledgeError that names all entries that are broken, with their lines.
    """
    try:
        return entries(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{path}: cannot be read: {error}") from error


def entries(text: str, name: str) -> tuple[Entry, ...]:
    """The entries of a text; messages call it `name`."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise KnowledgeError(f"{name}: not TOML: {error}") from error
    errors = [
        f"{name}: unknown {key!r}; each entry is a [[pair]] with status, left and right"
        for key in raw
        if key != "pair"
    ]
    rows = raw.get("pair", [])
    rows = rows if isinstance(rows, list) else [rows]
    lines = [text.count("\n", 0, match.end()) + 1 for match in ENTRY.finditer(text)]
    lines = lines if len(lines) == len(rows) else [0] * len(rows)
    found: list[Entry] = []
    for number, (row, line) in enumerate(zip(rows, lines, strict=True), 1):
        row = row if isinstance(row, dict) else {}
        sides = [_iri(row.get(side)) for side in ("left", "right")]
        entry = Entry(number, line, str(row.get("status", "")), sides[0], sides[1], row)
        errors += (f"{name}:{_place(entry)}: {wrong}" for wrong in _wrong(entry))
        found.append(entry)
    if errors:
        raise KnowledgeError("\n".join(errors))
    return tuple(found)


def decide(found: Sequence[Entry], name: str, known: Container[str] = ()) -> Decisions:
    """What the entries say together; of things that are one, what is kept.

    That is one of the reference (`known`), else the left one of those on no right side. Raises
    KnowledgeError that names the entries which contradict each other, with their lines.
    """
    errors = list(_twice(found, name))
    confirmed = [entry for entry in found if entry.status == CONFIRMED]
    beside: dict[str, list[tuple[str, Entry]]] = defaultdict(list)
    for entry in confirmed:
        beside[entry.left].append((entry.right, entry))
        beside[entry.right].append((entry.left, entry))
    for entry in found:
        if entry.status == REJECTED and (way := _way(entry.left, entry.right, beside)):
            by = ", ".join(f"{_short(e.left)} = {_short(e.right)} (line {_place(e)})" for e in way)
            errors.append(
                f"{name}:{_place(entry)}: {_short(entry.left)} and {_short(entry.right)} are "
                f"rejected here and confirmed to be one by {by}; change one of these"
            )
    same: dict[str, str] = {}
    rights = {entry.right for entry in confirmed}
    for group in _groups(beside):
        ours = [iri for iri in group if iri in known]
        if len(ours) > 1:
            both = " and ".join(map(_short, ours))
            way = _way(ours[0], ours[1], beside)
            errors.append(
                f"{name}:{_place(way[0])}: {both} are both known by name, and would become one; "
                "reject one of the entries that join them"
            )
        kept = ours[0] if ours else min(group, key=lambda iri: (iri in rights, iri))
        same |= {iri: kept for iri in group if iri != kept}
    if errors:
        raise KnowledgeError("\n".join(errors))
    return Decisions(same, frozenset(e.pair for e in found if e.status == REJECTED))


def appended(
    text: str,
    found: Sequence[Entry],
    proposals: Iterable[Proposal],
    sides: Mapping[str, Side],
    decisions: Decisions,
) -> str:
    """The text with the proposals that are not in it yet at its end, sorted; else unchanged."""
    there = {decisions.pair(entry.left, entry.right) for entry in found}
    new = [one for one in sorted(proposals) if decisions.pair(one.left, one.right) not in there]
    if not new:
        return text
    start = text or HEADER
    added = "" if start.endswith("\n") else "\n"
    added += "".join(_written(one, sides) for one in new)
    return start + (added.replace("\n", "\r\n") if "\r\n" in text else added)


def answered(text: str, entry: Entry, status: str, *, by: str = "", on: str = "") -> str:
    """The text with another status of one entry; all else stays as it is written.

    Raises KnowledgeError where the entry is written in a way that only a person can change.
    """
    starts = [match.start() for match in ENTRY.finditer(text)] + [len(text)]
    old = tomllib.loads(text)
    try:
        start, end = starts[entry.number - 1], starts[entry.number]
        match = STATUS.search(text, start, end)
        if match is None:
            raise ValueError("its status is not on a line of its own")
        added = "".join(
            f"\n{key} = {_toml(said)}" for key, said in (("by", by), ("on", on)) if said
        )
        new = f"{text[: match.start()]}{match[1]}{_toml(status)}{added}{text[match.end() :]}"
        wanted = old["pair"][entry.number - 1]
        wanted |= {"status": status} | {k: v for k, v in (("by", by), ("on", on)) if v}
        if tomllib.loads(new) != old:
            raise ValueError("something else would change")
    except (IndexError, ValueError) as error:
        raise KnowledgeError(
            f"line {_place(entry)}: this entry cannot be changed here; set its status by hand"
        ) from error
    return new


def _wrong(entry: Entry) -> Iterator[str]:
    """Yield what is wrong with one entry."""
    if entry.status not in STATUSES:
        yield f"status {entry.status!r} is none of {', '.join(STATUSES)}"
    if not entry.left or not entry.right:
        yield "give left and right an IRI each, such as id:person/vladimir-putin"
        return
    if entry.left == entry.right:
        yield f"{_short(entry.left)} is said to be itself; remove the entry"
    kinds = [iri.removeprefix(ID).partition("/")[0] for iri in (entry.left, entry.right)]
    if kinds[0] != kinds[1]:
        yield f"one is of the kind {kinds[0]}, the other of {kinds[1]}: they cannot be one"


def _twice(found: Iterable[Entry], name: str) -> Iterator[str]:
    """Yield an error for each pair with two entries that do not say the same."""
    first: dict[frozenset[str], Entry] = {}
    for entry in found:
        other = first.setdefault(entry.pair, entry)
        if other.status != entry.status:
            yield (
                f"{name}:{_place(entry)}: this pair is {entry.status} here and {other.status} in "
                f"line {_place(other)}; remove one of the entries"
            )


def _way(start: str, end: str, beside: Mapping[str, Sequence[tuple[str, Entry]]]) -> list[Entry]:
    """The fewest confirmed entries that lead from one thing to another; none where none do."""
    ways: dict[str, list[Entry]] = {start: []}
    queue = deque([start])
    while queue and end not in ways:
        here = queue.popleft()
        for there, entry in beside.get(here, ()):
            if there not in ways:
                ways[there] = [*ways[here], entry]
                queue.append(there)
    return ways.get(end, [])


def _groups(beside: Mapping[str, Sequence[tuple[str, Entry]]]) -> Iterator[list[str]]:
    """Yield the things that are one, sorted."""
    seen: set[str] = set()
    for start in sorted(beside):
        if start in seen:
            continue
        group, queue = {start}, [start]
        while queue:
            for there, _ in beside[queue.pop()]:
                if there not in group:
                    group.add(there)
                    queue.append(there)
        seen |= group
        yield sorted(group)


def _written(one: Proposal, sides: Mapping[str, Side]) -> str:
    """A proposal as an entry."""
    lines = ["", "[[pair]]", f'status = "{OPEN}"']
    lines += [f"left = {_toml(_short(one.left))}", f"right = {_toml(_short(one.right))}"]
    lines += [f"score = {one.score:.2f}", f"reason = {_toml(one.reason)}"]
    for name, iri in (("left", one.left), ("right", one.right)):
        side = sides.get(iri)
        if side is not None:
            documents = ", ".join(map(_toml, side.documents))
            lines += [f"{name}_label = {_toml(side.label)}", f"{name}_in = [{documents}]"]
            lines += [f"{name}_said = {_toml(side.said)}"] if side.said else []
    return "\n".join(lines) + "\n"


def _iri(said: object) -> str:
    """The IRI that an entry names, short or in full; "" where it names none."""
    if not isinstance(said, str):
        return ""
    iri = f"{ID}{said.removeprefix('id:')}" if said.startswith("id:") else said
    return iri if iri.startswith(ID) and "/" in iri.removeprefix(ID) else ""


def _short(iri: str) -> str:
    return f"id:{iri.removeprefix(ID)}" if iri.startswith(ID) else iri


def _place(entry: Entry) -> str:
    return str(entry.line) if entry.line else f"pair {entry.number}"


def _toml(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{"".join(c if c.isprintable() else _escape(c) for c in escaped)}"'


def _escape(letter: str) -> str:
    code = ord(letter)
    if 0xD800 <= code <= 0xDFFF:  # half a letter, which TOML has no way to write
        return "\ufffd"
    return f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"
