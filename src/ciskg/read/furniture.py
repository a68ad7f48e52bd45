"""Which lines of a page are furniture, by the classes in rules/furniture.toml."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ciskg.knowledge import KnowledgeError, cached, folder, read_table

LONGEST = 300  # characters; a longer line is text
_SEPARATORS = re.compile(r"\s+[|·•/]\s+|\s*\|\s*")
_PREFIX = re.compile(r"[\w ]{3,30}:\s+")


@dataclass(frozen=True, slots=True)
class Furniture:
    """One class of lines."""

    id: str
    lines: str  # one regular expression for all of them
    top: bool  # only above the first sentence
    opens: bool  # a list of links follows
    closes: bool  # the text proper is over where only short lines follow
    publisher: bool  # the line names the publisher
    before: bool  # stands before the words of a line, not alone on it
    reads: tuple[str, ...]
    ignores: tuple[str, ...]


@cached
def rules() -> tuple[Furniture, ...]:
    """The classes of furniture.toml, in their order.

    Raises KnowledgeError that names all broken classes of the file.
    """
    return read_rules(folder("rules") / "furniture.toml")


def read_rules(path: Path) -> tuple[Furniture, ...]:
    """The classes of one file; raises KnowledgeError that names all that are broken."""
    tables = read_table(path).get("furniture", [])
    made: list[Furniture] = []
    problems: list[str] = []
    for number, table in enumerate(tables, 1):
        made.extend(_rule(table, f"{path.name}: {table.get('id', f'rule {number}')}", problems))
    if not tables:
        problems.append(f"{path.name}: no [[furniture]] table; add one")
    if problems:
        raise KnowledgeError("\n".join(problems))
    return tuple(made)


def _rule(table: Mapping[str, Any], name: str, problems: list[str]) -> list[Furniture]:
    """The class that one table describes, or none and what is wrong with it."""
    unknown = table.keys() - {
        "id",
        "lines",
        "where",
        "opens",
        "closes",
        "publisher",
        "before",
        "reads",
        "ignores",
    }
    problems.extend(f"{name}: unknown key {key}; remove it" for key in sorted(unknown))
    problems.extend(
        f"{name}: {key} is missing or empty; add it"
        for key in ("id", "lines", "reads", "ignores")
        if not table.get(key)
    )
    if table.get("where", "top") != "top":
        problems.append(f'{name}: where = "{table["where"]}"; only "top" is known')
    if problems:
        return []
    return [
        Furniture(
            id=table["id"],
            lines="|".join(f"(?:{line})" for line in table["lines"]),
            top=table.get("where") == "top",
            opens=table.get("opens", False),
            closes=table.get("closes", False),
            publisher=table.get("publisher", False),
            before=table.get("before", False),
            reads=tuple(table["reads"]),
            ignores=tuple(table["ignores"]),
        )
    ]


@cached
def _compiled(rule: Furniture) -> re.Pattern[str]:
    """The pattern of one class; made when a line of that class is met."""
    return re.compile(rule.lines, re.IGNORECASE)


@cached
def _any_rule(top: bool) -> re.Pattern[str]:
    """One pattern for all classes: most lines match none, and are told so in one step.

    Raises KnowledgeError that names the class whose pattern is broken.
    """
    parts = [rule for rule in rules() if not rule.before and (top or not rule.top)]
    try:
        return re.compile("|".join(f"(?:{rule.lines})" for rule in parts), re.IGNORECASE)
    except re.error:
        for rule in parts:
            try:
                _compiled(rule)
            except re.error as error:
                name = f"furniture.toml: {rule.id}"
                raise KnowledgeError(f"{name}: no regular expression: {error}") from error
        raise


def furniture_of(line: str, *, top: bool) -> Furniture | None:
    """The class of a line, outer spaces removed; None where it is text."""
    if not line or len(line) > LONGEST:
        return None
    if _any_rule(top).fullmatch(line) is None:
        return _menu(line, top=top)
    return next(
        r for r in rules() if not r.before and (top or not r.top) and _compiled(r).fullmatch(line)
    )


def glued_before(line: str) -> int:
    """How many characters of furniture stand before the first words of a line."""
    for rule in rules():
        if rule.before and (match := _compiled(rule).match(line)):
            return match.end()
    return 0


def segments(line: str) -> list[str]:
    """The parts of a line like `World | 28 Sep 2018 | Print`; the line itself where it has none."""
    return [part for part in _SEPARATORS.split(line.strip()) if part]


def _menu(line: str, *, top: bool) -> Furniture | None:
    """The class of a line of several short parts, one of which is furniture by itself."""
    parts = segments(line)
    if len(parts) < 2 or max(map(len, parts)) > 60 or line.endswith((".", ";", ":")):
        return None
    parts[0] = _PREFIX.sub("", parts[0])
    for part in parts:
        if _any_rule(True).fullmatch(part):
            found = next(r for r in rules() if not r.before and _compiled(r).fullmatch(part))
            if found.id not in ("numbers-alone", "site-name", "breadcrumb", "separator") and (
                top or found.id != "rubric" or len(parts) > 3
            ):
                return found
    return None
