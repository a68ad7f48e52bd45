"""What happened to an instrument: signed, adopted, approved, planned, in force."""

import re
from collections.abc import Sequence

from ciskg.cues import cue
from ciskg.extract.narrowing import Fitting
from ciskg.extract.rules import Rule
from ciskg.extract.russian_titles import status_ru
from ciskg.extract.titles import Title
from ciskg.recognise import CHAR, Sentence

K = CHAR["kind"]
AFTER = 110  # characters between a title and a verb after it
Status = tuple[str, str]  # the status, and the id of the rule that gave it


def status_of(
    title: Title, titles: Sequence[Title], text: str, acts: Sequence[Rule]
) -> Status | None:
    """The passive verb after the title, else the last verb before it, else the first after it."""
    if acts and acts[0].language == "ru":
        return status_ru(title, titles, text, acts)
    inside = [span for t in titles for span in (t.pieces or ((t.start, t.end),))]
    acts = [r for r in acts if title.kind in r.fields.get("kinds", title.kind).split()]
    if title.pieces:
        for rule in acts:
            if rule.pattern.search(text[title.head : title.pieces[0][0]]):
                return rule.fields["status"], rule.id
    found = _acts(text, inside, acts)
    found = [f for f in found if f[2] != "in force"] or found  # it was signed before
    if not found:
        return None
    after = [f for f in found if f[0] >= title.end]
    before = [f for f in found if f[1] <= title.start]
    passive = min(after) if after and _passive(text[title.end : min(after)[0]]) else None
    if passive and (not before or passive[0] - title.end < 90):
        return passive[2], passive[3]
    if before:
        last = max(before, key=lambda f: f[1])
        return last[2], last[3]
    if not after:
        return None
    first = min(after)
    return (first[2], first[3]) if first[0] - title.end < AFTER else None


def _acts(
    text: str, inside: Sequence[tuple[int, int]], acts: Sequence[Rule]
) -> list[tuple[int, int, str, str]]:
    """The verbs outside titles; one that a plan holds (`will be signed`) only as the plan."""
    found = [
        (match.start(), match.end(), rule.fields["status"], rule.id)
        for rule in acts
        for match in rule.pattern.finditer(text)
        if not any(a <= match.start() < b for a, b in inside)
    ]
    planned = [f for f in found if f[2] == "planned"]
    return [f for f in found if f[2] == "planned" or not any(p[0] <= f[0] < p[1] for p in planned)]


def _passive(gap: str) -> bool:
    """Whether the words between a title and a verb let it be the title's verb."""
    gap = re.sub(rf"{K}[^{K}]*", "", gap) if len(gap) > 80 else gap
    if re.fullmatch(r"[\s,”\"]*(?:was |were )?(?:also )?", gap):
        return True
    verb = r"\b(?:was|were|is|are|has been|have been|been|be|bear|to)\b[^.;]{0,40}$"
    other = r"\b(?:and|but) [^,;]{0,40}\b(?:was|were|has|have)\b.*\b(?:was|were)\b"
    return bool(re.search(verb, gap)) and not re.search(other, gap)


def nearest(text: str, acts: Sequence[Rule]) -> Status | None:
    """The last verb of a text."""
    found = _acts(text, (), acts)
    return max(found)[2:] if found else None


def around(
    n: int, sentence: Sentence, sentences: Sequence[Sentence], fits: Sequence[Fitting]
) -> Status | None:
    """What happened to the documents of `The documents include …`: the sentence before says it."""
    if not n or not cue("instruments-continued").match(sentence.text):
        return None
    return nearest(sentences[n - 1].text, fits[n - 1].get("act", ()))
