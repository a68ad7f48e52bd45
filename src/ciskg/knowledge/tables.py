"""Lays tables and rules of TOML over ours.

In a file with the name of ours, tables are joined key by key and yours wins; of blocks with an
id, yours takes the place of ours with that id, and a new one comes after them. A rule takes the
place of ours wherever it stands; a cue in a file of a new name adds its words to ours.
"""

import difflib
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ciskg.knowledge import KnowledgeError, read_table

Table = dict[str, Any]
FREE = ("reads", "ignores")  # their keys are the fields of facts


def lay_tables(files: Sequence[Path], own: Path, into: Path) -> list[str]:
    """Add TOML files of `own` to the copy of ours in `into`; what is wrong with them."""
    errors: list[str] = []
    read: dict[Path, Table] = {}
    for path in files:
        try:
            read[path] = read_table(path)
        except KnowledgeError as error:
            errors.append(str(error))
    rules = {path: table for path, table in read.items() if "rules" in path.relative_to(own).parts}
    ours = (
        {path: read_table(path) for path in sorted((into / "rules").rglob("*.toml"))}
        if rules
        else {}
    )
    for path, table in rules.items():
        errors += _unknown_keys(path, table, ours)
        errors += _unread(path, table, ours)
    errors += _twice(rules)
    if errors:
        return errors
    new = {rule["id"] for table in rules.values() for rule in table.get("rule", ()) if "id" in rule}
    for path, table in ours.items():
        left = [rule for rule in table.get("rule", ()) if rule.get("id") not in new]
        same_file = own / path.relative_to(into) in rules
        if len(left) < len(table.get("rule", ())) and not same_file:
            path.write_text(as_toml({**table, "rule": left}), encoding="utf-8")
    taken = {p: {r["id"] for r in t.get("rule", ()) if "id" in r} for p, t in rules.items()}
    for path, table in read.items():
        place = into / path.relative_to(own)
        place.parent.mkdir(exist_ok=True)
        before = read_table(place) if place.is_file() else {}
        elsewhere = new - taken.get(path, set())
        if elsewhere and "rule" in before:
            before["rule"] = [r for r in before["rule"] if r.get("id") not in elsewhere]
        place.write_text(as_toml(_joined(before, table, path.name)), encoding="utf-8")
    return []


def _joined(ours: Table, own: Table, name: str) -> Table:
    """What two tables say together."""
    out = dict(ours)
    for key, value in own.items():
        old = out.get(key)
        if isinstance(old, dict) and isinstance(value, dict):
            out[key] = _joined(old, value, f"{name} {key}")
        elif isinstance(old, list) and isinstance(value, list):
            out[key] = _lists(old, value)
        elif isinstance(old, str) and name == "words.toml list":
            out[key] = f"{old} {value}"
        else:
            out[key] = value
    return out


def _lists(ours: Sequence[Any], own: Sequence[Any]) -> list[Any]:
    """Both lists, ours first; a block with an id of ours stands in its place."""
    ids = {row["id"]: row for row in own if isinstance(row, dict) and "id" in row}
    if not ids:
        return [*ours, *(row for row in own if row not in ours)]
    kept, seen = [], set()
    for row in ours:
        if row.get("id") not in ids:
            kept.append(row)
        elif row["id"] not in seen:  # one cue may have several blocks; yours stand for all
            seen.add(row["id"])
            kept += [r for r in own if r.get("id") == row["id"]]
    return [*kept, *(row for row in own if row.get("id") not in seen)]


def _kind(path: Path) -> str:
    """Which files have the keys of this one."""
    if path.name.startswith("cues-"):
        return "cues"
    return path.name


def _unknown_keys(path: Path, table: Table, ours: Mapping[Path, Table]) -> Iterator[str]:
    """Yield an error for each key that no file of ours of this kind has."""
    alike = [t for p, t in ours.items() if _kind(p) == _kind(path)]
    if not alike or "rule" in alike[0]:
        alike = [t for t in ours.values() if "rule" in t]
    known: dict[str, set[str]] = defaultdict(set)
    for other in alike:
        for key, value in other.items():
            known[key] |= {k for row in _rows(value) for k in row}
    known.setdefault("words", set()) if any("rule" in t for t in alike) else None
    for key, value in table.items():
        if key not in known:
            yield _unknown(path, key, known)
            continue
        for row in _rows(value):
            for name in row:
                if name not in known[key]:
                    yield _unknown(path, name, known[key], f" of {row.get('id') or key}")


def _rows(value: object) -> list[Table]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _unknown(path: Path, key: str, known: Mapping[str, object] | set[str], of: str = "") -> str:
    text = path.read_text(encoding="utf-8")
    found = re.search(rf"^\s*(?:\[\[?)?\"?{re.escape(key)}\b", text, re.MULTILINE)
    line = text.count("\n", 0, found.end()) + 1 if found else 1
    near = difflib.get_close_matches(key, known, n=1, cutoff=0.6)
    meant = f"did you mean {near[0]}?" if near else f"there are {', '.join(sorted(known))}"
    return f"{path}:{line}: unknown key {key}{of}; {meant}"


def _unread(path: Path, table: Table, ours: Mapping[Path, Table]) -> Iterator[str]:
    """Yield an error for each rule and cue that no step of ours would look at."""
    types = {r["type"] for t in ours.values() for r in t.get("rule", ())}
    for rule in table.get("rule", ()):
        if isinstance(rule, dict) and rule.get("type", "meeting") not in types:
            yield (
                f"{path}: {rule.get('id')}: there is no type of rule {rule['type']!r}; "
                f"one of {', '.join(sorted(types))}"
            )
    cues = {c["id"]: bool(c.get("ignorecase")) for t in ours.values() for c in t.get("cue", ())}
    for cue in table.get("cue", ()):
        name = cue.get("id") if isinstance(cue, dict) else None
        if isinstance(name, str) and name not in cues:
            near = difflib.get_close_matches(name, cues, n=1)
            meant = f"; did you mean {near[0]}?" if near else ""
            yield f"{path}: {name}: no step of ours looks at a cue of this name{meant}"


def _twice(rules: Mapping[Path, Table]) -> Iterator[str]:
    seen: dict[str, Path] = {}
    for path, table in rules.items():
        for rule in _rows(table.get("rule")):
            id_ = rule.get("id")
            if isinstance(id_, str):
                if id_ in seen:
                    where = "it" if seen[id_] == path else str(seen[id_])
                    yield f"{path}: {id_}: two rules of {where} have this id; rename one"
                seen[id_] = path


def as_toml(table: Mapping[str, Any]) -> str:
    """A table as TOML, one line a key."""
    return "".join(f"{_text(key)} = {_value(value)}\n" for key, value in table.items())


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_text(k)} = {_value(v)}" for k, v in value.items()) + "}"
    if isinstance(value, int | float):
        return repr(value)
    return str(value.isoformat())


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
