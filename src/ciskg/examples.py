"""Whether rules read what their own examples say, and ignore what they say."""

from collections.abc import Iterable, Iterator, Mapping

from ciskg.extract import load_rules, read_facts
from ciskg.extract.rules import Rule, find
from ciskg.knowledge import alone
from ciskg.model import Fact
from ciskg.read import read_text
from ciskg.recognise import load_lexicon, recognise

TYPES = {"act": "agreement"}  # what a rule gives, where its type is no type of fact
CUES = "look at the cues that guard the step, in rules/*/cues-*.toml, such as `years-word`"


def own_rules() -> tuple[Rule, ...]:
    """The rules that are laid over ours: new ones, and those that take the place of ours."""
    with alone():
        ours = set(map(repr, load_rules()))
    return tuple(rule for rule in load_rules() if repr(rule) not in ours)


def broken_examples(rules: Iterable[Rule]) -> Iterator[str]:
    """Yield what is wrong, for each example that does not hold."""
    for rule in rules:
        for example in rule.reads:
            for wrong in _unread(rule, example):
                yield f"rules/{rule.file}: {rule.id}: {example.get('text')!r}: {wrong}"
        for example in rule.ignores:
            text = str(example.get("text"))
            if any(fact.rule == rule.id for fact in _facts(text)):
                yield f"rules/{rule.file}: {rule.id}: {text!r} is read and should be ignored"


def _unread(rule: Rule, example: Mapping[str, object]) -> Iterator[str]:
    text = str(example.get("text"))
    if not _fires(rule, text):
        yield "the pattern does not fit its own example"
        return
    found = [f for f in _facts(text) if f.type == TYPES.get(rule.type, rule.type)]
    wanted = {name: value for name, value in example.items() if name != "text"}
    people = wanted.pop("person", None) if rule.type in ("participant", "absence") else None
    if isinstance(people, list):
        missed = sorted(set(people) - {str(fact.values.get("person")) for fact in found})
        if missed:
            yield f"{', '.join(missed)}: not read"
    elif people is not None:
        wanted["person"] = people
    if not found:
        yield f"the pattern fits, but no fact came of it; {CUES}"
    elif not any(_holds(fact, wanted) for fact in found):
        read = "; ".join(str(dict(fact.values)) for fact in found)
        yield f"read was {read}, and not {wanted}"


def _facts(text: str) -> tuple[Fact, ...]:
    return read_facts(read_text(text), load_lexicon()).facts


def _fires(rule: Rule, text: str) -> bool:
    read = recognise(read_text(text), load_lexicon())
    return any(True for sentence in read.sentences for _ in find(rule, sentence.encoded))


def _holds(fact: Fact, wanted: Mapping[str, object]) -> bool:
    for name, value in wanted.items():
        found = fact.values.get(name)
        if isinstance(value, list):
            if not isinstance(found, tuple) or set(found) != set(value):
                return False
        elif found != value:
            return False
    return True
