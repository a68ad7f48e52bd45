"""Sentences whose words promised a fact that no rule could complete."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate

from ciskg.extract.draft import span
from ciskg.model import Fact, Unread
from ciskg.recognise import Recognised

TRIGGERS = {
    "meeting": re.compile(r"\b(?:summit|session|talks)\b", re.I),
    "chairmanship": re.compile(r"\b(?:chairmanship|presidency|presides?|chaired)\b", re.I),
    "agreement": re.compile(r"\b(?:signed|adopted|approved)\b", re.I),
    "ratification": re.compile(r"\bratif\w+\b", re.I),
    "visit": re.compile(r"\bvisit(?:s|ed)?\b", re.I),
    "election": re.compile(r"\belections?\b", re.I),
    "award": re.compile(r"\b(?:awarded|decorated with)\b", re.I),
}


def find_unread(read: Recognised, facts: Sequence[Fact]) -> Iterator[Unread]:
    """Trigger sentences from which no fact was read, in order."""
    taken = sorted({(s.start, s.end) for f in facts for s in f.evidence})
    ends = list(accumulate((b for _, b in taken), max))  # the last end of all up to one
    for sentence in read.sentences:
        whole = span(sentence)
        before = bisect_left(taken, (whole.end, 0))
        if before and ends[before - 1] > whole.start:
            continue
        for type_, pattern in TRIGGERS.items():
            match = pattern.search(sentence.text)
            if match:
                yield Unread(whole, match.group(), f"no {type_} could be read")
                break
