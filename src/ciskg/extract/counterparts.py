"""Counterparts: `his Uzbek counterpart N` holds in his state the office just spoken of."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ciskg.cues import cue
from ciskg.recognise import Holder, Mention, Office, Sentence


@dataclass(frozen=True, slots=True)
class Said:
    """An office that stands apart from the name of the one who holds it."""

    sentence: int
    at: int  # in the encoded sentence
    name: str
    office: Office


def counterparts(
    sentences: Sequence[Sentence], held: Mapping[str, Sequence[Office]]
) -> Iterator[Said]:
    """The offices of those who are called somebody's counterparts, each with its own state."""
    for n, sentence in enumerate(sentences):
        for match in cue("holding-counterpart").finditer(sentence.text):
            states = [m for g in "stu" for m in _within(sentence, match, g)]
            names = [(at, m) for g in "mnv" for at, m in _named(sentence, match, g)]
            if not names or len(states) != len(names):
                continue
            office = _like(sentences, n, match.start(), {m.value.name for _, m in names}, held)  # type: ignore[attr-defined]
            if office is None:
                continue
            for state, (at, mention) in zip(states, names, strict=True):
                of = next(iter(state.names(state.kind)), "")
                yield Said(n, at, mention.value.name, replace(office, of=of, former=False))  # type: ignore[attr-defined]


def _within(sentence: Sentence, match: re.Match[str], group: str) -> list[Mention]:
    if group not in match.re.groupindex or not match.group(group):
        return []
    return sentence.encoded.within(*match.span(group), "adj", "state")


def _named(sentence: Sentence, match: re.Match[str], group: str) -> list[tuple[int, Mention]]:
    if group not in match.re.groupindex or not match.group(group):
        return []
    return [
        (at, m)
        for at in range(*match.span(group))
        if (m := sentence.encoded.mentions.get(at)) and m.kind == "person"
    ]


def _like(
    sentences: Sequence[Sentence],
    n: int,
    at: int,
    names: set[str],
    held: Mapping[str, Sequence[Office]],
) -> Office | None:
    """The office of a state that was spoken of last before a place; None where that is open."""
    for back in range(n, max(-1, n - 3), -1):
        mentions = sentences[back].encoded.mentions
        for i in sorted(mentions, reverse=True):
            holder = mentions[i].value
            if (back == n and i >= at) or not isinstance(holder, Holder) or holder.name in names:
                continue
            offices = [*held.get(holder.name, ()), *holder.offices]
            office = next((o for o in offices if o.role.role_in_state and not o.former), None)
            if office is not None:
                return replace(office, plural=False, start=0, end=0)
    return None
