"""The stored queries, as their files describe them.

A file has grlc decorators (`#+ summary:`), a header that explains each parameter and column
(`# ?name  meaning`), and a line `VALUES ?_year_integer { 2020 }` for each parameter. A default of
`UNDEF` asks for any value.
"""

import difflib
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from ciskg.knowledge import KnowledgeError, folder

XSD = "http://www.w3.org/2001/XMLSchema#"
KINDS = ("iri", "integer", "date", "string")
_PARAMETER = re.compile(r"\?_([a-z]+(?:_[a-z]+)*)_([a-z]+)\b")
_VALUES = re.compile(r"^ *VALUES \?(_\w+) \{ (.+) \}$")
_EXPLAINED = re.compile(r"^# \?(\w+) {1,}(\S.*)$")
_CONTINUED = re.compile(r"^# {4,}(\S.*)$")
_DECORATOR = re.compile(r"^#\+ ([a-z]+):(?: +(\S.*))?$")
_ITEM = re.compile(r"^#\+ {3}- +(\S.*)$")
_PLACE = re.compile(r"error at (\d+):(\d+): ")


class QueryError(Exception):
    """A question cannot be asked as the user put it; the message names the remedy."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A hole in a query that a user may fill."""

    name: str  # "year", as a user writes it
    variable: str  # "_year_integer"
    kind: str  # one of KINDS
    default: ox.NamedNode | ox.Literal | None  # None: any value
    description: str
    line: int  # of its VALUES line in the text, from 0


@dataclass(frozen=True, slots=True)
class StoredQuery:
    """One question of the folder `queries/`."""

    name: str  # the file's stem: "who-chaired"
    summary: str
    description: str
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    columns: tuple[tuple[str, str], ...]  # name and meaning, in the order of SELECT
    text: str


def stored(place: Path | None = None) -> tuple[StoredQuery, ...]:
    """All stored queries by name, of the installation or of another folder.

    Raises KnowledgeError that names file, line and remedy where a file is broken.
    """
    return _stored(folder("queries") if place is None else place)


@functools.lru_cache(maxsize=8)
def _stored(place: Path) -> tuple[StoredQuery, ...]:
    return tuple(read(path) for path in sorted(place.glob("*.rq")))


def get(name: str, place: Path | None = None) -> StoredQuery:
    """The stored query of this name.

    Raises QueryError with the nearest names where there is none.
    """
    queries = {query.name: query for query in stored(place)}
    if name in queries:
        return queries[name]
    near = difflib.get_close_matches(name, queries, n=3, cutoff=0.5)
    meant = f"did you mean {' or '.join(near)}?" if near else "`ciskg query` lists them all"
    raise QueryError(f"there is no query “{shown(name)}”; {meant}")


def shown(value: object) -> str:
    """What a user gave, as one line of a message may repeat it."""
    text = str(value).encode("utf-8", "backslashreplace").decode("utf-8")
    text = "".join(letter if letter.isprintable() else "�" for letter in text)
    return text if len(text) <= 80 else f"{text[:80]}…"


def read(path: Path) -> StoredQuery:
    """One stored query, from its file.

    Raises KnowledgeError with all that is wrong in the file.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{path.name}: cannot be read: {error}; save it as UTF-8") from error
    variables = _variables(path, text)
    lines = text.split("\n")
    problems: list[str] = []
    decorators, defaults = _decorators(lines, problems)
    explained = _explained(lines)
    parameters = _parameters(lines, explained, problems)
    expected = {p.name: p.default.value for p in parameters if p.default is not None}
    if defaults != expected:
        problems.append(
            f"1: `#+ defaults:` says {defaults}, the VALUES lines {expected}; make them agree"
        )
    for name in variables:
        if name not in explained:
            problems.append(f"1: column ?{name} is not explained; add a line `# ?{name}  meaning`")
    problems.extend(_unordered(lines, variables))
    for key in ("summary", "description", "tags"):
        if not decorators.get(key):
            problems.append(f"1: no {key}; add a line `#+ {key}: …`")
    if problems:
        raise KnowledgeError("\n".join(f"{path.name}:{problem}" for problem in problems))
    return StoredQuery(
        name=path.stem,
        summary=" ".join(decorators["summary"]),
        description=" ".join(decorators["description"]),
        tags=tuple(decorators["tags"]),
        parameters=parameters,
        columns=tuple((name, explained[name]) for name in variables),
        text=text,
    )


def _variables(path: Path, text: str) -> list[str]:
    """The columns of a query, which shows that it is one."""
    try:
        solutions = ox.Store().query(text)
    except SyntaxError as error:
        place = _PLACE.match(str(error))
        line = place[1] if place else "1"
        reason = _PLACE.sub("", str(error)).split("\n")[0]
        raise KnowledgeError(f"{path.name}:{line}: not SPARQL: {reason}; correct it") from error
    if not isinstance(solutions, ox.QuerySolutions):
        raise KnowledgeError(f"{path.name}:1: not a SELECT query; ask with SELECT")
    return [variable.value for variable in solutions.variables]


def _unordered(lines: list[str], variables: list[str]) -> Iterator[str]:
    """Yield what is wrong with the order of the rows, which must be the same in every engine."""
    code = [line.partition("#")[0] if line.startswith("#") else line for line in lines]
    found = [n for n, line in enumerate(code) if re.search(r"\bORDER\s+BY\b", line, re.IGNORECASE)]
    remedy = f"end it with the line: ORDER BY {' '.join(f'?{name}' for name in variables)}"
    if not found:
        yield f"{len(lines)}: no ORDER BY, so rows come in any order; {remedy}"
        return
    named = set(re.findall(r"[?$](\w+)", "\n".join(code[found[-1] :])))
    missing = [name for name in variables if name not in named]
    if missing:
        names = ", ".join(f"?{name}" for name in missing)
        yield f"{found[-1] + 1}: ORDER BY leaves out {names}, so rows may change places; {remedy}"


def _decorators(
    lines: list[str], problems: list[str]
) -> tuple[dict[str, list[str]], dict[str, str]]:
    """The grlc decorators: their texts or items by key, and the defaults by parameter."""
    found: dict[str, list[str]] = {}
    defaults: dict[str, str] = {}
    key = ""
    for number, line in enumerate(lines, start=1):
        if not line.startswith("#+"):
            continue
        if start := _DECORATOR.match(line):
            key = start[1]
            found[key] = [start[2]] if start[2] else []
        elif (item := _ITEM.match(line)) and key == "defaults" and ": " in item[1]:
            name, value = item[1].split(": ", 1)
            defaults[name] = value
        elif item and key == "tags":
            found[key].append(item[1])
        else:
            problems.append(f"{number}: not a decorator; write `#+ key: text` or `#+   - item`")
    return found, defaults


def _explained(lines: list[str]) -> dict[str, str]:
    """What the header says of each name."""
    found: dict[str, str] = {}
    last = None
    for line in lines:
        if start := _EXPLAINED.match(line):
            last = start[1]
            found[last] = start[2]
        elif last is not None and (more := _CONTINUED.match(line)):
            found[last] += " " + more[1]
        else:
            last = None
    return found


def _parameters(
    lines: list[str], explained: dict[str, str], problems: list[str]
) -> tuple[Parameter, ...]:
    """The parameters, by the VALUES lines that bind them."""
    prefixes = "\n".join(line for line in lines if line.startswith("PREFIX "))
    found: dict[str, Parameter] = {}
    used: dict[str, int] = {}
    for index, line in enumerate(lines):
        if line.startswith("#"):
            continue
        for use in _PARAMETER.finditer(line):
            used.setdefault(use[0][1:], index + 1)
        if (values := _VALUES.match(line)) is None:
            continue
        variable = values[1]
        form = _PARAMETER.fullmatch(f"?{variable}")
        if form is None or form[2] not in KINDS:
            kinds = ", ".join(KINDS)
            problems.append(f"{index + 1}: ?{variable} has no kind; end its name with {kinds}")
            continue
        if variable in found:
            problems.append(f"{index + 1}: ?{variable} is bound twice; keep one VALUES line")
            continue
        default = _default(prefixes, values[2])
        if default is not None and kind_of(default) != form[2]:
            problems.append(f"{index + 1}: the default of ?{variable} is no {form[2]}; change it")
        description = explained.get(variable, "")
        if not description.startswith("parameter: "):
            problems.append(
                f"{index + 1}: ?{variable} is not explained; "
                f"add `# ?{variable}  parameter: meaning`"
            )
        description = description.removeprefix("parameter: ")
        found[variable] = Parameter(form[1], variable, form[2], default, description, index)
    for variable, number in used.items():
        if variable not in found:
            problems.append(f"{number}: ?{variable} has no line `VALUES ?{variable} {{ default }}`")
    return tuple(found.values())


def _default(prefixes: str, term: str) -> ox.NamedNode | ox.Literal | None:
    """The term between the braces; its syntax was seen to be right."""
    solutions = ox.Store().query(f"{prefixes}\nSELECT ?x {{ VALUES ?x {{ {term} }} }}")
    assert isinstance(solutions, ox.QuerySolutions)
    value = next(iter(solutions))[0]
    assert value is None or isinstance(value, ox.NamedNode | ox.Literal)
    return value


def kind_of(term: ox.NamedNode | ox.Literal) -> str:
    """The kind of parameter that takes this term."""
    if isinstance(term, ox.NamedNode):
        return "iri"
    return term.datatype.value.removeprefix(XSD)
