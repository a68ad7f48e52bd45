"""A body of a Russian document named again by its head alone: `секретарь Совета`."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ciskg.cues import cue
from ciskg.recognise.mentions import Mention, merge

CAPITAL = re.compile(r" [А-ЯЁ«]")


def name_again(
    text: str, blocks: Sequence[tuple[int, int]], labels: Sequence[Sequence[Mention]]
) -> list[list[Mention]]:
    """The mentions of each block, with a head alone as a mention of the body named last by it."""
    known: dict[str, Mention] = {}
    out: list[list[Mention]] = []
    for (start, end), found in zip(blocks, labels, strict=True):
        again: list[Mention] = []
        named = [m for m in found if m.kind in ("body", "short")]
        for match in cue("bodies-alone").finditer(text, start, end):
            if any(m.start < match.end() and match.start() < m.end for m in found):
                continue
            if CAPITAL.match(text, match.end()) and not any(
                m.kind == "role" and m.end + 1 == match.start() for m in found
            ):
                continue  # a longer name; `секретарь Совета Александр …` names a person
            for mention in (m for m in named if m.start < match.start()):
                _learn(text, mention, known)
            body = known.get(match.group("head").lower())
            if body:
                again.append(replace(body, start=match.start(), end=match.end()))
        for mention in named:
            _learn(text, mention, known)
        out.append(merge(found, again))
    return out


def _learn(text: str, mention: Mention, known: dict[str, Mention]) -> None:
    head = cue("bodies-alone-head").match(text, mention.start, mention.end)
    if head:
        known[head.group("head").lower()] = mention
