"""In which case a mention of a Russian sentence stands: who acts, with whom, by whom, to whom."""

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import takewhile

from ciskg.cues import cue
from ciskg.recognise.holders import Holder
from ciskg.recognise.lexicon import Lexicon
from ciskg.recognise.mentions import Encoded, Mention
from ciskg.recognise.russian_forms import case_of, endings, fold, nominative
from ciskg.recognise.tokens import normal

CASES = ("gen", "dat", "ins", "pre")
KINDS = ("person", "office", "state")
STEM = 3  # letters that the forms of a name share


def with_cases(
    encoded: Encoded, text: str, forms: Mapping[str, tuple[str, ...]], lexicon: Lexicon
) -> Encoded:
    """The encoded text with the case of each person, office and state that shows it.

    The cases are "nom", "gen" (also the accusative of persons), "dat", "ins", "pre"; the
    accusative of states counts as the nominative.
    """
    mentions = {
        at: replace(m, case=_case(m, text[m.start : m.end], forms, lexicon) or _told(encoded, at))
        if m.kind in KINDS
        else m
        for at, m in encoded.mentions.items()
    }
    return replace(encoded, mentions=mentions)


def _told(encoded: Encoded, at: int) -> str:
    """The case that a person's place tells, where the name does not decline."""
    acts = cue("cases-subject").search(encoded.text, max(0, at - 40), at)
    return "nom" if acts and encoded.mentions[at].kind == "person" else ""


def _case(
    mention: Mention, written: str, forms: Mapping[str, tuple[str, ...]], lexicon: Lexicon
) -> str:
    if mention.kind == "state":
        return _of_state(written, lexicon)
    name = mention.value.name if isinstance(mention.value, Holder) else ""
    return _of_person(mention, written, forms.get(name, ()), lexicon)


def _of_person(mention: Mention, written: str, forms: tuple[str, ...], lexicon: Lexicon) -> str:
    pronoun = next((c for c in ("nom", *CASES) if cue(f"cases-{c}").fullmatch(written)), "")
    if pronoun:
        return pronoun
    parts = forms[0].split() if forms else []
    shown: list[str] = []
    office: list[str] = []
    for word in re.findall(r"[\w-]+\.?", written):
        part = max(((_alike(p, word), p) for p in parts), default=(0, ""))[1]
        part = part if _alike(part, word) >= STEM else ""
        if part and word[:1].isupper():
            shown.append(_of_name(word, part, part == parts[-1], lexicon))
        elif not word.endswith("."):
            office.append(word)
    known = [c for c in shown if c]
    told = next((c for c in known if c != "nom"), "")
    if told:
        return told
    by_office = (
        "" if not _has_office(mention) else next((c for w in office if (c := _of_word(w))), "")
    )
    return by_office or (known[0] if known else "")


def _alike(one: str, other: str) -> int:
    """How many first letters two words share."""
    pairs = zip(fold(one), fold(other), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _has_office(mention: Mention) -> bool:
    return isinstance(mention.value, Holder) and bool(mention.value.offices)


def _of_name(word: str, part: str, last: bool, lexicon: Lexicon) -> str:
    """The case that one word of a name shows, whose nominative is `part`."""
    if fold(word) == fold(part):
        lasting = endings().indeclinable.search(fold(part)) if last else part[-1:] in "иоуэе"
        return "" if lasting else "nom"
    if not last and normal(part) in lexicon.given_russian:
        return case_of(word, part)
    for woman in (False, True):
        for one in CASES:
            if fold(nominative(word, one, woman)) == fold(part):
                return one if not woman else "obl"
    return ""


def _of_word(word: str) -> str:
    """The case that the first word of an office shows; "" where it does not decline."""
    lower = word.lower().rpartition("-")[2]
    return next((c for c in (*CASES, "nom") if cue(f"cases-office-{c}").fullmatch(lower)), "")


def _of_state(written: str, lexicon: Lexicon) -> str:
    if written.isupper():  # РФ, США
        return ""
    words = written.lower().split()
    first = next((w for w in words if cue("cases-state-head").match(w)), words[0])
    found = next((c for c in (*CASES, "nom") if cue(f"cases-state-{c}").fullmatch(first)), "")
    if len(words) == 1 and first[-1:] in "ау":
        base = lexicon.trie.get(normal(first[:-1]), {}).get("", ())
        if any(e.kind == "state" for e in base):
            return "gen" if first[-1] == "а" else "dat"
    return found
