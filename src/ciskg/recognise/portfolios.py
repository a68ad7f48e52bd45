"""Ministers of portfolios that no label has: `Minister of Water Resources and Irrigation`."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ciskg.cues import cue, word_list
from ciskg.knowledge import cached
from ciskg.recognise.lexicon import Entry
from ciskg.recognise.mentions import Mention, merge

REACH = 80  # characters before `Minister` in which its portfolio stands


@cached
def portfolio() -> str:
    """The pattern of a portfolio: words of ministries' names, in a list or joined by `and`."""
    words = "|".join(sorted(word_list("portfolio"), key=lambda w: (-len(w), w)))
    one = rf"(?:{words})(?:[ -](?:{words}))*\b"
    return rf"{one}(?:(?:, {one})*,? (?:and|&) {one})*"


@cached
def _after() -> re.Pattern[str]:
    return re.compile(rf"\s(?:of|for)\s(?:the\s)?(?P<what>{portfolio()})(?![\w-])", re.IGNORECASE)


@cached
def _more() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<what>(?:, {portfolio()})?,? and {portfolio()})(?![\w-])(?!\s(?:minister|secretary))",
        re.IGNORECASE,
    )


@cached
def _before() -> re.Pattern[str]:
    return re.compile(rf"\b(?P<what>{portfolio()}(?P<joined>,? (?:and|&))?) $", re.IGNORECASE)


def extend_portfolios(text: str, labels: Sequence[Mention]) -> list[Mention]:
    """The labels, those of ministers with the whole portfolio that the text gives them."""
    out: list[Mention] = []
    for mention in labels:
        if mention.kind == "role" and (longer := _extended(text, mention)):
            out.append(longer)
    return merge(out, labels) if out else list(labels)


def _extended(text: str, mention: Mention) -> Mention | None:
    label = next(t.label for e in mention.entries if e.kind == "role" for t in e.things)
    match = cue("portfolios-minister").fullmatch(label)
    if not match or text[mention.start : mention.end].isupper():
        return None
    start, end, parts = mention.start, mention.end, []
    if match.group("of"):
        parts.append(match.group("of"))
    ahead = _before().search(text, max(0, start - REACH), start)
    if ahead and bool(ahead.group("joined")) == bool(parts):
        start = ahead.start()
        parts.insert(0, ahead.group("what"))
    elif after := (_more() if parts else _after()).match(text, end):
        if parts and cue("portfolios-closed").search(text, start, end):
            return None  # "Foreign Minister and Defence Secretary"
        end = after.end()
        parts.append(after.group("what"))
    if start == mention.start and end == mention.end:
        return None
    title = f"{match.group('head')} of {capitalised(' '.join(parts))}"
    return replace(mention, start=start, end=end, entries=_titled(mention.entries, title))


def capitalised(words: str) -> str:
    """The words of a name with capitals, but for `and`, `of` and `for`."""
    words = re.sub(r"\s+", " ", words).replace(" ,", ",").strip()
    small = re.compile(r"\b(?:And|Of|For|The)\b")
    return small.sub(
        lambda m: m.group().lower(), " ".join(w[:1].upper() + w[1:] for w in words.split())
    )


def _titled(entries: Sequence[Entry], title: str) -> tuple[Entry, ...]:
    return tuple(
        replace(
            entry,
            things=tuple(replace(t, label=title, role_in_state=True) for t in entry.things[:1]),
        )
        for entry in entries
        if entry.kind == "role"
    )
