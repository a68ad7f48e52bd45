"""Cues: the words of a language that steer reading: patterns of rules/<language>/cues-*.toml."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from ciskg.kinds import CHAR
from ciskg.knowledge import KnowledgeError, Own, folder, laid, read_table
from ciskg.needs import needs

KIND = re.compile(r"\{([a-z]+)\}")


def cue(name: str) -> re.Pattern[str]:
    """The pattern of a cue, in every language that has it.

    Raises KnowledgeError where no file has it, or a pattern does not compile.
    """
    return _known(laid(), name)


@cache
def _known(_: Own | None, name: str) -> re.Pattern[str]:
    return _compiled(folder("rules"), name)


def may_hold(name: str, folded: str) -> bool:
    """Whether a text, folded, may hold what a cue looks for: quicker than looking."""
    pieces = _pieces(laid(), name)
    return not pieces or any(piece in folded for piece in pieces)


@cache
def _pieces(_: Own | None, name: str) -> tuple[str, ...]:
    needed = needs(cue(name))
    return tuple(sorted(piece.strip() for piece in needed[0])) if needed else ()


@cache
def _compiled(rules: Path, name: str) -> re.Pattern[str]:
    patterns, ignorecase = _sources(rules)[name]
    try:
        return re.compile("|".join(patterns), re.IGNORECASE if ignorecase else 0)
    except re.error as error:
        raise KnowledgeError(f"rules: cue {name}: the pattern does not compile: {error}") from error


@cache
def _sources(rules: Path) -> dict[str, tuple[list[str], bool]]:
    """The patterns of each cue, and whether the case of letters counts for nothing."""
    found: dict[str, tuple[list[str], bool]] = {}
    for path in sorted(rules.glob("*/cues-*.toml")):
        label = f"rules/{path.parent.name}/{path.name}"
        for number, row in enumerate(read_table(path).get("cue", ()), 1):
            if not isinstance(row.get("id"), str) or not isinstance(row.get("pattern"), str):
                raise KnowledgeError(f"{label}: cue {number}: lacks `id` or `pattern`; add it")
            pattern = KIND.sub(lambda m: CHAR.get(m.group(1), m.group()), row["pattern"])
            patterns, ignorecase = found.get(row["id"], ([], False))
            patterns.append(re.sub(r"\s*\n\s*", "", pattern))
            found[row["id"]] = (patterns, ignorecase or bool(row.get("ignorecase")))
    return found


def word_list(name: str) -> frozenset[str]:
    """The words of a list of rules/<language>/words.toml, in every language that has it."""
    return _list(laid(), name)


@cache
def _list(_: Own | None, name: str) -> frozenset[str]:
    return _words(folder("rules"))[0].get(name, frozenset())


def word_table(name: str) -> Mapping[str, str]:
    """A table of rules/<language>/words.toml, in every language that has it."""
    return _table(laid(), name)


@cache
def _table(_: Own | None, name: str) -> Mapping[str, str]:
    return _words(folder("rules"))[1].get(name, {})


@cache
def _words(rules: Path) -> tuple[dict[str, frozenset[str]], dict[str, dict[str, str]]]:
    lists: dict[str, frozenset[str]] = {}
    tables: dict[str, dict[str, str]] = {}
    for path in sorted(rules.glob("*/words.toml")):
        data = read_table(path)
        for name, text in data.get("list", {}).items():
            lists[name] = lists.get(name, frozenset()) | frozenset(str(text).split())
        for name, rows in data.get("table", {}).items():
            tables.setdefault(name, {}).update({str(k): str(v) for k, v in rows.items()})
    return lists, tables
