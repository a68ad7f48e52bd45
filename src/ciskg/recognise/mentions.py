"""Mentions: the spans of a block that name something, and the block encoded over them.

An encoded text has each mention replaced by one private-use character that tells its kind, so
that rules are plain regular expressions over words and mentions, and run at the speed of `re`.
The cascade of such stages follows FASTUS (Hobbs et al. 1997).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ciskg.cues import cue
from ciskg.kinds import CHAR
from ciskg.recognise.dates import find_dates
from ciskg.recognise.fitting import Token, kind_of, leave_body, may_name
from ciskg.recognise.lexicon import Entry, Lexicon
from ciskg.recognise.tokens import POSSESSIVE, words


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of the text that names something."""

    kind: str  # one of KINDS
    start: int
    end: int
    value: object = None  # what it names, by its kind
    entries: tuple[Entry, ...] = ()  # the labels it matches, where it came from the lexicon
    case: str = ""  # of a person, office or state in Russian; "" where it does not show

    def names(self, kind: str) -> tuple[str, ...]:
        """The names of the things of this kind that the mention may stand for."""
        return tuple(t.name for e in self.entries if e.kind == kind for t in e.things)


@dataclass(frozen=True, slots=True)
class Encoded:
    """A span of text with its mentions replaced by characters."""

    text: str
    starts: tuple[
        int, ...
    ]  # where each character of `text` starts in the document; one more at the end
    mentions: dict[int, Mention] = field(default_factory=dict)  # by position in `text`

    def source(self, start: int, end: int) -> tuple[int, int]:
        """The span of the document behind a span of the encoded text."""
        if end <= start:
            return self.starts[start], self.starts[start]
        last = self.mentions.get(end - 1)
        return self.starts[start], last.end if last else self.starts[end - 1] + 1

    def within(self, start: int, end: int, *kinds: str) -> list[Mention]:
        """The mentions of some kinds in a span of the encoded text, in order."""
        return [
            self.mentions[i]
            for i in range(start, end)
            if i in self.mentions and (not kinds or self.mentions[i].kind in kinds)
        ]


def encode(text: str, start: int, end: int, mentions: Sequence[Mention]) -> Encoded:
    """The text[start:end] with its mentions (in order, not overlapping) as characters."""
    parts: list[str] = []
    starts: list[int] = []
    found: dict[int, Mention] = {}
    at = start
    for mention in mentions:
        parts.append(text[at : mention.start])
        starts.extend(range(at, mention.start))
        found[len(starts)] = mention
        parts.append(CHAR[mention.kind])
        starts.append(mention.start)
        at = mention.end
    parts.append(text[at:end])
    starts.extend(range(at, end + 1))
    return Encoded("".join(parts).replace("\n", " ").replace("\xa0", " "), tuple(starts), found)


def find_labels(text: str, start: int, end: int, lexicon: Lexicon) -> list[Mention]:
    """The dates and the labels of the lexicon in text[start:end]: in order, longest first."""
    part = text[start:end]
    dates = [Mention("date", d.start + start, d.end + start, d.value) for d in find_dates(part)]
    found: list[Mention] = []
    tokens = list(words(text, start, end))
    opens = lexicon.trie
    at = 0
    while at < len(tokens):
        if tokens[at][2] not in opens:
            found.extend(_compound(text, *tokens[at], lexicon))
            at += 1
            continue
        last, entries = _longest(text, tokens, at, lexicon)
        if entries and last > at and cue("labels-adverb").match(text, tokens[at][0]):
            at += 1  # "speaking first, President X": the office is not `First President`
            continue
        if entries and last > at and not tokens[at][2].isascii():
            last, entries = leave_body(text, tokens, at, last, entries, lexicon)
        if entries:
            start, end = tokens[at][0], tokens[last][1]
            end = start + len(POSSESSIVE.sub("", text[start:end]))
            at = last + 1
            if at < len(tokens) and _acronym(text, tokens[at]) and text[end : end + 2] == " (":
                end, at = tokens[at][1] + 1, at + 1  # "the Eurasian Economic Union (EAEU)"
            if not _is_other(text, start, end):
                found.append(Mention(kind_of(entries), start, end, None, entries))
        else:
            found.extend(_compound(text, *tokens[at], lexicon))
            at += 1
    return merge(dates, _capitals(text, found, lexicon))


def _longest(
    text: str, tokens: Sequence[Token], at: int, lexicon: Lexicon
) -> tuple[int, tuple[Entry, ...]]:
    """The last word of the longest label that starts at a word, and what it may name."""
    node = lexicon.trie
    fits: list[tuple[int, tuple[Entry, ...]]] = []
    infix: tuple[Entry, ...] = ()
    for n in range(at, len(tokens)):
        if n > at and _acronym(text, tokens[n]):
            continue  # "the Commonwealth of Independent States (CIS) Heads of State Council"
        deeper = node.get(tokens[n][2])
        if deeper is None:
            state = _infix(text, tokens, n, at, lexicon)
            if infix or not state or not fits:
                break
            infix = state  # "Head of the Kyrgyz Presidential Administration"
            continue
        node = deeper
        labels = tuple(
            e for e in node.get("", ()) if may_name(e, text[tokens[at][0] : tokens[n][1]])
        )
        if labels:
            kept = tuple(e for e in labels if e.kind == "role") if infix else labels
            if kept:
                fits.append((n, (*kept, *infix)))
        if n + 1 < len(tokens) and _acronym(text, tokens[n + 1]):
            continue
        gap = text[tokens[n][1] : tokens[n + 1][0]].strip() if n + 1 < len(tokens) else ""
        if gap in ("(", ")") and _aside(text, tokens[n + (gap == "(")]):
            continue
        if len(gap) > 1 or (gap in BREAKS and not (gap == "." and tokens[n][2] == SAINT)):
            break
    if not fits:
        return at, ()
    last, entries = fits[-1]
    if len(fits) > 1 and any(e.kind == "role" for e in entries) and last - at > 1:
        # "Chairman of the Council of Heads of State": the body is longer than the office.
        first, shorter = fits[0]
        start, after = _past_of(tokens, first), _past_of(tokens, last)
        if any(e.kind == "role" for e in shorter) and start <= last and after < len(tokens):
            beyond, body = _longest(text, tokens, start, lexicon)
            owned = any(
                e.kind in ("state", "org", "body")
                for e in _longest(text, tokens, after, lexicon)[1]
            )
            if beyond > last and not owned and any(e.kind in ("body", "short") for e in body):
                return first, shorter
    return last, entries


def _past_of(tokens: Sequence[Token], at: int) -> int:
    """The word after `of` or `of the` that follow a word."""
    return at + (3 if at + 2 < len(tokens) and tokens[at + 2][2] == "the" else 2)


SAINT = "st"  # the one shortened word of labels: `St. Petersburg`
BREAKS = frozenset((".", ";", ":", "(", ")", "“", "”", '"'))


def _infix(
    text: str, tokens: Sequence[Token], n: int, at: int, lexicon: Lexicon
) -> tuple[Entry, ...]:
    """A state's adjective inside the label of an office: `Head of the Kyrgyz Government`.

    Russian has no word between: `глава киргизского правительства`.
    """
    russian = n > at and not tokens[n][2].isascii()
    if not russian and (n - at < 2 or tokens[n - 1][2] not in ("the", "of")):
        return ()
    labels = lexicon.trie.get(tokens[n][2], {}).get("", ())
    return tuple(e for e in labels if e.kind == "adj" and may_name(e, text[slice(*tokens[n][:2])]))


def _is_other(text: str, start: int, end: int) -> bool:
    """Whether the word of an office is none here: a seat, a verb, a part of a longer office."""
    if cue("labels-verb").fullmatch(text, start, end) and not _is_office(text, start, end):
        return True
    modifier = cue("labels-modifier").match(text, start)
    return bool(modifier and modifier.end() == end)  # "Deputy Permanent Representative"


def _is_office(text: str, start: int, end: int) -> bool:
    """Whether `chair` names an office (`chair of the Board`), no seat (`in the chair`), no verb."""
    if text[end - 1] == "s":
        return (
            text[max(0, start - 4) : start] == "the "
            or cue("labels-of").match(text, end) is not None
        )
    seat = cue("labels-seat").search(text, max(0, start - 14), start)
    return not seat and cue("labels-of-name").match(text, end) is not None


def _acronym(text: str, token: Token) -> bool:
    """Whether a word is an acronym alone in brackets."""
    return _aside(text, token) and text[token[0] : token[1]].isupper()


def _aside(text: str, token: Token) -> bool:
    """Whether a word is alone in brackets: `Heads of Tax (Financial) Investigation Bodies`."""
    start, end, _ = token
    return text[start - 1 : start] == "(" and text[end : end + 1] == ")"


def _capitals(text: str, found: Sequence[Mention], lexicon: Lexicon) -> list[Mention]:
    """`the Turkmen capital` and `the capital of Belarus` as mentions of the city."""
    out: list[Mention] = []
    for mention in found:
        place = None
        start, end = mention.start, mention.end
        if mention.kind in ("adj", "state"):
            state = next((t.iri for e in mention.entries for t in e.things), "")
            after = CAPITAL_AFTER.match(text, end)
            before = CAPITAL_BEFORE.search(text, max(0, start - 24), start)
            if after or before:
                place = lexicon.capitals.get(state)
                start, end = (
                    (before.start(), end)
                    if before and not after
                    else (start, after.end() if after else end)
                )
        out.append(
            Mention("place", start, end, None, (Entry("place", (place,), False),))
            if place
            else mention
        )
    return out


CAPITAL_AFTER = re.compile(r"(?:[’']s)? capital\b(?! of)")
CAPITAL_BEFORE = re.compile(r"\bcapital of (?:the )?$")


def merge(first: Sequence[Mention], second: Sequence[Mention]) -> list[Mention]:
    """Both lists in order; where two overlap, the one of the first list stays."""
    taken = sorted(first, key=lambda m: m.start)
    out = list(taken)
    n = 0
    for mention in second:
        while n < len(taken) and taken[n].end <= mention.start:
            n += 1
        if n == len(taken) or taken[n].start >= mention.end:
            out.append(mention)
    return sorted(out, key=lambda m: m.start)


def _compound(text: str, start: int, end: int, normal: str, lexicon: Lexicon) -> list[Mention]:
    """`Turkmen-Uzbek` as one adjective of two states."""
    written = text[start:end]
    if "-" not in written and "–" not in written:
        return []
    entries: list[Entry] = []
    for _, _, part in words(written.replace("-", " ")):
        labels = lexicon.trie.get(part, {}).get("", ())
        adjectives = [e for e in labels if e.kind in ("adj", "state")]
        if not adjectives:
            return []
        entries.append(Entry("adj", adjectives[0].things, True))
    return [Mention("adj", start, end, None, tuple(entries))]
