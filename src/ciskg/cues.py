"""Cues: the words of a language that steer reading: patterns of rules/<language>/cues-*.toml."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from ciskg.kinds import CHAR
from ciskg.knowledge import KnowledgeError, folder

KIND = re.compile(r"\{([a-z]+)\}")


def cue(name: str) -> re.Pattern[str]:
    """The pattern of a cue, in every language that has it.

    Raises KnowledgeError where no file has it, or a pattern does not compile.
    """
    return _load(folder("rules"))[name]


@cache
def _load(rules: Path) -> dict[str, re.Pattern[str]]:
    sources: dict[str, list[str]] = {}
    small: set[str] = set()
    for path in sorted(rules.glob("*/cues-*.toml")):
        label = f"rules/{path.parent.name}/{path.name}"
        try:
            data = tomllib.loads(path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise KnowledgeError(f"{label}: not TOML: {error}") from error
        for number, row in enumerate(data.get("cue", ()), 1):
            if not isinstance(row.get("id"), str) or not isinstance(row.get("pattern"), str):
                raise KnowledgeError(f"{label}: cue {number}: lacks `id` or `pattern`; add it")
            pattern = KIND.sub(lambda m: CHAR.get(m.group(1), m.group()), row["pattern"])
            sources.setdefault(row["id"], []).append(re.sub(r"\s*\n\s*", "", pattern))
            if row.get("ignorecase"):
                small.add(row["id"])
    found: dict[str, re.Pattern[str]] = {}
    for name, patterns in sources.items():
        try:
            found[name] = re.compile("|".join(patterns), re.IGNORECASE if name in small else 0)
        except re.error as error:
            raise KnowledgeError(
                f"rules: cue {name}: the pattern does not compile: {error}"
            ) from error
    return found


def word_list(name: str) -> frozenset[str]:
    """The words of a list of rules/<language>/words.toml, in every language that has it."""
    return _words(folder("rules"))[0].get(name, frozenset())


def word_table(name: str) -> Mapping[str, str]:
    """A table of rules/<language>/words.toml, in every language that has it."""
    return _words(folder("rules"))[1].get(name, {})


@cache
def _words(rules: Path) -> tuple[dict[str, frozenset[str]], dict[str, dict[str, str]]]:
    lists: dict[str, frozenset[str]] = {}
    tables: dict[str, dict[str, str]] = {}
    for path in sorted(rules.glob("*/words.toml")):
        try:
            data = tomllib.loads(path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise KnowledgeError(
                f"rules/{path.parent.name}/{path.name}: not TOML: {error}"
            ) from error
        for name, text in data.get("list", {}).items():
            lists[name] = lists.get(name, frozenset()) | frozenset(str(text).split())
        for name, rows in data.get("table", {}).items():
            tables.setdefault(name, {}).update({str(k): str(v) for k, v in rows.items()})
    return lists, tables
