"""Rules: patterns over words and mentions, read from the TOML files of rules/."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sized
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from ciskg.extract.frames import Slot, fill, slot
from ciskg.knowledge import KnowledgeError, folder, read_table
from ciskg.recognise import CHAR, Encoded, Mention

SLOT = re.compile(r"\{(?:(?P<name>[a-z_]\w*)=)?(?P<kinds>[a-z_|]+)\}")
WORDS = re.compile(r"(?<!\?P)<(?P<name>[\w-]+)>")
GROUP = re.compile(r"\(\?P<(?P<name>\w+)>")
_JOIN = (
    r"(?:, and (?:also )?(?:the )?|,? as well as (?:the )?|, along with (?:the )?|, (?:the )?"
    r"| and (?:the )?|; (?:and )?|"
    r",? and also |\n| и | а также |, а также )"
)
_GAP = r"[^.;:\n]{0,90}?"


@dataclass(frozen=True, slots=True)
class Rule:
    """One construction: what it looks like and which fact it makes."""

    id: str
    type: str
    language: str
    pattern: re.Pattern[str]
    not_in: re.Pattern[str] | None  # a sentence that holds this is not read by the rule
    fields: Mapping[str, str]
    reads: tuple[Mapping[str, object], ...]
    ignores: tuple[Mapping[str, object], ...]
    file: str
    only_in: re.Pattern[str] | None = None  # a sentence without this need not be looked at
    clause: tuple[Slot, ...] = ()  # slots that the trigger's clause fills
    reason: str = ""  # why it stands, where it fits no sentence of the project's own documents


@dataclass(frozen=True, slots=True)
class Found:
    """A rule that fits a stretch of a sentence, and what fills its slots."""

    rule: Rule
    start: int  # in the encoded sentence
    end: int
    slots: Mapping[str, tuple[Mention, ...]] = field(default_factory=dict)
    words: Mapping[str, tuple[int, int]] = field(default_factory=dict)  # slots that hold words


def find(rule: Rule, encoded: Encoded) -> Iterator[Found]:
    """Each place where the rule fits the sentence."""
    if rule.only_in is not None and not rule.only_in.search(encoded.text):
        return
    if rule.not_in is not None and rule.not_in.search(encoded.text):
        return
    for match in rule.pattern.finditer(encoded.text):
        slots: dict[str, tuple[Mention, ...]] = {}
        words: dict[str, tuple[int, int]] = {}
        for name, value in match.groupdict().items():
            if value is not None:
                key = name.rstrip("0123456789_")
                span = match.span(name)
                slots[key] = (*slots.get(key, ()), *encoded.within(*span))
                words[key] = span
        filled = fill(rule.clause, encoded, match.start(), match.end(), slots)
        if filled is not None:
            yield Found(rule, match.start(), match.end(), filled, words)


def closest(rules: Iterable[Rule], encoded: Encoded, made: Sized) -> Iterator[Found]:
    """What the rules find in a sentence; a frame only where nothing was made of closer finds.

    `made` is what the caller fills with what it makes of each find.
    """
    for rule in sorted(rules, key=lambda r: bool(r.clause)):
        if rule.clause and len(made):
            return
        yield from find(rule, encoded)


def load_rules(language: str | None = None) -> tuple[Rule, ...]:
    """The rules of one language, or of all, in the order of file names and places.

    Raises KnowledgeError that names file and rule.
    """
    return _load(folder("rules"), language)


@cache
def _load(path: Path, language: str | None) -> tuple[Rule, ...]:
    rules: list[Rule] = []
    for file in sorted(path.glob(f"{language or '*'}/*.toml")):
        name = f"{file.parent.name}/{file.name}"
        data = read_table(file)
        words = {k: str(v) for k, v in data.get("words", {}).items()}
        rules += [
            _rule(raw, words, file.parent.name, name, n)
            for n, raw in enumerate(data.get("rule", ()), 1)
        ]
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            raise KnowledgeError(
                f"rules/{rule.file}: {rule.id}: two rules have this id; rename one"
            )
        seen.add(rule.id)
    return tuple(rules)


def _rule(
    raw: Mapping[str, object], words: Mapping[str, str], language: str, file: str, number: int
) -> Rule:
    label = f"rules/{file}: {raw.get('id') or f'rule {number}'}"
    for key, kind in (
        ("id", str),
        ("type", str),
        ("pattern", str),
        ("reads", list),
        ("ignores", list),
    ):
        if not isinstance(raw.get(key), kind) or not raw.get(key):
            raise KnowledgeError(
                f"{label}: lacks `{key}`; every rule has id, type, pattern, reads and ignores"
            )
    if not isinstance(raw.get("reason", ""), str):
        raise KnowledgeError(f"{label}: `reason` is no text; say which documents write so")
    return Rule(
        id=str(raw["id"]),
        type=str(raw["type"]),
        language=language,
        pattern=_pattern(str(raw["pattern"]), words, label),
        not_in=_pattern(str(raw["not_in"]), words, label) if raw.get("not_in") else None,
        fields={k: str(v) for k, v in _mapping(raw.get("fields", {}), label).items()},
        reads=tuple(_mapping(r, label) for r in _sequence(raw["reads"])),
        ignores=tuple(_mapping(r, label) for r in _sequence(raw["ignores"])),
        file=file,
        only_in=_pattern(str(raw["only_in"]), words, label) if raw.get("only_in") else None,
        clause=_clause(_mapping(raw.get("clause", {}), label), label),
        reason=str(raw.get("reason", "")),
    )


def _clause(specs: Mapping[str, object], label: str) -> tuple[Slot, ...]:
    try:
        slots = tuple(slot(name, str(spec)) for name, spec in specs.items())
    except ValueError as error:
        raise KnowledgeError(f"{label}: clause: {error}") from error
    unknown = sorted({kind for one in slots for kind in one.kinds} - set(CHAR))
    if unknown:
        raise KnowledgeError(
            f"{label}: clause: no such kind of mention: {unknown[0]}; one of {', '.join(CHAR)}"
        )
    return slots


def _sequence(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _mapping(value: object, label: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise KnowledgeError(f"{label}: expected a table, found {value!r}")
    return value


def _pattern(source: str, words: Mapping[str, str], label: str) -> re.Pattern[str]:
    counts: dict[str, int] = {}

    def word(match: re.Match[str]) -> str:
        name = match.group("name")
        if name not in words:
            raise KnowledgeError(f"{label}: <{name}> is not under [words]; add it there")
        return f"(?:{words[name]})"

    def again(name: str) -> str:
        """A name of its own for each group of one name, of which `find` knows the stem."""
        counts[name] = counts.get(name, 0) + 1
        return name if counts[name] == 1 else name + "_" * counts[name]

    def slot(match: re.Match[str]) -> str:
        name, kinds = match.group("name"), match.group("kinds")
        body = _slot(kinds, label)
        return f"(?P<{again(name)}>{body})" if name else body

    def group(match: re.Match[str]) -> str:
        return f"(?P<{again(match.group('name'))}>"

    source = re.sub(r"\s*\n\s*", "", source)
    for _ in range(3):
        source = WORDS.sub(word, source)
    source = SLOT.sub(slot, GROUP.sub(group, source))
    try:
        return re.compile(source, re.IGNORECASE)
    except re.error as error:
        raise KnowledgeError(f"{label}: the pattern does not compile: {error}") from error


def _slot(kinds: str, label: str) -> str:
    if kinds == "gap":
        return _GAP
    if kinds in ("persons", "people", "states"):
        one = {
            "persons": CHAR["person"],
            "people": f"[{CHAR['person']}{CHAR['office']}]",
            "states": f"[{CHAR['state']}{CHAR['org']}]",
        }[kinds]
        return rf"{one}(?:{_JOIN}{one})*"
    unknown = [kind for kind in kinds.split("|") if kind not in CHAR]
    if unknown:
        raise KnowledgeError(
            f"{label}: {{{kinds}}}: no such kind of mention: {unknown[0]}; one of {', '.join(CHAR)}"
        )
    # One kind is its bare character, so that it may stand inside a class: [^.;{person}].
    return CHAR[kinds] if kinds in CHAR else f"[{''.join(CHAR[kind] for kind in kinds.split('|'))}]"
